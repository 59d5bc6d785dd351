import type { Edition } from './made-data.ts'

/** A ward of a plan as a reply shows it. */
export type PlanRow = Readonly<Record<'wardName' | 'population' | 'need' | 'allocated', unknown>>

export interface ExpectedAllocation {
  readonly wardName: string
  readonly population: number
  readonly need: number
  readonly allocated: number
}

/**
 * Recomputes a plan from the method's description: one net for 1.8 people, rounded up, by rank until the stock ends.
 */
export function expectedPlan(
  { ranking, populations }: Pick<Edition, 'ranking' | 'populations'>,
  totalNets: number,
): readonly ExpectedAllocation[] {
  let left = totalNets
  return [...ranking]
    .sort((one, other) => one.rank - other.rank || (one.wardName < other.wardName ? -1 : 1))
    .map(({ wardName }) => {
      const population = populations.get(wardName) ?? 0
      const need = Math.ceil((population * 5) / 9)
      const allocated = Math.min(need, left)
      left -= allocated
      return { wardName, population, need, allocated }
    })
}

/** The fault of a plan in a reply, or null when it is the expected plan. */
export function planMisfit(expected: readonly ExpectedAllocation[], shown: readonly PlanRow[]): string | null {
  if (shown.length !== expected.length) return `${shown.length} wards where ${expected.length} were uploaded`
  const byName = new Map(shown.map((row) => [row.wardName, row]))
  for (const { wardName, population, need, allocated } of expected) {
    const row = byName.get(wardName)
    if (row === undefined) return 'a ward that was uploaded is missing'
    if (row.population !== population || row.need !== need || row.allocated !== allocated)
      return (
        `${String(row.allocated)} of ${String(row.need)} nets for ${String(row.population)} people ` +
        `where ${allocated} of ${need} for ${population} follow from the data`
      )
  }
  return null
}
