import type { Answer, MadeFrom } from '../answer.ts'
import type { ExcludedWard, NetPlan } from '../../plan/net-plan.ts'
import { scopeWords } from '../../plan/plan-scope.ts'
import { basisOf, counted, figure, inARow, named } from './wording.ts'

const TOLD = 5

/**
 * A bed-net plan in words, with its wards in the order in which they are served. If it changes an earlier plan, the two
 * are compared.
 */
export function answerPlan(plan: NetPlan, madeFrom: MadeFrom, before: NetPlan | null = null): Answer {
  const { totals, parameters, wards, excluded } = plan
  const served = wards.filter(({ allocated }) => allocated > 0)
  const text = [
    ...(parameters.where === null ? [] : [`The plan is only for wards ${named(scopeWords(parameters.where))}.`]),
    `Of ${counted(totals.stock, 'net')}, ${figure(totals.allocated)} are handed out and ` +
      `${figure(totals.remaining)} remain; the full need of the planned wards is ${figure(totals.need)}.`,
    `${counted(totals.wardsFull, 'ward gets its', 'wards get their')} full ` +
      `need${totals.wardsPartial === 0 ? '' : ` and ${figure(totals.wardsPartial)} a part of it`}, out of ` +
      `${counted(wards.length, 'ward')} in the plan.`,
    `They cover ${figure(totals.covered)} of ${figure(totals.population)} people ` +
      `(${figure(totals.coveragePercent)} percent).`,
    orderTold(plan),
    `Need is counted by ${ruleWords(parameters)}.`,
    ...addedRules(plan),
    ...(served.length === 0
      ? []
      : [
          `First served: ${served
            .slice(0, TOLD)
            .map(({ wardName, allocated, need }) => `${named(wardName)} (${figure(allocated)} of ${figure(need)})`)
            .join(', ')}.`,
        ]),
    ...leftOutTold(excluded),
    ...(before === null ? [] : [comparison(before), gainsAndLosses(before, plan)]),
  ].join(' ')
  return {
    text,
    table: {
      columns: [
        'order',
        'ward',
        'LGA',
        'served in tier',
        'rank',
        'urban percent',
        'people',
        'need',
        'nets',
        'covered percent',
      ],
      rows: wards.map(
        ({ wardName, lga, allocationTier, rank, urbanShare, population, need, allocated, coveragePercent }, at) => [
          at + 1,
          named(wardName),
          lga === null ? null : named(lga),
          allocationTier,
          rank,
          urbanShare,
          population,
          need,
          allocated,
          coveragePercent,
        ],
      ),
    },
    basis: basisOf(madeFrom, plan.caveats, parameters.mode),
  }
}

function orderTold({ parameters }: NetPlan): string {
  const { urbanColumn, urbanThreshold, urbanFrom, upToPercent, ranking, rankColumn } = parameters
  const by = rankColumn === null ? `${ranking === 'pca' ? 'PCA' : 'composite'} rank` : `rank in ${named(rankColumn)}`
  if (urbanColumn === null) return `All wards are in one tier, since the data have no urban share, and go by ${by}.`
  if (urbanThreshold !== null)
    return (
      `Wards with an urban share below ${figure(urbanThreshold)} percent come first, then the others, ` +
      `each by ${by}.`
    )
  return (
    `Wards that are at least ${figure(urbanFrom ?? 0)} percent urban are left out from the lowest-ranked upwards, up ` +
    `to ${figure(upToPercent ?? 0)} percent of all people; the others go by ${by}.`
  )
}

/** What the plan's own rules say of protection, exceptions, reserve and bales; scope, order and need are told apart. */
function addedRules({ rules, parameters }: NetPlan): readonly string[] {
  const told = parameters.where === null ? 2 : 3
  return rules.slice(told).filter((rule) => parameters.peoplePerNetSource !== null || !rule.startsWith('Need is '))
}

const LEFT_OUT: Readonly<Record<ExcludedWard['rule'], string>> = {
  population: 'because they have no usable population',
  urban: 'by the urban rule',
  exception: 'by name',
  where: 'because the plan is not for them',
}

function leftOutTold(excluded: readonly ExcludedWard[]): readonly string[] {
  const inPlan = excluded.filter(({ rule }) => rule !== 'where')
  return [...Map.groupBy(inPlan, ({ rule }) => rule)].map(
    ([rule, wards]) => `Left out ${LEFT_OUT[rule]}: ${inARow(wards.map(({ wardName }) => wardName))}.`,
  )
}

/** How the need of a ward is counted. */
export function ruleWords({ mode, rule, householdSize, peoplePerNet }: NetPlan['parameters']): string {
  if (mode === 'legacy') return "the earlier system's rule"
  if (rule === 'household') return `the household rule with ${figure(householdSize ?? 0)} people per household`
  return `one net for ${figure(peoplePerNet)} people`
}

/** The wards that get nets in one of two plans alone. */
function gainsAndLosses(before: NetPlan, now: NetPlan): string {
  const servedIn = ({ wards }: NetPlan): ReadonlySet<string> =>
    new Set(wards.flatMap(({ wardName, allocated }) => (allocated > 0 ? wardName : [])))
  const [then, today] = [servedIn(before), servedIn(now)]
  const gained = [...today].filter((ward) => !then.has(ward))
  const lost = [...then].filter((ward) => !today.has(ward))
  if (gained.length + lost.length === 0) return 'The same wards get nets as before.'
  return [
    gained.length === 0
      ? ''
      : `${counted(gained.length, 'ward gets', 'wards get')} nets now and not before: ${inARow(gained)}.`,
    lost.length === 0
      ? ''
      : `${counted(lost.length, 'ward', 'wards')} had nets before and ${lost.length === 1 ? 'gets' : 'get'} ` +
        `none now: ${inARow(lost)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function comparison({ totals, parameters }: NetPlan): string {
  const { urbanColumn, urbanThreshold } = parameters
  const threshold =
    urbanColumn === null || urbanThreshold === null ? '' : `, threshold ${figure(urbanThreshold)} percent`
  return (
    `The previous plan had ${counted(totals.stock, 'net')}${threshold}, gave ` +
    `${counted(totals.wardsFull, 'ward its', 'wards their')} full need and covered ${figure(totals.covered)} ` +
    `people (${figure(totals.coveragePercent)} percent).`
  )
}
