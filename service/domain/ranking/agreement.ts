import type { Agreement } from './analysis-result.ts'

/**
 * How far two rankings of the same wards agree: Spearman's rank correlation, and how many wards the two top thirds
 * share. Ties take their average rank. The correlation is null when all wards of one ranking are equal. A greater score
 * is riskier.
 */
export function agreementOf(
  one: Float64Array,
  other: Float64Array,
  ranks: Uint32Array,
  otherRanks: Uint32Array,
): Agreement {
  const third = Math.floor(one.length / 3)
  const inTop = Array.from(ranks, (rank) => rank <= third)
  const shared = Array.from(otherRanks).filter((rank, ward) => rank <= third && inTop[ward] === true).length
  return {
    spearman: correlation(averageRanks(one), averageRanks(other)),
    topThird: { wards: inTop.filter(Boolean).length, shared },
  }
}

/** Ranks of the values, 1 for the least. Equal values share the mean of their ranks. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Float64Array(values.length)
  let start = 0
  while (start < order.length) {
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1
    for (let place = start; place < end; place += 1) ranks[order[place] ?? 0] = (start + end + 1) / 2
    start = end
  }
  return ranks
}

/** Pearson's correlation of two columns of equal length; null when one of them does not vary. */
export function correlation(one: Float64Array, other: Float64Array): number | null {
  const x = centred(one)
  const y = centred(other)
  const norm = Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y))
  return norm === 0 ? null : Math.max(-1, Math.min(1, dot(x, y) / norm))
}

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0)
}
