import type { Condition, WardQuery } from '../../../query/ward-query.ts'
import type { Outline } from '../../outline.ts'
import type { CallOf, ToolCall } from '../../tools.ts'
import { readQuestion } from '../reading.ts'
import type { Reading } from '../reading.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import { bind } from './bind.ts'
import type { Asking } from './draft.ts'
import { conditionsOf } from './common.ts'
import { completeCalls } from './complete-calls.ts'
import type { Context } from './complete-calls.ts'
import { readDraft } from './read-draft.ts'

/** How many calls one message may lead to. */
export const MOST_CALLS = 4

const JOINTS: ReadonlySet<string> = new Set(['and', 'then', 'also', 'plus'])
const STARTS: ReadonlySet<string> = new Set([
  'what',
  'which',
  'how',
  'who',
  'where',
  'list',
  'show',
  'give',
  'tell',
  'count',
  'find',
  'is',
  'wetin',
])

/**
 * Several questions in one message, each answered by itself. Null if it is one question, or if one part is not clear.
 */
export function answerParts(reading: Reading, outline: Outline): Meaning | null {
  const parts = partsOf(reading)
  if (parts.length < 2) return null
  let context: Context | null = null
  const calls: ToolCall[] = []
  for (const part of parts) {
    const read = readDraft(readQuestion(part, reading.names), outline)
    if (read === null) return null
    const { draft } = read.asking
    if (context !== null && isOfConditions(part, read.asking)) {
      draft.refersBack = true
      draft.subjects.add('wards')
    }
    if (!hasSubject(read.asking)) return null
    if (context !== null) {
      const isOfSame = isWithoutPlace(part, read.asking) && !isOfGroups(context)
      if (isOfBefore(part, read.asking) || isOfSame) draft.refersBack = true
      const extended = extendedList(read.asking, context)
      if (extended !== null && read.unused.length === 0) {
        calls.splice(-1, 1, extended)
        continue
      }
      const isOpen = draft.wanted.some((each) => each.kind === 'order' && each.by === null)
      // "Mean TPR by LGA, and show only the five lowest": of these groups, so it is one question.
      const hasOrder = draft.wanted.some(({ kind }) => kind === 'order')
      if (hasOrder && isOfGroups(context) && draft.subjects.size + draft.where.length + draft.groups.length === 0)
        return null
      const [column, another] = context.columns
      const hasColumn = draft.wanted.some(({ kind }) => kind === 'column')
      if (isOpen && !hasColumn && column !== undefined && another === undefined && !draft.speaksOfRisk)
        draft.wanted.push({ kind: 'column', column, isPeople: false })
    }
    if (context !== null && draft.refersBack && isOfGroups(context) && draft.where.length === 0)
      return ask('Please ask that in two messages: the second about a place that you name.', parts.slice(0, 1))
    const found = completeCalls(read, context)
    if (found === null || !Array.isArray(found)) return null
    const own = found as readonly ToolCall[]
    calls.push(...own)
    context = { where: conditionsOf(read.asking), columns: columnsIn(read.asking), calls: own }
  }
  const [call, another] = calls
  if (call === undefined || calls.length > MOST_CALLS) return null
  if (calls.filter(({ tool }) => tool === 'draw_chart').length > 1)
    return ask('I can draw one chart at a time. Which one first?', parts)
  return another === undefined ? { kind: 'call', call } : { kind: 'calls', calls }
}

/** The parts of a message: it is split after a question mark, and before "and what", "and which" and the like. */
export function partsOf({ message, words }: Reading): readonly string[] {
  const parts: string[] = []
  let start = 0
  words.forEach(({ text, start: at, gap }, place) => {
    if (place === 0) return
    const isSentence = /[?;\n]|[.!](?=\s)/.test(gap)
    const next = words[place + 1]?.text ?? ''
    const isJoint =
      JOINTS.has(text) && STARTS.has(next === 'in' || next === 'for' ? (words[place + 2]?.text ?? '') : next)
    const isComma = gap.includes(',') && STARTS.has(text) && STARTS.has(words[0]?.text ?? '')
    if (!isSentence && !isJoint && !isComma) return
    parts.push(message.slice(start, at).replace(/[\s,;]{1,9}$/, ''))
    start = isJoint ? (words[place + 1]?.start ?? at) : at
  })
  parts.push(message.slice(start).trim())
  return parts.filter((part) => part !== '')
}

/** Whether a part asks which of the wards before: `how many wards in Gabuko, and which is riskiest?` */
function isOfBefore(part: string, { draft }: Asking): boolean {
  return (
    /^(?:which|who)(?: ones?)? (?:is|are|has|have|get|gets) /i.test(part) &&
    draft.subjects.size + draft.where.length + draft.relative.length + draft.wards.length + draft.groups.length === 0
  )
}

/** Whether the part before gives figures of groups, so that "there" may be any of them. */
function isOfGroups({ calls }: Context): boolean {
  return calls.some(({ tool, input }) => tool === 'summarise_lgas' || (tool === 'query_wards' && 'groupBy' in input))
}

/** Whether a part names no wards of its own: `how many wards in Gabuko and how many people?` */
function isWithoutPlace(part: string, { draft }: Asking): boolean {
  return (
    !/\b(?:all|overall|whole|entire|state)\b/i.test(part) &&
    draft.subjects.size + draft.where.length + draft.relative.length + draft.wards.length + draft.groups.length === 0
  )
}

/** Whether a part keeps some of the wards before: `how many wards in Gabuko, and which are High?` */
function isOfConditions(part: string, { draft }: Asking): boolean {
  return (
    /^(?:which|who)(?: ones?)?(?: of them)? (?:are|is|have|has|get) /i.test(part) &&
    draft.subjects.size + draft.wanted.length + draft.groups.length + draft.wards.length === 0 &&
    draft.where.length + draft.relative.length > 0
  )
}

function hasSubject({ draft }: Asking): boolean {
  return draft.subjects.size > 0 || draft.wanted.length > 0 || draft.isCount || draft.charts.length > 0
}

function columnsIn(asking: Asking): readonly string[] {
  const { columns, measures, orders } = bind(asking)
  const named = [
    ...columns.map(({ column }) => column),
    ...measures.flatMap(({ column = [] }) => column),
    ...orders.flatMap(({ by }) => (by === null || by === 'risk' ? [] : [by])),
  ]
  return [...new Set(named)]
}

/** The list of the part before, with the columns that are asked of its wards: `... and what is their population?` */
function extendedList({ draft, dataset }: Asking, { calls }: Context): CallOf<'query_wards'> | null {
  const [last] = calls
  const isOther = draft.where.length + draft.relative.length + draft.charts.length > 0 || draft.limit !== null
  if (isOther || !draft.refersBack || last === undefined || draft.isCount || draft.groups.length > 0) return null
  const added = draft.wanted.flatMap((each) => (each.kind === 'column' ? [each.column] : []))
  if (added.length === 0 || draft.wanted.some(({ kind }) => kind !== 'column')) return null
  const own = (name: string): string => (dataset.columns.some((column) => column.name === name) ? `@${name}` : name)
  if (last.tool === 'query_wards' && last.input.measures === undefined) {
    const select = [...new Set([...(last.input.select ?? []), ...added])]
    return { tool: 'query_wards', input: { ...last.input, select } }
  }
  if (last.tool !== 'rank_wards') return null
  const { order, count, lga, tier } = last.input
  const where: Condition[] = [
    ...(lga === undefined ? [] : [{ column: own('lga'), op: '=' as const, value: lga }]),
    ...(tier === undefined ? [] : [{ column: own('tier'), op: '=' as const, value: tier }]),
  ]
  const input: WardQuery = {
    ...(where.length > 0 && { where }),
    select: [own('ward'), ...(dataset.lgas.length > 0 ? [own('lga')] : []), own('rank'), own('tier'), ...added],
    orderBy: [{ by: own('rank'), direction: order === 'highest' ? 'ascending' : 'descending' }],
    ...(count === undefined && tier !== undefined ? {} : { limit: count ?? 10 }),
  }
  return { tool: 'query_wards', input }
}
