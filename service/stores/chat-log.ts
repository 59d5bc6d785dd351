import type { AnswerTable } from '../domain/chat/answer.ts'
import type { ToolCall, ToolName } from '../domain/chat/tools.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { SessionScope } from '../session/scope.ts'
import type { RedisConnection } from './redis.ts'
import { sealedState } from './sealed-state.ts'

/** What was said and what it rests on. Maps, plans and analyses are made again from their ids and not kept here. */
export interface StoredReply {
  readonly text: string
  readonly intent: ToolName | 'clarify' | 'decline' | 'chat'
  readonly basis: readonly string[]
  readonly options?: readonly string[]
  /** Up to `MOST_ROWS` rows; `rowsLeftOut` says how many more there were. */
  readonly table?: AnswerTable & { readonly rowsLeftOut?: number }
  readonly analysis?: { readonly id: string }
  readonly plan?: { readonly id: string }
  readonly export?: { readonly id: string }
}

/** A message and its reply: one piece, never half of it. */
export interface ChatTurn {
  readonly id: string
  readonly at: number
  readonly message: string
  readonly reply: StoredReply
  /** `rules`, or the name of the model that answered. */
  readonly mode: string
  /** Null before there were data. */
  readonly datasetVersion: number | null
  /** What the message led to, by which the next one is understood. */
  readonly call: ToolCall | null
}

/** The conversation of one session, oldest first. No method takes an id of a session. */
export interface ChatLog {
  /** @throws Fault `session-store-unavailable`, `no-session` */
  read(): Promise<readonly ChatTurn[]>
  /** Adds one turn, wholly or not at all; past the caps the oldest make room. @throws Fault `conflict` as well */
  append(turn: ChatTurn): Promise<void>
  clear(): Promise<void>
}

/** Up to so many turns, and so many bytes of them, are kept. */
const CHAT_CAPS = { turns: 100, bytes: 128 * 1024 } as const

export function chatLog(redis: RedisConnection, scope: SessionScope, metrics: Metrics): ChatLog {
  const state = sealedState<{ readonly turns: readonly ChatTurn[] }>(redis, scope, metrics, 'chat', { turns: [] })
  return {
    read: async () => (await state.read()).turns,
    append: async (turn) => {
      await state.update(({ turns }) => ({ turns: newest([...turns, turn]) }))
    },
    clear: async () => {
      await state.update(() => ({ turns: [] }))
    },
  }
}

/** The last turns that fit both caps; the newest is kept whatever its size, which its makers bound. */
function newest(turns: readonly ChatTurn[]): readonly ChatTurn[] {
  let bytes = 0
  let first = turns.length
  while (first > 0 && turns.length - first < CHAT_CAPS.turns) {
    bytes += Buffer.byteLength(JSON.stringify(turns[first - 1]))
    if (bytes > CHAT_CAPS.bytes && first < turns.length) break
    first -= 1
  }
  return turns.slice(first)
}
