import type { Mode, Robustness } from './analysis-result.ts'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import { median } from '../median.ts'
import type { Model } from './models.ts'
import { roundScore } from './round-score.ts'
import { createPlaceSorter } from './sort-places.ts'

/** Scores by row, and how much each ward's place depends on the choice of indicators. */
export interface CompositeScores {
  readonly scores: Float64Array
  readonly robustness: readonly Robustness[]
}

/** The rank of every ward in every model is kept, in two or four bytes, until its median is known. */
const MOST_RANKS = 30_000_000

/**
 * Scores wards from normalised indicators, one array per indicator. A model's value is the plain mean of its
 * indicators. A ward's score is the median over the models. Both are rounded to 12 decimals in standard mode. A ward's
 * rank in a model is 1 + the number of wards above it. Legacy adds half of the ties, as the earlier system did in its
 * median of ranks. Costs wards × models, because models are sorted digit by digit. Takes two or four bytes of memory
 * per ward and model.
 * @throws Fault `too-large` when there are more than 30 million ranks
 */
export function compositeScores(
  normalised: readonly Float64Array[],
  models: readonly Model[],
  mode: Mode,
): CompositeScores {
  const wards = normalised[0]?.length ?? 0
  if (wards * models.length > MOST_RANKS) {
    throw new Fault('too-large', say('cannot-rank-at-once', { wards, models: models.length }), {
      errors: [{ said: say('too-many-indicators', {}), pointer: '/indicators' }],
    })
  }
  const { ranks, topThirds } = modelRanks(normalised, models, mode)
  const scores = wardMedians(normalised, models, mode)
  const robustness = Array.from({ length: wards }, (_, ward) => ({
    topThirdShare: (topThirds[ward] ?? 0) / models.length,
    medianRank: median(ranks.subarray(ward * models.length, (ward + 1) * models.length)) / 2,
  }))
  return { scores, robustness }
}

/** Each ward's median over the models. A model's sum is that of the model without its last indicator, plus that one. */
function wardMedians(normalised: readonly Float64Array[], models: readonly Model[], mode: Mode): Float64Array {
  const sums = new Map<string, number>(normalised.map((_, indicator) => [String(indicator), indicator]))
  const parts = models.map((model, place) => {
    sums.set(model.join(), normalised.length + place)
    return { begun: sums.get(model.slice(0, -1).join()), model }
  })
  const own = new Float64Array(normalised.length + models.length)
  const values = new Float64Array(models.length)
  return Float64Array.from(normalised[0] ?? [], (_, ward) => {
    for (let indicator = 0; indicator < normalised.length; indicator += 1)
      own[indicator] = normalised[indicator]?.[ward] ?? NaN
    parts.forEach(({ begun, model }, place) => {
      const last = own[model.at(-1) ?? 0] ?? NaN
      const sum = begun === undefined ? sumOf(own, model) : (own[begun] ?? NaN) + last
      own[normalised.length + place] = sum
      values[place] = sum / model.length
    })
    return roundScore(median(values), mode)
  })
}

/** Legacy leaves out models of four, so its model of five has no shorter model to add to. */
function sumOf(values: Float64Array, model: Model): number {
  return model.reduce((sum, indicator) => sum + (values[indicator] ?? NaN), 0)
}

/**
 * Twice the rank of each ward in each model, ward by ward, and the number of models with the ward in their top third.
 */
function modelRanks(
  normalised: readonly Float64Array[],
  models: readonly Model[],
  mode: Mode,
): { ranks: Uint16Array | Uint32Array; topThirds: Uint32Array } {
  const wards = normalised[0]?.length ?? 0
  const ranks = wards * 2 > 0xffff ? new Uint32Array(wards * models.length) : new Uint16Array(wards * models.length)
  const topThirds = new Uint32Array(wards)
  const values = new Float64Array(wards)
  const inModel = new Uint32Array(wards)
  const sortedPlaces = createPlaceSorter(wards)
  const third = Math.floor(wards / 3)
  models.forEach((model, place) => {
    values.fill(0)
    for (const indicator of model) {
      const column = normalised[indicator] ?? values
      for (let ward = 0; ward < wards; ward += 1) values[ward] = (values[ward] ?? 0) + (column[ward] ?? 0)
    }
    for (let ward = 0; ward < wards; ward += 1) values[ward] = roundScore((values[ward] ?? 0) / model.length, mode)
    rankModel(values, sortedPlaces(values), mode, inModel)
    for (let ward = 0; ward < wards; ward += 1) {
      const doubled = inModel[ward] ?? 0
      ranks[ward * models.length + place] = doubled
      if (doubled <= 2 * third) topThirds[ward] = (topThirds[ward] ?? 0) + 1
    }
  })
  return { ranks, topThirds }
}

/** Writes twice the rank of each ward to `ranks`. `ascending` lists the wards from the least value to the greatest. */
function rankModel(values: Float64Array, ascending: Uint32Array, mode: Mode, ranks: Uint32Array): void {
  const wards = values.length
  let end = wards
  while (end > 0) {
    const value = values[ascending[end - 1] ?? 0]
    let start = end - 1
    while (start > 0 && values[ascending[start - 1] ?? 0] === value) start -= 1
    const ties = mode === 'legacy' ? end - start - 1 : 0
    for (let index = start; index < end; index += 1) ranks[ascending[index] ?? 0] = 2 * (wards - end + 1) + ties
    end = start
  }
}
