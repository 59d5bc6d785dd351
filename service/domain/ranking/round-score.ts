import type { Mode } from './analysis-result.ts'

const DECIMALS = 1e12

/**
 * Rounds a score to 12 decimals. Means of the same values are then equal and share a rank, in any order of addition.
 * Legacy keeps every digit, as the earlier system did.
 */
export function roundScore(score: number, mode: Mode): number {
  return mode === 'legacy' ? score : Math.round(score * DECIMALS) / DECIMALS
}
