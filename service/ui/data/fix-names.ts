import { watchAll } from '../cell.ts'
import { button, choice, fill, h, MOST_SHOWN, moreThan, scrollBox, type Child } from '../dom.ts'
import type { Settled, Suggestion, UnmatchedWard } from '../../features/replies/dataset.ts'
import type { Bench } from '../bench.ts'
import type { State } from '../state.ts'
import { words } from '../words/en.ts'
import type { DecisionQueue } from './decision-queue.ts'
import { miniMap } from './mini-map.ts'

/** A likelier suggestion than this is ticked before anybody looks, if no other is as likely. */
const LIKELY = 0.85

/** A ward without a boundary, and what a person decides about it. */
interface Row {
  readonly ward: UnmatchedWard
  readonly box: HTMLInputElement
  /** The boundary that is chosen for it, by name; '' for none. */
  readonly boundary: () => string
  readonly view: HTMLElement
  /** Draws the boundary that is chosen, once the boundaries are known. */
  readonly draw: () => void
}

/**
 * One screen for all wards without a boundary: the name in the table, the boundary it may be, and one button that joins
 * all that are ticked. What is chosen stays while other decisions are saved.
 */
export function fixNamesView(bench: Bench, queue: DecisionQueue): HTMLElement {
  const { state, drawn, announce } = bench
  const view = h('div', { class: 'fix-names' })
  const rows = new Map<string, Row>()
  let last: readonly Settled[] = []

  const show = (): void => {
    const unmatched = state.dataset.value?.unmatched ?? []
    view.hidden = state.dataset.value?.quality.boundaries === null || (unmatched.length === 0 && last.length === 0)
    if (view.hidden) {
      rows.clear()
      view.replaceChildren()
      return
    }
    const taken = claimedTwice(unmatched)
    for (const name of rows.keys()) if (!unmatched.some((ward) => ward.name === name)) rows.delete(name)
    for (const ward of unmatched.slice(0, MOST_SHOWN))
      if (!rows.has(ward.name)) rows.set(ward.name, nameRow(ward, likelyOf(ward, taken), bench, refuse, count))
    fill(
      view,
      h('h3', { id: 'names-title', tabindex: -1 }, words.names.title(unmatched.length)),
      unmatched.length === 0 ? null : h('p', { class: 'quiet' }, words.names.text),
      unmatched.length === 0 ? null : namesTable([...rows.values()].map((row) => row.view)),
      moreThan(unmatched),
      h('p', { class: 'row' }, join, last.length === 0 ? null : undo, saving),
      freeNames(state),
    )
    count()
  }
  const ticked = (): readonly Settled[] =>
    [...rows.values()].flatMap(({ ward, box, boundary }) =>
      box.checked && boundary() !== '' ? [{ ward: ward.name, boundary: boundary() }] : [],
    )
  const join = button(
    '',
    () => {
      void accept()
    },
    { kind: '', key: 'join' },
  )
  const undo = button(
    words.names.undo,
    () => {
      void takeBack()
    },
    { kind: 'link', key: 'undo' },
  )
  const saving = h('span', { class: 'busy', role: 'status' })
  function count(): void {
    join.textContent = words.names.join(ticked().length)
    join.disabled = ticked().length === 0
  }
  async function accept(): Promise<void> {
    const choices = ticked()
    for (const { ward } of choices) {
      const box = rows.get(ward)?.box
      if (box !== undefined) box.disabled = true
    }
    if (!(await queue.push(choices, 'accept'))) {
      for (const { box } of rows.values()) box.disabled = false
      return
    }
    last = choices
    show()
    announce(words.names.joined(choices))
  }
  async function takeBack(): Promise<void> {
    const choices = last
    last = []
    if (await queue.push(choices, 'refuse')) announce(words.names.separated(choices))
  }
  function refuse(choices: readonly Settled[], ward: string): void {
    rows.delete(ward)
    void queue.push(choices, 'refuse').then((isTaken) => {
      if (isTaken) announce(words.names.refused(ward))
    })
    rowOf(ward)?.remove()
    count()
  }
  const rowOf = (ward: string): Element | null => view.querySelector(`[data-ward="${CSS.escape(ward)}"]`)

  watchAll([state.dataset], show)
  watchAll([drawn], () => {
    for (const row of rows.values()) row.draw()
  })
  state.dataset.watch((dataset) => {
    if (dataset === null) last = []
  })
  queue.waiting.watch((waiting) => {
    saving.textContent = waiting === 0 ? '' : words.names.saving(waiting)
  })
  return view
}

function namesTable(rows: readonly HTMLElement[]): HTMLElement {
  return scrollBox(
    words.names.caption,
    h(
      'table',
      { class: 'names' },
      h('caption', { class: 'unseen' }, words.names.caption),
      h('thead', {}, h('tr', {}, ...words.names.headings.map((heading) => h('th', { scope: 'col' }, heading)))),
      h('tbody', {}, ...rows),
    ),
  )
}

/** The names of free boundaries, for the fields in which one can be searched. */
function freeNames({ dataset }: State): HTMLElement {
  return h(
    'datalist',
    { id: 'free-boundaries' },
    ...(dataset.value?.quality.unusedBoundaries ?? []).map((value) => h('option', { value })),
  )
}

function nameRow(
  ward: UnmatchedWard,
  likely: Suggestion | null,
  { state, drawn }: Bench,
  refuse: (choices: readonly Settled[], ward: string) => void,
  onChange: () => void,
): Row {
  const best = likely ?? ward.suggestions[0]
  const box = h('input', {
    type: 'checkbox',
    'aria-label': words.names.tick(ward.name),
    checked: likely !== null,
    change: onChange,
  })
  const other = h('input', {
    type: 'text',
    list: 'free-boundaries',
    'aria-label': words.names.search(ward.name),
    placeholder: words.names.searchHint,
    hidden: best !== undefined,
    input: () => {
      box.checked = other.value !== ''
      point()
      onChange()
    },
  })
  const select = choice(
    [
      ...ward.suggestions.map((suggestion) => ({ value: nameOf(suggestion), label: labelOf(suggestion) })),
      { value: '', label: words.names.another },
    ],
    best === undefined ? '' : nameOf(best),
    {
      'aria-label': words.names.boundaryFor(ward.name),
      hidden: ward.suggestions.length === 0,
      change: () => {
        other.hidden = select.value !== ''
        box.checked = select.value !== ''
        if (!other.hidden) other.focus()
        point()
        onChange()
      },
    },
  )
  /** The boundary that is chosen, by its place among the shapes. */
  const featureNow = (): number | null => {
    const suggested = ward.suggestions.find((suggestion) => nameOf(suggestion) === select.value)?.feature
    if (suggested !== undefined) return suggested
    const free = drawn.value?.names.indexOf(other.value.trim()) ?? -1
    return free < 0 ? null : free
  }
  const mini = h('span', { class: 'mini' })
  const draw = (): void => {
    const feature = featureNow()
    const shown = drawn.value
    const picture = feature === null || shown === null ? null : miniMap(shown, feature)
    mini.replaceChildren(...(picture === null ? [] : [picture]))
  }
  const point = (): void => {
    state.pointedAt.set(featureNow())
    draw()
  }
  const unpoint = (): void => {
    state.pointedAt.set(null)
  }
  const boundary = (): string => select.value || other.value.trim()
  const cells: readonly Child[] = [
    box,
    h('span', {}, ward.name, h('span', { class: 'quiet' }, ` · ${words.names.reasons[ward.reason] ?? ward.reason}`)),
    h('span', { class: 'row' }, mini, select, other),
    ward.suggestions.length === 0
      ? null
      : button(
          words.names.notSame,
          () => {
            refuse(
              ward.suggestions.map((suggestion) => ({ ward: ward.name, boundary: nameOf(suggestion) })),
              ward.name,
            )
          },
          { kind: 'link', says: words.names.notSameAs(ward.name) },
        ),
  ]
  const [first, second, ...rest] = cells
  const view = h(
    'tr',
    { 'data-ward': ward.name, pointerenter: point, pointerleave: unpoint, focusin: point, focusout: unpoint },
    h('td', {}, first),
    h('th', { scope: 'row' }, second),
    ...rest.map((cell) => h('td', {}, cell)),
  )
  draw()
  return { ward, box, boundary, view, draw }
}

/** Several boundaries may have the same name; the code makes it unique. */
function nameOf({ boundary, wardCode }: Suggestion): string {
  return wardCode === null ? boundary : `${boundary} (${wardCode})`
}

function labelOf({ boundary, wardCode, lga }: Suggestion): string {
  return [boundary, wardCode, lga].filter((part) => part !== null).join(' · ')
}

/** The boundaries that are the likeliest of more than one ward. */
function claimedTwice(unmatched: readonly UnmatchedWard[]): ReadonlySet<number> {
  const claims = Map.groupBy(
    unmatched.flatMap(({ suggestions }) => suggestions.slice(0, 1)),
    ({ feature }) => feature,
  )
  return new Set([...claims].flatMap(([feature, wards]) => (wards.length > 1 ? [feature] : [])))
}

/** The suggestion that is ticked before anybody looks, if one stands out. */
function likelyOf({ suggestions }: UnmatchedWard, taken: ReadonlySet<number>): Suggestion | null {
  const [best, second] = suggestions
  const isAlone = best !== undefined && (second === undefined || second.ratio < best.ratio)
  return isAlone && best.ratio >= LIKELY && !taken.has(best.feature) ? best : null
}
