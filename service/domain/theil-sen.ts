/** A value at a time. */
export interface TimedValue {
  readonly time: number
  readonly value: number
}

/** How fast values change: units of the value per unit of time. */
export interface Trend {
  /** The median of the slopes. */
  readonly slope: number
  /** Bounds of an interval that holds the true slope in at least 95 % of cases; null where there are too few values. */
  readonly low: number | null
  readonly high: number | null
  /** How many slopes there are: pairs of values of one season at two times. */
  readonly pairs: number
}

/** The chance that the true slope lies below the interval, and the chance that it lies above. */
const TAIL = 0.025

/**
 * The Theil–Sen slope: the median of the slopes between all pairs of values (Sen 1968). With several seasons only
 * values of one season are compared with each other, so that the course of a year is not taken for a trend (Hirsch,
 * Slack and Smith 1982). The interval goes from the k-th least to the k-th greatest slope, with the greatest k whose
 * tails are at most 2.5 % each when nothing changes (Hollander and Wolfe 1999, section 9.3). That chance is exact for
 * values without ties, and too large with them, so that the interval is then too wide.
 * @param seasons the values of each season, each at a time of its own
 * @returns null when no season has two values
 */
export function theilSen(seasons: readonly (readonly TimedValue[])[]): Trend | null {
  const slopes = Float64Array.from(seasons.flatMap(slopesOf)).sort()
  const pairs = slopes.length
  if (pairs === 0) return null
  const half = pairs >> 1
  const upper = slopes[half] ?? NaN
  const slope = pairs % 2 === 1 ? upper : ((slopes[half - 1] ?? NaN) + upper) / 2
  const order = orderOfBound(seasons.map(({ length }) => length))
  return {
    slope,
    low: order === 0 ? null : (slopes[order - 1] ?? null),
    high: order === 0 ? null : (slopes[pairs - order] ?? null),
    pairs,
  }
}

function slopesOf(season: readonly TimedValue[]): number[] {
  return season.flatMap((later, at) =>
    season.slice(0, at).map((earlier) => (later.value - earlier.value) / (later.time - earlier.time)),
  )
}

/** The greatest k for which fewer than k falling pairs have at most the chance of a tail; 0 if there is none. */
function orderOfBound(sizes: readonly number[]): number {
  const chances = fallingPairs(sizes)
  let order = 0
  let below = chances[0] ?? 1
  while (below <= TAIL && order < chances.length >> 1) {
    order += 1
    below += chances[order] ?? 1
  }
  return order
}

/**
 * The chance of each number of falling pairs when all orders of the values are as likely: Kendall's distribution. The
 * j-th value of a season falls below 0 to j − 1 earlier ones, each number as likely as the others.
 */
function fallingPairs(sizes: readonly number[]): Float64Array {
  let chances: Float64Array = Float64Array.of(1)
  for (const size of sizes) for (let values = 2; values <= size; values += 1) chances = spread(chances, values)
  return chances
}

/** Adds 0 to `width` − 1 with equal chances. */
function spread(chances: Float64Array, width: number): Float64Array {
  const wider = new Float64Array(chances.length + width - 1)
  let sum = 0
  for (let at = 0; at < wider.length; at += 1) {
    sum += (chances[at] ?? 0) - (chances[at - width] ?? 0)
    wider[at] = sum / width
  }
  return wider
}
