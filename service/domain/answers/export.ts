import type { Answer, MadeFrom } from '../answer.ts'
import type { ToolCall } from '../tool-call.ts'

/** Says which file was made; the feature adds where to get it. */
export function answerExport({ kind }: Extract<ToolCall, { readonly tool: 'export_result' }>['input'], madeFrom: MadeFrom): Answer {
  return { text: `${kind} is ready.`, basis: [`Dataset version ${String(madeFrom.datasetVersion)}.`] }
}
