import type { Mode } from './analysis-result.ts'
import type { LgaNets } from './lga-rollup.ts'
import type { UrbanExtent } from './urban-extent.ts'

/** By which of the two rankings wards are served. */
export type Ranking = 'composite' | 'pca'

/** How many nets a ward needs: one for 1.8 people, or ⌈size / 2⌉ for each household. */
export type NetRule = 'per-person' | 'household'

/** What the planner chooses. Shares are in percent. */
export interface PlanOptions {
  readonly totalNets: number
  /** Wards with an urban share below this are served first; 75 unless told otherwise. */
  readonly urbanThreshold?: number
  readonly ranking?: Ranking
  readonly rule?: NetRule
  /** People a household, for the household rule and legacy mode; 5 unless told otherwise. */
  readonly householdSize?: number
  readonly populationColumn?: string
  readonly urbanColumn?: string
  readonly mode?: Mode
}

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

/** A ward that the plan leaves out, and why. */
export interface ExcludedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  readonly rank: number
  readonly reason: string
}

/** Sums over the planned wards; `allocated + remaining = stock`. */
export interface PlanTotals {
  readonly stock: number
  readonly allocated: number
  readonly remaining: number
  readonly need: number
  readonly wardsFull: number
  readonly wardsPartial: number
  readonly population: number
  readonly covered: number
  readonly coveragePercent: number
}

/** A bed-net plan, wards in the order they are served. */
export interface NetPlan {
  readonly parameters: PlanParameters
  readonly totals: PlanTotals
  readonly wards: readonly PlannedWard[]
  readonly excluded: readonly ExcludedWard[]
  /** The planned wards by LGA. */
  readonly lgas: readonly LgaNets[]
  /** What other thresholds of urban share would do. */
  readonly urbanExtent: UrbanExtent
  readonly caveats: readonly string[]
}
