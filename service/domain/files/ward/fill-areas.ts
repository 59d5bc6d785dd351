import type { ColumnRole } from '../reading/roles.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { textColumn, textsOf } from './raw-table.ts'
import { say } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import { areaForm } from '../normal-form.ts'
import { namesOf, type RoledColumn, type Rows } from './roled-table.ts'

const FILLED: readonly ColumnRole[] = ['lga', 'lga code', 'state', 'state code'] as const

/**
 * Fills areas downwards where a table names each of them once, at the head of its wards, as a sheet with merged cells
 * does. Elsewhere an empty cell stays empty.
 */
export function fillAreas(rows: Rows, inquiry: Inquiry): Rows {
  const names = namesOf(rows).map(areaForm)
  const columns = rows.columns.map((column): RoledColumn => {
    const cells = FILLED.includes(column.role) ? filledDown(textsOf(column), names) : null
    if (cells === null) return column
    const blank = textsOf(column).filter((cell) => cell === '').length
    const said = say('area-named-once', { column: `"${column.name.slice(0, 40)}"` })
    inquiry.note(makeFinding('default-used', said, { count: blank }))
    return { ...textColumn(column.name, column.position, cells), role: column.role }
  })
  return { ...rows, columns }
}

/**
 * The cells filled downwards; null if they are not a list of heads with their wards below. A row that is called as
 * another of the heads is no ward below this one. `names` are the rows' names in the form in which areas are compared.
 */
function filledDown(cells: readonly string[], names: readonly string[]): string[] | null {
  const heads = cells.filter((cell) => cell !== '')
  const isList = cells[0] !== '' && new Set(heads).size === heads.length && heads.length <= cells.length / 2
  if (!isList || heads.length === 0) return null
  let head = ''
  const filled = cells.map((cell) => (head = cell === '' ? head : cell))
  const forms = new Set(heads.map(areaForm))
  const isOther = (name: string, row: number): boolean => forms.has(name) && name !== areaForm(filled[row] ?? '')
  return names.some((name, row) => cells[row] === '' && isOther(name, row)) ? null : filled
}
