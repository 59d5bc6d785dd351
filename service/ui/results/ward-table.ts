import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, fill, h } from '../dom.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import { wardColumns, type WardColumn } from './columns.ts'
import { sortWards } from './values.ts'

/** The height of a row in pixels, as the style sheet has it. */
const ROW = 34
/** Rows that are drawn above and below those that can be seen. */
const AROUND = 12

export interface WardTable {
  readonly view: HTMLElement
  /** The wards that are listed, in the order in which they are. */
  readonly listed: () => { readonly wards: readonly Ward[]; readonly columns: readonly WardColumn[] }
}

/**
 * The ranking as a table of which only the rows in sight are drawn, sorted by any column. A row that is pointed at or
 * chosen is the ward on the map.
 */
export function wardTable({ state, shown, openWard }: Bench): WardTable {
  const { ranking, certainty, plan, selected, hovered } = state
  const head = h('tr', {})
  const body = h('tbody', {})
  const grid = h(
    'table',
    { class: 'ranking' },
    h('caption', { class: 'unseen' }, words.table.caption),
    h('thead', {}, head),
    body,
  )
  const view = h('div', { class: 'scroll rows', role: 'region', 'aria-label': words.table.label, tabindex: 0 }, grid)
  let columns: readonly WardColumn[] = []
  let wards: readonly Ward[] = []
  let sort = { key: 'rank', isDown: false }
  let first = -1
  /** On paper every row is drawn. */
  const paper = matchMedia('print')

  const order = (): void => {
    const column = columns.find(({ key }) => key === sort.key) ?? columns[0]
    const visible = shown.value?.wards ?? []
    wards = column === undefined ? [] : sortWards(visible, column, sort.isDown)
    grid.setAttribute('aria-rowcount', String(wards.length + 1))
    first = -1
    drawRows()
  }
  const drawHead = (): void => {
    fill(
      head,
      ...columns.map(({ key, heading, isNumber }) =>
        h(
          'th',
          {
            scope: 'col',
            class: isNumber ? 'number' : undefined,
            'aria-sort': sort.key !== key ? 'none' : sort.isDown ? 'descending' : 'ascending',
          },
          button(
            heading,
            () => {
              sort = { key, isDown: sort.key === key && !sort.isDown }
              view.scrollTop = 0
              drawHead()
              order()
            },
            { kind: 'sort', key: `sort ${key}` },
          ),
        ),
      ),
    )
  }
  const drawRows = (): void => {
    const isWhole = paper.matches
    const from = isWhole ? 0 : Math.max(0, Math.floor(view.scrollTop / ROW) - AROUND)
    const count = isWhole ? wards.length : Math.ceil((view.clientHeight || innerHeight) / ROW) + 2 * AROUND
    if (from === first) return
    first = from
    const drawn = wards.slice(from, from + count)
    fill(
      body,
      spacer(from, columns.length),
      ...drawn.map((ward, at) => rowOf(ward, from + at)),
      spacer(Math.max(0, wards.length - from - drawn.length), columns.length),
    )
  }
  const rowOf = (ward: Ward, at: number): HTMLElement =>
    h(
      'tr',
      {
        'aria-rowindex': at + 2,
        'data-ward': ward.at,
        class: ward === selected.value ? 'chosen' : ward === hovered.value ? 'hovered' : undefined,
        pointerenter: () => {
          hovered.set(ward)
        },
        pointerleave: () => {
          hovered.set(null)
        },
        click: () => {
          openWard(ward)
        },
      },
      ...columns.map((column) =>
        column.key === 'ward'
          ? h('th', { scope: 'row' }, wardButton(ward))
          : h(
              'td',
              { class: column.isNumber ? 'number' : undefined },
              column.show?.(ward) ?? String(column.valueOf(ward)),
            ),
      ),
    )
  const wardButton = (ward: Ward): HTMLElement =>
    h(
      'button',
      { type: 'button', class: 'link', title: words.table.why, 'data-key': `ward ${String(ward.at)}` },
      ward.name,
    )
  /** Moves the marks to the rows of the wards that are chosen and pointed at now. */
  const mark = (): void => {
    for (const [name, ward] of [
      ['chosen', selected.value],
      ['hovered', hovered.value],
    ] as const) {
      body.querySelector(`.${name}`)?.classList.remove(name)
      if (ward !== null) body.querySelector(`[data-ward="${ward.at}"]`)?.classList.add(name)
    }
  }
  /** Scrolls the table, and nothing else, to the ward that is chosen. */
  const reveal = (): void => {
    const at = selected.value === null ? -1 : wards.indexOf(selected.value)
    const [top, bottom] = [at * ROW, (at + 1) * ROW]
    const room = view.clientHeight - ROW - head.clientHeight
    if (at < 0 || room <= 0) return
    if (top < view.scrollTop) view.scrollTop = top
    else if (bottom > view.scrollTop + room) view.scrollTop = bottom - room
    drawRows()
  }
  view.addEventListener('scroll', drawRows)
  paper.addEventListener('change', () => {
    first = -1
    drawRows()
  })
  new ResizeObserver(() => {
    first = -1
    drawRows()
    reveal()
  }).observe(view)
  watchAll([ranking, certainty, plan], () => {
    columns = wardColumns(state)
    if (!columns.some(({ key }) => key === sort.key)) sort = { key: 'rank', isDown: false }
    drawHead()
  })
  watchAll([shown], () => {
    order()
    reveal()
  })
  watchAll([selected], () => {
    reveal()
    mark()
  })
  watchAll([hovered], mark)
  return { view, listed: () => ({ wards, columns }) }
}

/** Stands for rows that are not drawn. */
function spacer(rows: number, columns: number): HTMLElement | null {
  if (rows === 0) return null
  const cell = h('td', { colspan: columns })
  cell.style.height = `${rows * ROW}px`
  return h('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell)
}
