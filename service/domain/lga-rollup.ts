import type { AnalysisResult, Tier } from './analysis-result.ts'
import type { NetPlan } from './net-plan.ts'

/** One LGA's wards taken together. Nets and people are null without a plan. */
export interface LgaRow {
  /** Null for wards whose LGA is not known. */
  readonly lga: string | null
  readonly wards: number
  readonly tiers: Readonly<Record<Tier, number>>
  readonly meanScore: number
  /** The ward most at risk, and its rank in the whole area. */
  readonly worstWard: string
  readonly worstRank: number
  readonly netsAllocated: number | null
  readonly population: number | null
  readonly covered: number | null
}

/** Wards by LGA, the LGA with the greatest mean score first. A mean of scores says nothing about a single ward. */
export function lgaRollup(result: AnalysisResult, plan: NetPlan | null): readonly LgaRow[] {
  const planned = Map.groupBy(plan?.wards ?? [], ({ lga }) => lga)
  return [...Map.groupBy(result.wards, ({ lga }) => lga)]
    .map(([lga, wards]): LgaRow => {
      const count = (tier: Tier): number => wards.filter((ward) => ward.tier === tier).length
      const sum = (of: 'allocated' | 'population' | 'covered'): number | null => plan === null ? null : (planned.get(lga) ?? []).reduce((total, ward) => total + ward[of], 0)
      return {
        lga,
        wards: wards.length,
        tiers: { High: count('High'), Medium: count('Medium'), Low: count('Low') },
        meanScore: wards.reduce((total, { score }) => total + score, 0) / wards.length,
        worstWard: wards[0]?.wardName ?? '',
        worstRank: wards[0]?.rank ?? 0,
        netsAllocated: sum('allocated'),
        population: sum('population'),
        covered: sum('covered'),
      }
    })
    .sort((one, other) => other.meanScore - one.meanScore || one.worstRank - other.worstRank)
}
