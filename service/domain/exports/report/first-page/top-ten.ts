import { sureByWard } from '../../../certainty/stated-certainty.ts'
import { table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'
import { shortened, shownCount } from '../shown.ts'
import { VERDICT_WORDS } from './verdicts.ts'

/** So many wards stand on the first page, and have their rank on its map. */
export const TOP = 10

/** The wards most at risk, with their nets if there is a plan, and whether that is a matter of choice. */
export function* topTen({ result, plan, certainty }: ReportInput): Generator<string> {
  const nets = new Map(plan?.wards.map(({ wardName, allocated }) => [wardName, allocated]))
  const verdicts = sureByWard(certainty)
  yield '<h2>Most at risk</h2>'
  yield* table(
    ['rank', 'ward', 'LGA', ...(plan === null ? ['tier'] : ['nets']), 'rank lies in', 'verdict'],
    result.wards.slice(0, TOP),
    ({ rank, wardName, lga, tier }) => {
      const sure = verdicts.get(wardName)
      const given = nets.get(wardName)
      return [
        rank,
        shortened(wardName, 26),
        shortened(lga ?? '', 18),
        plan === null ? tier : given === undefined ? 'left out' : shownCount(given),
        sure === undefined ? '–' : `${String(sure.rankLow)}–${String(sure.rankHigh)}`,
        sure === undefined ? '–' : VERDICT_WORDS[sure.verdict],
      ]
    },
  )
}
