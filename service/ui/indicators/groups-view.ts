import type { Column } from '../../features/replies/parts.ts'
import { h, scrollBox, type Child } from '../dom.ts'
import { words } from '../words/en.ts'
import { chosenOf, groupColumns, type Choices } from './choices.ts'
import { columnRow } from './column-row.ts'
import { compareChoice, methodChoice } from './method-view.ts'
import { weightsView } from './weights-view.ts'
import type { Alike } from './strong-pairs.ts'

/** What is shown of the choice beside the columns themselves. */
export interface GroupsView {
  readonly choices: Choices
  /** The chosen columns that measure much the same. */
  readonly alike: readonly Alike[]
  /** Columns that the service refused because they repeat another. */
  readonly refusedCopies: readonly string[]
  /** The folds that were opened: they stay open when their rows are drawn again. */
  readonly open: Set<string>
  readonly onChange: () => void
  /** Called when points of a weight change, which changes nothing else. */
  readonly onWeigh: () => void
}

/** The columns in their groups, then what else a ranking can be made with. */
export function groupsView(columns: readonly Column[], view: GroupsView): readonly (HTMLElement | null)[] {
  const { choices, open, onChange, onWeigh } = view
  const { suggested, others, copies } = groupColumns(columns)
  const text = words.indicators
  const rows = (group: readonly Column[]): readonly HTMLElement[] =>
    group.map((column) => columnRow(column, choices, view.alike, onChange))
  const allCopies = [...copies.values()].flat()
  const isUsed = [...others, ...allCopies].some((column) => choices.isTicked(column))
  const used = chosenOf(columns, choices).choice.indicators
  return [
    h('p', {}, text.text(choices.isWeighted && choices.mode === 'standard')),
    suggested.length === 0
      ? h('p', { class: 'notice' }, text.noneSuggested)
      : columnsTable(text.suggested, rows(suggested)),
    view.refusedCopies.length === 0 && !choices.allowCopies ? null : copiesChoice(view),
    others.length === 0 && copies.size === 0
      ? null
      : keptFold(
          open,
          'others',
          isUsed || suggested.length === 0,
          text.others(columns.filter(({ indicator }) => indicator).length - suggested.length),
          others.length === 0 ? null : columnsTable(text.othersCaption, rows(others)),
          ...[...copies].map(([original, group]) =>
            h(
              'div',
              { class: 'copies', role: 'group', 'aria-label': text.copiesOf(original) },
              h('p', {}, text.copiesOf(original), ' ', h('span', { class: 'quiet' }, text.keepOne)),
              columnsTable(text.copiesOf(original), rows(group)),
            ),
          ),
        ),
    keptFold(
      open,
      'weights',
      choices.isWeighted,
      text.weights.title,
      weightsView(used, choices, { onSwitch: onChange, onWeigh }),
    ),
    keptFold(
      open,
      'compare',
      choices.compareWith !== null,
      text.compare.title,
      compareChoice(columns, used, choices, onChange),
    ),
    keptFold(open, 'method', false, text.method, methodChoice(choices, onChange)),
  ]
}

/** Lets a person say that copies are meant, once the service has refused them, and take it back. */
function copiesChoice({ refusedCopies, choices, onChange }: GroupsView): HTMLElement {
  const text = words.indicators.copies
  const box = h('input', {
    type: 'checkbox',
    checked: choices.allowCopies,
    'data-key': 'allow-copies',
    change: () => {
      choices.allowCopies = box.checked
      onChange()
    },
  })
  return h(
    'div',
    { class: 'copies', role: 'group', 'aria-label': text.title },
    refusedCopies.length === 0 ? null : h('p', {}, text.refused(refusedCopies)),
    h('label', { class: 'check' }, box, text.allow),
    h('p', { class: 'quiet' }, text.said),
  )
}

function keptFold(open: Set<string>, name: string, isOpen: boolean, summary: string, ...content: Child[]): HTMLElement {
  const view = h(
    'details',
    {
      open: isOpen || open.has(name),
      toggle: () => {
        if (view.open) open.add(name)
        else open.delete(name)
      },
    },
    h('summary', { 'data-key': name }, summary),
    ...content,
  )
  return view
}

function columnsTable(caption: string, rows: readonly HTMLElement[]): HTMLElement {
  return scrollBox(
    caption,
    h(
      'table',
      { class: 'choices' },
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...words.indicators.headings.map((heading) => h('th', { scope: 'col' }, heading)))),
      h('tbody', {}, ...rows),
    ),
  )
}
