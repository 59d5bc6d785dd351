import { quoted } from '../../quoted.ts'
import { directionRule } from '../directions.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say, type Said } from '../../said.ts'
import { candidacy, type WardColumn, type WardTable } from '../ward-table.ts'
import { planKinds, settledRoles } from './plan-kinds.ts'
import { structuralName } from './structural-names.ts'
import { structuralValues } from './structural-values.ts'

/**
 * Marks the columns that number, name, locate or measure the rows, so that no ranking takes them: by whole words of
 * their names, or by values that only a number, a year or a period has. A column that a person settled as a value stays
 * a candidate; one to be ignored does not. A population or an urban share, and a column whose name says what it
 * measures, is never judged by its values.
 */
export function markStructural(table: WardTable): WardTable {
  const settled = settledRoles(table.reading)
  const kinds = planKinds(table)
  return withReasons(table, (column) => {
    const role = settled.get(column.name)
    if (role === 'ignore') return say('is-left-out', {})
    if (role !== undefined || kinds.has(column.name)) return null
    return (
      structuralName(column.name) ??
      (directionRule(column.name) === null && column.numbers !== null ? structuralValues(column.numbers) : null)
    )
  })
}

/** The table with the candidates for which there is a reason taken back, and a finding for each. */
export function withReasons(table: WardTable, reasonOf: (column: WardColumn) => Said | null): WardTable {
  const findings: Finding[] = []
  const columns = table.columns.map((column) => {
    const why = column.indicator ? reasonOf(column) : null
    if (why === null) return column
    const said = say('no-indicator', { column: quoted(column.name), why })
    findings.push(makeFinding('column-refused', said, { count: 1, columns: [column.name] }))
    return { ...column, ...candidacy(why) }
  })
  return findings.length === 0 ? table : { ...table, columns, findings: [...table.findings, ...findings] }
}
