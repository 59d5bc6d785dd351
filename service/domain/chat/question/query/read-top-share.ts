import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import { conditionsOf } from './common.ts'
import type { Asking } from './draft.ts'
import { isTag, skip, tagAt, textAt } from './draft.ts'
import { ORDERED } from './read-limits.ts'

/** Parts of all wards by their words, in percent. */
const PARTS: ReadonlyMap<string, number> = new Map([
  ['half', 50],
  ['third', 100 / 3],
  ['quarter', 25],
  ['quartile', 25],
  ['quintile', 20],
  ['fifth', 20],
  ['decile', 10],
  ['tenth', 10],
])
const QUARTILE = /^(?:top|bottom|upper|lower) quartile$/

/** `top 10 %`, `the riskiest 20 percent of wards`, `bottom quarter`: so many wards as this part of all, rounded up. */
export function topShare(asking: Asking, at: number): number {
  const { draft } = asking
  const quartile = quartileAt(asking, at)
  if (quartile > 0) return quartile
  const percent = percentAt(asking, at)
  if (percent === null || draft.limit !== null) return 0
  const next = skip(asking, at + 1, 'of', 'filler')
  // "The third most populous ward" is one place of the order, and no part.
  const isNumber = asking.tokens[at]?.kind === 'number' && !PARTS.has(textAt(asking, at))
  const isBefore = isNumber && (isTag(asking, next, ...ORDERED) || isOfWardsWith(asking, next))
  const isAfter = isTag(asking, skipBack(asking, at - 1), ...ORDERED)
  if (!isBefore && !isAfter) return 0
  return take(asking, at, percent, 1)
}

/**
 * A part of the wards that satisfy conditions is taken of those. Asks of which wards a part is meant, where groups or
 * the words before it leave it open.
 */
export function settleTopShare(asking: Asking): Meaning | null {
  const { draft, dataset } = asking
  const isOfSome = conditionsOf(asking).length > 0
  if (draft.topPercent === null || (!isOfSome && draft.groups.length + draft.wards.length === 0)) return null
  if (isOfSome && draft.groups.length + draft.wards.length === 0 && !draft.isWithinTop && !draft.areLgasFirst) {
    draft.percent = draft.topPercent
    draft.limit = null
    return null
  }
  return ask(
    `I take a part of all ${String(dataset.wards.length)} wards, or of those that satisfy conditions. How many wards do you mean? ` +
      'Say it as a number.',
    [`Show the top ${String(draft.limit ?? 1)} wards`],
  )
}

/** `The 5 % of wards with the highest TPR`: the order follows the wards. */
function isOfWardsWith(asking: Asking, at: number): boolean {
  return isTag(asking, at, 'wards') && isTag(asking, skip(asking, at + 1, 'with', 'filler', 'is'), ...ORDERED)
}

function take(asking: Asking, at: number, percent: number, tokens: number): number {
  const { draft, dataset } = asking
  const next = skip(asking, at + tokens, 'of', 'filler', 'in', ...ORDERED)
  const all = isTag(asking, next, 'lgas') ? dataset.lgas.length : dataset.wards.length
  draft.topPercent = percent
  const end = skipBack(asking, skipBack(asking, at - 1) - (isTag(asking, skipBack(asking, at - 1), ...ORDERED) ? 1 : 0))
  draft.isWithinTop = isTag(asking, end, 'in', 'is', 'across')
  // Rounding noise must not add a ward.
  draft.limit = Math.max(1, Math.ceil(Math.round(all * percent * 1e6) / 1e8))
  if (!isTag(asking, next, 'lgas')) draft.subjects.add('wards')
  return tokens
}

function percentAt(asking: Asking, at: number): number | null {
  const token = asking.tokens[at]
  if (token?.kind === 'number' && token.isPercent)
    return token.value !== null && token.value > 0 && token.value <= 100 ? token.value : null
  return PARTS.get(textAt(asking, at)) ?? null
}

/** `Top quartile of wards by rainfall` are wards; `the top quartile of rainfall` is a figure. */
function quartileAt(asking: Asking, at: number): number {
  const isQuartile = isTag(asking, at, 'upperQuartile', 'lowerQuartile') && QUARTILE.test(textAt(asking, at))
  const areWards =
    asking.draft.subjects.has('wards') || isTag(asking, skip(asking, at + 1, 'of', 'filler', 'in'), 'wards')
  if (!isQuartile || !areWards || asking.draft.limit !== null) return 0
  const direction = tagAt(asking, at) === 'upperQuartile' ? 'descending' : 'ascending'
  asking.draft.wanted.push({ kind: 'order', direction, by: null, isOf: false, isSort: false })
  return take(asking, at, PARTS.get('quartile') ?? NaN, 1)
}

function skipBack(asking: Asking, at: number): number {
  let place = at
  while (isTag(asking, place, 'filler')) place -= 1
  return place
}
