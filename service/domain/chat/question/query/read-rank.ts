import { quoted } from '../../../quoted.ts'
import { ask, replaced } from '../replies.ts'
import { comparedAt } from './compared-numbers.ts'
import type { Compared } from './compared-numbers.ts'
import { nounAfter } from './claims.ts'
import type { Asking } from './draft.ts'
import { field, isTag, skip, textAt } from './draft.ts'
import { testOf } from './tests-of-column.ts'

/**
 * `ranked between 20 and 30`, `rank 5`, `which ward is number 5`. "Above" and "below" may mean either end of a ranking.
 */
export function rankCondition(asking: Asking, at: number): number {
  const isNumbered =
    textAt(asking, at) === 'number' &&
    isTag(asking, at - 1, 'is') &&
    (asking.draft.subjects.has('wards') || asking.reading.words[0]?.text === 'who')
  if (!isTag(asking, at, 'rank') && !isNumbered) return 0
  const place = skip(asking, at + 1, 'is', 'of', 'filler', 'in')
  const ordinal = asking.tokens[place]
  if (ordinal?.kind === 'number' && ordinal.isOrdinal && ordinal.value !== null) {
    asking.draft.where.push({ column: field(asking, 'rank'), op: '=', value: ordinal.value })
    return place + 1 - at
  }
  const compared = comparedAt(asking, place, true)
  // "Rank all the 20 LGAs" says how many there are.
  if (compared === null || isBeyond(asking, compared) || isTag(asking, nounAfter(asking, place), 'lgas', 'wards'))
    return 0
  const [from, to] = [asking.tokens[at]?.from ?? 0, asking.tokens[compared.to - 1]?.to ?? 0]
  if (/\b(?:above|below|over|under|higher|lower|beyond)\b/.test(textAt(asking, place)))
    asking.draft.question ??= ask(
      `Rank 1 is the highest risk, so ${quoted(textAt(asking, place))} may mean either side. Which do you mean?`,
      compared.test.numbers.flatMap(({ value }) =>
        value === null
          ? []
          : ['most', 'least'].map((side) =>
              replaced(asking.reading, from, to, `with rank at ${side} ${String(value)}`),
            ),
      ),
    )
  const both = secondRank(asking, compared)
  if (both !== null) {
    const isRange = isTag(asking, both.joint, 'to') || isTag(asking, at - 1, 'between')
    asking.draft.where.push({ column: field(asking, 'rank'), op: isRange ? 'between' : 'in', value: both.ranks })
    return both.to - at
  }
  asking.draft.where.push({ column: field(asking, 'rank'), ...testOf(asking, null, compared.test, false) })
  return compared.to - at
}

/** Whether a number is no rank, since there are not so many wards: `where does Kura stand in 2019`. */
function isBeyond({ dataset }: Asking, { test }: Compared): boolean {
  return test.op === '=' && test.numbers.every(({ value }) => value !== null && value > dataset.wards.length)
}

/** `rank 20 to rank 30`, `rank 3 and rank 7`: the second of two ranks that are each said with the word. */
function secondRank(
  asking: Asking,
  { test, to }: Compared,
): { readonly ranks: [number, number]; readonly joint: number; readonly to: number } | null {
  const [first, another] = test.numbers
  if (test.op !== '=' || another !== undefined || !isTag(asking, to, 'to', 'and')) return null
  const word = skip(asking, to + 1, 'filler')
  if (!isTag(asking, word, 'rank')) return null
  const second = asking.tokens[word + 1]
  if (second?.kind !== 'number' || second.value === null || typeof first?.value !== 'number') return null
  return { ranks: [first.value, second.value], joint: to, to: word + 2 }
}
