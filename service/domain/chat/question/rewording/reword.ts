import { withoutFrame } from './frames.ts'
import { OF_FIGURES, OF_KNOWLEDGE, OF_LISTS, OF_PLANS } from './ways-of-speaking.ts'

/**
 * A message in the words that the rules know best: without what only stands around it, and with usual words for ways of
 * speaking that say one thing as a whole. Nothing that can be a condition is taken out.
 */
export function reworded(message: string): string {
  return [...OF_FIGURES, ...OF_LISTS, ...OF_PLANS, ...OF_KNOWLEDGE]
    .reduce((text, [way, usual]) => text.replace(new RegExp(way.source, 'giu'), usual), withoutFrame(message))
    .trim()
}
