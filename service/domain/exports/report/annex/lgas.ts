import { lgaRollup } from '../../../plan/lga-rollup.ts'
import { table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** The wards of each LGA, and with a plan its nets and people. */
export function lgaTable({ result, plan }: ReportInput): Iterable<string> {
  const header = [
    'LGA',
    'wards',
    'High',
    'Medium',
    'Low',
    'mean score',
    'highest ward (rank)',
    ...(plan === null ? [] : ['nets', 'people', 'covered']),
  ]
  return table(header, lgaRollup(result, plan), (row) => [
    row.lga ?? 'not known',
    row.wards,
    row.tiers.High,
    row.tiers.Medium,
    row.tiers.Low,
    row.meanScore,
    `${row.worstWard} (${String(row.worstRank)})`,
    ...(plan === null ? [] : [row.netsAllocated, row.population, row.covered]),
  ])
}
