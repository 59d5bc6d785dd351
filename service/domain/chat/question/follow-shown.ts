import { QUERY_LIMITS } from '../../query/query-limits.ts'
import type { ListCall, Remembered } from '../remembered.ts'
import { unclearColumn } from './column-request.ts'
import { askAnew, query, queryOf, setOf, USUAL_COUNT } from './list-query.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const ASCENDING = pattern(
  String.raw`\b(?:ascending|increasing|lowest first|smallest first|least first|from low|from the lowest|`,
  String.raw`from lowest|from smallest|alphabetically)\b`,
)
const DESCENDING = pattern(
  String.raw`\b(?:descending|decreasing|highest first|largest first|most first|greatest first|from high|`,
  String.raw`from the highest|from highest|from largest)\b`,
)
export const OF_THEM = pattern(
  String.raw`\b(?:them|their|these|those|they|of which|which ones?|that list|this list|the list|of these|`,
  String.raw`(?:live|lives|living|dey) there)\b`,
)
/** Fields that a list can be sorted by, by their words. */
const FIELD_WORDS: readonly (readonly [string, RegExp])[] = [
  ['@rank', /\b(?:rank|ranking)\b(?! by)|\bby (?:the )?(?:risk|rank)\b/],
  ['@score', /\bscores?\b/],
  ['@ward', /\b(?:names?|alphabetically|alphabetical)\b/],
  ['@lga', /\bby (?:the )?lga\b/],
  ['@nets', /\bby (?:the )?nets\b/],
]

/** The rows after the shown ones, or before them. */
export function paged(reading: Reading, list: ListCall): Meaning | null {
  const own = queryOf(list)
  if (own.measures !== undefined && own.groupBy === undefined) return null
  const [figure, another] = reading.figures
  if (another !== undefined) return null
  const limit = own.limit ?? USUAL_COUNT
  const count = figure?.value ?? limit
  if (!Number.isInteger(count) || count < 1 || count > QUERY_LIMITS.rows) return null
  const isRest = /\b(?:rest|remaining|others)\b/.test(reading.plain)
  const from = own.offset ?? 0
  const offset = /\bprevious\b/.test(reading.plain) ? Math.max(0, from - count) : from + limit
  return query({ ...own, offset, limit: isRest ? QUERY_LIMITS.rows : count })
}

const FIRST = pattern(
  String.raw`^ (?:(?:and|now|ok|please|show|give|list|me|us) )*(?:only|just) (?:the )?(?:top |first )?`,
  String.raw`(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twenty)(?: (?:of them|wards|ones|rows`,
  String.raw`|please))* $`,
)

/** `Only the top 3`: the first wards of the list, with its conditions and in its order. */
export function firstOf(reading: Reading, list: ListCall): Meaning | null {
  const [figure, another] = reading.figures
  const count = figure?.value ?? null
  if (!FIRST.test(reading.plain) || count === null || another !== undefined) return null
  const own = queryOf(list)
  if (own.measures !== undefined || !Number.isInteger(count) || count < 1 || count > QUERY_LIMITS.rows) return null
  return list.tool === 'rank_wards'
    ? call({ tool: 'rank_wards', input: { ...list.input, count } })
    : query({ ...own, offset: 0, limit: count })
}

/** The same wards in another order. */
export function sortedBy(reading: Reading, remembered: Remembered, list: ListCall): Meaning | null {
  const own = queryOf(list)
  if (own.measures !== undefined) return null
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  const unclear = unclearColumn(reading, columns)
  if (unclear !== null) return unclear
  if (columns.length > 1) return ask('I can put a list in one order at a time. By which column first?')
  const field = FIELD_WORDS.find(([, words]) => words.test(reading.plain))?.[0]
  const by = columns[0]?.columns[0] ?? field
  if (by === undefined) return null
  const isUp =
    ASCENDING.test(reading.plain) || (['@rank', '@ward', '@lga'].includes(by) && !DESCENDING.test(reading.plain))
  const where = setOf(list, remembered)
  if (where === null) return askAnew()
  const { offset: _, each: _each, ...kept } = own
  return query({
    ...kept,
    where,
    select: [...new Set([...(own.select ?? ['@ward', '@lga']), by])],
    orderBy: [{ by, direction: isUp ? 'ascending' : 'descending' }],
  })
}

/** The same wards with a column more: `what is their population?`, `add the elevation`. */
export function withColumn(reading: Reading, remembered: Remembered, list: ListCall): Meaning | null {
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  if (columns.length === 0 || columns.length < reading.mentions.length || reading.figures.length > 0) return null
  // "Those without a clinic" keeps some of the wards, and shows no column more.
  if (/\b(?:without|no|not|never|lack|lacking|missing|except)\b/.test(reading.plain)) return null
  if (speaksOf(reading, 'highest', 'lowest', 'why', 'method') && !OF_THEM.test(reading.plain)) return null
  const unclear = unclearColumn(reading, columns)
  if (unclear !== null) return unclear
  const own = queryOf(list)
  if (own.measures !== undefined) return null
  const where = setOf(list, remembered)
  if (where === null) return askAnew()
  const { offset: _, ...kept } = own
  return query({
    ...kept,
    where,
    select: [...new Set([...(own.select ?? ['@ward', '@lga']), ...columns.flatMap((mention) => mention.columns)])],
  })
}
