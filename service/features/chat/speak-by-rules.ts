import type { RequestContext } from '../../context.ts'
import { nameBytes, type Outline } from '../../domain/chat/outline.ts'
import type { ChatTurn } from '../../stores/chat-log.ts'
import { checkCall } from '../tools/checked-call.ts'
import { runTool } from '../tools/run-tool.ts'
import { answerFrom } from '../tools/tool-result.ts'
import { adviceOf, type Spoken } from './spoken.ts'

/** Answers by rules alone: the message becomes one call, which is carried out, or a question back. */
export async function speakByRules(
  ctx: RequestContext,
  message: string,
  outline: Outline,
  turns: readonly ChatTurn[],
): Promise<Spoken> {
  const taken = await answerFrom(
    ctx,
    'interpretMessage',
    { message, outline, previous: turns.slice(-1) },
    nameBytes(outline),
  )
  const spoken = { basis: [], attached: {}, call: null, by: 'rules', mode: 'rules' } as const
  if (taken.kind === 'decline') return { ...spoken, text: taken.reason, intent: 'decline' }
  if (taken.kind === 'clarify') return { ...spoken, text: taken.question, intent: 'clarify', options: taken.options }
  const { call } = taken
  try {
    const { answer, attached } = await runTool(ctx, checkCall(call.tool, call.input, outline))
    return { ...spoken, ...answer, intent: call.tool, attached, call }
  } catch (error) {
    const advice = adviceOf(error, outline)
    if (advice === null) throw error
    return { ...spoken, ...advice, intent: 'clarify' }
  }
}
