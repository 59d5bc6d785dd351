import { lgaNets } from './lga-nets.ts'
import type { ExcludedWard, NetPlan, PlanTotals } from './net-plan.ts'
import type { PlannedWard, PlanParameters } from './planned-ward.ts'
import type { PlanBasis, PlanWard } from './plan-basis.ts'
import { planCaveats } from './plan-caveats.ts'
import { MOST_WARD_PEOPLE } from './plan-limits.ts'
import type { PlanOptions } from './plan-options.ts'
import { settledInputs } from './settled-inputs.ts'
import { urbanExtent } from './urban-extent.ts'

/** A ward with its need, before nets are handed out. */
type WardNeed = Omit<PlannedWard, 'allocated' | 'covered' | 'coveragePercent'>

/**
 * Hands out a stock of nets. Wards with an urban share below the threshold are served first, then the others, both by
 * rank. Each ward gets its full need until the stock runs out. The ward at which it runs out gets the remainder, and
 * later wards get none. Wards of equal rank are served in the order of their names. A ward without a usable population
 * is left out and listed. Costs n·log n.
 * @throws Fault `invalid-input` when the options do not fit the data, with pointers to them
 * @throws Fault `unsettled` with the questions about the columns that it uses, while they are open
 */
export function planNets(basis: PlanBasis, options: PlanOptions): NetPlan {
  const { parameters, population, urban, answered } = settledInputs(basis, options)
  const needs: WardNeed[] = []
  const excluded: ExcludedWard[] = []
  basis.wards.forEach((ward, place) => {
    const people = population.values[place] ?? NaN
    const rank = rankOf(ward, parameters)
    const reason = whyExcluded(people, population.name)
    const { wardCode, wardName, lga } = ward
    if (reason !== null) {
      excluded.push({ wardCode, wardName, lga, rank, reason })
      return
    }
    const share = urban?.values[place] ?? NaN
    const allocationTier = urban === null || share < parameters.urbanThreshold ? 1 : 2
    needs.push({
      wardCode,
      wardName,
      lga,
      rank,
      allocationTier,
      urbanShare: Number.isNaN(share) ? null : share,
      population: people,
      need: netsNeeded(people, parameters),
    })
  })
  needs.sort((one, other) => one.allocationTier - other.allocationTier || one.rank - other.rank || byName(one, other))
  const wards = handOut(needs, parameters.totalNets)
  const totals = totalsOf(wards, parameters.totalNets)
  return {
    parameters,
    totals,
    wards,
    excluded,
    lgas: lgaNets(wards),
    urbanExtent: urbanExtent({ parameters, wards }),
    caveats: planCaveats({ parameters, totals, wards, excluded, urban, basis, answered }),
  }
}

/**
 * The nets that a population needs.
 * - Per person: ⌈population / 1.8⌉, the WHO planning rule. It is computed as ⌈5 · population / 9⌉, so that rounding
 *   errors of 1.8 add no net.
 * - Household: ⌈population / size⌉ · ⌈size / 2⌉.
 * - Legacy: ⌈max(population / 1.8, ⌈population / size⌉)⌉, in the arithmetic of the earlier system.
 */
export function netsNeeded(
  population: number,
  { rule, householdSize, mode }: Pick<PlanParameters, 'rule' | 'householdSize' | 'mode'>,
): number {
  const size = householdSize ?? 1
  if (mode === 'legacy') return Math.ceil(Math.max(population / 1.8, Math.ceil(population / size)))
  return rule === 'household' ? Math.ceil(population / size) * Math.ceil(size / 2) : Math.ceil((population * 5) / 9)
}

function rankOf({ rank, pcaRank }: PlanWard, { ranking }: PlanParameters): number {
  return ranking === 'pca' ? (pcaRank ?? rank) : rank
}

function whyExcluded(people: number, column: string): string | null {
  if (Number.isNaN(people)) return `${column} is missing`
  if (people <= 0) return `${column} is ${String(people)}`
  return people > MOST_WARD_PEOPLE ? `${column} is ${String(people)}, which is more than a ward can have` : null
}

function byName(one: WardNeed, other: WardNeed): number {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return compare(one.wardName, other.wardName) || compare(one.wardCode ?? '', other.wardCode ?? '')
}

function handOut(needs: readonly WardNeed[], stock: number): PlannedWard[] {
  let left = stock
  return needs.map((ward) => {
    const allocated = Math.min(ward.need, left)
    left -= allocated
    const covered = Math.min(ward.population, (allocated * 9) / 5)
    return { ...ward, allocated, covered, coveragePercent: percent(covered, ward.population) }
  })
}

function totalsOf(wards: readonly PlannedWard[], stock: number): PlanTotals {
  const sum = (of: (ward: PlannedWard) => number): number => wards.reduce((total, ward) => total + of(ward), 0)
  const allocated = sum((ward) => ward.allocated)
  const population = sum((ward) => ward.population)
  // Sums of tenths of people have rounding noise in the last digits.
  const covered = Math.round(sum((ward) => ward.covered) * 1e6) / 1e6
  return {
    stock,
    allocated,
    remaining: stock - allocated,
    need: sum((ward) => ward.need),
    wardsFull: wards.filter((ward) => ward.allocated === ward.need).length,
    wardsPartial: wards.filter((ward) => ward.allocated > 0 && ward.allocated < ward.need).length,
    population,
    covered,
    coveragePercent: percent(covered, population),
  }
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(100, (100 * part) / whole)
}
