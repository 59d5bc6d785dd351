/** Values outside the fences: how many, and the farthest of them by ward. The fences are null if none can be drawn. */
export interface Outliers {
  readonly low: number | null
  readonly high: number | null
  readonly count: number
  /** The farthest first, up to twenty. */
  readonly wards: readonly { readonly ward: string; readonly value: number }[]
}

const SHOWN = 20
const FENCE = 3
const FEWEST = 8
const NONE: Outliers = { low: null, high: null, count: 0, wards: [] } as const

/**
 * Finds values more than three interquartile ranges below the lower or above the upper quartile: Tukey's outer fences
 * (1977), with quartiles by linear interpolation. Fewer than eight values or equal quartiles give no fences. `labels`
 * are the wards' names, one per value. NaN is skipped. Costs n·log n.
 */
export function outliersOf(values: Float64Array, labels: readonly string[]): Outliers {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const lower = quantile(sorted, 0.25)
  const upper = quantile(sorted, 0.75)
  const range = upper - lower
  if (sorted.length < FEWEST || range <= 0) return NONE
  const low = lower - FENCE * range
  const high = upper + FENCE * range
  const beyond = (value: number): number => Math.max(low - value, value - high)
  const wards = Array.from(values, (value, row) => ({ ward: labels[row] ?? '', value })).filter(
    ({ value }) => beyond(value) > 0,
  )
  return {
    low,
    high,
    count: wards.length,
    wards: wards.sort((one, other) => beyond(other.value) - beyond(one.value)).slice(0, SHOWN),
  }
}

function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? NaN
  return below + ((sorted[Math.ceil(place)] ?? NaN) - below) * (place - Math.floor(place))
}
