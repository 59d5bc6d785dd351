import { withComparedPair } from './compared-pair.ts'
import { withoutFrame } from './frames.ts'
import { withSharedPlace } from './shared-place.ts'
import { OF_KNOWLEDGE } from './ways-of-knowledge.ts'
import { OF_FIGURES, OF_LISTS } from './ways-of-lists.ts'
import { OF_PLACES } from './ways-of-places.ts'
import { OF_STATISTICS } from './ways-of-statistics.ts'
import { AFTER_A_PLAN, OF_PLANS } from './ways-of-plans.ts'
import { OF_TALKS } from './ways-of-talks.ts'
import { WITH_A_PLAN } from './ways-with-a-plan.ts'

/**
 * A message in the words that the rules know best: without what only stands around it, and with usual words for ways of
 * speaking that say one thing as a whole. Nothing that can be a condition is taken out.
 */
export function reworded(message: string): string {
  return inUsualWords(withComparedPair(withSharedPlace(withoutFrame(message))), [
    ...OF_TALKS,
    ...OF_STATISTICS,
    ...OF_PLACES,
    ...OF_FIGURES,
    ...OF_LISTS,
    ...OF_PLANS,
    ...OF_KNOWLEDGE,
  ])
}

/** The same, once there is a plan of nets. */
export function rewordedAfterPlan(message: string): string {
  return inUsualWords(message, [...WITH_A_PLAN, ...AFTER_A_PLAN])
}

function inUsualWords(message: string, ways: readonly (readonly [RegExp, string])[]): string {
  return ways.reduce((text, [way, usual]) => text.replace(new RegExp(way.source, 'giu'), usual), message).trim()
}
