/** The values that are not missing. */
export function presentOf(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value))
}

/** The sum by Neumaier's method, so that it does not depend on the order of the values. 0 of no value. */
export function sumOf(values: Float64Array): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** The arithmetic mean; NaN of no value. */
export function meanOf(values: Float64Array): number {
  return values.length === 0 ? NaN : sumOf(values) / values.length
}

/** The sample standard deviation, with n − 1; NaN of fewer than two values. */
export function deviationOf(values: Float64Array): number {
  if (values.length < 2) return NaN
  const mean = meanOf(values)
  return Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1))
}

/**
 * The quantile of type 7 of Hyndman and Fan, which R, NumPy and spreadsheets use: linear between the values at
 * (n − 1) · q. NaN of no value.
 * @param sorted the least first
 */
export function quantileOf(sorted: Float64Array, q: number): number {
  const place = (sorted.length - 1) * q
  const below = sorted[Math.floor(place)] ?? NaN
  const above = sorted[Math.ceil(place)] ?? NaN
  return below + (place - Math.floor(place)) * (above - below)
}

/**
 * Pearson's correlation of pairs, −1 to 1; NaN of fewer than two pairs, or where all values of one side are equal.
 */
export function correlationOf(ones: Float64Array, others: Float64Array): number {
  const [meanOne, meanOther] = [meanOf(ones), meanOf(others)]
  const products = new Float64Array(ones.length)
  for (let at = 0; at < ones.length; at += 1)
    products[at] = ((ones[at] ?? NaN) - meanOne) * ((others[at] ?? NaN) - meanOther)
  const [spreadOne, spreadOther] = [squares(ones, meanOne), squares(others, meanOther)]
  if (ones.length < 2 || spreadOne === 0 || spreadOther === 0) return NaN
  return Math.min(1, Math.max(-1, sumOf(products) / Math.sqrt(spreadOne) / Math.sqrt(spreadOther)))
}

function squares(values: Float64Array, mean: number): number {
  // Where all values are equal, the mean may differ from them by rounding.
  if (values.every((value) => value === values[0])) return 0
  return sumOf(values.map((value) => (value - mean) ** 2))
}
