import type { FaultList } from '../../fault-list.ts'
import { ColumnBuilder } from '../column-builder.ts'
import { say } from '../../said.ts'
import { AREA_ROLES, type ColumnRole } from '../reading/roles.ts'
import { candidacy, type WardColumn, type WardKeys } from '../ward-table.ts'
import { textAt, textsOf } from './raw-table.ts'
import { columnOf, namesOf, type RoledColumn, type Rows } from './roled-table.ts'

const LONGEST_NAME = 200
const KEY_ROLES: ReadonlySet<ColumnRole> = new Set<ColumnRole>(AREA_ROLES)

/** The columns of a ward table. `settled` are the names of those whose role a person gave. */
export function wardColumns(rows: Rows, settled: ReadonlySet<string>, faults: FaultList): readonly WardColumn[] {
  return rows.columns.map((column) => {
    const builder = new ColumnBuilder(column.name, column.position)
    const isKey = KEY_ROLES.has(column.role)
    rows.lines.forEach((line, row) => {
      const number = column.numbers[row] ?? NaN
      const text = Number.isNaN(number) || isKey ? textAt(column, row) : ''
      if (isKey && text.length > LONGEST_NAME)
        faults.add({ said: say('name-too-long', {}), line, column: column.position })
      if (Number.isNaN(number)) builder.add(text, line)
      else builder.addNumber(number)
    })
    return withRole(builder.finish(faults), column, settled)
  })
}

/** A column is a candidate or not by its role, if its role says it. */
function withRole(column: WardColumn, { role }: RoledColumn, settled: ReadonlySet<string>): WardColumn {
  const isMeasure = role === 'value' || role === 'population' || role === 'urban share'
  if (!isMeasure && column.reason === null)
    return { ...column, ...candidacy(say(role === 'period' ? 'is-period' : 'names-rows', {})) }
  const isCalledAsKey = column.reasonSaid?.kind === 'names-rows'
  if (isMeasure && settled.has(column.name) && isCalledAsKey && column.numbers !== null)
    return { ...column, ...candidacy(null) }
  return column
}

/** The keys of the rows, and the names of the columns that they come from. */
export function wardKeysOf(rows: Rows): { readonly keys: WardKeys; readonly keyColumns: readonly string[] } {
  const cells = (role: ColumnRole): readonly string[] | null => {
    const column = columnOf(rows, role)
    return column === undefined ? null : textsOf(column)
  }
  return {
    keys: {
      wardCode: cells('ward code'),
      wardName: namesOf(rows),
      lga: cells('lga'),
      lgaCode: cells('lga code'),
      state: cells('state'),
      stateCode: cells('state code'),
    },
    keyColumns: rows.columns
      .filter(({ role, position }) => KEY_ROLES.has(role) && position > 0)
      .map(({ name }) => name),
  }
}
