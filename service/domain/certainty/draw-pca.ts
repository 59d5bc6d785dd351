import { roundScore } from '../ranking/round-score.ts'
import { symmetricEigen } from '../ranking/symmetric-eigen.ts'
import type { CertaintyModel } from './certainty-model.ts'
import type { DrawnValues } from './drawn-values.ts'
import type { PcaOrder } from './model-parts.ts'

/** Writes the PCA scores of a draw. */
export type PcaDrawer = (drawn: DrawnValues, scores: Float64Array) => void

/** Sums over the wards: of each indicator, and of the products of each two, one row after the other. */
interface Sums {
  readonly of: Float64Array
  readonly products: Float64Array
}

/**
 * Draws PCA scores by the method of `principalComponents`: components of the z-scores of the drawn values, each turned
 * to correlate ≥ 0 with the draw's own weighted mean. The indicator that the draw leaves out is left out here too, if
 * that may be. z-scores of normalised values are those of the values, with inverse ones turned. Sums of what is never
 * drawn are kept, so that a draw costs wards × indicators.
 */
export function pcaDrawer(model: CertaintyModel, { mayLeaveOut }: PcaOrder): PcaDrawer {
  const { wards, indicators, unsure } = model
  const p = indicators.length
  const values = model.normalised.slice()
  const isDrawn = drawnCells(model)
  const touched = Uint32Array.from(
    Array.from({ length: wards }, (_, ward) => ward).filter((ward) =>
      indicators.some((_, at) => isDrawn[at * wards + ward] === 1),
    ),
  )
  const kept = keptSums(model, isDrawn)
  return ({ deviates, turned, leftOut, means }, scores) => {
    putDraws(model, deviates, values)
    const sums = { of: kept.of.slice(), products: kept.products.slice() }
    for (const ward of touched)
      for (let one = 0; one < p; one += 1) {
        if (isDrawn[one * wards + ward] === 0) continue
        const value = values[one * wards + ward] ?? 0
        sums.of[one] = (sums.of[one] ?? 0) + value
        for (let other = 0; other < p; other += 1) {
          // Two drawn values of a ward meet once.
          if (other < one && isDrawn[other * wards + ward] === 1) continue
          addProduct(sums, p, one, other, value * (values[other * wards + ward] ?? 0))
        }
      }
    const used = indicators.map((_, at) => at).filter((at) => at !== leftOut || mayLeaveOut[at] !== 1)
    const signs = indicators.map((_, at) => (turned[unsure.indexOf(at)] === 1 ? -1 : 1))
    const weights = componentWeights(used, sums, wards, p, signs, (at) => productWith(values, at * wards, means))
    scores.fill(0)
    for (const [turn, at] of used.entries()) {
      const weight = weights[turn] ?? 0
      const mean = (sums.of[at] ?? 0) / wards
      for (let ward = 0; ward < wards; ward += 1)
        scores[ward] = (scores[ward] ?? 0) + weight * ((values[at * wards + ward] ?? 0) - mean)
    }
    for (let ward = 0; ward < wards; ward += 1) scores[ward] = roundScore(scores[ward] ?? 0, 'standard')
  }
}

/** 1 for each cell that a draw gives a value, in the order of the normalised values. */
function drawnCells({ wards, normalised, positivity, filled }: CertaintyModel): Uint8Array {
  const isDrawn = new Uint8Array(normalised.length)
  for (const { indicator, centre } of positivity)
    centre.forEach((middle, ward) => {
      if (!Number.isNaN(middle)) isDrawn[indicator * wards + ward] = 1
    })
  for (const cell of filled.at) isDrawn[cell] = 1
  return isDrawn
}

/** The sums over all cells that are never drawn, and over the products of two such. */
function keptSums({ wards, indicators, normalised }: CertaintyModel, isDrawn: Uint8Array): Sums {
  const p = indicators.length
  const sums = { of: new Float64Array(p), products: new Float64Array(p * p) }
  for (let one = 0; one < p; one += 1)
    for (let ward = 0; ward < wards; ward += 1) {
      if (isDrawn[one * wards + ward] === 1) continue
      const value = normalised[one * wards + ward] ?? 0
      sums.of[one] = (sums.of[one] ?? 0) + value
      for (let other = 0; other <= one; other += 1)
        if (isDrawn[other * wards + ward] === 0)
          addProduct(sums, p, one, other, value * (normalised[other * wards + ward] ?? 0))
    }
  return sums
}

function addProduct({ products }: Sums, p: number, one: number, other: number, product: number): void {
  products[one * p + other] = (products[one * p + other] ?? 0) + product
  if (one !== other) products[other * p + one] = (products[other * p + one] ?? 0) + product
}

/** Puts the drawn values in the place of those of the draw before. */
function putDraws(
  { wards, normalised, positivity, filled }: CertaintyModel,
  deviates: DrawnValues['deviates'],
  values: Float64Array,
): void {
  positivity.forEach(({ indicator, centre, spread }, at) => {
    for (let ward = 0; ward < wards; ward += 1) {
      const middle = centre[ward] ?? NaN
      if (!Number.isNaN(middle))
        values[indicator * wards + ward] = middle + (spread[ward] ?? 0) * (deviates.positivity[at * wards + ward] ?? 0)
    }
  })
  filled.at.forEach((cell, at) => {
    values[cell] = (normalised[cell] ?? 0) + (filled.spread[at] ?? 0) * (deviates.filled[at] ?? 0)
  })
}

/**
 * What each of these indicators counts in the sum over the scored components of component × explained variance, for
 * its value less its mean.
 * @param signs -1 for a turned indicator
 * @param withMeans Σ value · weighted mean of an indicator
 */
function componentWeights(
  used: readonly number[],
  { of, products }: Sums,
  wards: number,
  p: number,
  signs: readonly number[],
  withMeans: (at: number) => { readonly product: number; readonly mean: number },
): readonly number[] {
  const meanOf = (at: number): number => (of[at] ?? 0) / wards
  const covariance = (one: number, other: number): number =>
    (products[one * p + other] ?? 0) / wards - meanOf(one) * meanOf(other)
  // What turns a value into its z-score, with its sign.
  const scale = used.map((at) => (signs[at] ?? 1) / Math.sqrt(covariance(at, at)))
  const r = used.map((one, row) =>
    used.map((other, column) =>
      row === column ? 1 : covariance(one, other) * (scale[row] ?? 0) * (scale[column] ?? 0),
    ),
  )
  const { values, vectors } = symmetricEigen(r)
  const along = used.map((at, turn) => {
    const { product, mean } = withMeans(at)
    return (product / wards - meanOf(at) * mean) * (scale[turn] ?? 0)
  })
  const count = used.length
  const scored = Math.min(3, count, Math.max(2, Math.floor(0.8 * count)))
  const weights = used.map(() => 0)
  for (let k = 0; k < scored; k += 1) {
    const vector = vectors[k] ?? []
    const against = vector.reduce((sum, loading, turn) => sum + loading * (along[turn] ?? 0), 0)
    const share = ((against < 0 ? -1 : 1) * Math.max(0, values[k] ?? 0)) / count
    vector.forEach((loading, turn) => (weights[turn] = (weights[turn] ?? 0) + share * loading * (scale[turn] ?? 0)))
  }
  return weights
}

/** Σ value · mean of an indicator whose values begin there, and the mean of the means. */
function productWith(values: Float64Array, begin: number, means: Float64Array) {
  let [product, sum] = [0, 0]
  for (let ward = 0; ward < means.length; ward += 1) {
    const mean = means[ward] ?? 0
    product += (values[begin + ward] ?? 0) * mean
    sum += mean
  }
  return { product, mean: sum / means.length }
}
