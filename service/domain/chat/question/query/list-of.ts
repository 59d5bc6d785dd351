import type { Condition, Order, WardQuery } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import type { Meaning } from '../replies.ts'
import { queryOf } from './bind.ts'
import type { Bound } from './bind.ts'
import { field } from './draft.ts'
import type { Asking } from './draft.ts'
import { askDirection, askOneOrder, conditionsOf } from './common.ts'

const USUAL_ROWS = 10
const MOST_ROWS = 500

/**
 * `The 3 worst wards of each LGA`: the column of the groups whose first wards are asked for; null if it is not asked.
 */
export function eachGroup({ draft }: Asking, { measures, columns, orders }: Bound): string | null {
  const [group, another] = draft.groups
  const [order] = orders
  // "Top 3 in each LGA" are wards, too.
  const areWards = draft.subjects.has('wards') || (draft.subjects.size === 0 && draft.limit !== null)
  if (group === undefined || another !== undefined || draft.areLgasFirst || !areWards) return null
  const isOfFirst = order !== undefined && !order.isSort && draft.charts.length === 0
  return isOfFirst && !draft.isCount && measures.length === 0 && !(columns.length > 0 && draft.columnsBeforeWards)
    ? group
    : null
}

/** The wards that satisfy the conditions, in an order; null if nothing says which wards. */
export function listOf(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  const where = conditionsOf(asking)
  const [order, another] = bound.orders
  if (another !== undefined) return askOneOrder(bound)
  if (order === undefined && where.length === 0) return null
  if (order !== undefined && order.by !== null && order.by !== 'risk') {
    if (order.direction === 'unclear') return askDirection(asking, order.by)
    return [
      rows(
        asking,
        bound,
        where,
        [{ by: order.by, direction: order.direction }],
        draft.limit ?? (order.isSort ? undefined : USUAL_ROWS),
        [order.by],
      ),
    ]
  }
  if (order?.by === null && bound.columns.length > 0) return null
  const ranking =
    order === undefined ? null : order.direction === 'unclear' ? isWorst(asking) : order.direction === 'descending'
  const simple = draft.groups.length > 0 || draft.claimed !== null ? null : rankedCall(asking, where, ranking)
  if (simple !== null && bound.columns.length === 0) return [simple]
  if (order !== undefined && !draft.speaksOfRisk && draft.limit === null && !draft.subjects.has('wards')) return null
  const rank = field(asking, 'rank')
  const hasRank = asking.outline.analysis !== null
  const own = conditionOrder(where)
  const orderBy: Order[] =
    ranking !== null
      ? [{ by: rank, direction: ranking ? 'ascending' : 'descending' }]
      : own !== null
        ? [own]
        : hasRank
          ? [{ by: rank, direction: 'ascending' }]
          : []
  return [rows(asking, bound, where, orderBy, draft.limit ?? (ranking === null ? undefined : USUAL_ROWS), [])]
}

function isWorst({ draft }: Asking): boolean {
  return draft.isWorst
}

/** A ranking that the simpler tool gives: all wards, of one LGA, or of one tier. */
function rankedCall(asking: Asking, where: readonly Condition[], ranking: boolean | null): ToolCall | null {
  const { draft } = asking
  const only = (name: 'lga' | 'tier'): Condition | undefined =>
    where.find(({ column, op, or }) => column === field(asking, name) && op === '=' && or === undefined)
  const [lga, tier] = [only('lga'), only('tier')]
  const used = [lga, tier].filter((condition) => condition !== undefined)
  if (
    draft.offset > 0 ||
    draft.percent !== null ||
    used.length !== where.length ||
    (ranking === null && tier === undefined)
  )
    return null
  if (
    ranking !== null &&
    !draft.speaksOfRisk &&
    draft.limit === null &&
    !draft.subjects.has('wards') &&
    tier === undefined
  )
    return null
  return {
    tool: 'rank_wards',
    input: {
      order: ranking === false ? 'lowest' : 'highest',
      ...(draft.limit !== null && { count: draft.limit }),
      ...(lga !== undefined && { lga: lga.value as string }),
      ...(tier !== undefined && { tier: tier.value as 'High' | 'Medium' | 'Low' }),
    },
  }
}

/** By a compared column: the greatest first for "over", the least first for "under". */
function conditionOrder(where: readonly Condition[]): Order | null {
  const compared = where.find(({ op }) => ['>', '>=', '<', '<=', 'between'].includes(op))
  if (compared === undefined) return null
  const isDown = compared.op.startsWith('>')
  return { by: compared.column, direction: isDown ? 'descending' : 'ascending' }
}

/** The wards that satisfy the conditions, by several keys or in no order of their own, with these columns. */
export function sortedBy(
  asking: Asking,
  bound: Bound,
  keys: readonly Order[],
  columns: readonly string[] = [],
): ToolCall {
  const { draft } = asking
  const groups = draft.groups.splice(0)
  const shown = [...columns, ...keys.flatMap(({ by }) => by)]
  return rows(asking, bound, conditionsOf(asking), [...keys], draft.limit ?? undefined, [...groups, ...shown])
}

function rows(
  asking: Asking,
  { columns }: Bound,
  where: Condition[],
  orderBy: Order[],
  limit: number | undefined,
  shown: readonly string[],
): ToolCall {
  const { dataset, outline } = asking
  const select = [
    field(asking, 'ward'),
    ...(dataset.lgas.length > 0 ? [field(asking, 'lga')] : []),
    ...shown,
    ...columns.map(({ column }) => column),
    ...where.flatMap(({ column, or = [] }) => [column, ...or.flatMap((part) => part.column ?? [])]),
    ...orderBy.map(({ by }) => by),
    ...(outline.analysis !== null && !outline.analysis.stale ? [field(asking, 'rank'), field(asking, 'tier')] : []),
  ]
  const [group] = asking.draft.groups
  // A part is all that is listed.
  const wanted = asking.draft.percent === null ? (limit ?? MOST_ROWS) : MOST_ROWS
  const input: WardQuery = {
    where,
    select: [...new Set(group === undefined ? select : [...select, group])],
    orderBy,
    ...(group === undefined
      ? { ...(asking.draft.percent !== null && { percent: asking.draft.percent }), limit: wanted }
      : { each: { column: group, rows: asking.draft.limit ?? 1 }, limit: MOST_ROWS }),
    ...(asking.draft.offset > 0 && { offset: asking.draft.offset }),
  }
  return { tool: 'query_wards', input: queryOf(input) }
}
