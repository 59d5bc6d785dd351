import { quoted } from '../quoted.ts'

/** Values outside the fences: how many, and the farthest of them by ward. The fences are null if none can be drawn. */
export interface Outliers {
  readonly low: number | null
  readonly high: number | null
  readonly count: number
  /** The farthest first, up to twenty. */
  readonly wards: readonly { readonly ward: string; readonly value: number }[]
}

const SHOWN = 20
const NAMED = 10
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
  const wards: { readonly ward: string; readonly value: number }[] = []
  values.forEach((value, row) => {
    if (beyond(value) > 0) wards.push({ ward: labels[row] ?? '', value })
  })
  return {
    low,
    high,
    count: wards.length,
    wards: wards.sort((one, other) => beyond(other.value) - beyond(one.value)).slice(0, SHOWN),
  }
}

/**
 * The sentence that says so of the column `name`; null if there are none. An outlier sets the scale of its indicator,
 * and a population that is one takes the nets of others.
 */
export function outlierCaveat(name: string, values: Float64Array, labels: readonly string[]): string | null {
  const { count, low, high, wards } = outliersOf(values, labels)
  if (count === 0 || low === null || high === null) return null
  const shown = wards.slice(0, NAMED).map(({ ward, value }) => `${ward} ${String(value)}`)
  return (
    `${quoted(name)} has ${String(count)} values far from the rest (outside ${shortened(low)} to ` +
    `${shortened(high)}), used as they are: ${shown.join(', ')}${count > shown.length ? ' and others' : ''}.`
  )
}

function shortened(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? NaN
  return below + ((sorted[Math.ceil(place)] ?? NaN) - below) * (place - Math.floor(place))
}
