import type { Interpretation } from '../../service/domain/chat/answer.ts'
import type { PreviousTurn } from '../../service/domain/chat/interpret.ts'
import type { ToolCall } from '../../service/domain/chat/tools.ts'

/** The states of work that a question may be asked in. */
export type OutlineName = 'ready' | 'fresh' | 'empty' | 'noPlan' | 'kano' | 'metro' | 'ilorin' | 'ilorinFresh'

/** A question, and what it must be taken to mean: a whole call, or the kind of reply that is no call. */
export interface Question {
  readonly message: string
  /** `ready` unless told otherwise. */
  readonly outline?: OutlineName
  readonly previous?: readonly PreviousTurn[]
  readonly expected: ToolCall | Exclude<Interpretation<ToolCall>['kind'], 'call'>
  /** Written before the rules were, and not used to write them. */
  readonly heldOut?: true
}
