import { SAFER_WORDS } from './column-kinds.ts'
import type { Direction } from './ward-table.ts'

/**
 * Guesses the direction of an indicator from its name: `inverse` (more is safer) if the lower-case name contains one of
 * `SAFER_WORDS`, else `direct`. It is only a default. A distance to a clinic, for example, is `direct`, and the caller
 * can say so.
 */
export function guessDirection(name: string): Direction {
  const lower = name.toLowerCase()
  return SAFER_WORDS.some((word) => lower.includes(word)) ? 'inverse' : 'direct'
}
