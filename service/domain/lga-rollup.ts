import type { AnalysisResult, RankedWard, Tier } from './analysis-result.ts'
import type { NetPlan, PlannedWard } from './net-plan.ts'

/** One LGA's wards taken together. */
export interface LgaRow {
  /** Null for wards whose LGA is not known. */
  readonly lga: string | null
  readonly wards: number
  readonly tiers: Readonly<Record<Tier, number>>
  readonly meanScore: number
  /** The ward most at risk, and its rank in the whole area. */
  readonly worstWard: string
  readonly worstRank: number
}

/** One LGA's part of a plan, in nets and people. Sums over the LGAs are the plan's totals. */
export interface LgaNets {
  readonly lga: string | null
  /** Wards that are planned for; those left out of the plan are not counted. */
  readonly wards: number
  readonly need: number
  readonly allocated: number
  readonly population: number
  readonly covered: number
}

/** An LGA's wards and, with a plan, its nets and people; null without a plan. */
export interface LgaRollup extends LgaRow {
  readonly netsAllocated: number | null
  readonly population: number | null
  readonly covered: number | null
}

/** The ranking and, where there is one, the plan by LGA. */
export function lgaRollup(
  { wards }: Pick<AnalysisResult, 'wards'>,
  plan: Pick<NetPlan, 'wards'> | null,
): readonly LgaRollup[] {
  const nets = new Map(lgaNets(plan?.wards ?? []).map((row) => [row.lga, row]))
  return lgaRows(wards).map((row) => {
    const { allocated = 0, population = 0, covered = 0 } = nets.get(row.lga) ?? {}
    return {
      ...row,
      ...(plan === null
        ? { netsAllocated: null, population: null, covered: null }
        : { netsAllocated: allocated, population, covered }),
    }
  })
}

/**
 * Ranked wards by LGA, the LGA with the greatest mean score first; `wards` from most to least at risk. A mean of scores
 * says nothing about a single ward.
 */
export function lgaRows(
  wards: readonly Pick<RankedWard, 'lga' | 'tier' | 'score' | 'rank' | 'wardName'>[],
): readonly LgaRow[] {
  return [...Map.groupBy(wards, ({ lga }) => lga)]
    .map(([lga, wards]): LgaRow => {
      const count = (tier: Tier): number => wards.filter((ward) => ward.tier === tier).length
      return {
        lga,
        wards: wards.length,
        tiers: { High: count('High'), Medium: count('Medium'), Low: count('Low') },
        meanScore: wards.reduce((total, { score }) => total + score, 0) / wards.length,
        worstWard: wards[0]?.wardName ?? '',
        worstRank: wards[0]?.rank ?? 0,
      }
    })
    .sort((one, other) => other.meanScore - one.meanScore || one.worstRank - other.worstRank)
}

/** Nets and people by LGA, in the order in which LGAs are first served. */
export function lgaNets(planned: readonly PlannedWard[]): readonly LgaNets[] {
  return [...Map.groupBy(planned, ({ lga }) => lga)].map(([lga, wards]): LgaNets => {
    const sum = (of: 'need' | 'allocated' | 'population' | 'covered'): number =>
      wards.reduce((total, ward) => total + ward[of], 0)
    // Tenths of people add up with noise in the last digits.
    return {
      lga,
      wards: wards.length,
      need: sum('need'),
      allocated: sum('allocated'),
      population: sum('population'),
      covered: Math.round(sum('covered') * 1e6) / 1e6,
    }
  })
}
