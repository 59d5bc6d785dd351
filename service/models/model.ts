import type { ToolName } from '../domain/chat/tools.ts'

/** A language model as this service uses it: it sees a prompt of one session's own data and may choose typed tools. */
export interface Model {
  /** One of the configured names; shown on the leaderboard. */
  readonly name: string
  /**
   * One step of a conversation. Events come as the model makes them; the last is `end`.
   * @throws Fault `model-unavailable` when the model fails or misses a deadline; the signal's reason when that aborts
   */
  converse(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>
}

export interface ModelRequest {
  readonly system: string
  readonly messages: readonly ModelMessage[]
  /** Empty where none may be chosen, but never with `messages` that hold calls, which Bedrock refuses. */
  readonly tools: readonly ModelTool[]
  readonly maxOutputTokens: number
  /**
   * Whether the reply must choose a tool. A provider that refuses such a request ends it with `choice-refused`. One
   * that passes it over may answer in words.
   */
  readonly mustChoose: boolean
}

export interface ModelTool {
  readonly name: ToolName
  readonly description: string
  /** JSON Schema. */
  readonly input: object
}

export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ModelCall[] }
  | {
      readonly role: 'tool'
      readonly results: readonly { readonly callId: string; readonly output: string; readonly isError: boolean }[]
    }

/** A tool chosen by a model. `input` is as the model wrote it and has still to be checked. */
export interface ModelCall {
  /** The provider's id that ties the call to its result, within one step of the conversation. */
  readonly callId: string
  readonly name: string
  readonly input: unknown
}

export type ModelEvent =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'call'; readonly call: ModelCall } | ModelEnd

export interface ModelEnd {
  readonly type: 'end'
  readonly inputTokens: number
  readonly outputTokens: number
  /** `length`: the reply is cut. `refused`: the provider stopped it. */
  readonly reason: 'done' | 'tool' | 'length' | 'refused' | 'choice-refused'
}
