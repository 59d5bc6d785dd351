/**
 * The middle value, or the mean of the two middle values; NaN without values. Rearranges the values: it sorts them only
 * in part, which costs a fraction of sorting them.
 */
export function median(values: Float64Array | Uint16Array | Uint32Array): number {
  const { length } = values
  const middle = length >> 1
  const upper = select(values, middle)
  if (length % 2 === 1) return upper
  let lower = -Infinity
  for (let place = 0; place < middle; place += 1) lower = Math.max(lower, values[place] ?? NaN)
  return (lower + upper) / 2
}

/**
 * Returns the value that is at place `wanted` in sorted order, and moves it there. No value before it is greater
 * (Hoare's quickselect).
 */
function select(values: Float64Array | Uint16Array | Uint32Array, wanted: number): number {
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? NaN
    let low = left
    let high = right
    while (low <= high) {
      while ((values[low] ?? NaN) < pivot) low += 1
      while ((values[high] ?? NaN) > pivot) high -= 1
      if (low > high) break
      const swapped = values[low] ?? NaN
      values[low] = values[high] ?? NaN
      values[high] = swapped
      low += 1
      high -= 1
    }
    if (wanted <= high) right = high
    else if (wanted >= low) left = low
    else break
  }
  return values[wanted] ?? NaN
}
