import { csvLine } from './csv-cell.ts'
import type { NetPlan } from './net-plan.ts'

/**
 * A bed-net plan as itn_plan.csv: wards in the order they are served, with the allocation, then the wards left out with
 * the reason. `datasetVersion` stands in the last column.
 */
export function exportPlan(plan: NetPlan & { readonly datasetVersion: string | number }): string {
  const { datasetVersion, parameters } = plan
  const header = ['order', 'ward_code', 'ward_name', 'lga', 'allocation_tier', `${parameters.ranking}_rank`, 'urban_percent', 'population', 'nets_needed', 'nets_allocated', 'people_covered', 'coverage_percent', 'left_out_because', 'dataset_version']
  const planned = plan.wards.map((ward, place) => [
    place + 1, ward.wardCode, ward.wardName, ward.lga, ward.allocationTier, ward.rank, ward.urbanShare, ward.population, ward.need, ward.allocated, ward.covered, ward.coveragePercent, null, datasetVersion,
  ])
  const excluded = plan.excluded.map((ward) => [null, ward.wardCode, ward.wardName, ward.lga, null, ward.rank, null, null, null, null, null, null, ward.reason, datasetVersion])
  return [header, ...planned, ...excluded].map(csvLine).join('')
}
