import type { ReadingChoices } from '../../files/reading/choices.ts'
import type { Reading } from '../../files/reading/reading.ts'

/** A file that a result was made of. Release 0.1.0 kept its hash alone. */
export interface ReportedInput {
  readonly sha256: string
  readonly filename?: string
  /** What a person settled. */
  readonly choices?: ReadingChoices
  /** The earlier files of the same table. */
  readonly together?: readonly ReportedInput[]
}

/** What a report tells of a reading. */
export type ReportedReading = Omit<Reading, 'sheets' | 'layers' | 'answers'>
