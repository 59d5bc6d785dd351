/**
 * Ranks from the greatest score: 1 + the number of greater ones. Minus infinity comes after all others.
 * @param sorted room for as many scores
 * @param ranks where the ranks are written
 */
export function rankScores(scores: Float64Array, sorted: Float64Array, ranks: Uint16Array): void {
  sorted.set(scores)
  sorted.sort()
  const { length } = sorted
  for (let ward = 0; ward < length; ward += 1) {
    const score = scores[ward] ?? 0
    let [low, high] = [0, length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sorted[middle] ?? 0) <= score) low = middle + 1
      else high = middle
    }
    ranks[ward] = length - low + 1
  }
}
