import type { Mode } from '../ranking/analysis-result.ts'
import type { PlanCondition } from './plan-conditions.ts'
import type { ComparedNumbers } from './plan-scope.ts'
import type { Costs, Exception, PlanOptions, Protect, Reserve, UrbanRule } from './plan-options.ts'

/** The order in which wards are served: one of the rankings, or the values of a column. */
export type Ranking = NonNullable<PlanOptions['ranking']> | 'column'

/** How many nets a ward needs: by its people, or ⌈size / 2⌉ for each household. */
export type NetRule = NonNullable<PlanOptions['rule']>

/** The choices as they were used. `defaulted` names those that were not chosen. A rule that is off is null or empty. */
export interface PlanParameters {
  readonly totalNets: number
  readonly urbanRule: UrbanRule['kind']
  /** Null unless the urban rule is `tiers`. */
  readonly urbanThreshold: number | null
  /** Null unless the urban rule is `leave-out`. */
  readonly urbanFrom: number | null
  readonly upToPercent: number | null
  readonly ranking: Ranking
  /** Null unless wards are served by a column. */
  readonly rankColumn: string | null
  readonly rankFirst: 'highest' | 'lowest' | null
  readonly lastWard: 'partial' | 'whole'
  readonly rule: NetRule
  readonly peoplePerNet: number
  /** Null for the WHO planning rule. */
  readonly peoplePerNetSource: string | null
  /** Null if the rule does not use households. */
  readonly householdSize: number | null
  readonly householdColumn: string | null
  readonly populationColumn: string
  /** Null if the data have no urban share. Then there is one tier. */
  readonly urbanColumn: string | null
  readonly reserve: Reserve | null
  readonly bufferPercent: number
  readonly baleSize: number | null
  readonly protect: Protect | null
  readonly exceptions: readonly Exception[]
  readonly costs: Costs | null
  /** Which wards the plan is for; null when it is for all. */
  readonly where: readonly PlanCondition[] | null
  readonly mode: Mode
  readonly defaulted: readonly string[]
}

/** A ward's part of the plan, in nets and people. */
export interface PlannedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  readonly state: string | null
  /** Its rank in the order of the plan. */
  readonly rank: number
  /** Its value in the column by which wards are served; null if it has none, or if wards are served by a ranking. */
  readonly rankValue: number | null
  readonly allocationTier: 1 | 2
  /** In percent; null if it is missing. */
  readonly urbanShare: number | null
  readonly population: number
  /** People per household; null if the rule does not use households. */
  readonly householdSize: number | null
  readonly need: number
  readonly allocated: number
  /** Whole bales; null if the plan does not count in bales. */
  readonly bales: number | null
  /** min(population, people per net × nets). */
  readonly covered: number
  readonly coveragePercent: number
  /** Why the urban rule does not touch it; null if the rule may. */
  readonly protectedBecause: string | null
  /** The reason of the exception that puts it into the plan; null without one. */
  readonly exception: string | null
  /** Its numbers that the plan's conditions compare; only if there are such conditions. */
  readonly compared?: ComparedNumbers
}
