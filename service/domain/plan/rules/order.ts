import type { PlanBasis } from '../plan-basis.ts'
import type { PlanColumn } from '../plan-columns.ts'
import type { PlanParameters } from '../planned-ward.ts'

/**
 * The rank of each ward in the order of the plan, 1 for the first to be served. By a column: 1 + the number of wards
 * with a value that comes before; a ward without a value comes after all that have one.
 */
export function ranksOf(
  { wards }: PlanBasis,
  { ranking, rankFirst }: Pick<PlanParameters, 'ranking' | 'rankFirst'>,
  column: PlanColumn | null,
): readonly number[] {
  if (column === null) return wards.map(({ rank, pcaRank }) => (ranking === 'pca' ? (pcaRank ?? rank) : rank))
  const sign = rankFirst === 'lowest' ? 1 : -1
  const known = column.values.filter((value) => !Number.isNaN(value)).map((value) => sign * value)
  known.sort()
  const first = new Map<number, number>()
  known.forEach((value, place) => {
    if (!first.has(value)) first.set(value, place + 1)
  })
  return wards.map((_, place) => first.get(sign * (column.values[place] ?? NaN)) ?? known.length + 1)
}
