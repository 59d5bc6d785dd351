import { say } from '../../said.ts'
import { planKindOfName } from '../columns/plan-kinds.ts'
import { makeFinding } from '../finding.ts'
import { MOST_COLUMNS, tooManyColumns } from '../table-limits.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { takeRows, textAt } from './raw-table.ts'
import { cellsOf, columnOf, wardKeys, type RoledColumn, type Rows } from './roled-table.ts'

/**
 * Makes one column of each data element of DHIS2's plain data, which has one row a value: `Data, Period, Organisation
 * unit, Value`. A second value of one element, period and ward goes to a row of its own, as what it is: a ward twice.
 * @throws Fault `too-large` when there are more data elements than a table can have columns
 */
export function spreadPlainData(rows: Rows, filename: string, inquiry: Inquiry): Rows {
  const [element, value] = [columnOf(rows, 'data element'), columnOf(rows, 'data value')]
  if (element === undefined || value === undefined) return rows
  const periods = cellsOf(rows, 'period')
  const firsts: number[] = []
  const placeOf = new Map<string, number>()
  const columns = new Map<string, Map<number, number>>()
  const wards = wardKeys(rows)
  const used = new Map<string, number>()
  let unread = 0
  for (const row of rows.lines.keys()) {
    const name = textAt(element, row)
    const number = value.numbers[row] ?? NaN
    if (name === '' || Number.isNaN(number)) {
      unread += 1
      continue
    }
    const ward = `${wards[row] ?? ''}\n${periods[row] ?? ''}`
    const copy = (used.get(`${ward}\n${name}`) ?? 0) + 1
    used.set(`${ward}\n${name}`, copy)
    const key = `${ward}\n${String(copy)}`
    const place = placeOf.get(key) ?? firsts.push(row) - 1
    placeOf.set(key, place)
    const cells = columns.get(name) ?? new Map<number, number>()
    columns.set(name, cells.set(place, number))
    if (columns.size > MOST_COLUMNS) throw tooManyColumns(filename, columns.size, rows.lines[row] ?? 0)
  }
  inquiry.note(
    makeFinding('rows-combined', say('one-row-a-value', { element: `"${element.name.slice(0, 40)}"`, unread }), {
      count: rows.lines.length,
      examples: [...columns.keys()].slice(0, 50),
    }),
  )
  const kept = takeRows({ ...rows, columns: rows.columns.filter(isOfWard) }, firsts)
  const last = Math.max(0, ...rows.columns.map(({ position }) => position))
  return {
    lines: kept.lines,
    columns: [
      ...kept.columns,
      ...[...columns].map(([name, cells], index): RoledColumn => {
        const kind = planKindOfName(name)
        return {
          name,
          position: last + index + 1,
          role: kind === 'population' ? 'population' : kind === 'urbanShare' ? 'urban share' : 'value',
          numbers: Float64Array.from(firsts, (_, place) => cells.get(place) ?? NaN),
          texts: null,
        }
      }),
    ],
  }
}

/** Whether a column is about the ward or the period, and not about the one value of its row. */
function isOfWard({ role }: RoledColumn): boolean {
  return !['data element', 'data value', 'value', 'population', 'urban share', 'ignore'].includes(role)
}
