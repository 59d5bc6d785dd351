import { textOf, type Said } from '../said.ts'
import type { Finding } from './finding.ts'
import type { TableFormat } from './formats.ts'
import type { JoinedPositivity } from './positivity.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'

/** The direction of an indicator. `direct`: more is riskier. `inverse`: more is safer. */
export type Direction = 'direct' | 'inverse'

/** The type of a column, as its owner sees it. `empty`: no row has a value. */
export type ColumnType = 'number' | 'text' | 'empty'

/**
 * One column of a ward table. Its values are kept only if something reads them later:
 * - `numbers` for a column of numbers: one per row, NaN where the cell is missing;
 * - `categories` and `codes` for a text column of at most 50 different values: `codes[row]` is an index into
 *   `categories`, and 255 is a missing cell;
 * - neither for other text (names, JSON), which is only counted.
 */
export interface WardColumn {
  readonly name: string
  readonly type: ColumnType
  /** Cells that are empty or hold a missing-value mark (NA, N/A, NaN, null, None, #N/A). */
  readonly missing: number
  /** Whether it is a candidate for the ranking: numeric, not an identifier, with at least one value. */
  readonly indicator: boolean
  /** Why the column is not a candidate; null if it is one. */
  readonly reason: string | null
  /** The same by its kind and its values. */
  readonly reasonSaid: Said | null
  readonly numbers: Float64Array | null
  readonly categories: readonly string[] | null
  readonly codes: Uint8Array | null
}

/** Whether a column is a candidate, by why it is none. */
export function candidacy(why: Said | null): Pick<WardColumn, 'indicator' | 'reason' | 'reasonSaid'> {
  return { indicator: why === null, reason: why === null ? null : textOf(why), reasonSaid: why }
}

/** Text keys of the rows: '' where a cell is missing, null if the file has no such column. */
export interface WardKeys {
  readonly wardCode: readonly string[] | null
  readonly wardName: readonly string[]
  readonly lga: readonly string[] | null
  readonly lgaCode: readonly string[] | null
  readonly state: readonly string[] | null
  readonly stateCode: readonly string[] | null
}

/** A key's value; null if the cell is missing or the file has no such column. */
export function known(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value
}

/**
 * A table with one row per ward, read from a file. It is kept by column, so that thousands of wards stay small.
 */
export interface WardTable {
  /** `facilities` if there was no ward table and the wards are those of the facility table. */
  readonly format: TableFormat | 'facilities'
  readonly rows: number
  /** The line of the file at which each row begins, from 1. For XLSX it is the row of the sheet. */
  readonly lines: Uint32Array
  /** The headers that were used as keys, as the file spells them. */
  readonly keyColumns: readonly string[]
  readonly keys: WardKeys
  /** The name to show for each row: with its code, LGA, state or line in brackets if the ward's name repeats. */
  readonly labels: readonly string[]
  /** The labels of wards whose name repeats in the table. */
  readonly duplicates: readonly string[]
  /** The columns in the order of the file, keys included. */
  readonly columns: readonly WardColumn[]
  /** The measurements of test positivity among the columns. */
  readonly positivity: readonly JoinedPositivity[]
  readonly findings: readonly Finding[]
  readonly reading: Reading
  /** What a person must settle before the table is used. */
  readonly questions: readonly Question[]
}
