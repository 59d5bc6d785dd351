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
  | 'too-large'
  | 'unsupported-media-type'
  | 'unreadable-file'
  | 'too-many'
  | 'busy'
  | 'session-store-unavailable'
  | 'object-store-unavailable'
  | 'model-unavailable'

/**
 * One thing that is wrong with the input, and where. `line`, `column` and `feature` count from 1. `sheet` is the name of
 * a sheet of a workbook. `pointer` is a JSON pointer.
 */
export interface FaultDetail {
  readonly detail: string
  readonly line?: number
  readonly column?: number
  readonly sheet?: string
  readonly feature?: number
  readonly pointer?: string
}

/** At least one thing that is wrong. */
export type FaultDetails = readonly [FaultDetail, ...FaultDetail[]]

export interface FaultOptions {
  readonly errors?: readonly FaultDetail[]
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/**
 * An expected failure, worded for the person who can act on it: the action, what was found, what to do.
 * `http/errors.ts` gives each kind its HTTP status. Any other error is a bug, and the caller learns nothing from it.
 */
export class Fault extends Error {
  readonly kind: FaultKind
  readonly errors: readonly FaultDetail[]
  /** When to try again, if that is known better than for the kind in general. */
  readonly retryAfterSeconds: number | undefined

  /** A file that cannot be read always has at least one entry that says what is wrong with it. */
  constructor(kind: FaultKind, detail: string, options: FaultOptions & { readonly errors: FaultDetails })
  constructor(kind: Exclude<FaultKind, 'unreadable-file'>, detail: string, options?: FaultOptions)
  constructor(kind: FaultKind, detail: string, options: FaultOptions = {}) {
    super(detail, { cause: options.cause })
    this.name = 'Fault'
    this.kind = kind
    this.errors = options.errors ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
