import { roundScore } from '../ranking/round-score.ts'
import { symmetricEigen } from '../ranking/symmetric-eigen.ts'
import type { CertaintyModel } from './certainty-model.ts'
import type { DrawnValues } from './drawn-values.ts'
import type { PcaOrder } from './model-parts.ts'

/**
 * The PCA scores of a draw, by the method of `principalComponents`: components of the z-scores of the drawn values,
 * each turned to correlate ≥ 0 with the draw's own weighted mean. The indicator that the draw leaves out is left out
 * here too, if that may be. z-scores of normalised values are those of the values, with inverse ones turned. Costs
 * wards × indicators².
 * @param scores where the scores are written
 */
export function drawPcaScores(
  model: CertaintyModel,
  { mayLeaveOut }: PcaOrder,
  { deviates, turned, leftOut, means }: DrawnValues,
  scores: Float64Array,
): void {
  const { wards, indicators, normalised, positivity, filled, unsure } = model
  const z = indicators.map((_, at) => normalised.slice(at * wards, (at + 1) * wards))
  positivity.forEach(({ indicator, centre, spread }, at) => {
    const column = z[indicator]
    if (column === undefined) return
    for (let ward = 0; ward < wards; ward += 1) {
      const middle = centre[ward] ?? NaN
      if (!Number.isNaN(middle))
        column[ward] = middle + (spread[ward] ?? 0) * (deviates.positivity[at * wards + ward] ?? 0)
    }
  })
  filled.at.forEach((cell, at) => {
    const [column, ward] = [z[Math.floor(cell / wards)], cell % wards]
    if (column !== undefined) column[ward] = (column[ward] ?? 0) + (filled.spread[at] ?? 0) * (deviates.filled[at] ?? 0)
  })
  unsure.forEach((indicator, at) => {
    if (turned[at] === 1) z[indicator]?.forEach((value, ward, column) => (column[ward] = -value))
  })
  const used = z.filter((_, at) => at !== leftOut || mayLeaveOut[at] !== 1)
  for (const column of used) standardise(column)
  const weights = componentWeights(used, means)
  scores.fill(0)
  used.forEach((column, at) => {
    const weight = weights[at] ?? 0
    for (let ward = 0; ward < wards; ward += 1) scores[ward] = (scores[ward] ?? 0) + weight * (column[ward] ?? 0)
  })
  for (let ward = 0; ward < wards; ward += 1) scores[ward] = roundScore(scores[ward] ?? 0, 'standard')
}

/** What each z-score counts in the sum over the scored components of component × explained variance. */
function componentWeights(z: readonly Float64Array[], means: Float64Array): readonly number[] {
  const p = z.length
  const r = z.map(() => new Array<number>(p).fill(1))
  z.forEach((one, row) => {
    for (let column = 0; column < row; column += 1) {
      const shared = meanProduct(one, z[column] ?? one)
      for (const [to, at] of [
        [row, column],
        [column, row],
      ] as const) {
        const line = r[to]
        if (line !== undefined) line[at] = shared
      }
    }
  })
  const { values, vectors } = symmetricEigen(r)
  const scored = Math.min(3, p, Math.max(2, Math.floor(0.8 * p)))
  const withMeans = z.map((column) => meanProduct(column, means))
  const weights = new Array<number>(p).fill(0)
  for (let k = 0; k < scored; k += 1) {
    const vector = vectors[k] ?? []
    const against = vector.reduce((sum, loading, at) => sum + loading * (withMeans[at] ?? 0), 0)
    const share = ((against < 0 ? -1 : 1) * Math.max(0, values[k] ?? 0)) / p
    vector.forEach((loading, at) => (weights[at] = (weights[at] ?? 0) + share * loading))
  }
  return weights
}

/** Makes values z-scores, by the population's standard deviation. */
function standardise(values: Float64Array): void {
  const { length } = values
  let sum = 0
  for (let at = 0; at < length; at += 1) sum += values[at] ?? 0
  const mean = sum / length
  let squares = 0
  for (let at = 0; at < length; at += 1) squares += ((values[at] ?? 0) - mean) ** 2
  const deviation = Math.sqrt(squares / length)
  for (let at = 0; at < length; at += 1) values[at] = ((values[at] ?? 0) - mean) / deviation
}

function meanProduct(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0)
  return sum / one.length
}
