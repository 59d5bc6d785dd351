import type { ColumnRole } from './roles.ts'

/** What a file was taken for: the choices that a person made and the guesses for all others. Shown to its owner. */
export interface Reading {
  /** The sheet of a workbook that was read; null for other files. */
  readonly sheet: string | null
  /** All its sheets that hold anything. */
  readonly sheets: readonly string[]
  /** The layer that was read; null if the file has no layers. */
  readonly layer: string | null
  readonly layers: readonly string[]
  /** How the text was decoded; null for files that say it themselves. */
  readonly encoding: string | null
  /** The signs of numbers; null for boundaries. */
  readonly decimal: string | null
  readonly thousands: string | null
  /** The marks for missing values that were met or settled, besides the empty cell. */
  readonly missing: readonly string[]
  /** The line of the header, from 1; null for boundaries. */
  readonly headerRow: number | null
  readonly columns: readonly ReadColumn[]
  /** What a person answered, by the id of the question. Plans use it, since their questions are made with the plan. */
  readonly answers?: Readonly<Record<string, string>>
}

export interface ReadColumn {
  /** The header as it is shown: made unique, two header lines joined. */
  readonly name: string
  readonly role: ColumnRole
  /** False if a person settled the role. */
  readonly guessed: boolean
  /** Why this role: `the header says it`, `its values are 1 to 12`. */
  readonly why: string
  /** The first few different values, at most 40 characters each. */
  readonly sample: readonly string[]
}

/** The reading of something that was not read from a file: wards that are those of a facility table. */
export const NO_READING: Reading = {
  sheet: null,
  sheets: [],
  layer: null,
  layers: [],
  encoding: null,
  decimal: null,
  thousands: null,
  missing: [],
  headerRow: null,
  columns: [],
} as const

/** The part of a reading that the container and the dialect of a table decide, before anything looks at its columns. */
export type TableReading = Omit<Reading, 'layer' | 'layers' | 'columns' | 'answers'>
