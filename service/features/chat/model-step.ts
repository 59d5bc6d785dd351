import type { Outline } from '../../domain/chat/outline.ts'
import { TOOL_NAMES, TOOLS } from '../../domain/chat/tools.ts'
import type { Model, ModelCall, ModelEnd, ModelMessage, ModelRequest, ModelTool } from '../../models/model.ts'
import type { ChatTurn } from '../../stores/chat-log.ts'
import { shortSchema, type Said } from './model-schema.ts'

const MOST_OUTPUT_TOKENS = 1_500
const HISTORY = { turns: 6, letters: 1_500 } as const

/** What a model did in one step of a conversation. */
export interface Step {
  readonly text: string
  readonly calls: readonly ModelCall[]
  readonly end: ModelEnd['reason']
}

/**
 * One step of a conversation, gathered to its end.
 * @throws Fault `model-unavailable` when the model fails or misses a deadline; the signal's reason when that aborts
 */
export async function stepOf(
  model: Model,
  request: Pick<ModelRequest, 'system' | 'messages' | 'mustChoose'>,
  signal: AbortSignal,
): Promise<Step> {
  let text = ''
  let end: Step['end'] = 'done'
  const calls: ModelCall[] = []
  const events = model.converse({ ...request, tools: modelTools(), maxOutputTokens: MOST_OUTPUT_TOKENS }, signal)
  for await (const event of events) {
    if (event.type === 'text') text += event.text
    else if (event.type === 'call') calls.push(event.call)
    else end = event.reason
  }
  return { text, calls: end === 'refused' ? [] : calls, end }
}

/** The tools as a model reads them: what one says, the next only names. */
export function modelTools(): ModelTool[] {
  const said: Said = new Map()
  return TOOL_NAMES.map((name) => ({
    name,
    description: TOOLS[name].description,
    input: shortSchema(TOOLS[name].input, said, name),
  }))
}

/** The last turns that rest on the present data. Older ones could be repeated as if they were current. */
export function historyOf(turns: readonly ChatTurn[], { dataset }: Outline): ModelMessage[] {
  const present = turns.filter(({ datasetVersion }) => datasetVersion === (dataset?.version ?? null))
  return present.slice(-HISTORY.turns).flatMap(({ message, reply }): ModelMessage[] => [
    { role: 'user', text: message.slice(0, HISTORY.letters) },
    { role: 'assistant', text: reply.text.slice(0, HISTORY.letters), calls: [] },
  ])
}
