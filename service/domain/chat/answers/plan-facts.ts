import type { NetPlan } from '../../plan/net-plan.ts'
import type { PlannedWard } from '../../plan/planned-ward.ts'
import type { AnalysisResult } from '../../ranking/analysis-result.ts'
import type { Answer, MadeFrom } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { among, ofPlaces } from './plan-places.ts'
import type { Places } from './plan-places.ts'
import { needTable, placed } from './plan-table.ts'
import { basisOf, counted, figure, inARow, named } from './wording.ts'
import { ruleWords } from './plan.ts'

type Facts = InputOf<'plan_facts'>
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
export function answerNeed(
  plan: NetPlan,
  result: AnalysisResult,
  places: Places & { readonly stock?: number },
  madeFrom: MadeFrom,
): Answer {
  const { planned, left, words } = among(plan, result, places)
  const sum = (of: (ward: PlannedWard) => number): number => planned.reduce((total, ward) => total + of(ward), 0)
  const uncounted =
    left.length === 0 ? '' : ` Not counted: ${inARow(left.map(({ wardName, reason }) => `${wardName} (${reason})`))}.`
  const need = sum(({ need }) => need)
  return {
    text:
      `${enough(need, places.stock)}${words} ${planned.length === 1 ? 'needs' : 'need'} ${counted(need, 'net')} for ` +
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

/** Whether a stock is enough, to begin an answer; nothing where none is asked about. */
function enough(need: number, stock: number | undefined): string {
  if (stock === undefined) return ''
  return stock >= need
    ? `Yes, ${counted(stock, 'net')} are enough: ${figure(stock - need)} would remain. `
    : `No, ${counted(stock, 'net')} are not enough: ${figure(need - stock)} are short. `
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
