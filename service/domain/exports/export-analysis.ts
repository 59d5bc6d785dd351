import { sureByWard, type StatedCertainty } from '../certainty/stated-certainty.ts'
import type { SureWard } from '../certainty/certainty-reply.ts'
import type { WardCertainty } from '../certainty/summarise-draws.ts'
import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'
import type { ReportStamp } from './report/report-input.ts'

/** The form of the file. Form 1 had no certainty, form 2 no `netsCaveats` and nets of plans by the ranking alone. */
const SCHEMA_VERSION = 3

type ExportedWard = RankedWard & { readonly certainty: WardCertainty | null }

/**
 * Writes analysis_results.json, ward by ward: the whole result, and how sure each ward's place is. With a plan, the
 * certainty is that of the plan's nets, and `planId` names the plan.
 */
export function* exportAnalysis(
  result: AnalysisResult & ReportStamp,
  { wards: sureWards, ...drawn }: StatedCertainty,
  planId: string | null,
): Generator<string> {
  const sure = sureByWard({ wards: sureWards })
  const { wards, ...rest } = result
  const head = { ...rest, schemaVersion: SCHEMA_VERSION, planId, certainty: drawn }
  yield `${JSON.stringify(head).slice(0, -1)},"wards":[`
  let isFirst = true
  for (const ward of wards) {
    const shown: ExportedWard = { ...ward, certainty: certaintyOf(sure.get(ward.wardName)) }
    yield `${isFirst ? '' : ','}\n${JSON.stringify(shown)}`
    isFirst = false
  }
  yield '\n]}\n'
}

function certaintyOf(ward: SureWard | undefined): WardCertainty | null {
  if (ward === undefined) return null
  const { rankLow, rankHigh, meanRank, chanceHigh, chanceNets, verdict } = ward
  return { rankLow, rankHigh, meanRank, chanceHigh, chanceNets, verdict }
}
