import type { Mode } from '../ranking/analysis-result.ts'
import type { PlanOptions } from './plan-options.ts'

/** By which of the two rankings wards are served. */
export type Ranking = NonNullable<PlanOptions['ranking']>

/** How many nets a ward needs: one for 1.8 people, or ⌈size / 2⌉ for each household. */
export type NetRule = NonNullable<PlanOptions['rule']>

/** The choices as they were used; what was not chosen is named in `defaulted`. */
export interface PlanParameters {
  readonly totalNets: number
  readonly urbanThreshold: number
  readonly ranking: Ranking
  readonly rule: NetRule
  /** Null where the rule takes no account of households. */
  readonly householdSize: number | null
  readonly populationColumn: string
  /** Null where the data have no urban share: there is one tier then. */
  readonly urbanColumn: string | null
  readonly mode: Mode
  readonly defaulted: readonly string[]
}

/** A ward's part of the plan, in nets and people. */
export interface PlannedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  /** In the ranking the plan goes by. */
  readonly rank: number
  readonly allocationTier: 1 | 2
  /** In percent; null where it is missing. */
  readonly urbanShare: number | null
  readonly population: number
  readonly need: number
  readonly allocated: number
  /** min(population, 1.8 × nets). */
  readonly covered: number
  readonly coveragePercent: number
}
