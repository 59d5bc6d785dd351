import { hash } from 'node:crypto'
import type { PlanKind } from './column-kinds.ts'
import { suggestColumns } from './columns/suggest-columns.ts'
import type { ColumnAdvice } from './columns/suggest-columns.ts'
import type { Finding } from './finding.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'
import type { ColumnType, Direction, WardColumn, WardTable } from './ward-table.ts'

/**
 * A column as its owner sees it. `min` and `max` are null for text. `direction` is that of its name; null if no word of
 * the name says it, or if the column is not a candidate indicator.
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
  /** Whether wards are ranked by it when nobody names the indicators. */
  readonly suggested: boolean
  /** Why it is suggested and points this way, or why it is not suggested. */
  readonly why: string
  /** What a net plan takes it for, unless another column is chosen. */
  readonly kind: PlanKind | null
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
    columns: describeColumns(table),
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

/** Describes the columns: type, gaps and range, and whether and how each could rank wards. */
export function describeColumns(table: WardTable): readonly ColumnDescription[] {
  const advice = suggestColumns(table)
  return table.columns.map((column) => describeColumn(column, advice.get(column.name)))
}

function describeColumn(column: WardColumn, advice: ColumnAdvice | undefined): ColumnDescription {
  const range = column.numbers === null ? null : rangeOf(column.numbers)
  return {
    name: column.name,
    type: column.type,
    missing: column.missing,
    min: range?.min ?? null,
    max: range?.max ?? null,
    indicator: column.indicator,
    direction: advice?.direction ?? null,
    reason: column.reason,
    suggested: advice?.suggested ?? false,
    why: advice?.why ?? '',
    kind: advice?.kind ?? null,
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
