import type { Answer, AnswerTable } from '../../domain/chat/answer.ts'
import { Fault, type FaultKind } from '../../domain/fault.ts'
import type { Outline } from '../../domain/chat/outline.ts'
import type { ToolCall } from '../../domain/chat/tools.ts'
import type { ChatMode } from '../../metrics/metric-names.ts'
import type { StoredReply } from '../../stores/chat-log.ts'
import type { Attached } from '../tools/tool-result.ts'

/** A reply before it is stored and sent. */
export interface Spoken extends Pick<StoredReply, 'text' | 'intent' | 'basis' | 'options'> {
  readonly table?: AnswerTable
  /** The tables of the parts before, in their order. */
  readonly moreTables?: readonly AnswerTable[]
  readonly attached: Attached
  readonly call: ToolCall | null
  readonly by: ChatMode
  /** `rules`, or the model's name. */
  readonly mode: string
}

/** The table of the last answer that has one, and those of the answers before. */
export function tablesOf(answers: readonly Answer[]): Pick<Spoken, 'table' | 'moreTables'> {
  const tables = answers.flatMap(({ table }) => table ?? [])
  const table = tables.at(-1)
  return {
    ...(table !== undefined && { table }),
    ...(tables.length > 1 && { moreTables: tables.slice(0, -1) }),
  }
}

/**
 * Faults that can be answered in words: the data, the question or their state do not fit. All others fail the request.
 */
const ADVISED: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'no-data',
  'stale',
  'unsettled',
  'invalid-input',
  'not-found',
  'unreadable-file',
  'too-large',
  'conflict',
])

/** A fault as advice to the person, or null if the request has to fail. */
export function adviceOf(
  error: unknown,
  { dataset, analysis }: Outline,
): { readonly text: string; readonly options: readonly string[] } | null {
  if (!(error instanceof Fault) || !ADVISED.has(error.kind)) return null
  const details = [...error.errors, ...error.questions.slice(1)].slice(0, 5).map(({ detail }) => detail)
  const canAnalyse =
    dataset !== null && (analysis === null || analysis.stale) && (error.kind === 'no-data' || error.kind === 'stale')
  return { text: [error.message, ...details].join('\n'), options: canAnalyse ? ['Run the analysis'] : [] }
}
