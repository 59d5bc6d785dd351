import { SAFER_WORDS } from './column-kinds.ts'
import type { Direction } from './ward-table.ts'

/**
 * Guesses from its name which way an indicator points: `inverse`, more is safer, when the lower-case name contains one
 * of `SAFER_WORDS`. Only a default: a distance to a clinic is `direct`, and the caller can say so.
 */
export function guessDirection(name: string): Direction {
  const lower = name.toLowerCase()
  return SAFER_WORDS.some((word) => lower.includes(word)) ? 'inverse' : 'direct'
}
