/** The values of a column that seem to be written in another unit than the others. */
export interface TwoScales {
  /** How many times smaller they are: shares of one among percentages, or kilometres and thousands among units. */
  readonly factor: 100 | 1000
  readonly count: number
  /** The greatest of the small values, and the least of the others. */
  readonly greatest: number
  readonly least: number
  /** The first few of them. */
  readonly wards: readonly { readonly ward: string; readonly value: number }[]
}

const SHOWN = 10
const FEWEST = 8
/** Neighbours in a column of one unit lie nearer together than this ratio. */
const GAP = 8
/** How far outside the range of the others a small value may lie once it is multiplied. */
const SLACK = 2

/**
 * Finds a column of two units: its positive values fall into two groups with a wide gap between them, and 100 or 1000
 * times the small ones lie among the others. Null if it has one unit, or fewer than eight values. `labels` are the
 * wards' names, one per value. Costs n·log n.
 */
export function twoScales(values: Float64Array, labels: readonly string[]): TwoScales | null {
  const sorted = values.filter((value) => value > 0).sort()
  if (sorted.length < FEWEST) return null
  let [cut, gap] = [0, 1]
  for (let place = 1; place < sorted.length; place += 1) {
    const ratio = (sorted[place] ?? 0) / (sorted[place - 1] ?? 0)
    if (ratio > gap) [cut, gap] = [place, ratio]
  }
  if (gap < GAP) return null
  const [smallest, greatest] = [sorted[0] ?? 0, sorted[cut - 1] ?? 0]
  const [least, most] = [sorted[cut] ?? 0, sorted.at(-1) ?? 0]
  const fits = (factor: number): boolean => smallest * factor * SLACK >= least && greatest * factor <= most * SLACK
  const factor = greatest <= 1 && most <= 100 && fits(100) ? 100 : fits(1000) ? 1000 : null
  if (factor === null) return null
  const wards = Array.from(values, (value, row) => ({ ward: labels[row] ?? '', value })).filter(
    ({ value }) => value > 0 && value <= greatest,
  )
  return { factor, count: wards.length, greatest, least, wards: wards.slice(0, SHOWN) }
}

/** The sentence that says so of the column `name`; null if it has one unit. */
export function scaleCaveat(name: string, values: Float64Array, labels: readonly string[]): string | null {
  const found = twoScales(values, labels)
  if (found === null) return null
  const { factor, count, greatest, least, wards } = found
  const shown = wards.map(({ ward, value }) => `${ward} ${String(value)}`).join(', ')
  const unit = factor === 100 ? 'shares of one among percentages' : 'in a unit a thousand times larger'
  return (
    `"${name}" seems to mix two units: ${String(count)} of its values are at most ${String(greatest)} and all others at ` +
    `least ${String(least)}. The small ones may be ${unit}; they were used as they are: ` +
    `${shown}${count > wards.length ? ' and others' : ''}.`
  )
}
