import type { Creation, Listing, Read, Span, Write } from './history.ts'
import type { Edition } from './made-data.ts'

/** A file slot as its owner knows it. */
export interface FileRecord {
  readonly id: string
  readonly role: 'wards' | 'boundaries' | 'facilities'
  readonly creation: Creation
  state: 'awaiting' | 'ready' | 'removed'
  /** Its completion was asked for. */
  completing: boolean
}

export interface AnalysisRecord extends Span {
  readonly id: string
  readonly edition: Edition
  readonly datasetVersion: number
}

/** A plan, and what it must follow from. */
export interface PlanRecord {
  readonly id: string
  readonly analysis: AnalysisRecord
  readonly totalNets: number
}

/** One session of one person, with all that was asked of it and all that came back. */
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
  /** Ids of the battles in the arena. */
  readonly battles: string[]
  /** The current ward table, as a register. */
  readonly writes: Write[]
  readonly reads: Read[]
  readonly versions: (Span & { readonly version: number; readonly edition: number | null })[]
  /** Everything that makes older results stale. */
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
  /** When the conversation was asked to be forgotten, and when that was acknowledged. */
  readonly forgettings: Span[]
  /** Counts the names it has given to files. */
  names: number
  /** Set once a logout is on its way: requests may be refused from then on. */
  ending: boolean
  /** The store lost it: nothing can be said about it any more. */
  lost: boolean
}

export interface Person {
  readonly user: number
  readonly eras: Era[]
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
