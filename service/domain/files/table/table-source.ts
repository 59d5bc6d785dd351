import type { Finding } from '../finding.ts'
import type { ReadingChoices } from '../reading/choices.ts'

/** A cell as its container gives it: text, or a number of a workbook, which needs no signs to be read. */
export type RawCell = string | number

/** Takes a row and the line at which it begins, from 1. */
export type TakeRow = (cells: readonly RawCell[], line: number) => void

/** Cells that are shown as one. Rows and columns count from 0; the last ones are included. */
export interface MergedCells {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** A sheet of a workbook, or the whole of a text file. */
export interface TableSheet {
  /** Null for files that have no sheets. */
  readonly name: string | null
  readonly isHidden: boolean
  readonly merged: readonly MergedCells[]
  /** Where formulas stand that have no result, by their addresses. */
  readonly unsolved: readonly string[]
  /** Passes on the rows that hold anything, from the first, at most `most`. Can be called again. */
  readonly eachRow: (take: TakeRow, most?: number) => void
}

/** What a reader makes of a file: its sheets, with cells that are as they were written. */
export interface TableSource {
  readonly sheets: readonly TableSheet[]
  /** How the text was decoded; null for files that say it themselves. */
  readonly encoding: string | null
  /** The sign between the cells of a text file; null for other files. */
  readonly delimiter: string | null
  readonly findings: readonly Finding[]
}

/** Opens a file of one format. */
export type OpenTable = (
  bytes: Uint8Array,
  filename: string,
  choices: ReadingChoices,
) => TableSource | Promise<TableSource>

/** A cell as trimmed text. */
export function textOf(cell: RawCell | undefined): string {
  return typeof cell === 'number' ? String(cell) : (cell ?? '').trim()
}
