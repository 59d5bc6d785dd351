import type { Mode, Tier } from './analysis-result.ts'

/**
 * Ranks wards by score, 1 for the highest. Standard: equal scores share a rank, 1, 2, 2, 4.
 * Legacy breaks ties by row order. Costs n·log n.
 */
export function rankWards(scores: Float64Array, mode: Mode): Uint32Array {
  const order = Uint32Array.from(scores.keys()).sort(
    (one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other,
  )
  const ranks = new Uint32Array(scores.length)
  order.forEach((row, position) => {
    const before = order[position - 1]
    const shared = mode === 'standard' && before !== undefined && scores[before] === scores[row]
    ranks[row] = shared ? (ranks[before] ?? 0) : position + 1
  })
  return ranks
}

/** Tiers by rank among n wards: up to ⌊n/3⌋ High, beyond n − ⌊n/3⌋ Low, the rest Medium. Equal ranks share a tier. */
export function tiersOf(ranks: Uint32Array): readonly Tier[] {
  const third = Math.floor(ranks.length / 3)
  return Array.from(ranks, (rank) => (rank <= third ? 'High' : rank > ranks.length - third ? 'Low' : 'Medium'))
}
