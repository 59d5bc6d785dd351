import type { AnalysisResult, RankedWard, Tier } from '../ranking/analysis-result.ts'
import { wardsWhere } from '../ranking/ask-table.ts'

/** The tiers, from the most to the least at risk. */
export const TIERS: readonly Tier[] = ['High', 'Medium', 'Low']

/** The only wards that a map of the risk shows: those of these tiers, and of these LGAs. */
export interface MapScope {
  readonly tiers?: readonly Tier[]
  readonly lgas?: readonly string[]
}

/**
 * The ranked wards that a map shows, in the order of the ranking; all of them without a scope.
 * @throws Fault `invalid-input` when the analysis has no such LGA
 */
export function shownWards(result: AnalysisResult, { tiers, lgas }: MapScope): readonly RankedWard[] {
  const named = lgas && new Set(lgas.flatMap((lga) => wardsWhere(result, { lga })))
  return result.wards.filter(
    (ward) => (tiers === undefined || tiers.includes(ward.tier)) && (named === undefined || named.has(ward)),
  )
}
