import type { NetPlan } from '../plan/net-plan.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { PlanStamp, ReportStamp } from './report/report-input.ts'

/** A result with what only the service knows of it. */
export type StampedResult = AnalysisResult & ReportStamp

/** A plan with what only the service knows of it. */
export type StampedPlan = NetPlan & PlanStamp & { readonly datasetVersion: number }
