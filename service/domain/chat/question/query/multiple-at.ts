import type { Asking, Relative } from './draft.ts'
import { columnAt, field, isTag, skip, tagAt, textAt } from './draft.ts'

/** A comparison with a mean or a median, without its column, and the place after it. */
export interface Found {
  readonly test: Omit<Relative, 'column'>
  readonly to: number
}

const MULTIPLES: ReadonlyMap<string, number> = new Map([
  ['twice', 2],
  ['double', 2],
  ['thrice', 3],
  ['triple', 3],
  ['half', 0.5],
])
/** The greatest multiple that a query takes. */
const MOST = 1_000

/**
 * `more than three times the average`, `less than half the median`, `at least twice the mean of its LGA`: a comparison
 * with a multiple of a mean or a median, without its column. Null if none begins here.
 */
export function multipleAt(asking: Asking, at: number): Found | null {
  const op = tagAt(asking, at)
  if (op !== '>' && op !== '<' && op !== '>=' && op !== '<=') return null
  const multiple = timesAt(asking, skip(asking, at + 1, 'filler'))
  if (multiple === null) return null
  const own = skip(asking, multiple.to, 'filler', 'of', 'states', 'their')
  const beforeFigure = skip(asking, own, 'lgas')
  if (!isTag(asking, beforeFigure, 'mean', 'median')) return null
  const after = skip(asking, beforeFigure + 1, 'of', 'in', 'their', 'filler')
  const isAfter = isTag(asking, after, 'lgas')
  // "The average ward population": the mean over the wards.
  const ward = isTag(asking, beforeFigure + 1, 'wards') && columnAt(asking, beforeFigure + 2) !== null
  return {
    test: {
      op,
      figure: isTag(asking, beforeFigure, 'mean') ? 'mean' : 'median',
      times: multiple.times,
      ...((isAfter || beforeFigure > own) && { by: field(asking, 'lga') }),
    },
    to: isAfter ? after + 1 : beforeFigure + (ward ? 2 : 1),
  }
}

/** `three times`, `1.5 times`, `twice`, `half`, and the place after it. */
export function timesAt(asking: Asking, at: number): { readonly times: number; readonly to: number } | null {
  const word = MULTIPLES.get(textAt(asking, at))
  if (word !== undefined) return { times: word, to: at + 1 }
  const number = asking.tokens[at]
  if (number?.kind !== 'number' || number.isOrdinal || textAt(asking, at + 1) !== 'times') return null
  if (number.isPercent || number.value === null || number.value <= 0 || number.value > MOST) return null
  return { times: number.value, to: at + 2 }
}
