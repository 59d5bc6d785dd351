import type { RankedWard, Tier } from './analysis-result.ts'
import type { LgaRow } from './analysis-result.ts'

/**
 * Sums up ranked wards by LGA, the LGA with the greatest mean score first. `wards` go from most to least at risk. A
 * mean of scores says nothing about a single ward.
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
