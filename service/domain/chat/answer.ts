/**
 * A reply to a question: a text that can be read by itself, and what it rests on. The feature fills in results of
 * tools.
 */
export interface Answer {
  readonly text: string
  readonly table?: AnswerTable
  /** Dataset version, mode and caveats that the figures rest on, or sources of general knowledge. */
  readonly basis: readonly string[]
  /** What can be asked next about it. Each is a whole message. */
  readonly options?: readonly string[]
}

/** Rows of cells, in the order of the columns. Numbers are not rounded. */
export interface AnswerTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** What an answer's figures were made from, as the request's own context has it. */
export interface MadeFrom {
  readonly datasetVersion: number
  /** True if the data were changed since. */
  readonly stale: boolean
}

/** What the rules took a message to mean. */
export type Interpretation<Call> =
  | { readonly kind: 'call'; readonly call: Call }
  /** Several questions in one message, each with its own call, in the order in which they were asked. */
  | { readonly kind: 'calls'; readonly calls: readonly Call[] }
  /** Not sure: asks back, with options that can be sent as messages unchanged. */
  | { readonly kind: 'clarify'; readonly question: string; readonly options: readonly string[] }
  /** Words to say as they are, such as a greeting, with questions that can be asked next. */
  | { readonly kind: 'say'; readonly text: string; readonly options: readonly string[] }
  /** Something that this service does not do, with the reason as a sentence to show. */
  | { readonly kind: 'decline'; readonly reason: string }
