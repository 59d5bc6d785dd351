import { planKindOfName, planPreference } from '../files/columns/plan-kinds.ts'
import { NO_READING } from '../files/reading/reading.ts'
import { tiersOf } from '../ranking/rank-wards.ts'
import type { PlanBasis, PlanWard } from './plan-basis.ts'
import type { PlanColumn, UnusableColumn } from './plan-columns.ts'

/** The letters of the bases that release 0.1.0 stored. Their data may be gone, so they are read and not made again. */
export const EARLIER_LETTERS = 'NETPLAN3'

/**
 * A basis of release 0.1.0: wards without tier and state, columns without kinds, and neither caveats nor questions.
 * `wards` is still a text.
 */
export interface EarlierBasis {
  readonly wards: string
  readonly columns: readonly Omit<PlanColumn, 'kind'>[]
  readonly unusable: readonly Omit<UnusableColumn, 'kind'>[]
  readonly pcaReasons: readonly string[]
}

/** The same in today's form, with the kinds that the names of the columns show. */
export function upgradeBasis({ wards, columns, unusable, pcaReasons }: EarlierBasis): PlanBasis {
  const preference = ({ name, kind }: PlanColumn): number =>
    kind === null ? Infinity : planPreference({ reading: NO_READING }, name, kind)
  const earlier = JSON.parse(wards) as readonly Omit<PlanWard, 'tier' | 'state'>[]
  const tiers = tiersOf(Uint32Array.from(earlier, ({ rank }) => rank))
  return {
    wards: earlier.map((ward, place) => ({ ...ward, tier: tiers[place] ?? 'Medium', state: null })),
    columns: columns
      .map((column) => ({ ...column, kind: planKindOfName(column.name) }))
      .sort((one, other) => (preference(one) < preference(other) ? -1 : preference(one) > preference(other) ? 1 : 0)),
    unusable: unusable.flatMap((column) => {
      const kind = planKindOfName(column.name)
      return kind === null ? [] : { ...column, kind }
    }),
    positivity: [],
    pcaReasons,
    caveats: [],
    columnFindings: [],
    questions: [],
    answers: {},
  }
}
