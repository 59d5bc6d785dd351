import type { AnswerTable } from '../answer.ts'
import { figure } from '../answers/wording.ts'

/** A cell of a result: `result` 0 is r1. */
export interface Cell {
  readonly result: number
  readonly row: number
  readonly column: number
}

/** A row of a result. */
export type Row = Omit<Cell, 'column'>

/** The tables of the results that were given in this turn, in the order of their names. An answer may have no table. */
export type Results = readonly (AnswerTable | undefined)[]

export interface FoundReference {
  readonly start: number
  readonly end: number
  /** Null if there is no such cell. */
  readonly cell: Cell | null
}

/**
 * The references of a text, from first to last. `{r1.rows[0].score}` is a row by its place and a column by its name.
 */
export function referencesIn(text: string, results: Results): readonly FoundReference[] {
  return [...text.matchAll(/\{\s*r(\d{1,3})\.rows\[(\d{1,6})\]\.([^{}\n]{1,400}?)\s*\}/gu)].map(
    ({ 0: whole, 1: result = '', 2: row = '', 3: column = '', index }) => ({
      start: index,
      end: index + whole.length,
      cell: cellOf(results, Number(result) - 1, Number(row), column),
    }),
  )
}

function cellOf(results: Results, result: number, row: number, name: string): Cell | null {
  const table = results[result]
  if (table?.rows[row] === undefined) return null
  const exact = table.columns.indexOf(name)
  if (exact >= 0) return { result, row, column: exact }
  const alike = table.columns.flatMap((column, at) => (column.toLowerCase() === name.toLowerCase() ? [at] : []))
  const [only] = alike
  return only !== undefined && alike.length === 1 ? { result, row, column: only } : null
}

export function valueOf(results: Results, { result, row, column }: Cell): string | number | null {
  return results[result]?.rows[row]?.[column] ?? null
}

export function labelOf(results: Results, { result, column }: Cell): string {
  return results[result]?.columns[column] ?? ''
}

/** A cell as the tools write it. */
export function shownCell(value: string | number | null): string {
  if (value === null) return 'no value'
  return typeof value === 'number' ? figure(value) : value
}

/** The column that says what a row is about: the first one with a text in it. Null for a table of figures alone. */
export function subjectColumn(table: AnswerTable | undefined): number | null {
  const at = table?.columns.findIndex((_, column) => table.rows.some((row) => typeof row[column] === 'string')) ?? -1
  return at < 0 ? null : at
}

/** What the rows are about, with all rows that are about it. */
export function subjectsOf(results: Results): ReadonlyMap<string, readonly Row[]> {
  const subjects = new Map<string, Row[]>()
  for (const [result, table] of results.entries()) {
    const column = subjectColumn(table)
    if (table === undefined || column === null) continue
    for (const [row, cells] of table.rows.entries()) {
      const name = cells[column]
      if (typeof name !== 'string' || name.length < 2) continue
      const rows = subjects.get(name)
      if (rows === undefined) subjects.set(name, [{ result, row }])
      else rows.push({ result, row })
    }
  }
  return subjects
}
