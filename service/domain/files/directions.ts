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
 * Guesses from its name which way an indicator points: `inverse`, more is safer, when the lower-case name contains one
 * of distance, elevation, altitude, slope, housing, quality, income, education, access, urban, facility.
 * Only a default: a distance to a clinic is `direct`, and the caller can say so.
 */
export function guessDirection(name: string): Direction {
  const lower = name.toLowerCase()
  return SAFER.some((word) => lower.includes(word)) ? 'inverse' : 'direct'
}
