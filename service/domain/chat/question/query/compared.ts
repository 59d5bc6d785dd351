import type { Condition, Measure } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { conditionsOf, query, usualMeasure, whereOf } from './common.ts'
import { field } from './draft.ts'
import type { Asking } from './draft.ts'

export function isChoice({ op, value, or }: Condition): boolean {
  return op === 'in' && Array.isArray(value) && or === undefined
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
export function shareOf(asking: Asking, { columns, measures, orders }: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  // "The share of the top 20 wards that are rural" has a part that is not one of conditions.
  if (draft.limit !== null || orders.length > 0)
    return ask('I can give shares of wards by conditions, such as "wards with rank at most 20". Could you say it so?')
  const [column] = [...columns.map((each) => each.column), ...measures.flatMap((measure) => measure.column ?? [])]
  const share: Measure = { measure: 'share', ...(column !== undefined && { column }) }
  const total: Measure = column === undefined ? { measure: 'count' } : { measure: 'sum', column }
  const all = conditionsOf(asking)
  if (draft.groups.length > 0) return [query({ where: all, groupBy: draft.groups, measures: [share, total] })]
  // Without a verb between them, all conditions are those of the part.
  const base = draft.shareBase < all.length ? draft.shareBase : 0
  const part = all.slice(base)
  return part.length === 0 ? null : [query({ where: all.slice(0, base), measures: [{ ...share, part }] })]
}
