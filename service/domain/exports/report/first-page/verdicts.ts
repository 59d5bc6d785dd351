import { hasNets } from '../../../certainty/stated-certainty.ts'
import type { Verdict } from '../../../certainty/summarise-draws.ts'
import { escaped } from '../../../map/svg-map.ts'
import { paragraph } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'
import { shortened, shownCount, shownNames } from '../shown.ts'

/** A verdict in one word, for tables. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { in: 'in', out: 'out', choice: 'choice' } as const

/** What each verdict means, and how many characters of names it has on the page. */
const GROUPS = [
  ['choice', 'A matter of choice', 230],
  ['in', 'In whatever is chosen', 130],
  ['out', 'Out whatever is chosen', 130],
] as const satisfies readonly (readonly [Verdict, string, number])[]

/** What they are called where nothing of the plan's order is drawn: nobody looked at what else could be chosen. */
const OF_FIXED_ORDER: Readonly<Record<Verdict, string>> = {
  choice: 'A matter of choice',
  in: 'In by the order that was decided',
  out: 'Out by the order that was decided',
} as const

/** How many characters say what the chance of nets follows from; the annex has all of it. */
const MOST_CAVEATS = 330

/** The wards by verdict, with counts and names. */
export function* verdictLines({ certainty }: ReportInput): Generator<string> {
  if (certainty.draws === 0) {
    yield paragraph(certainty.caveats.join(' '))
    return
  }
  const { draws, seed, wards, netsCaveats, isFixedOrder } = certainty
  const what = hasNets(certainty) ? 'gets nets' : 'is in the tier High'
  yield paragraph(
    `Of ${shownCount(draws)} rankings with other weights and values (seed ${String(seed)}), a ward is “in” if it ` +
      `${what} in 95 of 100, “out” if it is not in 95 of 100.`,
  )
  if (netsCaveats.length > 0) yield paragraph(shortened(netsCaveats.join(' '), MOST_CAVEATS))
  for (const [verdict, words, room] of GROUPS) {
    const names = wards.filter((ward) => ward.verdict === verdict).map(({ wardName }) => wardName)
    const title = isFixedOrder ? OF_FIXED_ORDER[verdict] : words
    yield `<p><b>${title} (${shownCount(names.length)}):</b> ${escaped(names.length === 0 ? 'none' : shownNames(names, room))}</p>`
  }
}
