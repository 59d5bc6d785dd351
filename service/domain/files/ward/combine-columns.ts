import { say } from '../../said.ts'
import { candidacy, type WardColumn } from '../ward-table.ts'

const NO_CODE = 255
const MOST_CATEGORIES = 50

/** One table's part of a column: its rows, and its column of that name if it has one. */
export interface ColumnPart {
  readonly rows: number
  readonly column: WardColumn | undefined
}

/**
 * Puts the parts of a column one below the other. Where a table has no such column, its cells are missing. Numbers in
 * one table and text in another are text, which is no indicator.
 */
export function combineColumns(name: string, parts: readonly ColumnPart[]): WardColumn {
  const filled = parts.flatMap(({ column }) => (column === undefined || column.type === 'empty' ? [] : [column]))
  const missing = parts.reduce((sum, { rows, column }) => sum + (column === undefined ? rows : column.missing), 0)
  const isNumeric = filled.every(({ type }) => type === 'number')
  const why =
    filled.length === 0
      ? say('all-missing', {})
      : isNumeric || filled.every(({ type }) => type === 'text')
        ? (filled.find(({ reasonSaid }) => reasonSaid !== null)?.reasonSaid ?? null)
        : say('holds-numbers-and-text', {})
  const type = filled.length === 0 ? 'empty' : isNumeric ? 'number' : 'text'
  const kept = type === 'text' ? categoriesOf(parts) : null
  return {
    name,
    type,
    missing,
    ...candidacy(why),
    numbers: type === 'number' ? joinedNumbers(parts) : null,
    categories: kept?.categories ?? null,
    codes: kept?.codes ?? null,
  }
}

function joinedNumbers(parts: readonly ColumnPart[]): Float64Array {
  return Float64Array.from(
    parts.flatMap(({ rows, column }) => [...(column?.numbers ?? new Float64Array(rows).fill(NaN))]),
  )
}

/** The categories of all parts; null if some part keeps none or there are too many. */
function categoriesOf(parts: readonly ColumnPart[]): Pick<WardColumn, 'categories' | 'codes'> | null {
  if (parts.some(({ column }) => column !== undefined && column.type !== 'empty' && column.codes === null)) return null
  const categories = [...new Set(parts.flatMap(({ column }) => column?.categories ?? []))]
  if (categories.length > MOST_CATEGORIES) return null
  const codes = parts.flatMap(({ rows, column }) =>
    Array.from({ length: rows }, (_, row) => {
      const code = column?.codes?.[row] ?? NO_CODE
      return code === NO_CODE ? NO_CODE : categories.indexOf(column?.categories?.[code] ?? '')
    }),
  )
  return { categories, codes: Uint8Array.from(codes) }
}
