import { caveatCells, CAVEATS_HEADER } from './caveat-column.ts'
import { csvLine } from './csv-cell.ts'
import type { NetPlan } from '../plan/net-plan.ts'

/**
 * Writes a bed-net plan as itn_plan.csv, line by line: first the wards in the order in which they are served, with
 * their allocation, then the wards left out, with the reason. Every row also has the parameters of the plan, so that
 * the file can be checked by itself. The caveats of the plan and of its ranking run down a column of their own.
 * `datasetVersion` is in the last column.
 */
export function* exportPlan(plan: NetPlan & { readonly datasetVersion: string | number }): Generator<string> {
  const { datasetVersion, parameters } = plan
  const { totalNets, urbanThreshold, rule, mode, householdSize, populationColumn, urbanColumn } = parameters
  const madeBy = [
    totalNets,
    mode === 'legacy' ? 'legacy' : rule,
    householdSize,
    populationColumn,
    urbanColumn,
    urbanThreshold,
  ]
  const caveats = caveatCells(plan.caveats, plan.wards.length + plan.excluded.length)
  yield csvLine([
    'order',
    'ward_code',
    'ward_name',
    'lga',
    'allocation_tier',
    `${parameters.ranking}_rank`,
    'urban_percent',
    'population',
    'nets_needed',
    'nets_allocated',
    'people_covered',
    'coverage_percent',
    'left_out_because',
    'stock',
    'net_rule',
    'household_size',
    'population_column',
    'urban_column',
    'urban_threshold_percent',
    CAVEATS_HEADER,
    'dataset_version',
  ])
  for (const [place, ward] of plan.wards.entries()) {
    yield csvLine([
      place + 1,
      ward.wardCode,
      ward.wardName,
      ward.lga,
      ward.allocationTier,
      ward.rank,
      ward.urbanShare,
      ward.population,
      ward.need,
      ward.allocated,
      ward.covered,
      ward.coveragePercent,
      null,
      ...madeBy,
      caveats[place] ?? null,
      datasetVersion,
    ])
  }
  for (const [place, ward] of plan.excluded.entries())
    yield csvLine([
      null,
      ward.wardCode,
      ward.wardName,
      ward.lga,
      null,
      ward.rank,
      null,
      null,
      null,
      null,
      null,
      null,
      ward.reason,
      ...madeBy,
      caveats[plan.wards.length + place] ?? null,
      datasetVersion,
    ])
}
