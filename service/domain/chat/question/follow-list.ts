import type { Outline } from '../outline.ts'
import type { Remembered } from '../remembered.ts'
import { Account } from './account/account.ts'
import { comparedAnew, conditioned, leftOut, LEAVES_OUT, narrowedTo } from './follow-narrowed.ts'
import { firstOf, OF_THEM, paged, sortedBy, withColumn } from './follow-shown.ts'
import { listedAfterFigure, oneAfter, withoutCount } from './follow-rows.ts'
import { askedOfThem } from './follow-them.ts'
import { askAnew, namesLost, plainFields, query, setOf } from './list-query.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern, wordSet } from './words.ts'

const MOST_WORDS = 14
const NEXT = pattern(
  String.raw`^ (?:(?:and|now|then|ok|okay|please|show|give|list|me|us|what|about|of|how|the|see|are) `,
  String.raw`)*(next|following|more|rest|remaining|others|previous)(?: (?:\d[\d,]*|·|[a-z]+teen|one|two|`,
  String.raw`three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty))?(?: (?:of them|wards|ward|`,
  String.raw`ones|rows|please|places|areas|page))* $`,
)
/** `The 10 that come after`, `ten after those`. */
const AFTER = pattern(
  String.raw`^ (?:(?:and|now|then|ok|okay|please|show|give|list|me|us|what|about|the|see) )*(?:\d[\d,]* |[a-z]+teen |one |two `,
  String.raw`|three |four |five |six |seven |eight |nine |ten |twenty )?(?:wards |ones )?(?:(?:that|which|wey) )?(?:(?:come|`,
  String.raw`comes|coming|follow|follows|dey|are|is) )?after(?: (?:that|those|them|these|this|dem|ones|wards|please))* $`,
)
const SORTS =
  /\b(?:sort|sorted|order|ordered|arrange|arranged|rank|ranked)\b.*\b(?:by|on|from|alphabetically)\b|\balphabetically\b/
const COUNTS_THEM = pattern(
  String.raw`^ (?:and |so |ok )*how many (?:are they|are there|is that|are those|of them|are these|wards `,
  String.raw`are they)(?: in all| in total| altogether)? $`,
)
/** `How many are rural?`, of the list. */
const HOW_MANY = /^ (?:(?:and|so|ok) )*how many (?:are|have|get|got|lie) (?!(?:there|wards)\b)/
const SHOWS_WARDS =
  /\b(?:show|list|see|which) (?:me |us )?(?:the |all |all the )?(?:· |high |medium |low |risk )*wards\b/
const ADDS =
  /^ (?:(?:and|now|please|also|then|ok) )*(?:add|with|show|include|give|list|what (?:is|are|about)|how about)\b/

const ORDERING = wordSet(
  'sort sorted order ordered arrange arranged rank ranked alphabetically alphabetical name names ascending ' +
    'descending increasing decreasing lowest highest smallest largest least most greatest first low high list them',
)
const LEAVING = wordSet(
  'remove exclude excluding without drop except not minus skip leave leaving take out ignore but same only no ' +
    'tier risk high medium low',
)
const ADDING = wordSet('add include column columns value values same only alongside')

function isOfOrder(word: string): boolean {
  return ORDERING.has(word)
}

function isOfLeaving(word: string): boolean {
  return LEAVING.has(word)
}

function isOfAdding(word: string): boolean {
  return ADDING.has(word)
}

/**
 * A message that goes on with the list shown last: its next rows, another LGA or tier, without a place, in another
 * order, with another column, or anything asked of "them". All conditions of the list are kept and said.
 * @param understand what a message means by itself
 */
export function followedList(
  reading: Reading,
  remembered: Remembered,
  outline: Outline,
  understand: (message: string) => Meaning,
): Meaning | null {
  const meaning = goneOn(reading, remembered, outline, understand, new Account(reading, understand))
  if (meaning?.kind !== 'call' || meaning.call.tool !== 'query_wards') return meaning
  return call({ tool: 'query_wards', input: plainFields(meaning.call.input, outline) })
}

function goneOn(
  reading: Reading,
  remembered: Remembered,
  outline: Outline,
  understand: (message: string) => Meaning,
  account: Account,
): Meaning | null {
  const { dataset } = outline
  const { figure } = remembered
  const list = remembered.list ?? figure
  const { plain, words } = reading
  if (list === null || dataset === null || words.length > MOST_WORDS || words.length === 0) return null
  if (speaksOf(reading, 'export', 'analyse') || namesLost(list, dataset)) return null
  if (NEXT.test(plain) || AFTER.test(plain)) return paged(reading, list)
  const isOfThem = OF_THEM.test(plain) || HOW_MANY.test(plain)
  if (COUNTS_THEM.test(plain)) {
    const where = setOf(list, remembered)
    return where === null ? askAnew() : query({ where, measures: [{ measure: 'count' }] })
  }
  const rows = listedAfterFigure(reading, list, outline) ?? oneAfter(reading, list)
  if (rows !== null) return rows
  const first = firstOf(reading, list)
  if (first !== null) return first
  const recompared = comparedAnew(reading, list)
  if (recompared !== null) return recompared
  if (SORTS.test(plain) && (isOfThem || words.length <= 8)) {
    const sorted = sortedBy(reading, remembered, list)
    if (sorted !== null) return account.whole(sorted, isOfOrder) ?? account.question()
  }
  if (LEAVES_OUT.test(plain) && !speaksOf(reading, 'nets', 'plan')) {
    const left = leftOut(reading, figure ?? list)
    if (left !== null) return account.whole(left, isOfLeaving) ?? account.question()
  }
  // After a figure, wards that are to be shown are another question.
  if (figure !== null && SHOWS_WARDS.test(plain)) return null
  const narrowed = narrowedTo(reading, figure ?? list) ?? conditioned(reading, figure ?? list, remembered, understand)
  if (narrowed !== null) return narrowed
  if (isOfThem) return askedOfThem(withoutCount(reading, remembered), remembered, list, understand)
  const added = ADDS.test(plain) ? withColumn(reading, remembered, list) : null
  const whole = account.whole(added, isOfAdding)
  if (whole !== null) return whole
  // "Show a map of elevation" is a question of its own: what it leaves out here is not asked about.
  const isOwn = added !== null && ['call', 'calls'].includes(understand(reading.message).kind)
  return isOwn ? null : account.question()
}
