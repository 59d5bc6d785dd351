import type { Interpretation } from './answer.ts'
import type { Outline } from './outline.ts'
import type { ToolCall } from './tool-call.ts'

/** An earlier turn of the same conversation: what was asked, and the call it led to; null where it led to none. */
export interface PreviousTurn {
  readonly message: string
  readonly call: ToolCall | null
}

/**
 * Takes a message to one typed call, by rules alone, or asks back. Names come from the outline and numbers from the
 * message: neither is ever guessed. `previous` are the conversation's turns, oldest first; the last few count.
 */
export function interpret(message: string, outline: Outline, previous: readonly PreviousTurn[] = []): Interpretation<ToolCall> {
  if (/rank|risk/i.test(message) && outline.analysis !== null) return { kind: 'call', call: { tool: 'rank_wards', input: { order: 'highest' } } }
  if (outline.dataset !== null && previous.length === 0 && /data/i.test(message)) return { kind: 'call', call: { tool: 'describe_data', input: {} } }
  return { kind: 'clarify', question: 'What would you like to know?', options: ['What data are there?', 'Which wards are most at risk?'] }
}
