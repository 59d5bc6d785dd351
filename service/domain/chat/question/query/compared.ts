import { measureName } from '../../../query/measure-name.ts'
import type { Condition, Measure } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { conditionsOf, query, usualMeasure, whereOf } from './common.ts'
import { field, isTag } from './draft.ts'
import type { Asking } from './draft.ts'

export function isChoice({ op, value, or }: Condition): boolean {
  return op === 'in' && Array.isArray(value) && or === undefined
}

/** `Who has the most people, Dutsela or Kurmada`: the LGAs or tiers that are named, in the order of their figures. */
export function orderedChoice(asking: Asking, { orders, measures, columns }: Bound): readonly ToolCall[] | null {
  const { draft } = asking
  const [order, another] = orders
  const choice = draft.where.find(isChoice)
  const isOther = measures.length + columns.length + draft.groups.length > 0 || draft.limit !== null
  if (order === undefined || another !== undefined || choice === undefined || isOther) return null
  const { by, direction } = order
  if (by === null || by === 'risk' || direction === 'unclear' || draft.subjects.has('wards')) return null
  const isPeople = asking.dataset.columns.find(({ name }) => name === by)?.kind === 'population'
  const measure = usualMeasure({ kind: 'column', column: by, isPeople })
  const { column } = choice
  return [
    query({
      where: conditionsOf(asking),
      groupBy: [column],
      measures: [measure],
      orderBy: [{ by: measureName(measure), direction }],
    }),
  ]
}

/** `Rainfall in Bakoro compared with the whole state`: a figure of some wards, and the same of all. */
export function besideAll(asking: Asking, bound: Bound): readonly ToolCall[] | null {
  const { draft } = asking
  const { measures, columns, orders } = bound
  const named = measures.length > 0 ? measures : columns.map((each) => usualMeasure(each))
  const isOther = orders.length + draft.groups.length + draft.charts.length > 0 || draft.limit !== null
  const [one, another] = conditionsOf(asking)
  if (!draft.isVersus || !draft.subjects.has('states') || isOther || named.length === 0) return null
  if (one === undefined || another !== undefined || isChoice(one) || draft.isShare || draft.isCount) return null
  return [query({ where: [one], measures: [...named] }), query({ measures: [...named] })]
}

/** Groups side by side: High against Low, one LGA against another. */
export function comparisonOf(
  asking: Asking,
  bound: Bound,
  { column }: Condition,
): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  if (bound.orders.length > 0) return null
  const named = [...bound.measures, ...bound.columns.map((each) => usualMeasure(each))]
  const people = asking.dataset.columns.find(({ kind }) => kind === 'population')
  const isBare = named.length === 0 && !draft.isCount
  const isTier = column === field(asking, 'tier')
  const measures: Measure[] = [
    ...(isBare || draft.isCount ? [{ measure: 'count' as const }] : []),
    ...named,
    ...(isBare && asking.outline.analysis !== null
      ? [{ measure: 'mean' as const, column: field(asking, 'score') }]
      : []),
    ...(isBare && people !== undefined ? [{ measure: 'sum' as const, column: people.name }] : []),
  ]
  const first = query({ where: conditionsOf(asking), groupBy: [column], measures })
  if (!isBare || isTier || asking.outline.analysis === null) return [first]
  const where: Condition[] = [...conditionsOf(asking), { column: field(asking, 'tier'), op: '=', value: 'High' }]
  return [first, query({ where, groupBy: [column], measures: [{ measure: 'count' }] })]
}

export function correlationOf(asking: Asking, { columns, measures }: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  const names = [...new Set([...columns.map(({ column }) => column), ...measures.flatMap(({ column = [] }) => column)])]
  if (draft.speaksOfRisk && names.length === 1) names.push(field(asking, 'score'))
  const [one, other] = names
  if (one === undefined) return null
  if (other === undefined)
    return ask(
      `With which other column shall ${one} be compared?`,
      asking.dataset.columns
        .filter(({ name, hasNumbers, suggested }) => hasNumbers && suggested && name !== one)
        .slice(0, 4)
        .map(({ name }) => `Correlation between ${one} and ${name}`),
    )
  if (names.length > 2)
    return [{ tool: 'draw_chart', input: { kind: 'correlation', ...whereOf(asking), columns: names.slice(0, 12) } }]
  return [
    query({
      where: conditionsOf(asking),
      groupBy: draft.groups,
      measures: [{ measure: 'correlation', column: one, with: other }],
    }),
  ]
}

/** The part of the people, or of the wards, that satisfies the conditions. */
export function shareOf(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  const { columns, measures } = bound
  const [column] = [...columns.map((each) => each.column), ...measures.flatMap((measure) => measure.column ?? [])]
  const share: Measure = { measure: 'share', ...(column !== undefined && { column }) }
  const total: Measure = column === undefined ? { measure: 'count' } : { measure: 'sum', column }
  const all = conditionsOf(asking)
  const first = firstRanks(asking, bound)
  if (first === 'other' || (first !== null && all.length + draft.groups.length > 0))
    return ask('I can give shares of wards by conditions, such as "wards with rank at most 20". Could you say it so?')
  if (first !== null) return [query({ measures: [{ ...share, part: [first] }] })]
  if (draft.isVersus || endsInShare(asking, all.length)) return askOfWhole()
  if (draft.groups.length > 0) return shareByGroup(asking, share, total)
  if (draft.shareBase === 0 && draft.sharePart > 0 && draft.sharePart < all.length) {
    if (draft.relative.length > 0 || column !== undefined) return askOfWhole()
    return [query({ where: all.slice(draft.sharePart), measures: [{ ...share, part: all.slice(0, draft.sharePart) }] })]
  }
  // Without a verb between them, all conditions are those of the part.
  const base = draft.shareBase < all.length ? draft.shareBase : 0
  const part = all.slice(base)
  return part.length === 0 ? null : [query({ where: all.slice(0, base), measures: [{ ...share, part }] })]
}

/** `How many High wards are in Bakoro, in percent`: nothing says which of its conditions the whole has. */
function endsInShare(asking: Asking, conditions: number): boolean {
  const last = asking.tokens.findLastIndex((_, at) => !isTag(asking, at, 'filler'))
  const isSplit = asking.draft.shareBase > 0 || asking.draft.sharePart > 0
  return conditions > 1 && !isSplit && isTag(asking, last, 'share')
}

/** `The 10 riskiest wards` as a condition on the rank; `other` for a list in another order, null without a list. */
function firstRanks(asking: Asking, { orders }: Bound): Condition | 'other' | null {
  const { limit, offset, isWorst } = asking.draft
  const [order, another] = orders
  if (limit === null && order === undefined) return null
  const isByRisk = order !== undefined && (order.by === null || order.by === 'risk')
  if (limit === null || another !== undefined || offset > 0 || !isByRisk) return 'other'
  const isFirst = order.direction === 'unclear' ? isWorst : order.direction === 'descending'
  const column = field(asking, 'rank')
  return isFirst ? { column, op: '<=', value: limit } : { column, op: '>', value: asking.dataset.wards.length - limit }
}

/**
 * `Share of people by LGA`: each group's part of all. With conditions, `share of High wards by LGA` may be a part of
 * the LGA's wards, or the LGA's part of the High wards: both are shown, each under its own name.
 */
function shareByGroup(asking: Asking, share: Measure, total: Measure): readonly ToolCall[] | Meaning {
  const { draft } = asking
  const part = conditionsOf(asking)
  const groupBy = draft.groups
  if (part.length === 0) return [query({ groupBy, measures: [share, total] })]
  if (draft.shareBase > 0 && draft.shareBase < part.length) return askOfWhole()
  return [
    query({ groupBy, measures: [{ ...share, part }, total] }),
    query({ where: part, groupBy, measures: [share, total] }),
  ]
}

function askOfWhole(): Meaning {
  return ask(
    'A share of which wards or people: of all, or of those that satisfy a part of these conditions? Say ' +
      'it for example ' +
      'as "what share of the High wards are urban".',
  )
}
