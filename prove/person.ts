import type { Account } from './account.ts'
import type { Creation, Listing, Read, Span, Write } from './history.ts'
import type { Edition } from './made-data.ts'

/** A file slot, as far as its owner knows. */
export interface FileRecord {
  readonly id: string
  readonly role: 'wards' | 'boundaries' | 'facilities'
  readonly creation: Creation
  state: 'awaiting' | 'ready' | 'removed'
  /** Whether its completion was requested. */
  completing: boolean
}

export interface AnalysisRecord extends Span {
  readonly id: string
  readonly edition: Edition
  readonly datasetVersion: number
}

/** A plan, and the analysis that it must follow from. */
export interface PlanRecord {
  readonly id: string
  readonly analysis: AnalysisRecord
  readonly totalNets: number
  readonly creation: Creation
  /** From the first request to lock it until the first acknowledgement. */
  lock?: Span
  /** What the first acknowledgement of its lock said. */
  lockedAs?: { readonly name: string | null; readonly lockedAt: string | null; readonly lockedBy: string | null }
}

/** One session of one person, with all its requests and replies. */
export interface Era {
  readonly number: number
  readonly cookie: string
  readonly sessionId: string
  readonly begin: number
  readonly editions: Edition[]
  readonly files: FileRecord[]
  readonly analyses: AnalysisRecord[]
  readonly exportIds: string[]
  readonly plans: PlanRecord[]
  /** How many names were given to plans. */
  planNames: number
  /** Ids of the battles in the arena. */
  readonly battles: string[]
  /** The current ward table, as a register. */
  readonly writes: Write[]
  readonly reads: Read[]
  readonly versions: (Span & { readonly version: number; readonly edition: number | null })[]
  /** Every change that makes older results stale. */
  readonly changes: Span[]
  readonly made: {
    readonly files: Creation[]
    readonly analyses: Creation[]
    readonly plans: Creation[]
    readonly exports: Creation[]
    readonly turns: Creation[]
  }
  readonly listed: {
    readonly files: Listing[]
    readonly analyses: Listing[]
    readonly plans: Listing[]
    readonly exports: Listing[]
    readonly turns: Listing[]
  }
  /** The times of the request to forget the conversation, and of its acknowledgement. */
  readonly forgettings: Span[]
  /** The number of names it has given to files. */
  names: number
  /** Set when a logout is sent: requests may be refused from then on. */
  ending: boolean
  /** The store lost the session, so nothing more can be said about it. */
  lost: boolean
}

export interface Person {
  readonly user: number
  readonly eras: Era[]
  /** Null for a person who does not sign in. */
  readonly account: Account | null
  /** The projects that this person keeps or kept, by their id, each with the session whose work it holds. */
  readonly projects: Map<string, Era>
  readonly deadCookies: string[]
}

export function newEra(number: number, cookie: string, sessionId: string, begin: number): Era {
  return {
    number,
    cookie,
    sessionId,
    begin,
    editions: [],
    files: [],
    analyses: [],
    exportIds: [],
    plans: [],
    planNames: 0,
    battles: [],
    writes: [{ value: 'no data', begin, end: begin }],
    reads: [],
    versions: [],
    changes: [],
    made: { files: [], analyses: [], plans: [], exports: [], turns: [] },
    listed: { files: [], analyses: [], plans: [], exports: [], turns: [] },
    forgettings: [],
    names: 0,
    ending: false,
    lost: false,
  }
}
