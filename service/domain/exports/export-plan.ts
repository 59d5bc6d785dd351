import { drawCaveats, type StatedCertainty } from '../certainty/stated-certainty.ts'
import { caveatCells, CAVEATS_HEADER } from './caveat-column.ts'
import { certaintyColumns } from './certainty-columns.ts'
import { csvLine } from './csv-cell.ts'
import type { WardTable } from './export-rankings.ts'
import type { ExcludedWard, NetPlan } from '../plan/net-plan.ts'
import type { PlannedWard } from '../plan/planned-ward.ts'

type Cell = string | number | null
type Plan = NetPlan & { readonly datasetVersion: string | number }

/**
 * A bed-net plan as a table: first the wards in the order in which they are served, with their allocation, then the
 * wards left out, with the rule and the reason. Of a plan for some wards, every row has the numbers that its conditions
 * compare, as JSON. Every row says how sure its ward's place is.
 */
export function planTable(plan: NetPlan, certainty: StatedCertainty): WardTable {
  const sure = certaintyColumns(certainty, 'plan')
  const onlyFor = plan.parameters.where === null ? [] : ['only_for_values']
  const comparedCells = ({ compared }: PlannedWard | ExcludedWard): readonly Cell[] =>
    onlyFor.map(() => (compared === undefined ? null : JSON.stringify(compared)))
  return {
    header: [
      'order',
      'ward_code',
      'ward_name',
      'lga',
      'state',
      'allocation_tier',
      `${plan.parameters.ranking}_rank`,
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
      ...onlyFor,
      ...sure.header,
    ],
    *rows() {
      for (const [at, ward] of plan.wards.entries())
        yield [...servedCells(ward, at), ...comparedCells(ward), ...sure.cellsOf(ward.wardName)]
      for (const ward of plan.excluded)
        yield [...leftOutCells(ward), ...comparedCells(ward), ...sure.cellsOf(ward.wardName)]
    },
  }
}

/**
 * Writes a bed-net plan as itn_plan.csv, line by line. Every row also has the parameters of the plan, so that the file
 * can be checked by itself. The caveats of the plan and of its ranking run down a column of their own, and so do its
 * rules. `datasetVersion` is in the last column.
 */
export function* exportPlan(plan: Plan, certainty: StatedCertainty): Generator<string> {
  const { header, rows } = planTable(plan, certainty)
  const parameters = parameterCells(plan)
  yield csvLine([...header, ...Object.keys(parameters), 'rules_of_all_rows', CAVEATS_HEADER, 'dataset_version'])
  const count = plan.wards.length + plan.excluded.length
  const [rules, caveats] = [
    caveatCells(plan.rules, count),
    caveatCells([...plan.caveats, ...drawCaveats(certainty)], count),
  ]
  const madeBy = Object.values(parameters)
  let at = 0
  for (const cells of rows()) {
    yield csvLine([...cells, ...madeBy, rules[at] ?? null, caveats[at] ?? null, plan.datasetVersion])
    at += 1
  }
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
    ...(parameters.where !== null && { only_for: JSON.stringify(parameters.where) }),
  }
}
