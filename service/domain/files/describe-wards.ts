import { guessDirection } from './directions.ts'
import type { Finding } from './finding.ts'
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
}

/** Describes a ward table: its columns, their gaps and ranges, and everything left out or assumed. */
export function describeWards(table: WardTable): WardsDescription {
  return {
    rows: table.rows,
    columns: table.columns.map(describeColumn),
    keyColumns: table.keyColumns,
    duplicates: table.duplicates,
    findings: table.findings,
  }
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
