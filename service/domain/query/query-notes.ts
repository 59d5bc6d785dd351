import { quoted } from '../quoted.ts'
import { FIELDS } from './fields.ts'
import type { ReadQuery } from './read-query.ts'
import { isMissing, type ViewColumn } from './view-column.ts'
import type { QueryAnswer } from './ward-query.ts'
import type { WardView } from './ward-view.ts'

/**
 * Counts the wards without a value, for each column of a query where there are any: of a column with a condition, among
 * all wards; of another column, among those that satisfy the conditions.
 */
export function rowsWithoutValue(view: WardView, read: ReadQuery, used: Uint32Array): QueryAnswer['rowsWithoutValue'] {
  const all = Uint32Array.from({ length: view.rows }, (_, row) => row)
  const counts = new Map<string, number>()
  const count = (column: ViewColumn, rows: Uint32Array): void => {
    if (!counts.has(column.name)) counts.set(column.name, missingIn(column, rows))
  }
  for (const column of read.conditions.flatMap(({ columns }) => columns)) count(column, all)
  for (const column of shownColumns(read)) count(column, used)
  return [...counts].filter(([, wards]) => wards > 0).map(([column, wards]) => ({ column, wards }))
}

function missingIn(column: ViewColumn, rows: Uint32Array): number {
  return rows.reduce((count, row) => count + (isMissing(column, row) ? 1 : 0), 0)
}

function shownColumns(read: ReadQuery): readonly ViewColumn[] {
  return read.is === 'list'
    ? [...read.select, ...read.orders.map(({ column }) => column)]
    : [...read.groups, ...read.measures.flatMap(({ columns }) => columns)]
}

/** What must travel with the figures of a query: what rests on missing values and on filled ones, who is left out. */
export function queryNotes(view: WardView, read: ReadQuery, used: Uint32Array): readonly string[] {
  return [
    ...new Set([
      ...read.conditions.flatMap(({ notes }) => notes),
      ...read.conditions.flatMap(({ columns, condition: { op, or = [] } }) =>
        columns.flatMap((column, at) => aboutComparison(view, column, or[at - 1]?.op ?? op)),
      ),
      ...(read.is === 'groups' ? aboutFigures(read, used) : aboutOrder(read, used)),
      ...aboutRanking(view, read, used),
      ...aboutPlan(view, read, used),
    ]),
  ]
}

function aboutComparison({ rows }: WardView, column: ViewColumn, op: string): string[] {
  if (op === 'missing' || op === 'present') return []
  const missing = missingIn(
    column,
    Uint32Array.from({ length: rows }, (_, row) => row),
  )
  if (missing === 0) return []
  return [
    `${wards(missing, 'has', 'have')} no value of ${quoted(column.name)} and satisf${missing === 1 ? 'ies' : 'y'} no comparison with it.`,
  ]
}

function aboutFigures({ groups, measures }: Extract<ReadQuery, { is: 'groups' }>, used: Uint32Array): string[] {
  const measured = new Map(measures.flatMap(({ columns }) => columns.map((column) => [column.name, column] as const)))
  return [
    ...groups.flatMap((group) => {
      const missing = missingIn(group, used)
      return missing === 0
        ? []
        : [`${wards(missing, 'has', 'have')} no value of ${quoted(group.name)}: they are a group of their own.`]
    }),
    ...[...measured.values()].flatMap((column) => {
      const missing = missingIn(column, used)
      return missing === 0
        ? []
        : [
            `Figures of ${quoted(column.name)} rest on ${String(used.length - missing)} of ${wards(used.length)}; ` +
              `${String(missing)} ${missing === 1 ? 'has' : 'have'} no value.`,
          ]
    }),
  ]
}

function aboutOrder({ orders }: Extract<ReadQuery, { is: 'list' }>, used: Uint32Array): string[] {
  return orders.flatMap(({ column }) => {
    const missing = missingIn(column, used)
    return missing === 0 ? [] : [`${wards(missing, 'has', 'have')} no value of ${quoted(column.name)} and come last.`]
  })
}

function aboutRanking({ result, labels }: WardView, { fields }: ReadQuery, used: Uint32Array): string[] {
  if (result === null || !hasFieldOf(fields, 'analysis') || result.imputations.length === 0) return []
  const filled = new Set(result.imputations.map(({ ward }) => ward))
  const count = used.reduce((sum, row) => sum + (filled.has(labels[row] ?? '') ? 1 : 0), 0)
  if (count === 0) return []
  return [`Scores and ranks of ${wards(count)} rest on values that were missing and have been filled in.`]
}

function aboutPlan({ plan, labels }: WardView, { fields }: ReadQuery, used: Uint32Array): string[] {
  if (plan === null || !hasFieldOf(fields, 'plan')) return []
  const leftOut = new Set(plan.excluded.map(({ wardName }) => wardName))
  const count = used.reduce((sum, row) => sum + (leftOut.has(labels[row] ?? '') ? 1 : 0), 0)
  return count === 0 ? [] : [`The plan leaves out ${wards(count)}: no need and no nets are counted for them.`]
}

function hasFieldOf(fields: ReadQuery['fields'], from: 'analysis' | 'plan'): boolean {
  return [...fields.keys()].some((field) => FIELDS[field].from === from)
}

function wards(count: number, one = '', several = one): string {
  const verb = count === 1 ? one : several
  return `${String(count)} ward${count === 1 ? '' : 's'}${verb === '' ? '' : ` ${verb}`}`
}
