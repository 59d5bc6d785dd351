import { hash } from 'node:crypto'
import { guessDirection } from './directions.ts'
import type { Finding } from './finding.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'
import type { ColumnType, Direction, WardColumn, WardTable } from './ward-table.ts'

/**
 * A column as its owner sees it. `min` and `max` are null for text. `direction` is the guessed direction; null if the
 * column is not a candidate indicator.
 */
export interface ColumnDescription {
  readonly name: string
  readonly type: ColumnType
  readonly missing: number
  readonly min: number | null
  readonly max: number | null
  readonly indicator: boolean
  readonly direction: Direction | null
  /** Why the column is not a candidate indicator; null if it is one. */
  readonly reason: string | null
}

/** What was found in a ward table. */
export interface WardsDescription {
  readonly rows: number
  readonly columns: readonly ColumnDescription[]
  readonly keyColumns: readonly string[]
  readonly duplicates: readonly string[]
  readonly findings: readonly Finding[]
  readonly reading: Reading
  readonly questions: readonly Question[]
  /** Each state and LGA once; empty if the table has no LGAs. */
  readonly areas: readonly string[]
  /** Of the names of the wards in their order: pairs with boundaries are kept by position. */
  readonly rowsHash: string
}

/** Describes a ward table: its columns, their gaps and ranges, and everything left out or assumed. */
export function describeWards(table: WardTable): WardsDescription {
  return {
    rows: table.rows,
    columns: table.columns.map(describeColumn),
    keyColumns: table.keyColumns,
    duplicates: table.duplicates,
    findings: table.findings,
    reading: table.reading,
    questions: table.questions,
    areas: areasOf(table),
    rowsHash: hashOfNames(table.labels),
  }
}

function areasOf({ keys: { lga, lgaCode, state, stateCode }, rows }: WardTable): readonly string[] {
  const areas = lga ?? lgaCode
  if (areas === null) return []
  const states = state ?? stateCode
  return [...new Set(Array.from({ length: rows }, (_, row) => `${states?.[row] ?? ''} ${areas[row] ?? ''}`.trim()))]
}

/** SHA-256 of names in their order. */
export function hashOfNames(names: readonly string[]): string {
  return hash('sha256', JSON.stringify(names), 'base64url')
}

/** Describes one column: its type, gaps and range, and whether and how it could rank wards. */
export function describeColumn(column: WardColumn): ColumnDescription {
  const range = column.numbers === null ? null : rangeOf(column.numbers)
  return {
    name: column.name,
    type: column.type,
    missing: column.missing,
    min: range?.min ?? null,
    max: range?.max ?? null,
    indicator: column.indicator,
    direction: column.indicator ? guessDirection(column.name) : null,
    reason: column.reason,
  }
}

/** The least and the greatest value, without NaN; null if there is no value. */
export function rangeOf(values: Float64Array): { min: number; max: number } | null {
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : null
}
