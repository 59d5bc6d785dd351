import type { LgaNets } from './lga-nets.ts'
import type { UrbanExtent } from './urban-extent.ts'
import type { PlanParameters, PlannedWard } from './planned-ward.ts'

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
