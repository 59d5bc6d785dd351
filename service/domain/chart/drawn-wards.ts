import { rowsWhere } from '../query/ask-wards.ts'
import { readCondition } from '../query/conditions.ts'
import { NameReader } from '../query/name-reader.ts'
import { queryNotes, rowsWithoutValue } from '../query/query-notes.ts'
import { toldBy, wardsWhere, type Told } from '../query/query-words.ts'
import type { ReadList } from '../query/read-query.ts'
import type { ViewColumn } from '../query/view-column.ts'
import type { QueryAnswer, WardQuery } from '../query/ward-query.ts'
import type { WardView } from '../query/ward-view.ts'
import { say } from '../said.ts'

/** The wards that a chart draws, and what has to be said about them. */
export interface DrawnWards {
  readonly rows: Uint32Array
  readonly told: Told
  /** `all wards`, or `the wards where …`. */
  readonly which: string
  readonly rowsWithoutValue: QueryAnswer['rowsWithoutValue']
  readonly notes: readonly string[]
}

/**
 * Finds what a chart names, and its wards.
 * @param find finds the chart's own columns
 * @throws Fault `invalid-input` with a pointer to each part that does not fit the data
 */
export function drawnWards<Columns extends Readonly<Record<string, ViewColumn | null>>>(
  view: WardView,
  where: WardQuery['where'],
  find: (reader: NameReader) => Columns,
): DrawnWards & { readonly columns: { readonly [Name in keyof Columns]: NonNullable<Columns[Name]> } } {
  const reader = new NameReader(view)
  const conditions = (where ?? []).flatMap(
    (condition, at) => readCondition(condition, reader, `/where/${String(at)}`) ?? [],
  )
  const columns = find(reader)
  reader.throwIfAny(say('cannot-draw-chart', {}))
  const select = Object.values(columns).flatMap((column) => column ?? [])
  const read: ReadList = {
    is: 'list',
    select,
    orders: [],
    each: null,
    conditions,
    fields: reader.fields,
    percent: 100,
    limit: 1,
    offset: 0,
  }
  const rows = rowsWhere(view, read)
  const told = toldBy(view)
  return {
    columns: columns as { readonly [Name in keyof Columns]: NonNullable<Columns[Name]> },
    rows,
    told,
    which: wardsWhere(where, told),
    rowsWithoutValue: rowsWithoutValue(view, read, rows),
    notes: queryNotes(view, read, rows),
  }
}

/** Says how many of the wards have no value and are not drawn. */
export function notDrawn(missing: number, what: string): string[] {
  if (missing === 0) return []
  return [
    `${String(missing)} ward${missing === 1 ? ' has' : 's have'} no value of ${what} and ${missing === 1 ? 'is' : 'are'} not drawn.`,
  ]
}
