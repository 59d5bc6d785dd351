import type { Mode, Robustness } from './analysis-result.ts'
import { Fault } from './fault.ts'
import type { Model } from './models.ts'

/** Scores by row, and how far each ward's place depends on the choice of indicators. */
export interface CompositeScores {
  readonly scores: Float64Array
  readonly robustness: readonly Robustness[]
}

/** Twice a rank in two bytes: what is kept of every ward in every model. */
const MOST_RANKS = 60_000_000

/**
 * Scores wards from normalised indicators, one array an indicator: a model's value is the plain mean of its
 * indicators, a ward's score the median over the models. A rank within a model is 1 + the number of wards above;
 * legacy counts half of the ties, as the earlier system did in its median of ranks.
 */
export function compositeScores(normalised: readonly Float64Array[], models: readonly Model[], mode: Mode): CompositeScores {
  const wards = normalised[0]?.length ?? 0
  if (wards * models.length > MOST_RANKS) {
    throw new Fault('too-large', `Cannot rank ${String(wards)} wards by ${String(models.length)} models at once; choose fewer indicators`, { errors: [{ detail: 'too many indicators for so many wards', pointer: '/indicators' }] })
  }
  const { ranks, topThirds } = modelRanks(normalised, models, mode)
  const scores = new Float64Array(wards)
  const values = new Float64Array(models.length)
  const robustness: Robustness[] = []
  for (let ward = 0; ward < wards; ward += 1) {
    for (let model = 0; model < models.length; model += 1) values[model] = modelValue(normalised, models[model] ?? [], ward)
    scores[ward] = median(values.sort())
    const medianRank = median(ranks.subarray(ward * models.length, (ward + 1) * models.length).sort()) / 2
    robustness.push({ topThirdShare: (topThirds[ward] ?? 0) / models.length, medianRank })
  }
  return { scores, robustness }
}

/** Twice the rank of each ward in each model, ward by ward, and in how many models it is in the top third. */
function modelRanks(normalised: readonly Float64Array[], models: readonly Model[], mode: Mode): { ranks: Uint16Array | Uint32Array; topThirds: Uint32Array } {
  const wards = normalised[0]?.length ?? 0
  const third = Math.floor(wards / 3)
  const ranks = wards * 2 > 0xffff ? new Uint32Array(wards * models.length) : new Uint16Array(wards * models.length)
  const topThirds = new Uint32Array(wards)
  const values = new Float64Array(wards)
  models.forEach((model, place) => {
    for (let ward = 0; ward < wards; ward += 1) values[ward] = modelValue(normalised, model, ward)
    const sorted = values.slice().sort()
    for (let ward = 0; ward < wards; ward += 1) {
      const value = values[ward] ?? 0
      const notAbove = firstAbove(sorted, value)
      const ties = mode === 'legacy' ? notAbove - firstNotBelow(sorted, value) - 1 : 0
      const doubled = 2 * (wards - notAbove + 1) + ties
      ranks[ward * models.length + place] = doubled
      if (doubled <= 2 * third) topThirds[ward] = (topThirds[ward] ?? 0) + 1
    }
  })
  return { ranks, topThirds }
}

function modelValue(normalised: readonly Float64Array[], model: Model, ward: number): number {
  let sum = 0
  for (const indicator of model) sum += normalised[indicator]?.[ward] ?? NaN
  return sum / model.length
}

/** The middle of sorted values, or the mean of the middle two. */
function median(sorted: Float64Array | Uint16Array | Uint32Array): number {
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
