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
  const { totalNets, reserve, bufferPercent, lastWard, baleSize, peoplePerNet } = parameters
  const ordered = needs.toSorted(
    (one, other) => one.allocationTier - other.allocationTier || one.rank - other.rank || byName(one, other),
  )
  const { routine, buffer } = heldBack(totalNets, reserve, bufferPercent)
  let left = totalNets - routine - buffer
  const nets = ordered.map(({ need }) => {
    const allocated = lastWard === 'whole' && need > left ? 0 : Math.min(need, left)
    // Where the stock is too small for a whole ward, serving ends.
    left = allocated < need ? 0 : left - allocated
    return allocated
  })
  const bales = baleSize === null ? null : wholeBales(nets, baleSize)
  return ordered.map((ward, place) => {
    const allocated = bales === null || baleSize === null ? (nets[place] ?? 0) : (bales[place] ?? 0) * baleSize
    const covered = peopleCovered(ward.population, allocated, peoplePerNet)
    return {
      ...ward,
      allocated,
      bales: bales?.[place] ?? null,
      covered,
      coveragePercent: percentOf(covered, ward.population),
    }
  })
}

/** A part in percent of the whole, at most 100; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(100, (100 * part) / whole)
}

function byName(one: WardNeed, other: WardNeed): number {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return compare(one.wardName, other.wardName) || compare(one.wardCode ?? '', other.wardCode ?? '')
}
