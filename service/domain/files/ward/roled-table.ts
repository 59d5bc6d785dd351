import { textAt, textsOf, type RawColumn, type RawTable } from './raw-table.ts'
import type { ColumnRole } from '../reading/roles.ts'
import { say, type Said } from '../../said.ts'
import { areaKey, codeForm, plainForm } from '../area-key.ts'

/** A column whose role is known. */
export interface RoledColumn extends RawColumn {
  readonly role: ColumnRole
}

/** Rows whose columns have roles. They may still be months, facilities or areas. */
export type Rows = RawTable<RoledColumn>

/** The column of a role, if there is one. */
export function columnOf({ columns }: Rows, role: ColumnRole): RoledColumn | undefined {
  return columns.find((column) => column.role === role)
}

/** The cells of a role as text; '' for all of them if there is no such column. */
export function cellsOf(rows: Rows, role: ColumnRole): readonly string[] {
  const column = columnOf(rows, role)
  return column === undefined ? rows.lines.map(() => '') : textsOf(column)
}

/** The names of the rows: those of the wards, or their codes. */
export function namesOf(rows: Rows): readonly string[] {
  const codes = cellsOf(rows, 'ward code')
  return cellsOf(rows, 'ward name').map((name, row) => (name === '' ? (codes[row] ?? '') : name))
}

/** A row as people find it: `Kuka (line 4)`. */
export function rowSaid(rows: Rows, row: number): Said {
  const [name, code] = [columnOf(rows, 'ward name'), columnOf(rows, 'ward code')].map((column) =>
    column === undefined ? '' : textAt(column, row),
  )
  const text = name === '' ? (code ?? '') : (name ?? '')
  const line = rows.lines[row] ?? 0
  return text === '' ? say('row-line', { line }) : say('row-named', { name: text.slice(0, 60), line })
}

/** Columns whose values may rank wards or feed a plan. */
export function valueColumns({ columns }: Rows): readonly RoledColumn[] {
  return columns.filter(({ role }) => role === 'value' || role === 'population' || role === 'urban share')
}

/** For each row the key of its ward: its code, or else its state, LGA and name without case, accents and spaces. */
export function wardKeys(rows: Rows): readonly string[] {
  const codes = cellsOf(rows, 'ward code')
  const keyOf = areaNameKeyOf(rows)
  return namesOf(rows).map((_, row) => {
    const code = codeForm(codes[row] ?? '')
    return code === '' ? keyOf(row) : `code ${code}`
  })
}

/** Gives a row's state, LGA and name as one key. */
function areaNameKeyOf(rows: Rows): (row: number) => string {
  const first = (one: readonly string[], other: readonly string[]): readonly string[] =>
    one.map((cell, row) => (cell === '' ? (other[row] ?? '') : cell))
  const states = first(cellsOf(rows, 'state'), cellsOf(rows, 'state code'))
  const lgas = first(cellsOf(rows, 'lga'), cellsOf(rows, 'lga code'))
  const names = namesOf(rows)
  return (row) => areaKey(states[row] ?? '', lgas[row] ?? '', plainForm(names[row] ?? ''))
}

/** The rows of each key, in their order. */
export function rowsByKey(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  keys.forEach((key, row) => {
    const known = found.get(key)
    if (known === undefined) found.set(key, [row])
    else known.push(row)
  })
  return found
}
