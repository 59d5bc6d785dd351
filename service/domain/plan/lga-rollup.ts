import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { NetPlan } from './net-plan.ts'
import type { LgaRow } from '../ranking/analysis-result.ts'
import { lgaRows } from '../ranking/lga-rows.ts'
import { lgaNets } from './area-nets.ts'

/** An LGA's wards and, from a plan, its nets and people; these are null without a plan. */
export interface LgaRollup extends LgaRow {
  readonly netsAllocated: number | null
  readonly population: number | null
  readonly covered: number | null
}

/** Sums up the ranking and the plan, if there is one, by LGA. */
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
