const SUMMARIES: ReadonlySet<string> = new Set([
  'total',
  'totals',
  'grand total',
  'sub total',
  'subtotal',
  'overall total',
  'state total',
  'lga total',
  'sum',
  'average',
  'mean',
])

/**
 * Whether a name shows that its row sums up other rows: `Total`, `Grand total`, `Sub-total:`, `Average`, or `Dala
 * total` in the LGA or state Dala (`areas`). Compares whole names: `Total Garden` is a place.
 */
export function isSummaryName(name: string, areas: readonly string[] = []): boolean {
  const words = wordsOf(name)
  return (
    SUMMARIES.has(words) ||
    areas.some((area) => words === `${wordsOf(area)} total` || words === `total ${wordsOf(area)}`)
  )
}

function wordsOf(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
