import type { Mode } from './analysis-result.ts'
import { rangeOf } from '../files/describe-wards.ts'
import type { Direction } from '../files/ward-table.ts'

/** Keeps the reciprocal of zero finite, as the earlier system did. */
const EPSILON = 1e-10

/**
 * Brings an indicator's values into 0 to 1, 1 being riskiest: direct (x − min) / (max − min), inverse
 * (max − x) / (max − min), a constant 0.5. Legacy takes an inverse indicator's reciprocal 1 / (x + 1e−10) instead,
 * which sends every value but those near zero to about 0; its result is NaN where the reciprocal is not finite.
 */
export function normalise(values: Float64Array, direction: Direction, mode: Mode): Float64Array {
  if (direction === 'direct') return scaled(values)
  if (mode === 'legacy') return scaled(values.map((value) => 1 / (value + EPSILON)))
  const range = rangeOf(values)
  if (range === null || range.min === range.max) return values.map(() => 0.5)
  return values.map((value) => (range.max - value) / (range.max - range.min))
}

function scaled(values: Float64Array): Float64Array {
  const range = rangeOf(values)
  if (range === null || range.min === range.max) return values.map(() => 0.5)
  return values.map((value) => (value - range.min) / (range.max - range.min))
}
