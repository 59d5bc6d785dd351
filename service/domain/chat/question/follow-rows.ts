import { QUERY_LIMITS } from '../../query/query-limits.ts'
import type { Outline } from '../outline.ts'
import type { ListCall, Remembered } from '../remembered.ts'
import { conditionsOf, query, queryOf, USUAL_COUNT } from './list-query.ts'
import { readQuestion } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const AND = '(?:(?:and|so|now|ok|okay|please|pls|abeg|then|but) )*'
const LISTS = pattern(
  String.raw`^ ${AND}(?:(?:which|what)(?: (?:are|were|be))? (?:ones?|wards?|they|those|these|places?|their names|the `,
  String.raw`names)(?: (?:are|be|were) `,
  String.raw`(?:they|those|these|that))?|which|who are they|which ones (?:are|be) (?:they|those|these)|(?:name|list|`,
  String.raw`show|tell|give|see)(?: me| us)? `,
  String.raw`(?:them|these|those|their names|the names|the wards|these wards|those wards|which ones?)(?: all)?|their `,
  String.raw`names|names|`,
  String.raw`what are (?:they|their names|the names|they called))(?: (?:please|pls|exactly|then|abeg|by name|all))* $`,
)
const ONE_AFTER = pattern(
  String.raw`^ ${AND}(?:(?:what|how) about |which is |who is |give me |show |show me )?(?:the |di )?(?:one|ward|next `,
  String.raw`one) `,
  String.raw`(?:(?:that |which |wey )?(?:comes|come|follows|dey|is) )?(?:right |just |directly |immediately `,
  String.raw`)?(?:after|below|behind|following|next to) `,
  String.raw`(?:it|that|that one|this one|am|him|this)(?: (?:please|then))* $`,
)
const ALL_THOSE = /\ball those (?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)\b/i

/** `Which ones?` after a count of wards: these wards, by rank. */
export function listedAfterFigure({ plain }: Reading, list: ListCall, { analysis }: Outline): Meaning | null {
  if (!LISTS.test(plain) || list.tool !== 'query_wards') return null
  const { measures, groupBy } = list.input
  if (measures === undefined || groupBy !== undefined || measures.some(({ measure }) => measure !== 'count'))
    return null
  const ranked = analysis === null ? [] : ['@rank', '@tier']
  return query({
    where: conditionsOf(list),
    select: ['@ward', '@lga', ...ranked],
    ...(analysis !== null && { orderBy: [{ by: '@rank', direction: 'ascending' as const }] }),
    limit: QUERY_LIMITS.rows,
  })
}

/**
 * `And the one after it?`: the second row of a list that answered which ward comes first, and the row after a list that
 * was asked for by its length.
 */
export function oneAfter({ plain }: Reading, list: ListCall): Meaning | null {
  if (!ONE_AFTER.test(plain)) return null
  const own = queryOf(list)
  if (own.measures !== undefined || own.orderBy === undefined) return null
  const isOfFirst = list.tool === 'rank_wards' ? list.input.count === undefined : (own.limit ?? 0) === USUAL_COUNT
  const step = isOfFirst ? 1 : (own.limit ?? 1)
  return query({ ...own, offset: (own.offset ?? 0) + step, limit: 1 })
}

/** A message that speaks of all rows by their number, as one that speaks of them. */
export function withoutCount(reading: Reading, { shown }: Remembered): Reading {
  const [figure, another] = reading.figures
  const isOfAll = figure?.value === shown.length && another === undefined && ALL_THOSE.test(reading.message)
  return isOfAll ? readQuestion(reading.message.replace(ALL_THOSE, 'those'), reading.names) : reading
}
