import type { RequestContext } from '../../context.ts'
import { nameBytes, type Outline } from '../../domain/chat/outline.ts'
import type { Meaning } from '../../domain/chat/question/replies.ts'
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
  return speakMeaning(ctx, await meaningOf(ctx, message, outline, turns), outline)
}

/** What the rules take a message to mean. */
export function meaningOf(
  ctx: RequestContext,
  message: string,
  outline: Outline,
  turns: readonly ChatTurn[],
): Promise<Meaning> {
  return answerFrom(ctx, 'interpretMessage', { message, outline, previous: turns.slice(-1) }, nameBytes(outline))
}

/** Carries out what the rules took a message to mean. */
export async function speakMeaning(ctx: RequestContext, meaning: Meaning, outline: Outline): Promise<Spoken> {
  const spoken = { basis: [], attached: {}, call: null, by: 'rules', mode: 'rules' } as const
  if (meaning.kind === 'decline') return { ...spoken, text: meaning.reason, intent: 'decline' }
  if (meaning.kind === 'clarify')
    return { ...spoken, text: meaning.question, intent: 'clarify', options: meaning.options }
  const { call } = meaning
  try {
    const { answer, attached } = await runTool(ctx, checkCall(call.tool, call.input, outline))
    return { ...spoken, ...answer, intent: call.tool, attached, call }
  } catch (error) {
    const advice = adviceOf(error, outline)
    if (advice === null) throw error
    return { ...spoken, ...advice, intent: 'clarify' }
  }
}
