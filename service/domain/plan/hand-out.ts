import type { PlannedWard, PlanParameters } from './planned-ward.ts'
import { wholeBales } from './rules/bales.ts'
import { peopleCovered } from './rules/need.ts'
import { heldBack } from './rules/supply.ts'

/** A ward with its need, before nets are handed out. */
export type WardNeed = Omit<PlannedWard, 'allocated' | 'bales' | 'covered' | 'coveragePercent'>

/**
 * Serves wards by tier, then by rank, then by name, each with its full need, from what reserve and buffer leave of the
 * stock.
 * @returns the wards in the order in which they are served
 */
export function handOut(needs: readonly WardNeed[], parameters: PlanParameters): readonly PlannedWard[] {
  const { baleSize, peoplePerNet } = parameters
  const ordered = needs.toSorted(
    (one, other) => one.allocationTier - other.allocationTier || one.rank - other.rank || byName(one, other),
  )
  const nets = netsInOrder(
    ordered.map(({ need }) => need),
    parameters,
  )
  return ordered.map((ward, place) => {
    const allocated = nets[place] ?? 0
    const covered = peopleCovered(ward.population, allocated, peoplePerNet)
    // Each by its name: a spread of so many properties takes several times as long.
    return {
      wardCode: ward.wardCode,
      wardName: ward.wardName,
      lga: ward.lga,
      state: ward.state,
      rank: ward.rank,
      rankValue: ward.rankValue,
      allocationTier: ward.allocationTier,
      urbanShare: ward.urbanShare,
      population: ward.population,
      householdSize: ward.householdSize,
      need: ward.need,
      protectedBecause: ward.protectedBecause,
      exception: ward.exception,
      ...(ward.compared !== undefined && { compared: ward.compared }),
      allocated,
      bales: baleSize === null ? null : allocated / baleSize,
      covered,
      coveragePercent: percentOf(covered, ward.population),
    }
  })
}

/** The nets of each ward, given the needs in the order of serving. */
export function netsInOrder(
  needs: readonly number[],
  {
    totalNets,
    reserve,
    bufferPercent,
    lastWard,
    baleSize,
  }: Pick<PlanParameters, 'totalNets' | 'reserve' | 'bufferPercent' | 'lastWard' | 'baleSize'>,
): readonly number[] {
  const { routine, buffer } = heldBack(totalNets, reserve, bufferPercent)
  let left = totalNets - routine - buffer
  const nets = needs.map((need) => {
    const allocated = lastWard === 'whole' && need > left ? 0 : Math.min(need, left)
    // Where the stock is too small for a whole ward, serving ends.
    left = allocated < need ? 0 : left - allocated
    return allocated
  })
  return baleSize === null ? nets : wholeBales(nets, baleSize).map((bales) => bales * baleSize)
}

/** A part in percent of the whole, at most 100; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(100, (100 * part) / whole)
}

/** The order of wards of equal rank. */
export function byName(
  one: Pick<WardNeed, 'wardName' | 'wardCode'>,
  other: Pick<WardNeed, 'wardName' | 'wardCode'>,
): number {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return compare(one.wardName, other.wardName) || compare(one.wardCode ?? '', other.wardCode ?? '')
}
