/** What can go wrong in a way the caller can act on. Each is the last part of a problem's `type`. */
export type FaultKind =
  | 'invalid-input'
  | 'client-session-id'
  | 'no-session'
  | 'cross-site-request'
  | 'not-found'
  | 'no-data'
  | 'stale'
  | 'conflict'
  | 'voted'
  | 'session-full'
  | 'too-many'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unreadable-file'
  | 'busy'
  | 'session-store-unavailable'
  | 'object-store-unavailable'
  | 'model-unavailable'

/** One thing wrong with the input, and where. `line` and `column` count from 1; `pointer` is a JSON pointer. */
export interface FaultDetail {
  readonly detail: string
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
}

/**
 * An expected failure, worded for the person who can act on it: the action, what was found, what would do.
 * `http/errors.ts` turns each kind into its status; any other error is a bug and tells the caller nothing.
 */
export class Fault extends Error {
  readonly kind: FaultKind
  readonly errors: readonly FaultDetail[]

  constructor(kind: FaultKind, detail: string, options: { errors?: readonly FaultDetail[]; cause?: unknown } = {}) {
    super(detail, { cause: options.cause })
    this.name = 'Fault'
    this.kind = kind
    this.errors = options.errors ?? []
  }
}
