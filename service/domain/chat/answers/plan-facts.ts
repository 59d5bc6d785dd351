import { Fault } from '../../fault.ts'
import { listed, quoted } from '../../fault-list.ts'
import type { ExcludedWard, NetPlan } from '../../plan/net-plan.ts'
import type { PlannedWard } from '../../plan/planned-ward.ts'
import { findWard } from '../../ranking/ask-table.ts'
import type { AnalysisResult } from '../../ranking/analysis-result.ts'
import type { Answer, AnswerTable, MadeFrom } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { basisOf, counted, figure, inARow, named } from './wording.ts'
import { ruleWords } from './plan.ts'

type Facts = InputOf<'plan_facts'>
type Places = Pick<Facts, 'wards' | 'lgas' | 'tier'>
type Told = Omit<Answer, 'basis'>

const MOST_TOLD = 10

/**
 * What a plan says of all its wards or of some of them. Every figure is the plan's own, or a sum or a difference of
 * them.
 * @throws Fault `invalid-input` when the plan has no such ward or LGA
 */
export function answerPlanFacts(plan: NetPlan, result: AnalysisResult, input: Facts, madeFrom: MadeFrom): Answer {
  const told: Readonly<Record<Facts['about'], () => Told>> = {
    totals: () => ofTotals(plan),
    remaining: () => ofRemaining(plan),
    partial: () => ofPartial(plan),
    none: () => ofUnserved(plan),
    'left-out': () => ofLeftOut(plan),
    order: () => ofOrder(plan),
    lgas: () => ofLgas(plan),
    places: () => ofPlaces(plan, result, input),
  }
  return { ...told[input.about](), basis: basisOf(madeFrom, plan.caveats, plan.parameters.mode) }
}

/**
 * How many nets some wards need, whatever the stock is.
 * @throws Fault `invalid-input` when the data have no such ward or LGA
 */
export function answerNeed(plan: NetPlan, result: AnalysisResult, places: Places, madeFrom: MadeFrom): Answer {
  const { planned, left, words } = among(plan, result, places)
  const sum = (of: (ward: PlannedWard) => number): number => planned.reduce((total, ward) => total + of(ward), 0)
  const uncounted =
    left.length === 0 ? '' : ` Not counted: ${inARow(left.map(({ wardName, reason }) => `${wardName} (${reason})`))}.`
  return {
    text:
      `${words} ${planned.length === 1 ? 'needs' : 'need'} ${counted(
        sum(({ need }) => need),
        'net',
      )} for ` +
      `${figure(sum(({ population }) => population))} people (column ${named(plan.parameters.populationColumn)}), by ` +
      `${ruleWords(plan.parameters)}.${uncounted}`,
    table: needTable(planned),
    basis: basisOf(
      madeFrom,
      plan.caveats.filter((caveat) => !/\bstock\b|\bremain\b/.test(caveat)),
      plan.parameters.mode,
    ),
  }
}

function ofTotals({ totals, wards, parameters: { populationColumn } }: NetPlan): Told {
  return {
    text:
      `The plan of ${counted(totals.stock, 'net')} covers ${figure(totals.covered)} of ` +
      `${figure(totals.population)} people (${figure(totals.coveragePercent)} percent, by ` +
      `${named(populationColumn)}). ` +
      `${counted(totals.wardsFull, 'ward gets its', 'wards get their')} full need and ${figure(totals.wardsPartial)} ` +
      `a part of it, out of ${counted(wards.length, 'ward')} in the plan. ${remainder(totals)}`,
  }
}

function ofRemaining({ totals }: NetPlan): Told {
  const lacking = totals.need - totals.allocated
  return {
    text:
      `${remainder(totals)} ` +
      (lacking === 0
        ? 'Every ward in the plan has its full need.'
        : `The full need is ${counted(totals.need, 'net')}, so that ${figure(lacking)} are lacking.`),
  }
}

function remainder({ stock, allocated, remaining }: NetPlan['totals']): string {
  return `Of ${counted(stock, 'net')}, ${figure(allocated)} are handed out and ${figure(remaining)} remain.`
}

function ofPartial({ wards, totals }: NetPlan): Told {
  const partial = wards.filter(({ allocated, need }) => allocated > 0 && allocated < need)
  if (partial.length === 0)
    return {
      text: `No ward gets only a part of its need. ${counted(totals.wardsFull, 'ward gets', 'wards get')} all of it.`,
    }
  return {
    text: partial
      .map(
        ({ wardName, lga, allocated, need }) =>
          `${placed(wardName, lga)} gets ${figure(allocated)} of the ${counted(need, 'net')} that it needs and lacks ` +
          `${figure(need - allocated)}.`,
      )
      .join(' '),
    table: needTable(partial),
  }
}

function ofUnserved({ wards, totals }: NetPlan): Told {
  const unserved = wards.filter(({ allocated, need }) => allocated === 0 && need > 0)
  if (unserved.length === 0) return { text: `Every ward in the plan gets nets. ${remainder(totals)}` }
  const people = unserved.reduce((sum, { population }) => sum + population, 0)
  return {
    text:
      `${counted(unserved.length, 'ward')} of ${figure(wards.length)} in the plan, with ${figure(people)} ` +
      'people, get ' +
      `no nets, because the stock of ${figure(totals.stock)} runs out before their turn: ` +
      `${inARow(unserved.map(({ wardName }) => wardName))}.`,
    table: needTable(unserved),
  }
}

function ofLeftOut({ wards, excluded, totals }: NetPlan): Told {
  const unserved = wards.filter(({ allocated, need }) => allocated === 0 && need > 0).length
  const without =
    unserved === 0
      ? 'Every ward in the plan gets nets.'
      : `Of the ${counted(wards.length, 'ward')} in the plan, ${figure(unserved)} get none, because the stock of ` +
        `${figure(totals.stock)} runs out before their turn.`
  const reasons = [...Map.groupBy(excluded, ({ reason }) => reason)]
    .map(([reason, some]) => `${inARow(some.map(({ wardName }) => wardName))} (${named(reason)})`)
    .join('; ')
  return {
    text:
      excluded.length === 0
        ? `No ward is left out of the plan. ${without}`
        : `${counted(excluded.length, 'ward is', 'wards are')} left out of the plan: ${reasons}. ${without}`,
    ...(excluded.length > 0 && {
      table: {
        columns: ['ward', 'LGA', 'rank', 'reason'],
        rows: excluded.map(({ wardName, lga, rank, reason }) => [
          named(wardName),
          lga === null ? null : named(lga),
          rank,
          named(reason),
        ]),
      },
    }),
  }
}

function ofOrder({ wards }: NetPlan): Told {
  const served = wards.filter(({ allocated }) => allocated > 0)
  const [first, last] = [served[0], served.at(-1)]
  if (first === undefined || last === undefined) return { text: 'No ward gets nets in this plan.' }
  const told = ({ wardName, lga, rank, allocated, need }: PlannedWard): string =>
    `${placed(wardName, lga)}, rank ${figure(rank)}, with ${figure(allocated)} of ${figure(need)} nets`
  return {
    text:
      `First served is ${told(first)}. The last ward that gets nets, number ${figure(served.length)} in the order of ` +
      `service, is ${told(last)}.`,
    table: needTable(served),
  }
}

function ofLgas({ lgas }: NetPlan): Told {
  const ordered = lgas.toSorted((one, other) => other.allocated - one.allocated)
  const name = (lga: string | null): string => (lga === null ? 'LGA not known' : named(lga))
  const without = ordered.filter(({ allocated }) => allocated === 0).length
  return {
    text:
      `By nets, the most first: ${ordered
        .filter(({ allocated }) => allocated > 0)
        .slice(0, MOST_TOLD)
        .map(({ lga, allocated, need }) => `${name(lga)} ${figure(allocated)} of ${figure(need)}`)
        .join('; ')}.` + (without === 0 ? '' : ` ${counted(without, 'LGA gets', 'LGAs get')} none.`),
    table: {
      columns: ['LGA', 'wards', 'need', 'nets', 'lacking', 'people', 'people covered'],
      rows: ordered.map(({ lga, wards, need, allocated, population, covered }) => [
        name(lga),
        wards,
        need,
        allocated,
        need - allocated,
        population,
        covered,
      ]),
    },
  }
}

function ofPlaces(plan: NetPlan, result: AnalysisResult, places: Places): Told {
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
      )}.` +
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

/** The wards of a plan that are named, that lie in these LGAs and that have this tier. */
function among(plan: NetPlan, result: AnalysisResult, { wards, lgas, tier }: Places): Among {
  const labels = wards && new Set(wards.map((ward) => labelOf(result, ward)))
  const tiers = new Map(result.wards.map(({ wardName, tier }) => [wardName, tier]))
  const wanted = lgas && new Set(lgas.map((lga) => lga.toLowerCase()))
  const isIn = ({ wardName, lga }: { readonly wardName: string; readonly lga: string | null }): boolean =>
    (labels === undefined || labels.has(wardName)) &&
    (wanted === undefined || wanted.has(lga?.toLowerCase() ?? '')) &&
    (tier === undefined || tiers.get(wardName) === tier)
  const [planned, left] = [plan.wards.filter(isIn), plan.excluded.filter(isIn)]
  if (planned.length + left.length === 0)
    throw new Fault('invalid-input', `No ward ${lgas === undefined ? '' : `of ${listed(lgas)} `}is in this plan.`)
  const count = planned.length
  const where = lgas === undefined ? '' : ` of ${inARow(lgas)} LGA`
  const which = tier === undefined ? '' : ` ${tier}`
  const isAll = wards === undefined && lgas === undefined && tier === undefined
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
      ? `There is no ward ${quoted(ward)} in this plan.`
      : `Several wards are called ${quoted(ward)}.`,
  )
}

function placed(ward: string, lga: string | null): string {
  return `${named(ward)}${lga === null ? '' : ` (${named(lga)} LGA)`}`
}

function needTable(wards: readonly PlannedWard[]): AnswerTable {
  return {
    columns: ['ward', 'LGA', 'rank', 'people', 'need', 'nets', 'lacking', 'people covered', 'covered percent'],
    rows: wards.map(({ wardName, lga, rank, population, need, allocated, covered, coveragePercent }) => [
      named(wardName),
      lga === null ? null : named(lga),
      rank,
      population,
      need,
      allocated,
      need - allocated,
      covered,
      coveragePercent,
    ]),
  }
}
