import type { Finding } from './finding.ts'

/** Receives a table row by row. Lines count from 1. */
export interface RowTaker {
  header(cells: readonly string[], line: number): void
  row(cells: readonly string[], line: number): void
  /** Receives a finding on the file. */
  note(finding: Finding): void
}
