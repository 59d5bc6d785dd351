import type { ToolName } from '../domain/chat/tools.ts'
import type { TObject } from 'typebox'

/** A language model as this service uses one: it sees a prompt made of one session's own data, and may choose among typed tools. */
export interface Model {
  /** From the closed list of configured names; shown on the leaderboard. */
  readonly name: string
  /**
   * One step of a conversation. Events come as the model makes them; the last is `end`.
   * @throws Fault `model-unavailable` when the model fails, or is silent past its deadline; the signal's reason when that aborts
   */
  converse(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>
}

export interface ModelRequest {
  readonly system: string
  readonly messages: readonly ModelMessage[]
  /** Empty where none may be chosen; not where `messages` hold calls, which Bedrock refuses. */
  readonly tools: readonly ModelTool[]
  readonly maxOutputTokens: number
}

export interface ModelTool {
  readonly name: ToolName
  readonly description: string
  /** JSON Schema. */
  readonly input: TObject
}

export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ModelCall[] }
  | {
      readonly role: 'tool'
      readonly results: readonly { readonly callId: string; readonly output: string; readonly isError: boolean }[]
    }

/** A tool chosen by a model. `input` is whatever it made up, still to be checked. */
export interface ModelCall {
  /** The provider's mark that ties the call to its result, within one conversation step. */
  readonly callId: string
  readonly name: string
  readonly input: unknown
}

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly call: ModelCall }
  | {
      readonly type: 'end'
      readonly inputTokens: number
      readonly outputTokens: number
      readonly reason: 'done' | 'tool' | 'length' | 'refused'
    }
