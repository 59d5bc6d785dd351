import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { readCondition, type ReadCondition } from './conditions.ts'
import { readMeasure, type ReadMeasure } from './measures.ts'
import { NameReader } from './name-reader.ts'
import { FIELDS, type FieldName } from './fields.ts'
import type { ViewColumn } from './view-column.ts'
import { QUERY_LIMITS } from './query-limits.ts'
import type { Having, Order, WardQuery } from './ward-query.ts'
import type { WardView } from './ward-view.ts'

/** How many wards a query lists if it does not say. Groups are all listed, up to the most rows. */
const USUAL_ROWS = 50

interface Read {
  readonly conditions: readonly ReadCondition[]
  readonly fields: ReadonlyMap<FieldName, ViewColumn>
  /** How much of the rows, in percent. */
  readonly percent: number
  readonly limit: number
  readonly offset: number
}

/** A query for single wards. */
export interface ReadList extends Read {
  readonly is: 'list'
  readonly select: readonly ViewColumn[]
  /** Of which column only so many wards of each value are listed; null if all are. */
  readonly each: { readonly column: ViewColumn; readonly rows: number } | null
  readonly orders: readonly { readonly column: ViewColumn; readonly direction: Order['direction'] }[]
}

/** A query for figures of groups, or of all wards if there are no groups. */
export interface ReadGroups extends Read {
  readonly is: 'groups'
  readonly groups: readonly ViewColumn[]
  readonly measures: readonly ReadMeasure[]
  /** By the place of an answer's column. */
  readonly orders: readonly { readonly place: number; readonly direction: Order['direction'] }[]
  /** What figures of a group must be, by the place of an answer's column. */
  readonly having: readonly { readonly place: number; readonly op: Having['op']; readonly value: number }[]
}

export type ReadQuery = ReadList | ReadGroups

/**
 * Finds everything that a query names in the view.
 * @throws Fault `invalid-input` with a pointer to each part that does not fit
 */
export function readQuery(view: WardView, query: WardQuery): ReadQuery {
  const reader = new NameReader(view)
  const conditions = (query.where ?? []).flatMap(
    (condition, at) => readCondition(condition, reader, `/where/${String(at)}`) ?? [],
  )
  const isList = query.groupBy === undefined && query.measures === undefined
  const own = isList ? readList(view, query, conditions, reader) : readGroups(query, reader)
  reader.throwIfAny(say('cannot-answer-query', {}))
  return {
    ...own,
    conditions,
    fields: reader.fields,
    percent: query.percent ?? 100,
    limit: query.limit ?? (isList ? USUAL_ROWS : QUERY_LIMITS.rows),
    offset: query.offset ?? 0,
  }
}

function readList(
  view: WardView,
  { select, orderBy = [], each, having, percent }: WardQuery,
  conditions: readonly ReadCondition[],
  reader: NameReader,
): Pick<ReadList, 'is' | 'select' | 'orders' | 'each'> {
  if (having !== undefined) reader.refuse('/having', say('having-without-groups', {}))
  if (each !== undefined && percent !== undefined) reader.refuse('/percent', say('part-and-each', {}))
  const orders = orderBy.flatMap(({ by, direction }, at) => {
    const column = reader.column(by, `/orderBy/${String(at)}/by`)
    return column === null ? [] : [{ column, direction }]
  })
  const chosen =
    select?.flatMap((name, at) => reader.column(name, `/select/${String(at)}`) ?? []) ??
    usualColumns(view, [...conditions.flatMap(({ columns }) => columns), ...orders.map(({ column }) => column)])
  const group = each === undefined ? null : reader.column(each.column, '/each/column')
  return {
    is: 'list',
    select: once(chosen),
    orders,
    each: group === null || each === undefined ? null : { column: group, rows: each.rows },
  }
}

/** What is shown of wards if the query does not say: who they are, and what it asks about. */
function usualColumns(view: WardView, asked: readonly ViewColumn[]): readonly ViewColumn[] {
  const keys = ['@ward', '@lga'].flatMap((name) => {
    const found = view.find(name)
    return found.is === 'column' ? [{ ...found.column, name: name.slice(1) }] : []
  })
  return [...keys, ...asked]
}

function once(columns: readonly ViewColumn[]): readonly ViewColumn[] {
  return [...new Map(columns.map((column) => [column.name, column])).values()]
}

function readGroups(
  { groupBy = [], measures = [{ measure: 'count' }], select, each, orderBy = [], having = [] }: WardQuery,
  reader: NameReader,
): Pick<ReadGroups, 'is' | 'groups' | 'measures' | 'orders' | 'having'> {
  if (select !== undefined) reader.refuse('/select', say('select-and-groups', {}))
  if (each !== undefined) reader.refuse('/each', say('each-and-groups', {}))
  const groups = groupBy.flatMap((name, at) => reader.column(name, `/groupBy/${String(at)}`) ?? [])
  const read = measures.flatMap((measure, at) => readMeasure(measure, reader, `/measures/${String(at)}`) ?? [])
  const names = [...groups.map(({ name }) => name), ...read.flatMap((measure) => measure.names)]
  const orders = orderBy.flatMap(({ by, direction }, at) => {
    const place = placeOf(by, names, groups.length, read)
    if (place !== -1) return [{ place, direction }]
    reader.refuse(`/orderBy/${String(at)}/by`, say('order-of-nothing', { by: quoted(by), names: names.map(quoted) }))
    return []
  })
  const kept = having.flatMap(({ by, op, value }, at) => {
    const place = placeOf(by, names, groups.length, read)
    if (place >= groups.length) return [{ place, op, value }]
    reader.refuse(`/having/${String(at)}/by`, say('having-of-no-measure', { by: quoted(by) }))
    return []
  })
  return { is: 'groups', groups, measures: read, orders, having: kept }
}

/** A group or a measure by its name; the only measure of a kind also by its kind, such as `mean`. */
function placeOf(by: string, names: readonly string[], groups: number, measures: readonly ReadMeasure[]): number {
  const place = names.indexOf(by)
  const ofKind = measures.filter(({ measure }) => measure.measure === by)
  const [only] = ofKind
  if (place !== -1 || only === undefined || ofKind.length > 1) return place
  return names.indexOf(only.names[0] ?? '', groups)
}

/** Whether fields of an analysis or of a plan are among these. Only then a query rests on the ranking. */
export function usesRanking(fields: ReadQuery['fields']): boolean {
  return [...fields.keys()].some((field) => FIELDS[field].from !== 'data')
}
