import type { ColumnRole } from './roles.ts'

/** The signs that can stand before the decimals of a number, and between its thousands. */
export const DECIMAL_SIGNS = ['.', ','] as const
export const THOUSANDS_SIGNS = ['', ',', '.', ' ', "'"] as const
export type DecimalSign = (typeof DECIMAL_SIGNS)[number]
export type ThousandsSign = (typeof THOUSANDS_SIGNS)[number]

/** What a person settled about the reading of a file. What is not given here is guessed, and the guess is shown. */
export interface ReadingChoices {
  /** The name of the sheet of a workbook. */
  readonly sheet?: string
  /** The name of the layer of a ZIP file or a GeoPackage. */
  readonly layer?: string
  /** A label of the WHATWG Encoding Standard, or `cp850`. */
  readonly encoding?: string
  readonly decimal?: DecimalSign
  readonly thousands?: ThousandsSign
  /** Cells that stand for a missing value, besides the usual marks. */
  readonly missing?: readonly string[]
  /** The line of the header, from 1; the last of its lines if it has two. */
  readonly headerRow?: number
  /** Roles by the name of the column as `Reading.columns` shows it. */
  readonly columns?: Readonly<Record<string, ColumnRole>>
  /** The chosen option of each question, by the question's id. */
  readonly answers?: Readonly<Record<string, string>>
}

/** A file with what a person settled about its reading. */
export interface FileToRead {
  readonly filename: string
  readonly bytes: Uint8Array
  readonly choices: ReadingChoices
}
