import { COMPARISON_WORDS } from '../../comparison-words.ts'
import { askWards } from '../../query/ask-wards.ts'
import { keptBy, toldBy, measureWords, wardsWhere, type Told } from '../../query/query-words.ts'
import { viewCaveats } from '../../query/view-caveats.ts'
import type { Measure, QueryAnswer, WardQuery } from '../../query/ward-query.ts'
import type { WardView } from '../../query/ward-view.ts'
import type { Answer, AnswerTable, MadeFrom } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { basisOf, counted, figure, named, plainSentence } from './wording.ts'

const MOST_TOLD = 10

type Cell = string | number | null

/**
 * Answers a query in words: its figures, or the first of its wards or groups, and what rests on missing values. The
 * table has all rows.
 * @throws Fault `invalid-input` with a pointer to each part of the query that does not fit the data
 */
export function answerQuery(
  view: WardView,
  { claimedCount, ...query }: InputOf<'query_wards'>,
  madeFrom: MadeFrom,
): Answer {
  const answer = askWards(view, query)
  const label = toldBy(view)
  const told = (name: string): string => named(label(name))
  const isList = query.groupBy === undefined && query.measures === undefined
  const sentences = isList
    ? ofWards(view, query, answer, told)
    : query.groupBy === undefined
      ? [ofAll(view, query, answer, told)]
      : ofGroups(view, query, answer, told)
  return {
    text: [...claimSaid(query, answer, claimedCount), ...sentences, ...answer.notes].map(plainSentence).join(' '),
    ...(answer.rows.length > 0 && { table: tableOf(answer, told) }),
    basis: basisOf(madeFrom, [`Asked: ${answer.words}`, ...viewCaveats(view)], view.result?.mode),
  }
}

/** What is wrong in how many wards or groups the question takes it that there are. */
function claimSaid(
  { groupBy, measures }: WardQuery,
  { total, rowsUsed }: QueryAnswer,
  claimed: number | undefined,
): readonly string[] {
  const isOfWards = groupBy === undefined
  const count = isOfWards && measures !== undefined ? rowsUsed : total
  if (claimed === undefined || claimed === count) return []
  return [`There are ${counted(count, isOfWards ? 'ward' : 'group')}, not ${figure(claimed)}.`]
}

function tableOf({ columns, rows }: QueryAnswer, told: Told): AnswerTable {
  return {
    columns: columns.map(({ name }) => told(name)),
    rows: rows.map((row) => row.map((cell) => (typeof cell === 'string' ? named(cell) : cell))),
  }
}

/** `23 of 275 wards: the wards where …` */
function found(view: WardView, { where }: WardQuery, { rowsUsed }: QueryAnswer, told: Told): string {
  if (where === undefined || where.length === 0) return `all ${counted(view.rows, 'ward')}`
  return `${figure(rowsUsed)} of ${counted(view.rows, 'ward')}, ${wardsWhere(where, told)}`
}

function ofWards(view: WardView, query: WardQuery, answer: QueryAnswer, told: Told): string[] {
  const { columns, rows, total } = answer
  const wards = `${capital(found(view, query, answer, told))}${eachSaid(query, answer, told)}${partSaid(query, answer)}.`
  if (rows.length === 0) return [wards, ...(total === 0 ? [] : ['There are no more of them.'])]
  const shown = rows.slice(0, MOST_TOLD).map((row) => {
    const cells = columns.map(({ name }, at) => ({ name, cell: row[at] ?? null }))
    const [first, ...others] = cells
    const rest = others.map(({ name, cell }) => `${told(name)} ${said(cell)}`)
    return `${said(first?.cell ?? null)}${rest.length === 0 ? '' : ` (${rest.join(', ')})`}`
  })
  const from = query.offset ?? 0
  const order = (query.orderBy ?? []).map(
    ({ by, direction }) => `${told(by)}${direction === 'descending' ? ', the greatest first' : ''}`,
  )
  const isOne = from > 0 && rows.length === 1
  const which = isOne
    ? `This is number ${figure(from + 1)}`
    : total === rows.length
      ? 'They are'
      : `These are ${from === 0 ? `the first ${figure(rows.length)}` : `${figure(from + 1)} to ${figure(from + rows.length)}`}`
  const by = order.length === 0 ? '' : ` by ${order.join(', then by ')}`
  const more = rows.length > shown.length ? ` The table has all ${figure(rows.length)}.` : ''
  return [wards, `${which}${by}: ${shown.join('; ')}.${more}`]
}

/** How many rows are the part that is asked for. */
function partSaid({ percent, groupBy }: WardQuery, { total }: QueryAnswer): string {
  if (percent === undefined) return ''
  return `; the first ${figure(percent)} percent of them, rounded up, ${counted(total, groupBy === undefined ? 'ward' : 'group')}`
}

/** How many wards of each group are listed, if only the first are. */
function eachSaid({ each }: WardQuery, { total }: QueryAnswer, told: Told): string {
  if (each === undefined) return ''
  const first = each.rows === 1 ? 'the first' : `the first ${figure(each.rows)}`
  return `; of each ${told(each.column)} ${first}, ${counted(total, 'ward')}`
}

function ofAll(view: WardView, query: WardQuery, answer: QueryAnswer, told: Told): string {
  const { measures = [], where = [] } = query
  const [only] = measures
  const wards = found(view, query, answer, told)
  if (measures.length === 1 && only?.measure === 'count' && only.column === undefined)
    return where.length === 0 ? `There are ${counted(view.rows, 'ward')}.` : `${wards}.`
  return `Of ${wards}: ${figuresOf(measures, answer.rows[0] ?? [], told).join('; ')}.`
}

function ofGroups(view: WardView, query: WardQuery, answer: QueryAnswer, told: Told): string[] {
  const { groupBy = [], measures = [{ measure: 'count' }] } = query
  const { rows, total } = answer
  const by = groupBy.map((name) => told(name)).join(' and ')
  const shown = rows.slice(0, MOST_TOLD).map((row) => {
    const group = row.slice(0, groupBy.length).map((cell, at) => groupSaid(cell, told(groupBy[at] ?? '')))
    return `${group.join(', ')}: ${figuresOf(measures, row.slice(groupBy.length), told).join(', ')}`
  })
  const wards = `${capital(found(view, query, answer, told))}, by ${by} (${figure(total)} in all${keptSaid(query, told)})${partSaid(query, answer)}.`
  if (rows.length === 0) return [wards]
  const given = rows.length < total ? ` These are ${figure(rows.length)} of ${counted(total, 'group')}.` : ''
  const more = rows.length > shown.length ? ` The table has all ${figure(rows.length)}.` : ''
  return [wards, `${capital(shown.join('; '))}.${given}${more}`]
}

/** By which figures groups were kept. */
function keptSaid({ having = [], measures }: WardQuery, told: Told): string {
  return having
    .map(({ by, op, value }) => `, whose ${keptBy(by, measures, told)} ${COMPARISON_WORDS[op]} ${figure(value)}`)
    .join('')
}

function groupSaid(cell: Cell, name: string): string {
  if (cell === null) return `${name} not known`
  return typeof cell === 'number' ? `${name} ${figure(cell)}` : named(cell)
}

/** Each figure with what it is. `cells` are those of the measures alone. */
function figuresOf(measures: readonly Measure[], cells: readonly Cell[], told: Told): string[] {
  let place = 0
  return measures.map((measure) => {
    const value = cells[place] ?? null
    const pairs = measure.measure === 'correlation' ? (cells[place + 1] ?? null) : null
    place += measure.measure === 'correlation' ? 2 : 1
    if (measure.measure === 'count' && measure.column === undefined) return counted(Number(value), 'ward')
    const name = measureWords(measure, told)
    if (value === null || typeof value === 'string') return `${name} cannot be worked out`
    if (measure.measure === 'share') return `${name} is ${figure(value * 100)} percent`
    if (measure.measure === 'correlation')
      return `${name} (Pearson's r) is ${figure(value)} over ${counted(Number(pairs), 'ward')}`
    return `${name} is ${figure(value)}`
  })
}

function said(cell: Cell): string {
  if (cell === null) return 'missing'
  return typeof cell === 'number' ? figure(cell) : named(cell)
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
