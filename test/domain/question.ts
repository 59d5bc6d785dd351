import type { Interpretation } from '../../service/domain/chat/answer.ts'
import type { PreviousTurn } from '../../service/domain/chat/interpret.ts'
import type { ToolCall } from '../../service/domain/chat/tools.ts'

/** The states of a session in which a question may be asked. */
export type OutlineName = 'ready' | 'fresh' | 'empty' | 'noPlan' | 'kano' | 'metro' | 'ilorin' | 'ilorinFresh'

/** A question, and its expected meaning: a whole call, or another kind of reply. */
export interface Question {
  readonly message: string
  /** `ready` by default. */
  readonly outline?: OutlineName
  readonly previous?: readonly PreviousTurn[]
  readonly expected: ToolCall | Exclude<Interpretation<ToolCall>['kind'], 'call'>
  /** Written before the rules, and not used to write them. */
  readonly heldOut?: true
}
