import type { Mode } from '../ranking/analysis-result.ts'
import type { PlanOptions } from './plan-options.ts'

/** The ranking by which wards are served. */
export type Ranking = NonNullable<PlanOptions['ranking']>

/** How many nets a ward needs: one for 1.8 people, or ⌈size / 2⌉ for each household. */
export type NetRule = NonNullable<PlanOptions['rule']>

/** The choices as they were used. `defaulted` names those that were not chosen. */
export interface PlanParameters {
  readonly totalNets: number
  readonly urbanThreshold: number
  readonly ranking: Ranking
  readonly rule: NetRule
  /** Null if the rule does not use households. */
  readonly householdSize: number | null
  readonly populationColumn: string
  /** Null if the data have no urban share. Then there is one tier. */
  readonly urbanColumn: string | null
  readonly mode: Mode
  readonly defaulted: readonly string[]
}

/** A ward's part of the plan, in nets and people. */
export interface PlannedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  /** Its rank in the ranking of the plan. */
  readonly rank: number
  readonly allocationTier: 1 | 2
  /** In percent; null if it is missing. */
  readonly urbanShare: number | null
  readonly population: number
  readonly need: number
  readonly allocated: number
  /** min(population, 1.8 × nets). */
  readonly covered: number
  readonly coveragePercent: number
}
