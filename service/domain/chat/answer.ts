/**
 * A reply to a question: text that stands alone, and what it rests on beside it. The feature fills in results of tools.
 */
export interface Answer {
  readonly text: string
  readonly table?: AnswerTable
  /** Dataset version, mode and caveats the figures rest on; sources for general knowledge. */
  readonly basis: readonly string[]
}

/** Rows of cells, in the order of the columns; numbers unrounded. */
export interface AnswerTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** What an answer's figures were made from, as the request's own context knows it. */
export interface MadeFrom {
  readonly datasetVersion: number
  /** True where the data were changed since. */
  readonly stale: boolean
}

/** What a message was taken to mean by the rules. */
export type Interpretation<Call> =
  | { readonly kind: 'call'; readonly call: Call }
  /** Not sure: a question back, and options that can be sent as messages as they are. */
  | { readonly kind: 'clarify'; readonly question: string; readonly options: readonly string[] }
  /** Nothing this service does, or would do: why, in a sentence to show. */
  | { readonly kind: 'decline'; readonly reason: string }
