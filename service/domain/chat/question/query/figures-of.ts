import type { Condition, Measure } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { conditionsOf, distinct, query, usualMeasure } from './common.ts'
import { field, outlineColumn } from './draft.ts'
import type { Asking } from './draft.ts'

/** Figures of all wards that satisfy the conditions; null if rows are asked for. */
export function figuresOf(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  const { columns, measures, orders } = bound
  const isOfTop = draft.limit !== null && orders.length > 0 && !draft.subjects.has('wards')
  const isOfWards = columns.length > 0 && (draft.columnsBeforeWards || isOfTop)
  const areFigures =
    measures.length > 0 ||
    draft.isCount ||
    bound.isSumOfNothing ||
    (columns.length > 0 && isOfWards && orders.every(({ isOf }) => isOf)) ||
    (columns.length > 0 && orders.length === 0 && draft.limit === null && !draft.subjects.has('wards'))
  if (!areFigures) return null
  const stray = draft.isCount && measures.length === 0 ? columns.find(({ isPeople }) => !isPeople) : undefined
  if (stray !== undefined)
    return ask(`I am not sure what ${stray.column} is for in this count. Could you say it in another way?`, [
      `Describe ${stray.column}`,
    ])
  const hasConditions = draft.where.length + draft.relative.length > 0
  const cut = orders.length > 0 || draft.limit !== null ? rankedCut(asking, bound) : []
  if (!Array.isArray(cut)) return cut
  const where = [...conditionsOf(asking), ...cut]
  const [first] = measures
  const isDescription =
    !hasConditions &&
    cut.length === 0 &&
    !draft.isCount &&
    columns.length + new Set(measures.map(({ column }) => column)).size === 1
  if (
    isDescription &&
    measures.every(({ measure }) => ['mean', 'min', 'max'].includes(measure)) &&
    columns.every(({ isPeople }) => !isPeople || !draft.asksPeople)
  ) {
    const variable = first?.column ?? columns[0]?.column
    const isOwn = variable !== undefined && outlineColumn(asking, variable) !== undefined
    const isPeople = variable !== undefined && outlineColumn(asking, variable)?.kind === 'population'
    if (isOwn && isPeople && measures.length === 0 && isOfWhole(asking))
      return [query({ measures: [{ measure: 'sum', column: variable }] })]
    if (isOwn && measures.length === 0) return null
    if (isOwn) return [{ tool: 'describe_variable', input: { variable } }]
  }
  const isOfWeight = (name: string): boolean =>
    measures.some(({ measure, column }) => measure === 'weightedMean' && column === name)
  const all = distinct([
    ...(draft.isCount || bound.isSumOfNothing ? [{ measure: 'count' as const }] : []),
    ...measures,
    ...columns.flatMap(({ column, isPeople }): Measure[] =>
      draft.isWeighted && (isPeople || isOfWeight(column))
        ? []
        : isPeople
          ? [{ measure: 'sum', column }]
          : usualMeasure({ kind: 'column', column, isPeople }).measure === 'sum'
            ? [{ measure: 'sum', column }]
            : [
                { measure: 'mean', column },
                { measure: 'min', column },
                { measure: 'max', column },
              ],
    ),
  ])
  if (all.length === 1 && all[0]?.measure === 'count' && where.length === 0)
    return [{ tool: 'describe_data', input: {} }]
  if (!hasConditions && columns.some(({ isPeople }) => !isPeople) && measures.length === 0) return null
  return [query({ where, measures: all.slice(0, 8) })]
}

/** `Population of the entire state`, `of all wards`: one figure of all of them. */
function isOfWhole({ draft, reading }: Asking): boolean {
  return draft.subjects.has('states') || /\b(?:of|in) (?:all|the whole|the entire)\b/.test(reading.plain)
}

/** The first wards of the ranking as a condition: figures of "the top 10 wards" are those of the ranks up to 10. */
function rankedCut(asking: Asking, { orders }: Bound): Condition[] | Meaning | null {
  const { draft } = asking
  const [order] = orders
  if (draft.limit === null && orders.every(({ by }) => by === null)) return null
  if (draft.limit === null)
    return ask('Of how many wards? Say for example "the 10 wards at highest risk".', ['Show the top 10 wards'])
  if (orders.length === 1 && order?.direction === 'descending' && (order.by === 'risk' || order.by === null))
    return [{ column: field(asking, 'rank'), op: '<=', value: draft.limit }]
  return ask(
    'I can give figures of the first wards of the ranking, not of the first by another order. Which would you like?',
    [
      order === undefined || order.by === null || order.by === 'risk'
        ? `Show the top ${String(draft.limit)} wards`
        : `List the ${String(draft.limit)} wards with the ${order.direction === 'ascending' ? 'lowest' : 'highest'} ${order.by}`,
    ],
  )
}
