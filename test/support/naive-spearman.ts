/** Ranks from the least; equal values share the mean of their places. */
function naiveRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}

/** Pearson's r by its definition; null where one side does not vary. */
export function naivePearson(ones: readonly number[], others: readonly number[]): number | null {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanOne, meanOther] = [mean(ones), mean(others)]
  const product = mean(ones.map((value, at) => (value - meanOne) * ((others[at] ?? NaN) - meanOther)))
  const spread = Math.sqrt(
    mean(ones.map((value) => (value - meanOne) ** 2)) * mean(others.map((value) => (value - meanOther) ** 2)),
  )
  return spread < 1e-12 ? null : product / spread
}

/** Spearman's rank correlation: Pearson's of the ranks. */
export function naiveSpearman(ones: readonly number[], others: readonly number[]): number | null {
  return naivePearson(naiveRanks(ones), naiveRanks(others))
}
