import type { Finding } from './finding.ts'
import type { TableFormat } from './formats.ts'
import type { JoinedPositivity } from './positivity.ts'

/** How an indicator points: `direct`, more is riskier; `inverse`, more is safer. */
export type Direction = 'direct' | 'inverse'

/** What a column is, as shown to the person who uploaded it. `empty` has no value in any row. */
export type ColumnType = 'number' | 'text' | 'empty'

/**
 * One column of a ward table. The values are kept only where something later reads them:
 * - `numbers` for a column of numbers: one per row, NaN where the cell was missing;
 * - `categories` and `codes` for a text column of at most 50 different values: `codes[row]` points into
 *   `categories`, 255 is a missing cell;
 * - neither for other text (names, JSON), of which only the counts are known.
 */
export interface WardColumn {
  readonly name: string
  readonly type: ColumnType
  /** Cells that are empty or hold a missing-value mark (NA, N/A, NaN, null, None, #N/A). */
  readonly missing: number
  /** A candidate for the ranking: numeric, not an identifier, at least one value. */
  readonly indicator: boolean
  /** Why the column is no candidate; null when it is one. */
  readonly reason: string | null
  readonly numbers: Float64Array | null
  readonly categories: readonly string[] | null
  readonly codes: Uint8Array | null
}

/** Text keys of the rows, '' where a cell was missing, null where the file has no such column. */
export interface WardKeys {
  readonly wardCode: readonly string[] | null
  readonly wardName: readonly string[]
  readonly lga: readonly string[] | null
  readonly lgaCode: readonly string[] | null
  readonly state: readonly string[] | null
  readonly stateCode: readonly string[] | null
}

/** A key's value, or null where the cell was missing or the file has no such column. */
export function known(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value
}

/** A table with one row a ward, read from a file or made of a facility table. Columnar, so that thousands of wards stay small. */
export interface WardTable {
  /** `facilities` where there was no ward table and its wards are those of the facility table. */
  readonly format: TableFormat | 'facilities'
  readonly rows: number
  /** The line of the file each row begins at, counted from 1 (for XLSX the row of the sheet). */
  readonly lines: Uint32Array
  /** The headers that were taken as keys, as the file spells them. */
  readonly keyColumns: readonly string[]
  readonly keys: WardKeys
  /** Name to show for each row: the ward's name, with its code, LGA or line in brackets where the name repeats. */
  readonly labels: readonly string[]
  /** The labels of wards whose name repeats in the table. */
  readonly duplicates: readonly string[]
  /** In the order of the file, keys included. */
  readonly columns: readonly WardColumn[]
  /** The measurements of test positivity among the columns. */
  readonly positivity: readonly JoinedPositivity[]
  readonly findings: readonly Finding[]
}
