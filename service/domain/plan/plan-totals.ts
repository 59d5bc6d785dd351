import { percentOf } from './hand-out.ts'
import type { PlanTotals } from './net-plan.ts'
import type { PlannedWard, PlanParameters } from './planned-ward.ts'

/**
 * Sums up the wards of a plan.
 * @param reserve nets held back before wards are served
 */
export function totalsOf(
  wards: readonly PlannedWard[],
  { totalNets, costs }: Pick<PlanParameters, 'totalNets' | 'costs'>,
  reserve: number,
): PlanTotals {
  const sum = (of: (ward: PlannedWard) => number): number => wards.reduce((total, ward) => total + of(ward), 0)
  const allocated = sum((ward) => ward.allocated)
  const population = sum((ward) => ward.population)
  const served = wards.filter((ward) => ward.allocated > 0).length
  // Sums of tenths of people have rounding noise in the last digits.
  const covered = Math.round(sum((ward) => ward.covered) * 1e6) / 1e6
  return {
    stock: totalNets,
    reserve,
    allocated,
    remaining: totalNets - reserve - allocated,
    need: sum((ward) => ward.need),
    wardsFull: wards.filter((ward) => ward.allocated >= ward.need).length,
    wardsPartial: wards.filter((ward) => ward.allocated > 0 && ward.allocated < ward.need).length,
    population,
    covered,
    coveragePercent: percentOf(covered, population),
    cost: costs === null ? null : allocated * (costs.perNet ?? 0) + served * (costs.perWard ?? 0),
  }
}
