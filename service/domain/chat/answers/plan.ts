import type { Answer, MadeFrom } from '../answer.ts'
import type { ExcludedWard, NetPlan } from '../../plan/net-plan.ts'
import { basisOf, counted, figure, inARow, named } from './wording.ts'

const TOLD = 5

/**
 * A bed-net plan in words, with its wards in the order in which they are served. If it changes an earlier plan, the two
 * are compared.
 */
export function answerPlan(plan: NetPlan, madeFrom: MadeFrom, before: NetPlan | null = null): Answer {
  const { totals, parameters, wards, excluded } = plan
  const rule =
    parameters.mode === 'legacy'
      ? "the earlier system's rule"
      : parameters.rule === 'household'
        ? `the household rule with ${figure(parameters.householdSize ?? 0)} people per household`
        : `one net for ${figure(parameters.peoplePerNet)} people`
  const served = wards.filter(({ allocated }) => allocated > 0)
  const text = [
    `Of ${counted(totals.stock, 'net')}, ${figure(totals.allocated)} are handed out and ` +
      `${figure(totals.remaining)} remain; the full need of the planned wards is ${figure(totals.need)}.`,
    `${counted(totals.wardsFull, 'ward gets its', 'wards get their')} full ` +
      `need${totals.wardsPartial === 0 ? '' : ` and ${figure(totals.wardsPartial)} a part of it`}, out of ` +
      `${counted(wards.length, 'ward')} in the plan.`,
    `They cover ${figure(totals.covered)} of ${figure(totals.population)} people ` +
      `(${figure(totals.coveragePercent)} percent).`,
    orderTold(plan),
    `Need is counted by ${rule}.`,
    ...(served.length === 0
      ? []
      : [
          `First served: ${served
            .slice(0, TOLD)
            .map(({ wardName, allocated, need }) => `${named(wardName)} (${figure(allocated)} of ${figure(need)})`)
            .join(', ')}.`,
        ]),
    ...leftOutTold(excluded),
    ...(before === null ? [] : [comparison(before)]),
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

const LEFT_OUT: Readonly<Record<ExcludedWard['rule'], string>> = {
  population: 'because they have no usable population',
  urban: 'by the urban rule',
  exception: 'by name',
  where: 'because the plan is not for them',
}

function leftOutTold(excluded: readonly ExcludedWard[]): readonly string[] {
  return [...Map.groupBy(excluded, ({ rule }) => rule)].map(
    ([rule, wards]) => `Left out ${LEFT_OUT[rule]}: ${inARow(wards.map(({ wardName }) => wardName))}.`,
  )
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
