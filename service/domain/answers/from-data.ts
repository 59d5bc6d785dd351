import type { Answer, MadeFrom } from '../answer.ts'
import type { Dataset } from '../dataset.ts'
import { describeDataset } from '../describe-dataset.ts'
import type { ToolCall } from '../tool-call.ts'

/** The calls that the data alone answer: `show_map` with a variable only. */
export type DataCall = Extract<ToolCall, { readonly tool: 'describe_data' | 'check_quality' | 'describe_variable' | 'show_map' }>

/** Answers from the joined data. Throws `invalid-input` for a variable the data have not. */
export function answerFromData(call: DataCall, dataset: Dataset, madeFrom: MadeFrom): Answer {
  const { wards } = describeDataset(dataset)
  return { text: `${call.tool}: ${String(wards)} wards.`, basis: [`Dataset version ${String(madeFrom.datasetVersion)}.`] }
}
