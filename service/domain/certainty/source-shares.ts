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

/** Σ rank² of each group of draws, which is the same for all sources. */
export function groupSquares(ranks: Uint16Array): Float64Array {
  const squares = new Float64Array(GROUPS)
  for (let group = 0; group < GROUPS; group += 1) {
    const end = firstOfGroup(group + 1, ranks.length)
    let square = 0
    for (let draw = firstOfGroup(group, ranks.length); draw < end; draw += 1) square += (ranks[draw] ?? 0) ** 2
    squares[group] = square
  }
  return squares
}

/**
 * Adds one ward's variance of ranks between the bins of a source, as in an analysis of variance: what chance alone
 * would put between the bins is taken off (Saltelli et al. 2008, "Global Sensitivity Analysis", section 4.4: the
 * variance of the expected result given one factor). All sums are of whole numbers, so that their order does not count.
 * @param ranks of the ward, by draw
 * @param squares what `groupSquares` gives for them
 */
export function addVariance(
  { between, total }: VarianceParts,
  { bins, count }: BinnedSource,
  ranks: Uint16Array,
  squares: Float64Array,
): void {
  const draws = ranks.length
  // A row for each group of draws, and one for all of them.
  const [sums, counts] = [new Float64Array((GROUPS + 1) * count), new Float64Array((GROUPS + 1) * count)]
  const whole = GROUPS * count
  for (let group = 0; group < GROUPS; group += 1) {
    const [row, end] = [group * count, firstOfGroup(group + 1, draws)]
    for (let draw = firstOfGroup(group, draws); draw < end; draw += 1) {
      const cell = row + (bins[draw] ?? 0)
      sums[cell] = (sums[cell] ?? 0) + (ranks[draw] ?? 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
    for (let bin = 0; bin < count; bin += 1) {
      sums[whole + bin] = (sums[whole + bin] ?? 0) + (sums[row + bin] ?? 0)
      counts[whole + bin] = (counts[whole + bin] ?? 0) + (counts[row + bin] ?? 0)
    }
  }
  const allSquares = squares.reduce((sum, square) => sum + square, 0)
  for (let left = 0; left <= GROUPS; left += 1) {
    // Group GROUPS does not exist: the last turn leaves nothing out.
    const isGroup = left < GROUPS
    let [all, sum, betweenSquares, used] = [0, 0, 0, 0]
    for (let bin = 0; bin < count; bin += 1) {
      const binSum = (sums[whole + bin] ?? 0) - (isGroup ? (sums[left * count + bin] ?? 0) : 0)
      const binCount = (counts[whole + bin] ?? 0) - (isGroup ? (counts[left * count + bin] ?? 0) : 0)
      if (binCount === 0) continue
      used += 1
      all += binCount
      sum += binSum
      betweenSquares += (binSum * binSum) / binCount
    }
    const square = allSquares - (isGroup ? (squares[left] ?? 0) : 0)
    const middle = (sum * sum) / all
    const [totalSquares, explained] = [square - middle, betweenSquares - middle]
    const withinMean = (totalSquares - explained) / (all - used)
    between[left] = (between[left] ?? 0) + (explained - (used - 1) * withinMean) / all
    total[left] = (total[left] ?? 0) + totalSquares / all
  }
}

/** The first draw of a group: draws are divided evenly, in their order. */
function firstOfGroup(group: number, draws: number): number {
  return Math.ceil((group * draws) / GROUPS)
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
