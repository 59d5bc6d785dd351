import type { PositivityShare } from '../positivity-share.ts'
import { wilson, type PositivityChoices } from '../positivity.ts'
import { METHODS, type CountPlaces } from './count-places.ts'
import { known } from './report-store.ts'
import type { TestMethod } from './test-column.ts'

/** Sums of one facility by method. */
export interface FacilitySums {
  readonly tested: Record<TestMethod, number>
  readonly positive: Record<TestMethod, number>
}

export function emptySums(): FacilitySums {
  return { tested: { rdt: 0, microscopy: 0 }, positive: { rdt: 0, microscopy: 0 } }
}

/**
 * Adds the counts of a report.
 * @param pairs the pairs of tested and positive people that count
 */
export function addCounts(
  { tested, positive }: FacilitySums,
  counts: Uint32Array,
  places: CountPlaces,
  pairs: readonly number[],
): void {
  for (const pair of pairs) {
    const method = places.methods[pair]
    if (method === undefined) continue
    tested[method] += known(counts[pair * 2])
    positive[method] += known(counts[pair * 2 + 1])
  }
}

/** Test positivity over some facilities, with its interval. */
export function shareOf(facilities: readonly FacilitySums[], age: PositivityChoices['age']): PositivityShare {
  const { tested, positive } = age === 'all' ? allAges(facilities) : oneAge(facilities)
  const interval = wilson(positive, tested)
  return {
    tested,
    positive,
    tpr: tested > 0 ? (100 * positive) / tested : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  }
}

/** Takes at each facility the larger of both methods' tested and the larger of their positive. Sums over the ward. */
function oneAge(facilities: readonly FacilitySums[]): { tested: number; positive: number } {
  return {
    tested: facilities.reduce((sum, { tested }) => sum + Math.max(tested.rdt, tested.microscopy), 0),
    positive: facilities.reduce((sum, { positive }) => sum + Math.max(positive.rdt, positive.microscopy), 0),
  }
}

/** Sums over the ward by method, and takes the method with the larger positivity. */
function allAges(facilities: readonly FacilitySums[]): { tested: number; positive: number } {
  const [rdt, microscopy] = METHODS.map((method) => ({
    tested: facilities.reduce((sum, { tested }) => sum + tested[method], 0),
    positive: facilities.reduce((sum, { positive }) => sum + positive[method], 0),
  })) as [{ tested: number; positive: number }, { tested: number; positive: number }]
  const rate = ({ tested, positive }: { tested: number; positive: number }): number =>
    tested === 0 ? -1 : positive / tested
  return rate(microscopy) > rate(rdt) ? microscopy : rdt
}
