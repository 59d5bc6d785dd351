import type { Condition } from '../../../query/ward-query.ts'
import { conditionOf } from './common.ts'
import { isTag } from './draft.ts'
import type { Asking, Relative } from './draft.ts'
import type { Tag } from './lexicon.ts'

/** One condition of the draft, with the place of its first token and the place after its last one. */
export interface ReadCondition {
  readonly from: number
  readonly to: number
  readonly is: Condition | Relative
}

/** Words that may stand between "or" and a condition. */
const AROUND: readonly Tag[] = ['filler', 'with', 'is', 'wards', 'in', 'of', 'risk', 'tiers']

/**
 * Joins two conditions with "or" between them into one, of which one side is enough: `rainfall over 90 or TPR over 20`.
 * The word is left, to be asked about, where the question can be read in two ways: where "and" stands beside one of the
 * two, and where another condition is of the same column.
 * @param left the places that no reader took
 * @returns those of them that are still not understood
 */
export function joinAlternatives(
  asking: Asking,
  read: readonly ReadCondition[],
  left: readonly number[],
): readonly number[] {
  const { draft } = asking
  if (draft.isShare || draft.isVersus) return left
  let all = [...read]
  return left.filter((at) => {
    if (!isTag(asking, at, 'or')) return true
    const first = all.find(({ to }) => to === placeBefore(asking, at) + 1)
    const second = all.find(({ from }) => from === placeAfter(asking, at))
    if (first === undefined || second === undefined) return true
    const others = all.filter((each) => each !== first && each !== second)
    const columns = new Set([...columnsOf(first.is), ...columnsOf(second.is)])
    if (others.some(({ is }) => columnsOf(is).some((column) => columns.has(column)))) return true
    if (isTag(asking, placeBefore(asking, first.from), 'and')) return true
    if (isTag(asking, placeAfter(asking, second.to - 1), 'and')) return true
    const { or = [], ...one } = takenOut(asking, first.is)
    const { or: more = [], ...other } = takenOut(asking, second.is)
    const joined: Condition = {
      ...one,
      or: [...or, other, ...more.map((part) => ({ ...part, column: part.column ?? other.column }))],
    }
    draft.where.push(joined)
    all = [...others, { from: first.from, to: second.to, is: joined }]
    return false
  })
}

function placeBefore(asking: Asking, at: number): number {
  let place = at - 1
  while (isTag(asking, place, ...AROUND)) place -= 1
  return place
}

function placeAfter(asking: Asking, at: number): number {
  let place = at + 1
  while (isTag(asking, place, ...AROUND) || (isTag(asking, place, 'neg', 'except') && asking.used.has(place)))
    place += 1
  return place
}

function columnsOf(is: Condition | Relative): readonly string[] {
  return [is.column, ...('or' in is ? (is.or ?? []).flatMap(({ column = [] }) => column) : [])]
}

/** A condition of the draft, which no longer holds it. */
function takenOut({ draft }: Asking, is: Condition | Relative): Condition {
  const place = draft.where.indexOf(is)
  if (place >= 0) draft.where.splice(place, 1)
  else draft.relative.splice(draft.relative.indexOf(is as Relative), 1)
  return 'figure' in is ? conditionOf(is) : is
}
