import type { Comparison } from '../../../query/ward-query.ts'
import type { Asking } from './draft.ts'
import { isTag, skip, tagAt, textAt } from './draft.ts'
import type { TokenOf } from './tokens.ts'

const OPS = ['>', '<', '>=', '<=', '=', '!='] as const
export type Op = (typeof OPS)[number]

/** A comparison with numbers at a place, such as `over 30`, `20 to 30` or `30 or more`; `to` is the place after it. */
export interface Compared {
  readonly test: { readonly op: Comparison; readonly numbers: readonly TokenOf<'number'>[] }
  readonly to: number
}

/** The comparison that begins at a place; null if none does. `mayBePlain`: a number alone stands for equality. */
export function comparedAt(asking: Asking, at: number, mayBePlain: boolean): Compared | null {
  const numberAt = (place: number): TokenOf<'number'> | null => {
    const token = asking.tokens[place]
    return token?.kind === 'number' && !token.isOrdinal ? token : null
  }
  let place = at
  const isBetween = isTag(asking, place, 'between')
  if (isBetween) {
    const low = numberAt(place + 1)
    const high = isTag(asking, place + 2, 'and', 'to') ? numberAt(place + 3) : numberAt(place + 2)
    if (low === null || high === null) return null
    return {
      test: { op: 'between', numbers: [sameScale(low, high), high] },
      to: afterInclusive(asking, isTag(asking, place + 2, 'and', 'to') ? place + 4 : place + 3),
    }
  }
  // Pidgin: "population pass 40".
  const op = isTag(asking, place, 'high') && textAt(asking, place) === 'pass' ? '>' : tagAt(asking, place)
  if (op !== null && (OPS as readonly string[]).includes(op)) {
    place = skip(asking, place + 1, 'filler')
    const number = numberAt(place)
    if (number === null) return null
    // "Reaches 35 and above" says the same twice.
    const isTwice = isTag(asking, place + 1, op) && /^(?:or|and) /.test(textAt(asking, place + 1))
    const isLast = asking.tokens[place + 2]?.kind !== 'number'
    return { test: { op: op as Op, numbers: [number] }, to: isTwice && isLast ? place + 2 : place + 1 }
  }
  const number = numberAt(place)
  if (number === null) return null
  const [second, further] = [numberAt(place + 1), numberAt(place + 2)]
  if (isTag(asking, place + 1, 'to') && further !== null)
    return { test: { op: 'between', numbers: [sameScale(number, further), further] }, to: place + 3 }
  if (second !== null && /^\s*[-–—]\s*$/.test(asking.reading.words[second.from]?.gap ?? ''))
    return { test: { op: 'between', numbers: [number, { ...second, value: unsigned(second.value) }] }, to: place + 2 }
  const postfix = tagAt(asking, place + 1)
  const isLast = asking.tokens[place + 2]?.kind !== 'number'
  if (isLast && (postfix === '>=' || postfix === '<=') && /^(?:or|and) /.test(textAt(asking, place + 1)))
    return { test: { op: postfix, numbers: [number] }, to: place + 2 }
  return mayBePlain ? { test: { op: '=', numbers: [number] }, to: place + 1 } : null
}

/** The place after "inclusive": both ends of a range belong to it anyway. */
function afterInclusive(asking: Asking, at: number): number {
  return textAt(asking, at) === 'inclusive' ? at + 1 : at
}

/** The first number of `20 to 30 percent` is a percentage too. */
function sameScale(low: TokenOf<'number'>, { isPercent }: TokenOf<'number'>): TokenOf<'number'> {
  return isPercent ? { ...low, isPercent } : low
}

/** The second number of `20 - 30` is not negative. */
function unsigned(value: number | null): number | null {
  return value === null ? null : Math.abs(value)
}

/** `or below 10` after another comparison: the word that joins and the comparison are one phrase. */
export function gluedAt(asking: Asking, at: number): (Compared & { readonly isOr: boolean }) | null {
  const number = asking.tokens[at + 1]
  const said = /^(or|and) (.*)$/.exec(textAt(asking, at))
  if (said === null || !isTag(asking, at, '>=', '<=') || number?.kind !== 'number') return null
  return {
    test: { op: isTag(asking, at, '>=') ? '>' : '<', numbers: [number] },
    to: at + 2,
    isOr: said[1] === 'or',
  }
}
