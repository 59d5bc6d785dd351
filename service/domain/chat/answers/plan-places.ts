import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { listedNames, say } from '../../said.ts'
import type { ExcludedWard, NetPlan } from '../../plan/net-plan.ts'
import type { PlannedWard } from '../../plan/planned-ward.ts'
import { findWard } from '../../ranking/ask-table.ts'
import type { AnalysisResult } from '../../ranking/analysis-result.ts'
import type { Answer } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { needTable, placed } from './plan-table.ts'
import { counted, figure, inARow, named } from './wording.ts'

/** Some wards of a plan: by name, by LGA, by tier. */
export type Places = Pick<InputOf<'count_nets_needed'>, 'wards' | 'lgas' | 'tier' | 'tiers'>

/** What a plan gives some of its wards. */
export function ofPlaces(plan: NetPlan, result: AnalysisResult, places: Places): Omit<Answer, 'basis'> {
  const { planned, left, words } = among(plan, result, places)
  const [only] = planned
  const out = left.map(({ wardName, reason }) => `${named(wardName)} is left out of the plan: ${named(reason)}.`)
  const more = out.length > 3 ? ` ${figure(out.length)} of them are left out of the plan.` : ` ${out.join(' ')}`
  if (only === undefined)
    return {
      text: out.length > 3 ? `All of them are left out of the plan: ${named(left[0]?.reason ?? '')}.` : out.join(' '),
    }
  if (planned.length === 1)
    return { text: `${ofWard(only, plan)}${left.length === 0 ? '' : more}`, table: needTable(planned) }
  const sum = (of: (ward: PlannedWard) => number): number =>
    Math.round(planned.reduce((total, ward) => total + of(ward), 0) * 1e6) / 1e6
  const [need, allocated] = [sum((ward) => ward.need), sum((ward) => ward.allocated)]
  const full = planned.filter((ward) => ward.allocated === ward.need).length
  return {
    text:
      `${words} need ${counted(need, 'net')}. The plan of ${figure(plan.totals.stock)} gives them ` +
      `${figure(allocated)}, ` +
      `so that ${figure(need - allocated)} are lacking; ` +
      `${counted(full, 'ward gets its', 'wards get their')} full need. ` +
      `That covers ${figure(sum((ward) => ward.covered))} of ${figure(sum((ward) => ward.population))} people` +
      `${share(
        sum((ward) => ward.covered),
        sum((ward) => ward.population),
      )}; ${figure(sum((ward) => ward.population - ward.covered))} are not covered.` +
      (left.length === 0 ? '' : more),
    table: needTable(planned),
  }
}

/** A part of the people in percent; nothing where there are none. */
function share(part: number, all: number): string {
  return all === 0 ? '' : ` (${figure((100 * part) / all)} percent)`
}

function ofWard(
  { wardName, lga, rank, need, allocated, population, covered, coveragePercent }: PlannedWard,
  plan: NetPlan,
): string {
  const why =
    allocated === need
      ? 'its full need'
      : allocated === 0
        ? `none of the ${figure(need)} that it needs, because the stock of ${figure(plan.totals.stock)} ` +
          'runs out before its turn'
        : `a part of the ${figure(need)} that it needs, and lacks ${figure(need - allocated)}`
  return (
    `${placed(wardName, lga)}, rank ${figure(rank)}, gets ${counted(allocated, 'net')}: ${why}. That covers ` +
    `${figure(covered)} of its ${figure(population)} people (${figure(coveragePercent)} percent).`
  )
}

interface Among {
  readonly planned: readonly PlannedWard[]
  readonly left: readonly ExcludedWard[]
  /** The wards in words, to begin a sentence. */
  readonly words: string
}

/** The wards of a plan that are named, that lie in these LGAs and that have this tier, or one of these. */
export function among(plan: NetPlan, result: AnalysisResult, { wards, lgas, tier, tiers: several }: Places): Among {
  const chosen = several ?? (tier === undefined ? undefined : [tier])
  const labels = wards && new Set(wards.map((ward) => labelOf(result, ward)))
  const tiers = new Map(result.wards.map(({ wardName, tier }) => [wardName, tier]))
  const wanted = lgas && new Set(lgas.map((lga) => lga.toLowerCase()))
  const isIn = ({ wardName, lga }: { readonly wardName: string; readonly lga: string | null }): boolean =>
    (labels === undefined || labels.has(wardName)) &&
    (wanted === undefined || wanted.has(lga?.toLowerCase() ?? '')) &&
    (chosen === undefined || chosen.some((each) => tiers.get(wardName) === each))
  const [planned, left] = [plan.wards.filter(isIn), plan.excluded.filter(isIn)]
  if (planned.length + left.length === 0)
    throw new Fault(
      'invalid-input',
      lgas === undefined ? say('no-wards-in-plan', {}) : say('no-ward-in-plan-of', listedNames(lgas)),
    )
  const count = planned.length
  const where = lgas === undefined ? '' : ` of ${inARow(lgas)} LGA`
  const which = chosen === undefined ? '' : ` ${chosen.join(' and ')}`
  const isAll = wards === undefined && lgas === undefined && chosen === undefined
  return {
    planned,
    left,
    words:
      labels !== undefined
        ? inARow([...labels])
        : isAll
          ? `All ${counted(count, 'ward')}`
          : `The ${figure(count)}${which} ${count === 1 ? 'ward' : 'wards'}${where}`,
  }
}

/**
 * The label that a person means.
 * @throws Fault `invalid-input` when no label fits, or several do
 */
function labelOf(result: AnalysisResult, ward: string): string {
  const [label, another] = findWard(result, ward)
  if (label !== undefined && another === undefined) return label
  throw new Fault(
    'invalid-input',
    label === undefined
      ? say('no-such-ward-in-plan', { ward: quoted(ward) })
      : say('several-wards-called', { ward: quoted(ward) }),
  )
}
