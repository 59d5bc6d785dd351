import { measureName } from '../../../query/measure-name.ts'
import type { Measure } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import type { Meaning } from '../replies.ts'
import { askAboutPickedLgas } from './beside-counts.ts'
import type { Bound } from './bind.ts'
import { conditionsOf, query } from './common.ts'
import { field } from './draft.ts'
import type { Asking } from './draft.ts'

/**
 * The LGAs that have no ward of those that satisfy the conditions: such wards are a share of 0 of all of its wards.
 * Or those that have no other wards: a share of 1. Asks back where something else is wanted of these LGAs at once;
 * null without a condition.
 */
export function lgasWithNone(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  const wanted = [bound.measures, bound.columns, bound.orders, draft.charts, draft.wards, draft.texts]
  const lga = field(asking, 'lga')
  const isPlain =
    wanted.every((some) => some.length === 0) &&
    bound.open === null &&
    draft.groups.every((group) => group === lga) &&
    draft.where.every(({ column }) => column !== lga) &&
    ![draft.isCount, draft.isShare, draft.isCorrelation, draft.isVersus].includes(true) &&
    draft.limit === null &&
    draft.having === null
  if (!isPlain) return askAboutPickedLgas()
  const part = conditionsOf(asking)
  if (part.length === 0) return null
  // "No High wards and more than 200,000 people": the second is not of the wards that there are none of.
  if (new Set(part.map(({ column }) => column)).size > 1) return askAboutPickedLgas()
  const share: Measure = { measure: 'share', part }
  return [
    query({
      groupBy: [lga],
      measures: [share],
      having: [{ by: measureName(share), op: '=', value: draft.hasOnly ? 1 : 0 }],
    }),
  ]
}
