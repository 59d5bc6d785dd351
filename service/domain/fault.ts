import { textOf, type Said } from './said.ts'

/** What can go wrong in a way the caller can act on. Each is the last part of a problem's `type`. */
export type FaultKind =
  | 'invalid-input'
  | 'client-session-id'
  | 'no-session'
  | 'sign-in-again'
  | 'cross-site-request'
  | 'not-found'
  | 'no-data'
  | 'stale'
  | 'unsettled'
  | 'conflict'
  | 'voted'
  | 'locked'
  | 'session-full'
  | 'projects-full'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unreadable-file'
  | 'too-many'
  | 'busy'
  | 'session-store-unavailable'
  | 'object-store-unavailable'
  | 'model-unavailable'
  | 'sign-in-needed'
  | 'sign-in-refused'
  | 'sign-in-unavailable'

/**
 * One thing that is wrong with the input, and where. `line`, `column` and `feature` count from 1. `sheet` is the name of
 * a sheet of a workbook. `pointer` is a JSON pointer.
 */
export interface FaultDetail {
  readonly said: Said
  readonly line?: number
  readonly column?: number
  readonly sheet?: string
  readonly feature?: number
  readonly pointer?: string
}

/** The same with its text in English. */
export interface WordedDetail extends FaultDetail {
  readonly detail: string
}

export function wordedDetail({ said, ...place }: FaultDetail): WordedDetail {
  return { detail: textOf(said), ...place, said }
}

/** A question about the data that has to be answered first. Its kinds are in `files/reading/question.ts`. */
export interface FaultQuestion {
  readonly id: string
  readonly kind: string
  readonly detail: string
  /** The same by its kind and its values. */
  readonly said: Said
  readonly options: readonly { readonly value: string; readonly label: string; readonly said: Said }[]
  /** What may differ by the answer: `ranking` or `plan`. */
  readonly affects: string
  /** The columns that it is about; empty if it concerns all. */
  readonly columns: readonly string[]
}
/** At least one thing that is wrong. */
export type FaultDetails = readonly [FaultDetail, ...FaultDetail[]]

export interface FaultOptions {
  readonly errors?: readonly FaultDetail[]
  /** The questions that have to be answered first, for `unsettled`. */
  readonly questions?: readonly FaultQuestion[]
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/**
 * An expected failure, worded for the person who can act on it: the action, what was found, what to do. Its texts are in
 * `fault-texts.ts`, so that the page can word them in other languages.
 * `http/errors.ts` gives each kind its HTTP status. Any other error is a bug, and the caller learns nothing from it.
 */
export class Fault extends Error {
  readonly kind: FaultKind
  /** What its message says, by kind and values. */
  readonly said: Said
  readonly errors: readonly WordedDetail[]
  /** The questions that have to be answered first. */
  readonly questions: readonly FaultQuestion[]
  /** When to try again, if that is known better than for the kind in general. */
  readonly retryAfterSeconds: number | undefined

  /** A file that cannot be read always has at least one entry that says what is wrong with it. */
  constructor(kind: FaultKind, said: Said, options: FaultOptions & { readonly errors: FaultDetails })
  constructor(kind: Exclude<FaultKind, 'unreadable-file'>, said: Said, options?: FaultOptions)
  constructor(kind: FaultKind, said: Said, options: FaultOptions = {}) {
    super(textOf(said), { cause: options.cause })
    this.name = 'Fault'
    this.kind = kind
    this.said = said
    this.errors = (options.errors ?? []).map(wordedDetail)
    this.questions = options.questions ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** Whether an error is a fault, even if a bundle of its own, with this class in it as well, threw it. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && error.name === 'Fault'
}
