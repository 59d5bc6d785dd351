import type { StatedCertainty } from '../certainty/stated-certainty.ts'
import { caveatCells, CAVEATS_HEADER } from './caveat-column.ts'
import { certaintyColumns } from './certainty-columns.ts'
import { csvLine } from './csv-cell.ts'
import type { ExcludedWard, NetPlan } from '../plan/net-plan.ts'
import type { PlannedWard } from '../plan/planned-ward.ts'

type Cell = string | number | null
type Plan = NetPlan & { readonly datasetVersion: string | number }

/**
 * Writes a bed-net plan as itn_plan.csv, line by line: first the wards in the order in which they are served, with
 * their allocation, then the wards left out, with the rule and the reason. Every row also has the parameters of the
 * plan and how sure its ward's place is, so that the file can be checked by itself. The caveats of the plan and of its ranking run down a column of
 * their own, and so do its rules. `datasetVersion` is in the last column.
 */
export function* exportPlan(plan: Plan, certainty: StatedCertainty): Generator<string> {
  const { parameters } = plan
  const sure = certaintyColumns(certainty, 'plan')
  const columns: readonly string[] = [
    'order',
    'ward_code',
    'ward_name',
    'lga',
    'state',
    'allocation_tier',
    `${parameters.ranking}_rank`,
    'rank_value',
    'urban_percent',
    'population',
    'household_size',
    'nets_needed',
    'nets_allocated',
    'bales',
    'people_covered',
    'coverage_percent',
    'protected_because',
    'exception',
    'left_out_by',
    'left_out_because',
    ...sure.header,
    ...Object.keys(parameterCells(plan)),
    'rules_of_all_rows',
    CAVEATS_HEADER,
    'dataset_version',
  ]
  yield csvLine(columns)
  const rows = plan.wards.length + plan.excluded.length
  const [rules, caveats] = [caveatCells(plan.rules, rows), caveatCells([...plan.caveats, ...certainty.caveats], rows)]
  const madeBy = Object.values(parameterCells(plan))
  const line = (wardName: string, cells: readonly Cell[], at: number): string =>
    csvLine([
      ...cells,
      ...sure.cellsOf(wardName),
      ...madeBy,
      rules[at] ?? null,
      caveats[at] ?? null,
      plan.datasetVersion,
    ])
  for (const [at, ward] of plan.wards.entries()) yield line(ward.wardName, servedCells(ward, at), at)
  for (const [at, ward] of plan.excluded.entries())
    yield line(ward.wardName, leftOutCells(ward), plan.wards.length + at)
}

function servedCells(ward: PlannedWard, at: number): readonly Cell[] {
  return [
    at + 1,
    ward.wardCode,
    ward.wardName,
    ward.lga,
    ward.state,
    ward.allocationTier,
    ward.rank,
    ward.rankValue,
    ward.urbanShare,
    ward.population,
    ward.householdSize,
    ward.need,
    ward.allocated,
    ward.bales,
    ward.covered,
    ward.coveragePercent,
    ward.protectedBecause,
    ward.exception,
    null,
    null,
  ]
}

function leftOutCells(ward: ExcludedWard): readonly Cell[] {
  return [
    null,
    ward.wardCode,
    ward.wardName,
    ward.lga,
    ward.state,
    null,
    ward.rank,
    ward.rankValue,
    ward.urbanShare,
    ward.population,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    ward.rule,
    ward.reason,
  ]
}

/** The parameters, the same in every row. */
function parameterCells({ parameters, totals }: Plan): Readonly<Record<string, Cell>> {
  const { mode, rule } = parameters
  return {
    stock: parameters.totalNets,
    reserve_nets: totals.reserve,
    net_rule: mode === 'legacy' ? 'legacy' : rule,
    people_per_net: parameters.peoplePerNet,
    people_per_net_source: parameters.peoplePerNetSource,
    population_column: parameters.populationColumn,
    household_column: parameters.householdColumn,
    rank_column: parameters.rankColumn,
    rank_first: parameters.rankFirst,
    last_ward: parameters.lastWard,
    bale_size: parameters.baleSize,
    urban_column: parameters.urbanColumn,
    urban_threshold_percent: parameters.urbanThreshold,
    urban_from_percent: parameters.urbanFrom,
    left_out_up_to_percent: parameters.upToPercent,
    total_cost: totals.cost,
  }
}
