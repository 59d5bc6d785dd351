import type { Mode } from './analysis-result.ts'

const DECIMALS = 1e12

/**
 * A score to 12 decimals, so that means of the same values are equal, and share a rank, in whatever order they were added.
 * Legacy leaves every digit, as the earlier system did.
 */
export function roundScore(score: number, mode: Mode): number {
  return mode === 'legacy' ? score : Math.round(score * DECIMALS) / DECIMALS
}
