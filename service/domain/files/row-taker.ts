import type { Finding } from './finding.ts'

/** Takes a table row by row; lines count from 1. */
export interface RowTaker {
  header(cells: readonly string[], line: number): void
  row(cells: readonly string[], line: number): void
  /** Takes what is to be said of the file beside its rows. */
  note(finding: Finding): void
}
