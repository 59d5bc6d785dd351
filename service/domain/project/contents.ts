import type { SettledMatches } from '../dataset/dataset.ts'
import type { FileRole } from '../files/formats.ts'
import type { PositivityChoices } from '../files/positivity.ts'
import type { ReadingChoices } from '../files/reading/choices.ts'
import type { PlanOptions } from '../plan/plan-options.ts'
import type { AnalysisOptions } from '../ranking/analysis-result.ts'

/** What the API calls a project file among the exports. */
export const PROJECT_KIND = 'project.zip'

export const PROJECT_FORMAT = 'chatmrpt-project'
/** Raised when a reader of the version before could take the file for something else. */
export const PROJECT_VERSION = 1

const MIB = 1024 * 1024

/** How large a project file may be. */
export const PROJECT_LIMITS = {
  fileBytes: 256 * MIB,
  entries: 2_000,
  unpackedBytes: 1024 * MIB,
  /** Of one part, unpacked: as much as the largest file that can be uploaded. */
  partBytes: 128 * MIB,
  /** Of the recorded results together, as they are packed. */
  resultBytes: 64 * MIB,
  /** Of the manifest, the contents and the conversation, each. */
  jsonBytes: MIB / 2,
  files: 100,
  analyses: 20,
  plans: 50,
  turns: 100,
} as const

/** The parts that every project file has, and the one that it may have. */
export const MANIFEST = 'manifest.json'
export const CONTENTS = 'contents.json'
export const CHAT = 'chat.json'

/** The name of every part that a project file may have. */
export const PART_NAME =
  /^(?:manifest\.json|contents\.json|chat\.json|inputs\/\d{3}\.[a-z0-9]{1,10}|results\/(?:analysis|plan)-\d{3}\.json)$/

/** What the names of recorded results begin with. */
export const RESULTS = 'results/'

/** A part of a project file by its name in the ZIP. */
export interface Part {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a part is, as the manifest says it and as it is found. */
export interface PartFacts {
  readonly name: string
  readonly bytes: number
  /** In base64url. */
  readonly sha256: string
}

/** The program that wrote a file. */
export interface Program {
  readonly version: string
  readonly commit: string
}

/** The first part of the file: which form it has, who wrote it, and every other part. */
export interface Manifest {
  readonly format: typeof PROJECT_FORMAT
  readonly version: typeof PROJECT_VERSION
  readonly program: Program
  /** RFC 3339. */
  readonly savedAt: string
  /** The data version of the session that saved it. */
  readonly dataVersion: number
  readonly parts: readonly PartFacts[]
}

/** An uploaded file. `part` names its bytes. */
export interface SavedFile {
  readonly role: FileRole
  readonly filename: string
  readonly choices?: ReadingChoices
  readonly part: string
}

/** An analysis by its parameters. `part` names its recorded result. */
export interface SavedAnalysis {
  readonly options: AnalysisOptions
  readonly part: string
}

/** A plan by its choices. `part` names its recorded figures. */
export interface SavedPlan {
  /** The place of its analysis, from 0; null for a locked plan that was made from earlier data. */
  readonly analysis: number | null
  readonly options: PlanOptions
  readonly name?: string
  /** RFC 3339; of a locked plan alone. */
  readonly lockedAt?: string
  /** What the sign-in provider called the person who locked it. */
  readonly lockedBy?: string
  readonly part: string
}

/** Everything of a session that can be made again in another one. It holds no id of anything. */
export interface Contents {
  /** In the order of their upload. */
  readonly files: readonly SavedFile[]
  readonly settled: SettledMatches
  /** How test positivity was measured, in the order of the measurements. */
  readonly positivity: readonly PositivityChoices[]
  readonly analyses: readonly SavedAnalysis[]
  readonly plans: readonly SavedPlan[]
}

/** A message of the conversation and its reply, without what it refers to. */
export interface SavedTurn {
  /** RFC 3339. */
  readonly at: string
  readonly message: string
  /** `rules`, or the name of the model that answered. */
  readonly mode: string
  readonly text: string
  readonly intent: string
  readonly basis: readonly string[]
  readonly options?: readonly string[]
  readonly table?: {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly (string | number | null)[])[]
    readonly rowsLeftOut?: number
  }
}
