import type { WardColumn } from '../files/ward-table.ts'
import { randomStream } from '../random.ts'
import type { RankedWard, SeenComparison } from './analysis-result.ts'
import { averageRanks, correlation } from './agreement.ts'

/** With these, the bounds are the 25th least and the 25th greatest. */
const RESAMPLES = 999
const SEED = 1
const TAIL = 0.025

/** A ward as it is compared: its score and what was seen in it. */
interface Pair {
  readonly score: number
  readonly seen: number
  readonly isHigh: boolean
}

/**
 * Compares a ranking with a column that it does not use, over the wards that have a value: Spearman's rank correlation
 * of score and value, and the lift of tier High, which is its mean value divided by that of all wards. Both have 95 %
 * percentile bounds of a bootstrap over wards (Efron and Tibshirani 1993, chapter 13): tiers stay as they are, and a
 * resample in which a figure has no value is left out of its bounds. The same input gives the same bounds. Costs
 * resamples × wards.
 * @param wards in any order
 * @param valueOf what was seen in a ward; NaN if nothing is known
 */
export function compareSeen<Ward extends Pick<RankedWard, 'score' | 'tier'>>(
  column: WardColumn['name'],
  wards: readonly Ward[],
  valueOf: (ward: Ward) => number,
): SeenComparison {
  const values = wards.map(valueOf)
  const pairs = wards.flatMap(({ score, tier }, at): Pair[] => {
    const seen = values[at] ?? NaN
    return Number.isNaN(seen) ? [] : [{ score, seen, isHigh: tier === 'High' }]
  })
  const [score, seen] = [new TiedRanks(pairs.map((pair) => pair.score)), new TiedRanks(pairs.map((pair) => pair.seen))]
  const [rhos, lifts]: [number[], number[]] = [[], []]
  const times = new Uint32Array(pairs.length)
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    const random = randomStream(SEED, resample)
    times.fill(0)
    for (const _ of pairs) {
      const at = Math.floor(random.uniform() * pairs.length)
      times[at] = (times[at] ?? 0) + 1
    }
    const rho = weightedCorrelation(score.ranks(times), seen.ranks(times), times)
    if (rho !== null) rhos.push(rho)
    const lift = liftOf(pairs, times)
    if (lift !== null) lifts.push(lift)
  }
  const once = times.fill(1)
  const high = pairs.filter(({ isHigh }) => isHigh)
  return {
    column,
    wards: pairs.length,
    spearman: {
      value: correlation(
        averageRanks(Float64Array.from(pairs, (pair) => pair.score)),
        averageRanks(Float64Array.from(pairs, (pair) => pair.seen)),
      ),
      ...boundsOf(rhos),
    },
    topThird: {
      wards: high.length,
      mean: meanSeen(high),
      meanOfAll: meanSeen(pairs),
      lift: { value: liftOf(pairs, once), ...boundsOf(lifts) },
    },
    resamples: RESAMPLES,
    seed: SEED,
    values: values.map((value) => (Number.isNaN(value) ? null : value)),
  }
}

/** Ranks of values of which each is there several times, or not at all. Sorting them once is enough. */
class TiedRanks {
  readonly #order: Uint32Array
  readonly #values: readonly number[]
  readonly #ranks: Float64Array

  constructor(values: readonly number[]) {
    this.#values = values
    this.#order = Uint32Array.from(values.keys()).sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0))
    this.#ranks = new Float64Array(values.length)
  }

  /** The mean rank of equal values, by place. The array is written anew each time. */
  ranks(times: Uint32Array): Float64Array {
    let below = 0
    let start = 0
    while (start < this.#order.length) {
      const value = this.#values[this.#order[start] ?? 0]
      let end = start
      let equal = 0
      while (end < this.#order.length && this.#values[this.#order[end] ?? 0] === value) {
        equal += times[this.#order[end] ?? 0] ?? 0
        end += 1
      }
      const rank = below + (equal + 1) / 2
      for (let place = start; place < end; place += 1) this.#ranks[this.#order[place] ?? 0] = rank
      below += equal
      start = end
    }
    return this.#ranks
  }
}

/** Pearson's r where each pair counts so many times; null where one side does not vary. */
function weightedCorrelation(one: Float64Array, other: Float64Array, times: Uint32Array): number | null {
  let count = 0
  for (const weight of times) count += weight
  // Ranks of n pairs have the mean (n + 1) / 2, ties or not.
  const mean = (count + 1) / 2
  let [product, squareOne, squareOther] = [0, 0, 0]
  for (let at = 0; at < times.length; at += 1) {
    const weight = times[at] ?? 0
    if (weight === 0) continue
    const [x, y] = [(one[at] ?? NaN) - mean, (other[at] ?? NaN) - mean]
    product += weight * x * y
    squareOne += weight * x * x
    squareOther += weight * y * y
  }
  if (squareOne === 0 || squareOther === 0) return null
  return product / Math.sqrt(squareOne * squareOther)
}

/** The mean of tier High divided by that of all; null where no ward is in it, or the mean of all is 0. */
function liftOf(pairs: readonly Pair[], times: Uint32Array): number | null {
  let [sum, sumHigh, count, countHigh] = [0, 0, 0, 0]
  pairs.forEach(({ seen, isHigh }, at) => {
    const weight = times[at] ?? 0
    sum += weight * seen
    count += weight
    if (!isHigh) return
    sumHigh += weight * seen
    countHigh += weight
  })
  return countHigh === 0 || sum === 0 ? null : sumHigh / countHigh / (sum / count)
}

function meanSeen(pairs: readonly Pair[]): number | null {
  return pairs.length === 0 ? null : pairs.reduce((sum, { seen }) => sum + seen, 0) / pairs.length
}

function boundsOf(values: readonly number[]): { readonly low: number | null; readonly high: number | null } {
  const sorted = Float64Array.from(values).sort()
  const order = Math.floor(TAIL * (sorted.length + 1))
  if (order === 0) return { low: null, high: null }
  return { low: sorted[order - 1] ?? null, high: sorted[sorted.length - order] ?? null }
}
