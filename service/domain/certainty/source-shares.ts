/** Draws are divided into this many groups, each left out once, to see how far a share depends on the draws. */
const GROUPS = 10
const MOST_BINS = 10
/** A bin holds at least this many draws on average, so that its mean says something. */
const DRAWS_A_BIN = 20

/** Something that was drawn, with the bin of each draw. */
export interface BinnedSource {
  readonly bins: Uint8Array
  readonly count: number
}

/** Variance between the bins of a source and in all, each of all draws and with each group of draws left out. */
export interface VarianceParts {
  readonly between: Float64Array
  readonly total: Float64Array
}

/** The share of a source in the variance of ranks, 0 to 1, and its standard error. */
export interface SourceShare {
  readonly share: number
  readonly error: number
}

/** Bins of equal numbers of draws, by the order of their values. Equal values share the lower bin. */
export function binsByValue(values: ArrayLike<number>): BinnedSource {
  const draws = values.length
  const count = Math.max(2, Math.min(MOST_BINS, Math.floor(draws / DRAWS_A_BIN)))
  const sorted = Float64Array.from(values).sort()
  const firstAt = new Map<number, number>()
  sorted.forEach((value, at) => {
    if (!firstAt.has(value)) firstAt.set(value, at)
  })
  return {
    count,
    bins: Uint8Array.from(values, (value) => Math.floor(((firstAt.get(value) ?? 0) * count) / draws)),
  }
}

export function emptyParts(): VarianceParts {
  return { between: new Float64Array(GROUPS + 1), total: new Float64Array(GROUPS + 1) }
}

/**
 * Adds one ward's variance of ranks between the bins of a source, as in an analysis of variance: what chance alone
 * would put between the bins is taken off (Saltelli et al. 2008, "Global Sensitivity Analysis", section 4.4: the
 * variance of the expected result given one factor).
 * @param ranks of the ward, by draw
 */
export function addVariance(
  { between, total }: VarianceParts,
  { bins, count }: BinnedSource,
  ranks: Uint16Array,
): void {
  const draws = ranks.length
  const [sums, counts] = [new Float64Array(GROUPS * count), new Float64Array(GROUPS * count)]
  const squares = new Float64Array(GROUPS)
  for (let draw = 0; draw < draws; draw += 1) {
    const group = Math.floor((draw * GROUPS) / draws)
    const rank = ranks[draw] ?? 0
    const cell = group * count + (bins[draw] ?? 0)
    sums[cell] = (sums[cell] ?? 0) + rank
    counts[cell] = (counts[cell] ?? 0) + 1
    squares[group] = (squares[group] ?? 0) + rank * rank
  }
  for (let left = 0; left <= GROUPS; left += 1) {
    // Group GROUPS does not exist: the last turn leaves nothing out.
    let [all, sum, square, betweenSquares, used] = [0, 0, 0, 0, 0]
    for (let bin = 0; bin < count; bin += 1) {
      let [binSum, binCount] = [0, 0]
      for (let group = 0; group < GROUPS; group += 1) {
        if (group === left) continue
        binSum += sums[group * count + bin] ?? 0
        binCount += counts[group * count + bin] ?? 0
      }
      if (binCount === 0) continue
      used += 1
      all += binCount
      sum += binSum
      betweenSquares += (binSum * binSum) / binCount
    }
    for (let group = 0; group < GROUPS; group += 1) square += group === left ? 0 : (squares[group] ?? 0)
    const middle = (sum * sum) / all
    const [totalSquares, explained] = [square - middle, betweenSquares - middle]
    const withinMean = (totalSquares - explained) / (all - used)
    between[left] = (between[left] ?? 0) + (explained - (used - 1) * withinMean) / all
    total[left] = (total[left] ?? 0) + totalSquares / all
  }
}

/** The share with its error by the jackknife over the groups; 0 where nothing varies, and never below 0. */
export function shareOf({ between, total }: VarianceParts): SourceShare {
  const shares = Array.from(between, (part, at) => ((total[at] ?? 0) > 0 ? part / (total[at] ?? 1) : 0))
  const [whole = 0, without] = [shares[GROUPS], shares.slice(0, GROUPS)]
  const mean = without.reduce((sum, share) => sum + share, 0) / GROUPS
  const spread = without.reduce((sum, share) => sum + (share - mean) ** 2, 0)
  return { share: Math.max(0, whole), error: Math.sqrt(((GROUPS - 1) / GROUPS) * spread) }
}

/** Adds what another slice of the wards found. */
export function joinParts(parts: readonly VarianceParts[]): VarianceParts {
  const joined = emptyParts()
  for (const { between, total } of parts)
    for (let at = 0; at <= GROUPS; at += 1) {
      joined.between[at] = (joined.between[at] ?? 0) + (between[at] ?? 0)
      joined.total[at] = (joined.total[at] ?? 0) + (total[at] ?? 0)
    }
  return joined
}
