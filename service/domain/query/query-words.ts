import { COMPARISON_WORDS } from '../comparison-words.ts'
import { FIELDS } from './fields.ts'
import { QUERY_LIMITS } from './query-limits.ts'
import type { Comparison, Condition, Measure, WardQuery } from './ward-query.ts'
import { measureName } from './measure-name.ts'
import { usesRanking, type ReadQuery } from './read-query.ts'
import type { WardView } from './ward-view.ts'

const SAID: Readonly<Record<Comparison, string>> = COMPARISON_WORDS

/** How a column or field is called in a sentence. */
export type Told = (name: string) => string

/** Calls fields by their labels, unless a column has that name, and uploaded columns by their names. */
export function toldBy(view: WardView): Told {
  return (name) => {
    const found = view.find(name)
    if (found.is !== 'column' || found.field === null) return plain(name)
    const { label, from } = FIELDS[found.field]
    return from !== 'data' && label !== name && view.find(label).is !== 'unknown' ? name : label
  }
}

/** The measures whose names in an answer's columns are short. */
const SAID_MEASURES: Readonly<Partial<Record<Measure['measure'], string>>> = {
  sd: 'standard deviation',
  min: 'least value',
  max: 'greatest value',
} as const

/** The whole query as one sentence: conditions, groups, measures, columns, order, and which rows are given. */
export function queryWords(view: WardView, read: ReadQuery, query: WardQuery, total: number): string {
  const told = toldBy(view)
  const what =
    read.is === 'list'
      ? `This lists ${series(read.select.map(({ name }) => told(name)))} of`
      : `This gives ${series(read.measures.map(({ measure }) => measureWords(measure, told)))} of`
  const by =
    read.is === 'groups' && read.groups.length > 0
      ? `, for each ${series(read.groups.map(({ name }) => told(name)))}`
      : ''
  const each =
    read.is === 'list' && read.each !== null
      ? `, of each ${told(query.each?.column ?? '')} only the first${read.each.rows === 1 ? '' : ` ${String(read.each.rows)}`}`
      : ''
  return `${what} ${wardsWhere(query.where, told)}${by}${each}${keptWords(query, told)}${ordered(query, read, told)}${given(read, total)}.`
}

/** Which groups are kept, by their figures: `, only those whose count is at least 5`. */
function keptWords({ having = [], measures }: WardQuery, told: Told): string {
  if (having.length === 0) return ''
  const said = having.map(({ by, op, value }) => `${keptBy(by, measures, told)} ${SAID[op]} ${String(value)}`)
  return `, only those whose ${said.join(' and ')}`
}

/** The figure by which groups are kept; of a share of a part, the part. */
export function keptBy(by: string, measures: WardQuery['measures'] = [], told: Told): string {
  const share = measures.find((measure) => measure.part !== undefined && measureName(measure) === by)
  return share === undefined ? told(by) : measureWords(share, told).replace(/^the /, '')
}

/** The wards of a query in words: `all wards`, or `the wards where …`. */
export function wardsWhere(where: WardQuery['where'] = [], told: Told): string {
  if (where.length === 0) return 'all wards'
  return `the wards where ${where.map((condition) => conditionWords(condition, told)).join(', and ')}`
}

/** A measure in words: `the mean of elevation`. */
export function measureWords(measure: Measure, told: Told): string {
  const { column, weight, with: other } = measure
  const named = {
    ...measure,
    ...(column !== undefined && { column: told(column) }),
    ...(weight !== undefined && { weight: told(weight) }),
    ...(other !== undefined && { with: told(other) }),
  }
  const name = measureName(named)
  const said = SAID_MEASURES[measure.measure]
  if (name === 'count') return 'the number'
  if (measure.measure === 'share')
    return `the share of ${named.column ?? (measure.part === undefined ? 'wards' : wardsWhere(measure.part, told))}${
      named.column === undefined || measure.part === undefined ? '' : ` in ${wardsWhere(measure.part, told)}`
    }`
  return `the ${said === undefined ? name : `${said} of ${named.column ?? ''}`}`
}

function conditionWords({ column, or = [], ...first }: Condition, told: Told): string {
  const isOfSeveral = or.some((part) => part.column !== undefined)
  return [
    `${isOfSeveral ? 'either ' : ''}${ownWords(column, first, told)} ${comparisonWords(first, told)}`,
    ...or.map((part) => {
      const own = part.column === undefined && part.of === undefined ? '' : ownWords(part.column ?? column, part, told)
      return `${own === '' ? '' : `${own} `}${comparisonWords(part, told)}`
    }),
  ].join(' or ')
}

/** What is compared: the ward's own value, or a figure of its group. */
function ownWords(column: string, { of }: Pick<Condition, 'of'>, told: Told): string {
  return of === undefined
    ? told(column)
    : `the ${of.figure} of ${told(column)} over the wards of the same ${told(of.by)}`
}

function comparisonWords({ op, value }: Pick<Condition, 'op' | 'value'>, told: Told): string {
  if (value === undefined) return SAID[op]
  if (typeof value === 'object' && !Array.isArray(value))
    return `${SAID[op]} ${value.times === undefined ? '' : `${String(value.times)} times `}its ${value.figure} over ${value.by === undefined ? 'all wards' : `the wards of the same ${told(value.by)}`}`
  const values = (Array.isArray(value) ? value : [value]).map((each) =>
    typeof each === 'number' ? String(each) : `"${plain(each)}"`,
  )
  return `${SAID[op]} ${op === 'between' ? values.join(' and ') : values.join(', ')}`
}

function ordered({ orderBy = [] }: WardQuery, read: ReadQuery, told: Told): string {
  const chosen = orderBy.map(({ by, direction }) => `${told(by)}${direction === 'descending' ? ' (descending)' : ''}`)
  const usual =
    read.is === 'groups'
      ? read.groups.map(({ name }) => told(name))
      : [...(usesRanking(read.fields) ? ['rank'] : []), 'ward']
  const all = chosen.length > 0 ? chosen : usual
  return all.length === 0 ? '' : `, ordered by ${all.join(', then by ')}`
}

function given({ percent, limit, offset }: ReadQuery, total: number): string {
  const part = percent === 100 ? '' : `; the first ${String(percent)} percent`
  return `${part}${givenRows({ limit, offset }, total)}`
}

function givenRows({ limit, offset }: Pick<ReadQuery, 'limit' | 'offset'>, total: number): string {
  if (offset === 0 && (limit >= total || limit === QUERY_LIMITS.rows)) return ''
  return offset === 0 ? `; the first ${String(limit)}` : `; from row ${String(offset + 1)} on, at most ${String(limit)}`
}

function series(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** A name or value on one line, without control characters. */
function plain(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
}
