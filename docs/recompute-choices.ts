/** What own weights, correlations and a held-back column are recomputed from: parts of analysis_results.json. */
export interface ChosenResults {
  readonly indicators: readonly {
    readonly name: string
    readonly direction: string
    readonly min: number
    readonly max: number
  }[]
  readonly ownWeights?: {
    readonly weights: readonly { readonly name: string; readonly weight: number }[]
    readonly movedWards: number
    readonly entersHigh: readonly string[]
    readonly leavesHigh: readonly string[]
  } | null
  readonly correlations?: readonly (readonly (number | null)[])[]
  readonly comparison?: {
    readonly column: string
    readonly wards: number
    readonly spearman: Bounded
    readonly topThird: {
      readonly wards: number
      readonly mean: number | null
      readonly meanOfAll: number | null
      readonly lift: Bounded
    }
    readonly resamples: number
    readonly seed: number
    readonly values: readonly (number | null)[]
  } | null
  readonly wards: readonly {
    readonly wardName: string
    readonly score: number
    readonly rank: number
    readonly tier: string
    readonly byMethod?: { readonly score: number; readonly rank: number; readonly tier: string }
    readonly indicators: readonly { readonly name: string; readonly raw: number }[]
  }[]
}
interface Bounded {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}
type Row = Readonly<Record<string, string>>
type Check = (what: string, found: unknown, worked: unknown) => void

/** Which of the indicators' values goes into a score, scaled from 0 to 1. */
function normalisedOf({ indicators, wards }: ChosenResults): number[][] {
  return indicators.map(({ name, direction, min, max }) =>
    wards.map((ward) => {
      const raw = ward.indicators.find((one) => one.name === name)?.raw ?? NaN
      if (max === min) return 0.5
      return direction === 'inverse' ? (max - raw) / (max - min) : (raw - min) / (max - min)
    }),
  )
}

/** A ward's score by own weights; null where the wards are ranked by the method. */
export function scoreByWeights(results: ChosenResults, normalised: ReadonlyMap<string, number>): number | null {
  if (!results.ownWeights) return null
  return results.ownWeights.weights.reduce((sum, { name, weight }) => sum + weight * (normalised.get(name) ?? NaN), 0)
}

/**
 * Recomputes what follows from a person's choices, and checks their columns in rankings.csv.
 * @param methodScores the median over the models, by ward
 */
export function recomputeChoices(
  results: ChosenResults,
  rankings: readonly Row[],
  methodScores: ReadonlyMap<string, number>,
  check: Check,
): void {
  checkWeights(results, rankings, methodScores, check)
  const normalised = normalisedOf(results)
  results.correlations?.forEach((row, one) => {
    row.forEach((r, other) => {
      const worked = one === other && r !== null ? 1 : pearson(normalised[one] ?? [], normalised[other] ?? [])
      check(`correlation of indicators ${String(one + 1)} and ${String(other + 1)}`, r, worked)
    })
  })
  checkComparison(results, rankings, check)
}

function checkWeights(
  { ownWeights, wards }: ChosenResults,
  rankings: readonly Row[],
  methodScores: ReadonlyMap<string, number>,
  check: Check,
): void {
  if (!ownWeights) return
  const third = Math.floor(wards.length / 3)
  // From the file's own scores, which have twelve decimals.
  const scores = wards.map(({ byMethod }) => byMethod?.score ?? NaN)
  const placed = wards.map((ward, at) => {
    const rank = 1 + scores.filter((score) => score > (scores[at] ?? NaN)).length
    const tier = rank <= third ? 'High' : rank > wards.length - third ? 'Low' : 'Medium'
    return { ...ward, methodRank: rank, methodTier: tier }
  })
  const csv = new Map(rankings.map((row) => [row['ward_name'] ?? '', row]))
  placed.forEach(({ wardName, byMethod, methodRank, methodTier }) => {
    check(`score of ${wardName} by the method`, byMethod?.score, methodScores.get(wardName))
    check(`rank of ${wardName} by the method`, byMethod?.rank, methodRank)
    check(`tier of ${wardName} by the method`, byMethod?.tier, methodTier)
    check(`rank of ${wardName} by the method in rankings.csv`, Number(csv.get(wardName)?.['method_rank']), methodRank)
  })
  const sum = ownWeights.weights.reduce((total, { weight }) => total + weight, 0)
  check('sum of the weights', sum, 1)
  check('wards with another rank', ownWeights.movedWards, placed.filter((ward) => ward.rank !== ward.methodRank).length)
  const named = (names: readonly string[]): string => [...names].sort().join()
  const labelsOf = (found: typeof placed): string => named(found.map(({ wardName }) => wardName))
  check(
    'wards that enter tier High',
    named(ownWeights.entersHigh),
    labelsOf(placed.filter((ward) => ward.tier === 'High' && ward.methodTier !== 'High')),
  )
  check(
    'wards that leave tier High',
    named(ownWeights.leavesHigh),
    labelsOf(placed.filter((ward) => ward.tier !== 'High' && ward.methodTier === 'High')),
  )
}

function checkComparison({ comparison, wards }: ChosenResults, rankings: readonly Row[], check: Check): void {
  if (!comparison) return
  const { column, spearman, topThird, resamples, seed, values } = comparison
  const csv = new Map(rankings.map((row) => [row['ward_name'] ?? '', row]))
  const pairs = wards.flatMap(({ wardName, score, tier }, at) => {
    const seen = values[at] ?? null
    const cell = csv.get(wardName)?.[`${column} (held back)`] ?? ''
    check(`${column} of ${wardName} in rankings.csv`, cell === '' ? null : Number(cell), seen)
    return seen === null ? [] : [{ score, seen, isHigh: tier === 'High' }]
  })
  const rho = (of: typeof pairs): number | null =>
    pearson(ranks(of.map(({ score }) => score)), ranks(of.map(({ seen }) => seen)))
  const lift = (of: typeof pairs): number | null => {
    const high = of.filter(({ isHigh }) => isHigh)
    return high.length === 0 || sumOf(of) === 0 ? null : sumOf(high) / high.length / (sumOf(of) / of.length)
  }
  const drawn = Array.from({ length: resamples }, (_, resample) => {
    const uniform = uniformStream(seed, resample)
    return pairs.map(() => pairs[Math.floor(uniform() * pairs.length)] ?? { score: NaN, seen: NaN, isHigh: false })
  })
  check('wards that were compared', comparison.wards, pairs.length)
  for (const [what, found, figure] of [
    ["Spearman's rank correlation", spearman, rho],
    ['lift of tier High', topThird.lift, lift],
  ] as const) {
    const all = drawn.flatMap((resample) => figure(resample) ?? []).sort((one, other) => one - other)
    const order = Math.floor(0.025 * (all.length + 1))
    check(what, found.value, figure(pairs))
    check(`lower bound of ${what}`, found.low, order === 0 ? null : (all[order - 1] ?? null))
    check(`upper bound of ${what}`, found.high, order === 0 ? null : (all.at(-order) ?? null))
  }
}

function sumOf(pairs: readonly { readonly seen: number }[]): number {
  return pairs.reduce((sum, { seen }) => sum + seen, 0)
}

/** Pearson's r; null where one side does not vary. */
function pearson(ones: readonly number[], others: readonly number[]): number | null {
  if (ones.every((value) => value === ones[0]) || others.every((value) => value === others[0])) return null
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(ones), mean(others)]
  const product = mean(ones.map((value, at) => (value - x) * ((others[at] ?? NaN) - y)))
  return (
    product / Math.sqrt(mean(ones.map((value) => (value - x) ** 2)) * mean(others.map((value) => (value - y) ** 2)))
  )
}

/** Ranks from the least; equal values share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((one, other) => one - other)
  const places = new Map<number, number[]>()
  sorted.forEach((value, at) => places.set(value, [...(places.get(value) ?? []), at + 1]))
  return values.map((value) => {
    const own = places.get(value) ?? []
    return own.reduce((sum, place) => sum + place, 0) / own.length
  })
}

/** The random numbers of one resample: sfc32, seeded by SplitMix32 from seed and resample, less the first twelve. */
function uniformStream(seed: number, resample: number): () => number {
  let state = (seed ^ Math.imul(resample + 1, 0x9e3779b9)) | 0
  const split = (): number => {
    state = (state + 0x9e3779b9) | 0
    const first = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    const second = Math.imul(first ^ (first >>> 15), 0x735a2d97)
    return second ^ (second >>> 15)
  }
  let [a, b, c, counter] = [split(), split(), split(), 1]
  const next = (): number => {
    const result = (a + b + counter) | 0
    counter += 1
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((((c << 21) | (c >>> 11)) >>> 0) + result) | 0
    return ((result >>> 0) + 0.5) / 2 ** 32
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  return next
}
