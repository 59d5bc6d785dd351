import type { Direction } from './ward-table.ts'

const SAFER: readonly string[] = [
  'distance',
  'elevation',
  'altitude',
  'slope',
  'housing',
  'quality',
  'income',
  'education',
  'access',
  'urban',
  'facility',
]

/**
 * Guesses the direction of an indicator from its name: `inverse` (more is safer) if the lower-case name contains one of
 * distance, elevation, altitude, slope, housing, quality, income, education, access, urban, facility; else `direct`.
 * It is only a default. A distance to a clinic, for example, is `direct`, and the caller can say so.
 */
export function guessDirection(name: string): Direction {
  const lower = name.toLowerCase()
  return SAFER.some((word) => lower.includes(word)) ? 'inverse' : 'direct'
}
