import type { AreaNets } from './area-nets.ts'
import type { LeaveOutExtent } from './rules/leave-out-extent.ts'
import type { UrbanExtent } from './urban-extent.ts'
import type { ComparedNumbers } from './plan-scope.ts'
import type { PlanParameters, PlannedWard } from './planned-ward.ts'

/** A ward that the plan leaves out, by which rule, and why. */
export interface ExcludedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  readonly state: string | null
  readonly rank: number
  readonly rankValue: number | null
  readonly rule: 'population' | 'urban' | 'exception' | 'where'
  readonly reason: string
  /** Null if it has no usable population. */
  readonly population: number | null
  /** In percent; null if it is missing. */
  readonly urbanShare: number | null
  /** Its numbers that the plan's conditions compare; only if there are such conditions. */
  readonly compared?: ComparedNumbers
}

/** Sums over the planned wards. `reserve + allocated + remaining = stock`. */
export interface PlanTotals {
  readonly stock: number
  /** Held back before wards are served: for routine channels and as a buffer. */
  readonly reserve: number
  readonly allocated: number
  readonly remaining: number
  readonly need: number
  readonly wardsFull: number
  readonly wardsPartial: number
  readonly population: number
  readonly covered: number
  readonly coveragePercent: number
  /** Null if the plan has no prices. */
  readonly cost: number | null
}

/** A bed-net plan, with wards in the order in which they are served. */
export interface NetPlan {
  readonly parameters: PlanParameters
  /** The rules of the plan, each in a sentence. */
  readonly rules: readonly string[]
  readonly totals: PlanTotals
  readonly wards: readonly PlannedWard[]
  readonly excluded: readonly ExcludedWard[]
  /** The planned wards by LGA, and by state. */
  readonly lgas: readonly (AreaNets & { readonly lga: string | null })[]
  readonly states: readonly (AreaNets & { readonly state: string | null })[]
  /** How many wards and people other thresholds of urban share would divide. */
  readonly urbanExtent: UrbanExtent
  /** How many wards and people other forms of the leave-out rule would leave out. */
  readonly leaveOutExtent: LeaveOutExtent
  readonly caveats: readonly string[]
}
