import { groupRows } from './group-rows.ts'
import { queryNotes, rowsWithoutValue } from './query-notes.ts'
import { queryWords } from './query-words.ts'
import { readQuery, usesRanking, type ReadGroups, type ReadList, type ReadQuery } from './read-query.ts'
import { compareBy, compareTexts, valueAt, type ViewColumn } from './view-column.ts'
import { QUERY_LIMITS } from './query-limits.ts'
import type { QueryAnswer, WardQuery } from './ward-query.ts'
import type { WardView } from './ward-view.ts'

type Row = QueryAnswer['rows'][number]

/**
 * Answers a query from the joined view. All conditions must hold. Numbers are not rounded. Wards are listed in the
 * order that was asked for, then by rank where the query uses the ranking, then by label; groups in the order that was
 * asked for, then by their values. The rows stop before 64 kB of JSON, and a note says so.
 * @throws Fault `invalid-input` with a pointer to each part of the query that does not fit the data
 */
export function askWards(view: WardView, query: WardQuery): QueryAnswer {
  const read = readQuery(view, query)
  const used = rowsWhere(view, read)
  const { columns, rows, total } = read.is === 'list' ? listOf(view, read, used) : figuresOf(read, used)
  const fitting = fittingRows(rows)
  const notes = queryNotes(view, read, used)
  return {
    words: queryWords(view, read, query, total),
    columns,
    rows: fitting,
    total,
    rowsUsed: used.length,
    rowsWithoutValue: rowsWithoutValue(view, read, used),
    notes:
      fitting.length === rows.length
        ? notes
        : [
            ...notes,
            `Only ${String(fitting.length)} rows are given: more would pass 64 kB. Ask for the others by offset.`,
          ],
  }
}

/** The wards that satisfy all conditions, in the order of the table. */
export function rowsWhere({ rows }: WardView, { conditions }: Pick<ReadQuery, 'conditions'>): Uint32Array {
  const found: number[] = []
  for (let row = 0; row < rows; row += 1) if (conditions.every(({ holds }) => holds(row))) found.push(row)
  return Uint32Array.from(found)
}

type Table = Pick<QueryAnswer, 'columns' | 'rows' | 'total'>

function listOf(view: WardView, read: ReadList, used: Uint32Array): Table {
  const { select, orders, each, fields, limit, offset } = read
  const rank = usesRanking(fields) ? rankOf(view) : null
  const compares = [
    ...orders.map(({ column, direction }) => compareBy(column, direction === 'descending')),
    ...(rank === null ? [] : [compareBy(rank, false)]),
    (one: number, other: number) => compareTexts(view.labels[one] ?? '', view.labels[other] ?? ''),
  ]
  const ordered = used.toSorted(inTurn(compares))
  const all = each === null ? ordered : firstOfEach(ordered, each)
  const sorted = all.subarray(0, partOf(all.length, read))
  return {
    columns: select.map(({ name, type }) => ({ name, type })),
    rows: Array.from(sorted.subarray(offset, offset + limit), (row) => select.map((column) => valueAt(column, row))),
    total: sorted.length,
  }
}

/** How many of so many rows are the part that is asked for, rounded up. Rounding noise adds none. */
function partOf(rows: number, { percent }: Pick<ReadQuery, 'percent'>): number {
  return Math.ceil(Math.round(rows * percent * 1e6) / 1e8)
}

/** The first wards of each value of a column, those of the least value first. */
function firstOfEach(ordered: Uint32Array, { column, rows }: NonNullable<ReadList['each']>): Uint32Array {
  const compare = compareBy(column, false)
  const groups = groupRows([column], ordered).toSorted((one, other) => compare(one.first, other.first))
  return Uint32Array.from(groups.flatMap((group) => [...group.rows.subarray(0, rows)]))
}

/** Compares by the first of these that tells two apart. */
function inTurn<Item>(compares: readonly ((one: Item, other: Item) => number)[]): (one: Item, other: Item) => number {
  return compares.reduceRight(
    (next, compare) => (one, other) => compare(one, other) || next(one, other),
    () => 0,
  )
}

function rankOf(view: WardView): ViewColumn | null {
  const found = view.find('@rank')
  return found.is === 'column' ? found.column : null
}

interface GroupFigures {
  /** One of its wards. */
  readonly first: number
  readonly cells: Row
}

type CompareGroups = (one: GroupFigures, other: GroupFigures) => number

function figuresOf(read: ReadGroups, used: Uint32Array): Table {
  const { groups, measures, orders, having, limit, offset } = read
  const figures = groupRows(groups, used).map(({ first, rows }): GroupFigures => ({
    first,
    cells: [...groups.map((group) => valueAt(group, first)), ...measures.flatMap((measure) => measure.of(rows, used))],
  }))
  const kept = figures.filter(({ cells }) => having.every((each) => compares(cells[each.place], each)))
  // A comparison looks through the whole column when it is made, so each is made once.
  const ofGroup = (group: ViewColumn, isDescending: boolean): CompareGroups => {
    const compare = compareBy(group, isDescending)
    return (one, other) => compare(one.first, other.first)
  }
  const chosen = orders.map(({ place, direction }): CompareGroups => {
    const isDescending = direction === 'descending'
    const group = groups[place]
    if (group !== undefined) return ofGroup(group, isDescending)
    return (one, other) => compareCells(one.cells[place], other.cells[place], isDescending)
  })
  kept.sort(inTurn([...chosen, ...groups.map((group) => ofGroup(group, false))]))
  const rows = kept.slice(0, partOf(kept.length, read))
  return {
    columns: [
      ...groups.map(({ name, type }) => ({ name, type })),
      ...measures.flatMap(({ names }) => names.map((name) => ({ name, type: 'number' as const }))),
    ],
    rows: rows.slice(offset, offset + limit).map(({ cells }) => cells),
    total: rows.length,
  }
}

/** Whether a figure compares so with a number. A figure that is missing does not. */
function compares(figure: Row[number] | undefined, { op, value }: ReadGroups['having'][number]): boolean {
  if (typeof figure !== 'number') return false
  switch (op) {
    case '=':
      return figure === value
    case '!=':
      return figure !== value
    case '<':
      return figure < value
    case '<=':
      return figure <= value
    case '>':
      return figure > value
    case '>=':
      return figure >= value
  }
}

/** Compares two figures; one that is missing comes last. */
function compareCells(one: Row[number] | undefined, other: Row[number] | undefined, isDescending: boolean): number {
  if (typeof one !== 'number' || typeof other !== 'number')
    return Number(typeof one !== 'number') - Number(typeof other !== 'number')
  return isDescending ? other - one : one - other
}

/** The first rows, as many as fit as JSON. */
function fittingRows(rows: readonly Row[]): readonly Row[] {
  let left: number = QUERY_LIMITS.bytes
  const end = rows.findIndex((row) => {
    left -= Buffer.byteLength(JSON.stringify(row)) + 1
    return left < 0
  })
  return end === -1 ? rows : rows.slice(0, end)
}
