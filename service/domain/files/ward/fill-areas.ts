import type { ColumnRole } from '../reading/roles.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { textColumn, textsOf } from './raw-table.ts'
import type { RoledColumn, Rows } from './roled-table.ts'

const FILLED: readonly ColumnRole[] = ['lga', 'lga code', 'state', 'state code'] as const

/**
 * Fills areas downwards where a table names each of them once, at the head of its wards, as a sheet with merged cells
 * does. Elsewhere an empty cell stays empty.
 */
export function fillAreas(rows: Rows, inquiry: Inquiry): Rows {
  const columns = rows.columns.map((column): RoledColumn => {
    const cells = FILLED.includes(column.role) ? filledDown(textsOf(column)) : null
    if (cells === null) return column
    const blank = textsOf(column).filter((cell) => cell === '').length
    inquiry.note({
      kind: 'default-used',
      detail:
        `"${column.name.slice(0, 40)}" names each area once, at the head of its wards: ` +
        'the empty cells below were filled with it.',
      count: blank,
    })
    return { ...textColumn(column.name, column.position, cells), role: column.role }
  })
  return { ...rows, columns }
}

/** The cells filled downwards; null if they are not a list of heads with their wards below. */
function filledDown(cells: readonly string[]): string[] | null {
  const heads = cells.filter((cell) => cell !== '')
  const isList = cells[0] !== '' && new Set(heads).size === heads.length && heads.length <= cells.length / 2
  if (!isList || heads.length === 0) return null
  let head = ''
  return cells.map((cell) => (head = cell === '' ? head : cell))
}
