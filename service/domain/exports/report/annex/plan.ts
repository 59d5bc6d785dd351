import type { NetPlan } from '../../../plan/net-plan.ts'
import { list, number, paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** The plan with all of its wards; null without one. */
export function planTables({ plan }: ReportInput): Iterable<string> | null {
  return plan === null ? null : tables(plan)
}

function* tables(plan: NonNullable<ReportInput['plan']>): Generator<string> {
  const { totals, rules, excluded } = plan
  yield paragraph(
    `Plan ${plan.id}. Stock ${String(totals.stock)}, ` +
      `${totals.reserve === 0 ? '' : `held back ${String(totals.reserve)}, `}allocated ${String(totals.allocated)}, ` +
      `remaining ${String(totals.remaining)}. ${String(totals.wardsFull)} wards get their full need, ` +
      `${String(totals.wardsPartial)} a part. Of ${String(totals.population)} people ` +
      `${number(totals.covered)} are covered (${number(totals.coveragePercent)} percent).`,
  )
  yield '<h3>Rules</h3>'
  yield list(rules)
  yield* table(['parameter', 'value'], parameterRows(plan.parameters), (row) => row)
  yield* table(
    ['order', 'ward', 'LGA', 'tier', 'rank', 'urban %', 'population', 'need', 'allocated', 'covered %'],
    plan.wards,
    (ward, at) => [
      at + 1,
      ward.wardName,
      ward.lga,
      ward.allocationTier,
      ward.rank,
      ward.urbanShare,
      ward.population,
      ward.need,
      ward.allocated,
      ward.coveragePercent,
    ],
  )
  if (excluded.length > 0) {
    yield '<h3>Left out of the plan</h3>'
    yield* table(['ward', 'LGA', 'rank', 'people', 'reason'], excluded, (ward) => [
      ward.wardName,
      ward.lga,
      ward.rank,
      ward.population,
      ward.reason,
    ])
  }
  if (!plan.states.some(({ state }) => state !== null)) return
  yield '<h3>Nets by state</h3>'
  yield* table(['state', 'wards', 'need', 'nets', 'people', 'covered'], plan.states, (row) => [
    row.state ?? 'not known',
    row.wards,
    row.need,
    row.allocated,
    row.population,
    row.covered,
  ])
}

/** The parameters of a plan that are in use, and which of them nobody chose. */
function parameterRows(parameters: NetPlan['parameters']): readonly (readonly string[])[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (name === 'defaulted' || value === null || (Array.isArray(value) && value.length === 0)) return []
    const shown = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return [[name, shown + (parameters.defaulted.includes(name) ? ' (not chosen: the default)' : '')]]
  })
}
