import type { RequestContext } from '../../context.ts'
import { nameBytes, type Outline } from '../../domain/chat/outline.ts'
import type { Meaning } from '../../domain/chat/question/replies.ts'
import type { ChatTurn } from '../../stores/chat-log.ts'
import { checkCall } from '../tools/checked-call.ts'
import { runTool } from '../tools/run-tool.ts'
import type { ToolCall } from '../../domain/chat/tools.ts'
import { answerFrom, type ToolResult } from '../tools/tool-result.ts'
import { adviceOf, tablesOf, type Spoken } from './spoken.ts'

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
  if (meaning.kind === 'say') return { ...spoken, text: meaning.text, intent: 'chat', options: meaning.options }
  if (meaning.kind === 'clarify')
    return { ...spoken, text: meaning.question, intent: 'clarify', options: meaning.options }
  const calls = meaning.kind === 'call' ? [meaning.call] : meaning.calls
  try {
    const parts: Part[] = []
    // One after the other: a part may make what the next one needs, and one session runs one thing at a time.
    for (const call of calls)
      parts.push({ call, result: await runTool(ctx, checkCall(call.tool, call.input, outline)) })
    return { ...spoken, ...joined(parts) }
  } catch (error) {
    const advice = adviceOf(error, outline)
    if (advice === null) throw error
    return { ...spoken, ...advice, intent: 'clarify' }
  }
}

interface Part {
  readonly call: ToolCall
  readonly result: ToolResult
}

/**
 * The answers to the parts of a message as one: their texts and tables in order, every sentence of their bases once.
 * The last part counts for what follows.
 */
function joined(
  parts: readonly Part[],
): Pick<Spoken, 'text' | 'basis' | 'options' | 'table' | 'moreTables' | 'attached' | 'intent' | 'call'> {
  const answers = parts.map(({ result }) => result.answer)
  const call = parts.at(-1)?.call ?? null
  const options = answers.at(-1)?.options
  return {
    text: answers.map(({ text }) => text).join('\n\n'),
    basis: [...new Set(answers.flatMap(({ basis }) => basis))],
    ...tablesOf(answers),
    ...(options !== undefined && { options }),
    attached: Object.assign({}, ...parts.map(({ result }) => result.attached)) as ToolResult['attached'],
    intent: call?.tool ?? 'clarify',
    call,
  }
}
