import type { AnswerTable } from '../domain/chat/answer.ts'
import type { Remembered } from '../domain/chat/remembered.ts'
import type { ToolCall, ToolName } from '../domain/chat/tools.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { SessionScope } from '../session/scope.ts'
import type { RedisConnection } from './redis.ts'
import { newest } from './newest.ts'
import { sealedState, STATE_BUDGETS } from './sealed-state.ts'

/** A table of which only the first rows are kept; `rowsLeftOut` says how many more there were. */
type StoredTable = AnswerTable & { readonly rowsLeftOut?: number }

/**
 * What was said and what it rests on. Maps, plans and analyses are not kept here: they are made again from their ids.
 */
export interface StoredReply {
  readonly text: string
  readonly intent: ToolName | 'clarify' | 'decline' | 'chat'
  readonly basis: readonly string[]
  readonly options?: readonly string[]
  readonly table?: StoredTable
  /** Of a message of several parts, the tables of the parts before the last. */
  readonly moreTables?: readonly StoredTable[]
  readonly analysis?: { readonly id: string }
  readonly plan?: { readonly id: string }
  readonly export?: { readonly id: string }
}

/** A message and its reply, always kept together. */
export interface ChatTurn {
  readonly id: string
  readonly at: number
  readonly message: string
  readonly reply: StoredReply
  /** `rules`, or the name of the model that answered. */
  readonly mode: string
  /** Null when there were no data yet. */
  readonly datasetVersion: number | null
  /** What the message led to; it helps to understand the next one. */
  readonly call: ToolCall | null
  /** What the next message may refer to. Only the newest turn has it, and none of an earlier release. */
  readonly remembered?: Remembered
}

/** The conversation of one session, oldest first. No method takes an id of a session. */
export interface ChatLog {
  /** @throws Fault `session-store-unavailable` when Redis does not answer, `no-session` when the session has ended */
  read(): Promise<readonly ChatTurn[]>
  /**
   * Adds one turn, wholly or not at all. Past the caps the oldest turns are dropped.
   * @throws Fault as `read` does, and `conflict` when other requests kept changing the conversation
   */
  append(turn: ChatTurn): Promise<void>
  /** Puts a conversation, oldest turn first, in the place of the present one. The caps hold as for `append`. */
  replace(turns: readonly ChatTurn[]): Promise<void>
  clear(): Promise<void>
}

/** The seal and the text around the turns take less than 1 KiB of the budget. */
const MOST = { entries: 100, bytes: STATE_BUDGETS.chat - 1024 } as const
const MOST_LETTERS_OF_A_LARGE_REPLY = 2_000

/** A turn as it is stored: the basis, with which most texts end, is not kept twice. */
type KeptTurn = ChatTurn & { readonly reply: StoredReply & { readonly endsWithBasis?: true } }

export function chatLog(redis: RedisConnection, scope: SessionScope, metrics: Metrics): ChatLog {
  const state = sealedState<{ readonly turns: readonly KeptTurn[] }>(redis, scope, metrics, 'chat', { turns: [] })
  return {
    read: async () => (await state.read()).turns.map(withBasis),
    append: async (turn) => {
      await state.update(({ turns }) => ({ turns: newest([...turns.map(withoutMemory), kept(turn)], MOST) }))
    },
    replace: async (turns) => {
      await state.update(() => ({ turns: newest(turns.map(kept), MOST) }))
    },
    clear: async () => {
      await state.update(() => ({ turns: [] }))
    },
  }
}

function withoutMemory<Turn extends ChatTurn>({ remembered: _, ...turn }: Turn): Omit<Turn, 'remembered'> {
  return turn
}

function kept(turn: ChatTurn): KeptTurn {
  return fitting(withoutBasis(turn))
}

function withoutBasis(turn: ChatTurn): KeptTurn {
  const { text, basis } = turn.reply
  const end = endOf(basis)
  if (basis.length === 0 || !text.endsWith(end)) return turn
  return { ...turn, reply: { ...turn.reply, text: text.slice(0, -end.length), endsWithBasis: true } }
}

function withBasis({ reply: { endsWithBasis, ...reply }, ...turn }: KeptTurn): ChatTurn {
  return { ...turn, reply: endsWithBasis ? { ...reply, text: reply.text + endOf(reply.basis) } : reply }
}

function endOf(basis: readonly string[]): string {
  return `\n\n${basis.join('\n')}`
}

/** A turn that is too large by itself is kept without its tables and with only the beginning of its text. */
function fitting(turn: KeptTurn): KeptTurn {
  if (Buffer.byteLength(JSON.stringify(turn)) <= MOST.bytes) return turn
  const { table: _table, moreTables: _more, endsWithBasis: _ends, text, ...reply } = turn.reply
  const short = { ...reply, text: `${text.slice(0, MOST_LETTERS_OF_A_LARGE_REPLY)}…`, basis: [], options: [] }
  return withoutMemory({ ...turn, call: null, reply: short })
}
