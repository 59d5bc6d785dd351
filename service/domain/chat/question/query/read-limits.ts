import { ORDINALS } from '../words.ts'
import { ask } from '../replies.ts'
import { isClaim, nounAfter } from './claims.ts'
import type { Asking } from './draft.ts'
import { field, isTag, skip, textAt } from './draft.ts'
import type { Tag } from './lexicon.ts'

const MOST_ROWS = 500
/** The phrases that ask for an end of an order. */
export const ORDERED: readonly Tag[] = [
  'high',
  'low',
  'worst',
  'best',
  'riskiest',
  'safest',
  'populous',
  'unpopulous',
  'wettest',
  'driest',
  'hottest',
  'coldest',
  'greenest',
  'farthest',
  'nearest',
  'far',
  'land',
  'landSmall',
]

/** `the second highest`: the row at one place of the order. `Which ward is second`: its rank. */
export function ordinals(asking: Asking, at: number): number {
  const token = asking.tokens[at]
  const place =
    token?.kind === 'number' && token.isOrdinal ? (token.value ?? 0) : ORDINALS.indexOf(textAt(asking, at)) + 1
  const isRank = isTag(asking, at - 1, 'is') && at === asking.tokens.length - 1 && asking.draft.subjects.has('wards')
  if (place > 0 && isRank) {
    asking.draft.where.push({ column: field(asking, 'rank'), op: '=', value: place })
    return 1
  }
  if (place < 2 || !isTag(asking, skip(asking, at + 1, 'filler'), ...ORDERED)) return 0
  asking.draft.offset = place - 1
  asking.draft.limit = 1
  return 1
}

/** `Which wards of Gwale are in the top 20`: a bound of the rank, and not a number of rows. */
export function topCondition(asking: Asking, at: number): number {
  const number = asking.tokens[at + 1]
  if (textAt(asking, at) !== 'top' || number?.kind !== 'number' || number.isPercent || number.value === null) return 0
  let before = at - 1
  while (isTag(asking, before, 'filler')) before -= 1
  const isWithin = isTag(asking, before, 'in', '<', 'across') && isTag(asking, before - 1, 'is', 'wards')
  const next = skip(asking, at + 2, 'filler', 'wards')
  if (!isWithin || isTag(asking, next, 'by', 'of', 'sorted') || asking.outline.analysis === null) return 0
  asking.draft.where.push({ column: field(asking, 'rank'), op: '<=', value: number.value })
  if (isTag(asking, before, '<')) asking.used.add(before)
  return 2
}

/** How many rows are wanted: `top 10`, `five wards`, `the 3 wettest`. */
export function limits(asking: Asking, at: number): number {
  const { draft } = asking
  const number = asking.tokens[at]
  if (number?.kind !== 'number' || number.isOrdinal || number.isPercent) return 0
  if (draft.limit !== null && isTag(asking, at - 1, 'high', 'low')) {
    draft.question ??= ask('That asks for two lists of wards at once. I can give one at a time: which one?')
    return 1
  }
  if (draft.limit === null && isClaim(asking, at, nounAfter(asking, at), number.value)) {
    draft.claimed = number.value
    return 1
  }
  const next = skip(asking, at + 1, 'filler', 'tiers', 'rural', 'urban')
  const isBefore =
    isTag(asking, next, ...ORDERED, 'wards', 'lgas') ||
    asking.tokens[next]?.kind === 'tier' ||
    asking.tokens[next]?.kind === 'value'
  const isAsked =
    draft.wanted.some(({ kind }) => kind === 'order') && /(?:^| )(?:me|give|only|just)$/.test(textAt(asking, at - 1))
  const isAfter =
    isAsked ||
    (textAt(asking, at - 1) !== 'pass' && isTag(asking, at - 1, 'high', 'low', 'worst', 'best', 'riskiest', 'safest'))
  if (textAt(asking, at) === 'one' && !isBefore && !isAfter) return 1
  if (!isBefore && !isAfter) return 0
  const count = number.value
  if (count === null || !Number.isInteger(count) || count < 1 || count > MOST_ROWS || draft.limit !== null) {
    draft.question ??= ask(`How many rows shall I show? Say one whole number from 1 to ${String(MOST_ROWS)}.`)
    return 1
  }
  draft.limit = count
  return 1
}
