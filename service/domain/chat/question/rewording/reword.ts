import { withoutFrame } from './frames.ts'
import { OF_FIGURES, OF_KNOWLEDGE, OF_LISTS, OF_PLANS } from './ways-of-speaking.ts'

const WAYS = [...OF_FIGURES, ...OF_LISTS, ...OF_PLANS, ...OF_KNOWLEDGE].map(
  ([way, usual]) => [new RegExp(way.source, 'giu'), usual] as const,
)

/**
 * A message in the words that the rules know best: without what only stands around it, and with usual words for ways of
 * speaking that say one thing as a whole. Nothing that can be a condition is taken out.
 */
export function reworded(message: string): string {
  return WAYS.reduce((text, [way, usual]) => text.replace(way, usual), withoutFrame(message)).trim()
}
