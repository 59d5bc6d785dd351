import { SAFER_WORDS } from './column-kinds.ts'
import { DIRECTION_RULES } from './columns/direction-words.ts'
import type { DirectionRule } from './columns/direction-words.ts'
import { wordsOf } from './columns/words.ts'
import type { Direction } from './ward-table.ts'

/** A long word also counts where others are written to it: `rainfallmm`, `meanrainfall`. */
const LONG = 7
const STATISTIC = /^(?:mean|avg|average|total|annual|monthly)(?=[a-z]{7})/

interface Rule {
  readonly rule: DirectionRule
  readonly all: readonly (readonly string[])[]
  readonly without: ReadonlySet<string>
}

const RULES: readonly Rule[] = DIRECTION_RULES.map((rule) => ({
  rule,
  all: rule.all.map((words) => words.split(' ')),
  without: new Set(rule.without?.split(' ')),
}))

/** The rule that says which way an indicator of this name points; null if no word of the list is in the name. */
export function directionRule(name: string): DirectionRule | null {
  const words = wordsOf(name)
  const has = (wanted: string): boolean =>
    words.some((word) => word === wanted || (wanted.length >= LONG && word.replace(STATISTIC, '').startsWith(wanted)))
  return (
    RULES.find(({ all, without }) => all.every((group) => group.some(has)) && !words.some((word) => without.has(word)))
      ?.rule ?? null
  )
}

/** Which way an indicator of this name points: `inverse` is more is safer; null if it is not known. */
export function directionOf(name: string): Direction | null {
  return directionRule(name)?.direction ?? null
}

/**
 * The direction that the earlier system guessed, for legacy mode alone: `inverse` if the lower-case name contains one
 * of
 * `SAFER_WORDS`, else `direct`.
 */
export function legacyDirection(name: string): Direction {
  const lower = name.toLowerCase()
  return SAFER_WORDS.some((word) => lower.includes(word)) ? 'inverse' : 'direct'
}
