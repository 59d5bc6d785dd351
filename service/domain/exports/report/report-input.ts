import type { StatedCertainty } from '../../certainty/stated-certainty.ts'
import type { NetPlan } from '../../plan/net-plan.ts'
import type { AnalysisResult } from '../../ranking/analysis-result.ts'
import type { ResultFeature } from '../../map/result-map.ts'
import type { PlanLock } from '../lock-words.ts'
import type { Bbox } from '../../files/boundaries.ts'
import type { ReportedInput, ReportedReading } from './reported-files.ts'

/** Facts about a result that are not in the result: its id, time, and the version and hashes of its data. */
export interface ReportStamp {
  readonly analysisId: string
  readonly createdAt: string
  readonly datasetVersion: number
  readonly inputs: Readonly<Record<string, ReportedInput | null>>
}

/** Facts about a plan that are not in the plan. A plan that has no name or is not locked has null there. */
export interface PlanStamp extends PlanLock {
  readonly id: string
  readonly name?: string | null
}

/** All that a report is written from. Each part of it reads what it needs. */
export interface ReportInput {
  readonly result: AnalysisResult & ReportStamp
  readonly plan: (NetPlan & PlanStamp) | null
  readonly certainty: StatedCertainty
  /** The states and LGAs of the wards, each once, in the order of the table. Empty if the table does not say. */
  readonly area: { readonly states: readonly string[]; readonly lgas: readonly string[] }
  /** How the files of each role were read, by the names of `result.inputs`. */
  readonly readings: Readonly<Record<string, readonly ReportedReading[]>>
  /** Null without boundaries. */
  readonly map: ReportMap | null
}

export interface ReportMap {
  readonly bbox: Bbox
  /** The boundaries with their results, from the first one at every call. */
  readonly features: () => Iterable<ResultFeature>
  readonly wardsWithoutBoundary: readonly string[]
}
