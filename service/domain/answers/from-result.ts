import type { AnalysisResult } from '../analysis-result.ts'
import type { Answer, MadeFrom } from '../answer.ts'
import type { NetPlan } from '../net-plan.ts'
import type { ToolCall } from '../tool-call.ts'

/** The calls that an analysis answers: `show_map` without a variable only. `run_analysis` is answered from its new result. */
export type ResultCall = Extract<ToolCall, { readonly tool: 'run_analysis' | 'rank_wards' | 'explain_ward' | 'compare_wards' | 'show_map' | 'summarise_lgas' | 'compare_rankings' }>

/** Answers from an analysis; the plan, where there is one of it, adds nets to LGAs. Throws `invalid-input` for a ward or LGA the analysis has not. */
export function answerFromResult(call: ResultCall, result: AnalysisResult, madeFrom: MadeFrom, plan: NetPlan | null = null): Answer {
  return { text: `${call.tool}: ${String(result.wards.length)} wards${plan === null ? '' : `, ${String(plan.totals.stock)} nets`}.`, basis: [`Dataset version ${String(madeFrom.datasetVersion)}.`] }
}
