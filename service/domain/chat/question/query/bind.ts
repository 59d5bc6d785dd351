import type { Measure, WardQuery } from '../../../query/ward-query.ts'
import type { Aggregate, Asking, Wanted } from './draft.ts'
import { peopleColumn } from './draft.ts'
import { worseEnd } from './worse-end.ts'

export type Order = Extract<Wanted, { kind: 'order' }>
type Column = Extract<Wanted, { kind: 'column' }>

/** What a question wants, with each figure and each order joined to its columns. */
export interface Bound {
  readonly measures: readonly Measure[]
  /** Columns that no figure and no order took. */
  readonly columns: readonly Column[]
  readonly orders: readonly Order[]
  /** Whether only a total was named, without a column: the total of the wards. */
  readonly isSumOfNothing: boolean
  /** A figure that was named without a column. */
  readonly open: Aggregate | null
}

/**
 * Joins figures and orders to the columns that they are of: those that follow up to the next figure, or else those
 * before. `mean and median TPR` is two figures of one column, `average rainfall and elevation` one figure of two.
 */
export function bind(asking: Asking): Bound {
  const { draft } = asking
  const wanted = draft.isRange
    ? [
        ...draft.wanted,
        { kind: 'aggregate' as const, aggregate: 'min' as const },
        { kind: 'aggregate' as const, aggregate: 'max' as const },
      ]
    : endsAsOrders(asking)
  const taken = new Set<number>()
  const orders = wanted.flatMap((each, at): Order[] => {
    if (each.kind !== 'order') return []
    if (each.by !== null) return [each]
    const after = wanted.findIndex((other, place) => place > at && other.kind === 'column' && !taken.has(place))
    const isNext = after > 0 && wanted.slice(at + 1, after).every((other) => other.kind === 'aggregate')
    const before = wanted.findLastIndex((other, place) => place < at && other.kind === 'column' && !taken.has(place))
    const isOfFigure = wanted[before - 1]?.kind === 'aggregate'
    const place = isNext ? after : each.isOf || isOfFigure ? -1 : before
    const column = wanted[place]
    if (column?.kind !== 'column') return [each]
    taken.add(place)
    return [{ ...each, by: column.column }]
  })
  const measures: Measure[] = []
  let running: { aggregate: Aggregate; q?: number }[] = []
  let hasColumns = true
  let columns: Column[] = []
  for (const [place, each] of wanted.entries()) {
    if (each.kind === 'aggregate') {
      if (hasColumns) running = []
      hasColumns = false
      running.push({ aggregate: each.aggregate, ...(each.q !== undefined && { q: each.q }) })
    } else if (each.kind === 'column') {
      // An order by "the highest average TPR" is of the figure.
      if (running.length > 0) {
        for (const { aggregate, q } of running) measures.push(measureOf(aggregate, each.column, q))
        hasColumns = true
      } else if (!taken.has(place)) columns.push(each)
    }
  }
  const isOpen = running.length > 0 && !hasColumns
  if (isOpen && columns.length > 0) {
    for (const { column } of columns)
      for (const { aggregate, q } of running) measures.push(measureOf(aggregate, column, q))
    columns = []
  }
  return {
    measures: draft.isWeighted ? weighted(asking, measures, columns) : distinct(measures),
    columns,
    orders: orders.map((order) => withEnd(order, draft.isWorst)),
    isSumOfNothing: isOpen && measures.length === 0 && running.every(({ aggregate }) => aggregate === 'sum'),
    open:
      isOpen && measures.length === 0
        ? (running.find(({ aggregate }) => aggregate !== 'sum')?.aggregate ?? null)
        : null,
  }
}

/** `Poorest housing quality` is the lowest, `worst TPR` the highest: the end of a column whose worse end is sure. */
function withEnd(order: Order, isWorst: boolean): Order {
  const isOfColumn = order.by !== null && order.by !== 'risk'
  const worst = order.direction === 'unclear' && isOfColumn ? worseEnd(order.by) : null
  if (worst === null) return order
  return { ...order, direction: isWorst ? worst : worst === 'ascending' ? 'descending' : 'ascending' }
}

/** `Which ward has the maximum TPR` asks for a ward, and not only for the figure. */
function endsAsOrders({ draft }: Asking): readonly Wanted[] {
  const figures = draft.wanted.filter(({ kind }) => kind === 'aggregate')
  const [only] = figures
  if (only?.kind !== 'aggregate') return draft.wanted
  const isEnd = only.aggregate === 'min' || only.aggregate === 'max'
  const hasOrder = draft.wanted.some(({ kind }) => kind === 'order')
  if (!draft.areWardsFirst || figures.length !== 1 || !isEnd || hasOrder || draft.groups.length > 0) return draft.wanted
  const direction = only.aggregate === 'max' ? 'descending' : 'ascending'
  return draft.wanted.map((each) =>
    each === only ? { kind: 'order', direction, by: null, isOf: false, isSort: false } : each,
  )
}

function measureOf(measure: Aggregate, column: string, q: number | undefined): Measure {
  return { measure, column, ...(q !== undefined && { q }) }
}

/** Means by a weight: the column that is named as one, or else the people. */
function weighted(asking: Asking, measures: readonly Measure[], columns: readonly Column[]): readonly Measure[] {
  const weight = asking.draft.weight ?? peopleColumn(asking)
  const named = [...new Set([...measures.flatMap(({ column = [] }) => column), ...columns.map(({ column }) => column)])]
  return weight === null
    ? []
    : named.filter((column) => column !== weight).map((column) => ({ measure: 'weightedMean', column, weight }))
}

function distinct(measures: readonly Measure[]): readonly Measure[] {
  return [...new Map(measures.map((measure) => [JSON.stringify(measure), measure])).values()]
}

/** A query without its empty parts. */
export function queryOf(query: WardQuery): WardQuery {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => !(Array.isArray(value) && value.length === 0)))
}
