import type { CertaintyModel } from './certainty-model.ts'
import type { DrawnRanks } from './draw-ranks.ts'
import { addVariance, binsByValue, emptyParts, groupSquares } from './source-shares.ts'
import type { BinnedSource, VarianceParts } from './source-shares.ts'

/** Of so many draws that a choice would not change it: in 95 of 100 draws. */
const SURE = 0.95
/** What lies beyond each end of the 90 % interval. */
const TAIL = 0.05

export type Verdict = 'in' | 'out' | 'choice'

/** How sure one ward's place is. */
export interface WardCertainty {
  /** The 90 % interval of its rank over the draws. */
  readonly rankLow: number
  readonly rankHigh: number
  /** Its rank by the mean of the indicators with equal weights, to be set beside that of the method. */
  readonly meanRank: number
  /** The share of draws in which it is in the tier High, 0 to 1. */
  readonly chanceHigh: number
  /** The share of draws in which it gets nets, 0 to 1; null without a plan. */
  readonly chanceNets: number | null
  /** `in` or `out` if its nets, or without a plan its tier High, are the same in 95 of 100 draws. */
  readonly verdict: Verdict
}

/** What a slice of the wards gives: their certainty, and their part of the variance by source. */
export interface WardSlice {
  readonly wards: readonly WardCertainty[]
  readonly parts: readonly VarianceParts[]
}

/** The names of what was drawn, in the order of the parts of a slice. */
export function sourceNames({ indicators, unsure, positivity, filled }: CertaintyModel): readonly string[] {
  return [
    ...indicators.map((name) => `weight of ${name}`),
    'which indicator is left out',
    ...unsure.map((at) => `direction of ${indicators[at] ?? ''}`),
    ...(positivity.length > 0 ? ['counts behind test positivity'] : []),
    ...(filled.at.length > 0 ? ['filled-in values'] : []),
  ]
}

/** Whether so many draws agree that a choice would not change it. */
export function verdictOf(chance: number): Verdict {
  return chance >= SURE ? 'in' : chance <= 1 - SURE ? 'out' : 'choice'
}

/** Sums up what the draws say of some wards, and of what made their ranks vary. */
export function summariseDraws(
  model: CertaintyModel,
  slices: readonly DrawnRanks[],
  from: number,
  to: number,
): WardSlice {
  const draws = slices.reduce((sum, slice) => sum + slice.draws, 0)
  const common = commonSources(model, slices)
  const parts = sourceNames(model).map(emptyParts)
  const slots = new Map(Array.from(model.filled.wards, (ward, slot) => [ward, slot]))
  const ranks = new Uint16Array(draws)
  const equal = meanRanks(model)
  const mostHigh = Math.floor(model.wards / 3)
  const wards = Array.from({ length: to - from }, (_, offset) => {
    const ward = from + offset
    gather(slices, model.wards, ward, ranks)
    const own = [...common, ...ownSources(model, slices, ward, slots.get(ward))]
    const squares = groupSquares(ranks)
    own.forEach((source, at) => {
      const part = parts[at]
      if (part !== undefined) addVariance(part, source, ranks, squares)
    })
    const sorted = ranks.toSorted()
    const chanceHigh = sorted.findLastIndex((rank) => rank <= mostHigh) + 1
    const served = slices.reduce((sum, slice) => sum + (slice.served[ward] ?? 0), 0)
    const chanceNets = model.serving === null ? null : served / draws
    const chance = chanceNets ?? chanceHigh / draws
    return {
      ...intervalOf(sorted),
      meanRank: equal[ward] ?? 0,
      chanceHigh: chanceHigh / draws,
      chanceNets,
      verdict: verdictOf(chance),
    } satisfies WardCertainty
  })
  return { wards, parts }
}

/**
 * The 90 % interval of sorted ranks. Ranks are whole numbers, so half of those that equal an end count as beyond it
 * (mid-p, Lancaster 1961): with all of them inside, the interval would hold more than it says.
 */
function intervalOf(sorted: Uint16Array): { readonly rankLow: number; readonly rankHigh: number } {
  const { length } = sorted
  /** The share of ranks below the one at this place, with half of its equals. */
  const below = (at: number): number => (sorted.indexOf(sorted[at] ?? 0) + sorted.lastIndexOf(sorted[at] ?? 0) + 1) / 2
  let [low, high] = [0, length - 1]
  while (below(low) < TAIL * length) low = sorted.lastIndexOf(sorted[low] ?? 0) + 1
  while (below(high) > (1 - TAIL) * length) high = sorted.indexOf(sorted[high] ?? 0) - 1
  return { rankLow: sorted[low] ?? 0, rankHigh: sorted[high] ?? 0 }
}

/** The bins of what is the same for all wards: weights, what was left out, directions. */
function commonSources({ indicators, unsure }: CertaintyModel, slices: readonly DrawnRanks[]): readonly BinnedSource[] {
  const byDraw = (read: (slice: DrawnRanks, draw: number) => number): readonly number[] =>
    slices.flatMap((slice) => Array.from({ length: slice.draws }, (_, draw) => read(slice, draw)))
  return [
    ...indicators.map((_, at) =>
      binsByValue(byDraw(({ weights }, draw) => weights[draw * indicators.length + at] ?? 0)),
    ),
    { count: indicators.length + 1, bins: Uint8Array.from(byDraw(({ leftOut }, draw) => leftOut[draw] ?? 0)) },
    ...unsure.map((_, at) => ({
      count: 2,
      bins: Uint8Array.from(byDraw(({ turned }, draw) => turned[draw * unsure.length + at] ?? 0)),
    })),
  ]
}

/** The bins of what was drawn for the ward alone. A ward of which nothing was drawn is in one bin. */
function ownSources(
  { wards, positivity, filled }: CertaintyModel,
  slices: readonly DrawnRanks[],
  ward: number,
  slot: number | undefined,
): readonly BinnedSource[] {
  const gathered = (read: (slice: DrawnRanks, draw: number) => number): BinnedSource => {
    const bins = new Uint8Array(slices.reduce((sum, slice) => sum + slice.draws, 0))
    let at = 0
    for (const slice of slices) for (let draw = 0; draw < slice.draws; draw += 1, at += 1) bins[at] = read(slice, draw)
    return { bins, count: 10 }
  }
  return [
    ...(positivity.length === 0
      ? []
      : [gathered(({ positivityBins }, draw) => positivityBins[draw * wards + ward] ?? 0)]),
    ...(filled.wards.length === 0
      ? []
      : [
          gathered(({ filledBins }, draw) =>
            slot === undefined ? 0 : (filledBins[draw * filled.wards.length + slot] ?? 0),
          ),
        ]),
  ]
}

function gather(slices: readonly DrawnRanks[], wards: number, ward: number, ranks: Uint16Array): void {
  let at = 0
  for (const slice of slices)
    for (let draw = 0; draw < slice.draws; draw += 1, at += 1) ranks[at] = slice.ranks[draw * wards + ward] ?? 0
}

/** The ranks by the plain mean of the normalised indicators, to twelve decimals. */
function meanRanks({ wards, indicators, normalised }: CertaintyModel): readonly number[] {
  const means = Array.from({ length: wards }, (_, ward) => {
    const sum = indicators.reduce((total, _name, at) => total + (normalised[at * wards + ward] ?? 0), 0)
    return Math.round((sum / indicators.length) * 1e12) / 1e12
  })
  const sorted = means.toSorted((one, other) => other - one)
  const first = new Map<number, number>()
  sorted.forEach((mean, at) => {
    if (!first.has(mean)) first.set(mean, at + 1)
  })
  return means.map((mean) => first.get(mean) ?? 0)
}
