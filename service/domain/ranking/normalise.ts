import type { Mode } from './analysis-result.ts'
import { rangeOf } from '../files/describe-wards.ts'
import type { Direction } from '../files/ward-table.ts'

/** Keeps the reciprocal of zero finite, as the earlier system did. */
const EPSILON = 1e-10

/**
 * Scales an indicator's values to 0 to 1, where 1 is riskiest. Direct: (x − min) / (max − min). Inverse:
 * (max − x) / (max − min). Constant: 0.5. Legacy scales the reciprocal 1 / (x + 1e−10) of an inverse indicator instead.
 * That sends every value that is not near zero to about 0, and gives NaN when a reciprocal is not finite.
 */
export function normalise(values: Float64Array, direction: Direction, mode: Mode): Float64Array {
  if (direction === 'direct') return scaleToUnit(values)
  if (mode === 'legacy') return scaleToUnit(values.map((value) => 1 / (value + EPSILON)))
  const range = rangeOf(values)
  if (range === null || range.min === range.max) return values.map(() => 0.5)
  return values.map((value) => (range.max - value) / (range.max - range.min))
}

function scaleToUnit(values: Float64Array): Float64Array {
  const range = rangeOf(values)
  if (range === null || range.min === range.max) return values.map(() => 0.5)
  return values.map((value) => (value - range.min) / (range.max - range.min))
}
