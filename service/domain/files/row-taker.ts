import type { Finding } from './finding.ts'

/** Receives a table row by row. Lines count from 1. */
export interface RowTaker {
  /** Receives the names of the columns, each of them once; `written` are the names before repeats were numbered. */
  header(names: readonly string[], line: number, written: readonly string[]): void
  /** Receives canonical cells: trimmed, '' if missing, numbers as digits with a decimal point. */
  row(cells: readonly string[], line: number): void
  /** Receives a finding on the file. */
  note(finding: Finding): void
}
