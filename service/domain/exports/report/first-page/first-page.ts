import { escaped } from '../../../map/svg-map.ts'
import { list, paragraph } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'
import { shownNames, shownSentences } from '../shown.ts'
import { decisionFacts } from './decision.ts'
import { lgaPlan } from './lga-plan.ts'
import { mapWithKey } from './map-with-key.ts'
import { topTen } from './top-ten.ts'
import { verdictLines } from './verdicts.ts'
import { weakestFirst } from './weak-data.ts'

/** What fits beside everything else on the sheet, in characters; the annex has all of it. */
const ROOM = {
  rules: { most: 780, each: 260, count: 7 },
  caveats: { most: 800, each: 260, count: 6 },
} as const

/**
 * The page for the one who decides: what was decided, by which rules, where it is a matter of choice, and what is weak
 * in the data. Long lists are cut so that it always fits on one sheet, and say how much more the annex has.
 */
export function* firstPage(input: ReportInput): Generator<string> {
  const { result, plan, area, map } = input
  const places = area.states.length > 0 ? area.states : area.lgas
  const where = places.length === 0 ? '' : `: ${shownNames(places, 60)}`
  yield '<section class="first">'
  yield `<h1>${plan === null ? 'Malaria risk ranking of wards' : 'Bed-net plan'}${escaped(where)}</h1>`
  yield* decisionFacts(input)
  yield '<div class="pair picture">'
  yield '<div>'
  if (map === null) yield paragraph('There are no boundaries, so there is no map.')
  else yield* mapWithKey(input, map)
  yield '</div><div>'
  yield* topTen(input)
  yield '</div></div>'
  yield `<h2>${plan === null ? 'How the wards were ranked' : 'Rules of the plan'}</h2>`
  yield* cutList(plan?.rules ?? rankingRules(result), ROOM.rules, 'rules')
  yield '<div class="pair"><div>'
  yield* lgaPlan(input)
  yield '</div><div>'
  yield '<h2>Where it is a matter of choice</h2>'
  yield* verdictLines(input)
  yield '</div></div>'
  yield '<h2>What is weak in the data</h2>'
  yield* cutList(weakestFirst(input), ROOM.caveats, 'caveats')
  yield '</section>'
}

function rankingRules({ indicators, models, mode }: ReportInput['result']): readonly string[] {
  const names = indicators.map(({ name, direction }) => `${name} (${direction})`)
  return [
    `Wards are ranked by ${String(indicators.length)} indicators: ${shownNames(names, 400, 60)}.`,
    mode === 'standard'
      ? `A ward's score is the median over ${String(models.length)} models, each the mean of some of the indicators. ` +
        'The first third of the ranking is High, the last third Low.'
      : 'Scores are those of the earlier system (legacy mode).',
  ]
}

function* cutList(
  sentences: readonly string[],
  room: (typeof ROOM)[keyof typeof ROOM],
  what: string,
): Generator<string> {
  const { shown, others } = shownSentences(sentences, room)
  yield list(others === 0 ? shown : [...shown, `The annex has ${String(others)} more ${what}.`])
}
