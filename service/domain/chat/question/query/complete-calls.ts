import type { Condition } from '../../../query/ward-query.ts'
import type { Outline } from '../../outline.ts'
import type { ToolCall } from '../../tools.ts'
import { readQuestion } from '../reading.ts'
import type { Reading } from '../reading.ts'
import type { Meaning } from '../replies.ts'
import type { Asking } from './draft.ts'
import { callsOf } from './finish.ts'
import { readDraft } from './read-draft.ts'
import type { Read } from './read-draft.ts'

/** What a part of a message may refer to: the wards and the columns of the part before. */
export interface Context {
  readonly where: readonly Condition[]
  readonly columns: readonly string[]
  readonly calls: readonly ToolCall[]
}

/** The calls of a question of which no word is left; null if some are, or if it asks for no figures. */
export function completeCalls(
  { asking, unused }: Read,
  context: Context | null = null,
): readonly ToolCall[] | Meaning | null {
  if (unused.length > 0) return null
  const { draft } = asking
  if (draft.isVersus) joinCompared(draft)
  if (draft.refersBack) {
    const isOwn = draft.where.length + draft.relative.length > 0 || draft.limit !== null
    if (context === null && !isOwn) return null
    if (context !== null) draft.where.unshift(...context.where)
  }
  if (contradicts(draft.where)) return null
  return callsOf(asking)
}

/** `Kurmada more than Dutsela`: two places or tiers that are compared are one condition. */
function joinCompared(draft: Asking['draft']): void {
  const [one, other] = draft.where.filter(
    ({ op, value, or }) => op === '=' && typeof value === 'string' && or === undefined,
  )
  if (one?.column !== other?.column || typeof one?.value !== 'string' || typeof other?.value !== 'string') return
  draft.where.splice(draft.where.indexOf(one), 1, { column: one.column, op: 'in', value: [one.value, other.value] })
  draft.where.splice(draft.where.indexOf(other), 1)
}

/** Whether a ward would have to be in two places or two tiers at once: then "and" joined two questions. */
function contradicts(where: readonly Condition[]): boolean {
  const equal = where.filter(
    ({ op, value, or }) => (op === '=' || op === 'in') && typeof value !== 'number' && or === undefined,
  )
  return equal.some(({ column }, at) => equal.findIndex((other) => other.column === column) !== at)
}

/** Reads a message again, without some of its words. */
export function readAgain(message: string, { names }: Reading, outline: Outline): readonly ToolCall[] | null {
  const read = readDraft(readQuestion(message, names), outline)
  const found = read === null ? null : completeCalls(read)
  return Array.isArray(found) ? (found as readonly ToolCall[]) : null
}
