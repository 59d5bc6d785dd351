import type { SettledMatches } from '../domain/dataset/dataset.ts'
import type { InputsHash } from '../domain/dataset/inputs-hash.ts'
import type { ExportKind } from '../domain/exports/kinds.ts'
import type { PROJECT_KIND } from '../domain/project/contents.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { ReadingChoices } from '../domain/files/reading/choices.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { SessionScope } from '../session/scope.ts'
import type { RedisConnection } from './redis.ts'
import { sealedState, type SealedState } from './sealed-state.ts'

/** A file slot. `object` is set once its bytes have been read, validated and stored under a server-made key. */
export interface StoredFile {
  readonly id: string
  readonly role: FileRole
  readonly filename: string
  readonly bytes: number
  readonly createdAt: number
  /** In how many pieces it comes, when not in one post. */
  readonly pieces?: number
  /** The SHA-256 that its owner announced, as hexadecimal digits. */
  readonly announced?: string
  readonly object?: StoredObject
  /** What was found in it, when that is small; otherwise it is stored in an object. */
  readonly found?: unknown
  /** What its owner settled about its reading. */
  readonly choices?: ReadingChoices
  /** The names of its columns as they were first read, as a hash: files with the same header are read alike. */
  readonly header?: InputsHash
}

/** What was settled about the columns and the dialect of a file, to be offered for the next with the same header. */
export interface RememberedReading {
  readonly role: FileRole
  readonly header: InputsHash
  readonly filename: string
  readonly choices: ReadingChoices
}

/**
 * Bytes whose size and SHA-256 are known before the first of them is sent; chunks start from the beginning at every
 * call.
 */
export interface MadeContent {
  readonly bytes: number
  readonly sha256: Uint8Array
  readonly body: Uint8Array | (() => AsyncIterable<Uint8Array>)
}

/** Where validated bytes are stored, and what they must be when they are read again. */
export interface StoredObject {
  readonly name: string
  readonly versionId: string
  readonly sha256: string
  readonly bytes: number
}

export interface StoredAnalysis {
  readonly id: string
  readonly datasetVersion: number
  /** The content of that version. Absent when release 0.1.0 made it, as in plans and exports. */
  readonly dataset?: InputsHash
  readonly mode: 'standard' | 'legacy'
  readonly createdAt: number
  readonly result: StoredObject
  /** What its outline shows without reading the result; absent in earlier analyses. */
  readonly indicators: readonly string[]
  readonly hasPca: boolean
}

/**
 * A plan, as the choices made for it. With the analysis they give the same plan every time, so that moving a slider
 * does not store a result at each step.
 */
export interface StoredPlan {
  readonly id: string
  readonly analysisId: string
  readonly datasetVersion: number
  readonly dataset?: InputsHash
  readonly createdAt: number
  readonly options: PlanOptions
  /** What a person calls it. */
  readonly name?: string
  /** Present once it is locked: its figures as they were then. */
  readonly locked?: StoredLock & { readonly object: StoredObject }
}

/** When a plan was locked, and by whom. */
export interface StoredLock {
  /** Milliseconds since 1970. */
  readonly at: number
  /** What the sign-in provider called the person. Absent in an anonymous session, and in locks of earlier releases. */
  readonly by?: string
  /** Present when a project that was opened says both, and this session did not see it. */
  readonly isFromProject?: true
}

export interface StoredExport {
  readonly id: string
  readonly kind: ExportKind | typeof PROJECT_KIND
  /** Absent in a project file, which is made of all analyses. */
  readonly analysisId?: string
  readonly planId?: string
  readonly datasetVersion: number
  readonly dataset?: InputsHash
  readonly createdAt: number
  readonly object: StoredObject
}

/** A slot for a project file. `opened` is set once its contents have taken the place of the session's data. */
export interface StoredOpening {
  readonly id: string
  readonly filename: string
  readonly bytes: number
  readonly createdAt: number
  readonly pieces?: number
  readonly announced?: string
  readonly opened?: {
    readonly sha256: string
    /** What was found: whether it is marked, and which figures differ. */
    readonly report: StoredObject
    /** Whether its conversation still has to be put in the place of the session's. */
    readonly hasChat: boolean
  }
}

/** One measurement of test positivity, by the indicator it makes. */
export interface StoredPositivity {
  readonly column: string
  readonly object: StoredObject
}

/**
 * Everything one session has, except the bytes in its objects. `datasetVersion` grows with every change of the current
 * files.
 */
export interface Workspace {
  readonly datasetVersion: number
  /** Several may have the role `wards` or `facilities`; see `usedFiles`. */
  readonly files: readonly StoredFile[]
  /** The latest ten, the latest last. */
  readonly remembered: readonly RememberedReading[]
  /** What was settled about the current wards and boundaries. A new file of either kind clears it. */
  readonly settled: SettledMatches
  /**
   * What was measured from the current facility table, one entry for each indicator. Without a ward table, its wards
   * are used.
   */
  readonly positivity: readonly StoredPositivity[]
  readonly analyses: readonly StoredAnalysis[]
  readonly plans: readonly StoredPlan[]
  readonly exports: readonly StoredExport[]
  /** Project files that wait for their upload, and the last one that was opened. */
  readonly openings: readonly StoredOpening[]
  /** The saved project that this is the working copy of, and the version it was opened from or last saved as. */
  readonly project?: { readonly id: string; readonly version: number }
}

export type WorkspaceStore = SealedState<Workspace>

const EMPTY: Workspace = {
  datasetVersion: 0,
  files: [],
  remembered: [],
  settled: { accepted: [], refused: [] },
  positivity: [],
  analyses: [],
  plans: [],
  exports: [],
  openings: [],
} as const

export function workspaceStore(redis: RedisConnection, scope: SessionScope, metrics: Metrics): WorkspaceStore {
  return sealedState(redis, scope, metrics, 'workspace', EMPTY)
}
