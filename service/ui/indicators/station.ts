import type { Column, Mode } from '../../features/replies/parts.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { byId, fill, h, scrollBox, type Child } from '../dom.ts'
import { isWorking, working } from '../shell/working.ts'
import { words } from '../words/en.ts'
import { chosenOf, differencesFrom, groupColumns, LEAST, makeChoices, MOST, type Choices } from './choices.ts'
import { columnRow } from './column-row.ts'

/** The station Indicators: which columns the wards are ranked by, and which way each points. */
export function indicatorsStation({ state, acts, announce, noticesAt }: Bench): void {
  const { dataset, ranking, isStale } = state
  const choices = makeChoices()
  const { attempt } = noticesAt('indicators-notices')
  const place = byId('indicators-content', HTMLElement)
  const advice = h('p', { class: 'quiet', id: 'indicator-advice', role: 'status' })
  const differs = h('div', {})
  const run = h('button', { type: 'submit', 'aria-describedby': 'indicator-advice' })
  const tables = h('div', { class: 'details' })
  const form = h('form', {}, h('div', { class: 'row run' }, run, advice), differs, tables)
  const columns = (): readonly Column[] => dataset.value?.columns ?? []
  /** The folds that were opened: they stay open when their rows are drawn again. */
  const open = new Set<string>()

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void rank()
  })
  async function rank(): Promise<void> {
    const { choice, isReady } = chosenOf(columns(), choices)
    if (!isReady || isWorking(form)) return
    const isDone = await attempt((signal) => working(form, words.indicators.ranking, () => acts.rank(choice, signal)))
    if (!isDone) return
    state.station.set('results')
    byId('results-title', HTMLElement).focus()
    announce(words.indicators.ranked)
  }

  const show = (): void => {
    byId('indicators-empty', HTMLElement).hidden = dataset.value !== null
    place.hidden = dataset.value === null
    if (dataset.value === null) {
      tables.replaceChildren()
      differs.replaceChildren()
      return
    }
    fill(tables, ...groupsView(columns(), choices, open, show))
    advise()
  }
  const advise = (): void => {
    const { choice, undirected, isReady } = chosenOf(columns(), choices)
    const { indicators } = choice
    run.disabled = !isReady
    run.textContent = ranking.value === null ? words.indicators.rank : words.indicators.rankAgain
    advice.textContent =
      undirected.length > 0
        ? words.indicators.undirected(undirected)
        : words.indicators.count(indicators.length, isReady ? null : { least: LEAST, most: MOST })
    const analysis = ranking.value?.analysis
    const changes = analysis === undefined ? [] : differencesFrom(analysis, choice)
    fill(
      differs,
      changes.length === 0 && !isStale.value
        ? null
        : h(
            'p',
            { class: 'notice stale' },
            isStale.value ? words.indicators.stale : '',
            ' ',
            changes.length === 0 ? '' : words.indicators.differ(changes),
          ),
    )
  }
  ranking.watch((ranked) => {
    if (ranked !== null) choices.adopt(ranked.analysis)
  })
  dataset.watch((data) => {
    if (data === null) choices.forget()
  })
  watchAll([dataset, ranking, isStale], show)
  place.append(form)
}

function groupsView(
  columns: readonly Column[],
  choices: Choices,
  open: Set<string>,
  onChange: () => void,
): readonly (HTMLElement | null)[] {
  const { suggested, others, copies } = groupColumns(columns)
  const text = words.indicators
  const rows = (group: readonly Column[]): readonly HTMLElement[] =>
    group.map((column) => columnRow(column, choices, onChange))
  const isUsed = [...others, ...[...copies.values()].flat()].some((column) => choices.isTicked(column))
  const keptFold = (name: string, isOpen: boolean, summary: string, ...content: Child[]): HTMLElement => {
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
  return [
    h('p', {}, text.text),
    suggested.length === 0
      ? h('p', { class: 'notice' }, text.noneSuggested)
      : columnsTable(text.suggested, rows(suggested)),
    others.length === 0 && copies.size === 0
      ? null
      : keptFold(
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
    keptFold('method', false, text.method, methodChoice(choices, onChange)),
  ]
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

function methodChoice(choices: Choices, onChange: () => void): HTMLElement {
  const { method, methods } = words.indicators
  const radio = (mode: Mode): HTMLElement =>
    h(
      'label',
      { class: 'check' },
      h('input', {
        type: 'radio',
        name: 'mode',
        value: mode,
        checked: choices.mode === mode,
        'data-key': `mode ${mode}`,
        change: () => {
          choices.mode = mode
          onChange()
        },
      }),
      h('span', {}, methods[mode].name, ' ', h('span', { class: 'quiet' }, methods[mode].text)),
    )
  return h('fieldset', {}, h('legend', {}, method), radio('standard'), radio('legacy'))
}
