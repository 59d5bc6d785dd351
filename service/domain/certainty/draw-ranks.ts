import { packArrays, unpackArrays } from '../dataset/pack-arrays.ts'
import type { CertaintyModel } from './certainty-model.ts'
import { randomStream } from '../random.ts'
import type { Random } from '../random.ts'
import { orderDrawer } from './draw-order.ts'
import type { Deviates } from './drawn-values.ts'
import { scoreRanker } from './rank-scores.ts'
import { servedBy } from './serving-model.ts'

/**
 * How widely weights vary around equal ones: each is gamma with this shape, divided by their sum. With 4, the weight of
 * one of five indicators lies between half and twice an equal one in nine draws of ten.
 */
const WEIGHT_SHAPE = 4

/** Fewer indicators than this are all used: with one left out, a single one would rank the wards alone. */
const LEAST_TO_LEAVE_OUT = 3

/** What some draws gave. Arrays by draw have one entry a draw, in their order. */
export interface DrawnRanks {
  readonly draws: number
  /** Ranks, 1 for the most at risk, one draw after the other. Equal scores share a rank. */
  readonly ranks: Uint16Array
  /** The weights, before one is left out, one draw after the other. */
  readonly weights: Float64Array
  /** The indicator left out of each draw; the number of indicators if none was. */
  readonly leftOut: Uint8Array
  /** For each unsure indicator 1 if its direction was turned, one draw after the other. */
  readonly turned: Uint8Array
  /** In which tenth of all possible ones the ward's own positivity was drawn, one draw after the other. */
  readonly positivityBins: Uint8Array
  /** The same of its filled-in values, for the wards that have some. */
  readonly filledBins: Uint8Array
  /** In how many draws each ward gets nets; empty without a plan. */
  readonly served: Uint32Array
}

const LETTERS = 'DRAWNRK1'

export function packDrawn(drawn: DrawnRanks): Uint8Array {
  return packArrays(LETTERS, drawn)
}

export function unpackDrawn(bytes: Uint8Array): DrawnRanks {
  return unpackArrays(LETTERS, bytes) as DrawnRanks
}

/**
 * Draws rankings that an analyst could as well have made, each by the weighted mean of the normalised indicators.
 * @param from the first draw; each has a stream of its own, so slices of draws can be made apart
 */
export function drawRanks(model: CertaintyModel, seed: number, from: number, to: number): DrawnRanks {
  const { wards, indicators, unsure, serving } = model
  const [draws, count] = [to - from, indicators.length]
  const hasPositivity = model.positivity.length > 0
  const filledWards = model.filled.wards.length
  const drawn: DrawnRanks = {
    draws,
    ranks: new Uint16Array(draws * wards),
    weights: new Float64Array(draws * count),
    leftOut: new Uint8Array(draws),
    turned: new Uint8Array(draws * unsure.length),
    positivityBins: new Uint8Array(hasPositivity ? draws * wards : 0),
    filledBins: new Uint8Array(draws * filledWards),
    served: new Uint32Array(serving === null ? 0 : wards),
  }
  const deviates: Deviates = {
    positivity: new Float64Array(model.positivity.length * wards),
    filled: new Float64Array(model.filled.at.length),
  }
  const drawOrder = orderDrawer(model)
  const scores = new Float64Array(wards)
  const rankScores = scoreRanker(wards)
  const mostHigh = Math.floor(wards / 3)
  for (let draw = 0; draw < draws; draw += 1) {
    const random = randomStream(seed, from + draw)
    const used = drawChoices(model, random, drawn, draw)
    addIndicators(model, used, scores)
    addPositivity(model, random, used, scores, deviates)
    binPositivity(model, deviates, drawn.positivityBins.subarray(draw * wards, (draw + 1) * wards))
    addFilled(model, random, used, scores, deviates)
    binFilled(model, deviates, drawn.filledBins.subarray(draw * filledWards, (draw + 1) * filledWards))
    const ranks = drawn.ranks.subarray(draw * wards, (draw + 1) * wards)
    rankScores(scores, ranks)
    if (serving === null) continue
    const turned = drawn.turned.subarray(draw * unsure.length, (draw + 1) * unsure.length)
    const values = { deviates, turned, leftOut: drawn.leftOut[draw] ?? count, means: scores, ranks }
    for (const place of servedBy(serving, drawOrder(values, random), ranks, mostHigh))
      drawn.served[place] = (drawn.served[place] ?? 0) + 1
  }
  return drawn
}

/** The weight of each indicator in one draw, 0 if it is left out, and below 0 if its direction is turned. */
function drawChoices({ indicators, unsure }: CertaintyModel, random: Random, drawn: DrawnRanks, draw: number) {
  const count = indicators.length
  const weights = drawn.weights.subarray(draw * count, (draw + 1) * count)
  let sum = 0
  for (let at = 0; at < count; at += 1) sum += weights[at] = random.gamma(WEIGHT_SHAPE)
  for (let at = 0; at < count; at += 1) weights[at] = (weights[at] ?? 0) / sum
  const leftOut = count < LEAST_TO_LEAVE_OUT ? count : Math.floor(random.uniform() * (count + 1))
  drawn.leftOut[draw] = leftOut
  const used = weights.slice()
  used[leftOut] = 0
  unsure.forEach((indicator, at) => {
    if (random.uniform() < 0.5) return
    drawn.turned[draw * unsure.length + at] = 1
    used[indicator] = -(used[indicator] ?? 0)
  })
  return used
}

/** Σ weight · normalised; the value of a turned indicator is 1 − it, which only moves all wards alike. */
function addIndicators({ wards, normalised }: CertaintyModel, used: Float64Array, scores: Float64Array): void {
  scores.fill(0)
  used.forEach((weight, indicator) => {
    if (weight === 0) return
    const begin = indicator * wards
    for (let ward = 0; ward < wards; ward += 1)
      scores[ward] = (scores[ward] ?? 0) + weight * (normalised[begin + ward] ?? 0)
  })
}

function addPositivity(
  { wards, normalised, positivity }: CertaintyModel,
  random: Random,
  used: Float64Array,
  scores: Float64Array,
  deviates: Deviates,
): void {
  positivity.forEach(({ indicator, centre, spread }, at) => {
    const weight = used[indicator] ?? 0
    for (let ward = 0; ward < wards; ward += 1) {
      const middle = centre[ward] ?? NaN
      if (Number.isNaN(middle)) continue
      const deviate = random.normal()
      const drawn = middle + (spread[ward] ?? 0) * deviate
      scores[ward] = (scores[ward] ?? 0) + weight * (drawn - (normalised[indicator * wards + ward] ?? 0))
      deviates.positivity[at * wards + ward] = deviate
    }
  })
}

function binPositivity({ wards, positivity }: CertaintyModel, deviates: Deviates, bins: Uint8Array): void {
  if (positivity.length === 0) return
  const sums = new Float64Array(wards)
  deviates.positivity.forEach((deviate, at) => {
    sums[at % wards] = (sums[at % wards] ?? 0) + deviate
  })
  binDeviates(sums, positivity.length, bins)
}

function addFilled(
  { wards, filled }: CertaintyModel,
  random: Random,
  used: Float64Array,
  scores: Float64Array,
  deviates: Deviates,
): void {
  filled.at.forEach((cell, at) => {
    const ward = cell % wards
    const deviate = random.normal()
    const move = (used[Math.floor(cell / wards)] ?? 0) * (filled.spread[at] ?? 0) * deviate
    scores[ward] = (scores[ward] ?? 0) + move
    deviates.filled[at] = deviate
  })
}

function binFilled({ filled }: CertaintyModel, deviates: Deviates, bins: Uint8Array): void {
  const sums = new Float64Array(filled.wards.length)
  deviates.filled.forEach((deviate, at) => {
    const slot = filled.slot[at] ?? 0
    sums[slot] = (sums[slot] ?? 0) + deviate
  })
  binDeviates(sums, 1, bins)
}

/** The tenths of the standard normal distribution. */
const TENTHS = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816] as const

/**
 * The tenth in which each sum of deviates lies. Several filled-in values of a ward are taken as one: their sum has a
 * wider spread, so the outer tenths are fuller, which changes no mean of a tenth's ranks.
 */
function binDeviates(sums: Float64Array, each: number, bins: Uint8Array): void {
  const scale = Math.sqrt(each)
  for (let at = 0; at < sums.length; at += 1) {
    const deviate = (sums[at] ?? 0) / scale
    let bin = 0
    while (bin < TENTHS.length && deviate > (TENTHS[bin] ?? Infinity)) bin += 1
    bins[at] = bin
  }
}
