/** A ward's place by the method. */
export interface ExpectedWard {
  readonly wardName: string
  readonly score: number
  readonly rank: number
  readonly tier: 'High' | 'Medium' | 'Low'
}

/**
 * Recomputes a ranking from the method's description, apart from the service's code: each indicator is scaled to 0 to 1
 * (an inverse one is reversed), every subset of two or more is averaged, and a ward's score is the median over the
 * subsets.
 * @param columns one array for each indicator, without gaps
 */
export function expectedRanking(
  wardNames: readonly string[],
  columns: readonly (readonly number[])[],
  inverse: readonly boolean[],
): readonly ExpectedWard[] {
  const normalised = scaled(columns, inverse)
  const subsets = Array.from({ length: 2 ** columns.length }, (_, bits) =>
    normalised.filter((_column, at) => (bits & (1 << at)) !== 0),
  ).filter(({ length }) => length >= 2)
  return ranked(
    wardNames,
    wardNames.map((_, ward) =>
      median(subsets.map((subset) => subset.reduce((sum, values) => sum + (values[ward] ?? NaN), 0) / subset.length)),
    ),
  )
}

/**
 * The same by a person's weights: a ward's score is the weighted mean of its scaled indicators.
 * @param weights one for each indicator
 */
export function weightedRanking(
  wardNames: readonly string[],
  columns: readonly (readonly number[])[],
  inverse: readonly boolean[],
  weights: readonly number[],
): readonly ExpectedWard[] {
  const normalised = scaled(columns, inverse)
  return ranked(
    wardNames,
    wardNames.map((_, ward) =>
      normalised.reduce((sum, values, at) => sum + (weights[at] ?? NaN) * (values[ward] ?? NaN), 0),
    ),
  )
}

function scaled(columns: readonly (readonly number[])[], inverse: readonly boolean[]): number[][] {
  return columns.map((values, column) => {
    const [least, most] = [Math.min(...values), Math.max(...values)]
    return values.map((value) => (inverse[column] === true ? most - value : value - least) / (most - least))
  })
}

function ranked(wardNames: readonly string[], scores: readonly number[]): readonly ExpectedWard[] {
  const third = Math.floor(wardNames.length / 3)
  return wardNames
    .map((wardName, ward) => {
      const score = scores[ward] ?? NaN
      const rank = 1 + scores.filter((other) => other > score).length
      return {
        wardName,
        score,
        rank,
        tier:
          rank <= third ? ('High' as const) : rank > wardNames.length - third ? ('Low' as const) : ('Medium' as const),
      }
    })
    .sort((one, other) => one.rank - other.rank)
}

/** The fault of a ranking in a reply, or null when it is the expected ranking. */
export function misfit(
  expected: readonly ExpectedWard[],
  shown: readonly { wardName?: unknown; score?: unknown; rank?: unknown; tier?: unknown }[],
): string | null {
  if (shown.length !== expected.length) return `${shown.length} wards where ${expected.length} were uploaded`
  const byName = new Map(expected.map((ward) => [ward.wardName, ward]))
  for (const ward of shown) {
    const should = byName.get(String(ward.wardName))
    if (should === undefined) return 'a ward that was not uploaded'
    if (Math.abs(Number(ward.score) - should.score) > 1e-9)
      return `score ${String(ward.score)} where ${should.score} follows from the data`
    if (ward.rank !== should.rank || ward.tier !== should.tier)
      return (
        `rank ${String(ward.rank)}, tier ${String(ward.tier)} ` +
        `where ${should.rank}, ${should.tier} follow from the data`
      )
  }
  return null
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
