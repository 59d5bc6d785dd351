import { quoted } from '../quoted.ts'
import type { ExcludedWard, PlanTotals } from './net-plan.ts'
import { scopeWords } from './plan-scope.ts'
import type { PlannedWard, PlanParameters } from './planned-ward.ts'

interface Facts {
  readonly parameters: PlanParameters
  readonly totals: PlanTotals
  readonly wards: readonly PlannedWard[]
  readonly excluded: readonly ExcludedWard[]
}

/** What the rules of a plan did, beyond what its totals say. */
interface Effects {
  /** Nets held back for routine channels, and as a buffer. */
  readonly routine: number
  readonly buffer: number
  /** People in all uploaded wards that have a population. */
  readonly allPeople: number
}

/** The rules of a plan with what they did, a sentence each, in the order in which they are applied. */
export function planRules({ parameters, totals, wards, excluded }: Facts, effects: Effects): readonly string[] {
  return [
    ...scopeRule(parameters, excluded),
    orderRule(parameters),
    urbanRule(parameters, excluded, effects.allPeople),
    ...protectRule(parameters, wards),
    ...parameters.exceptions.map(
      (exception) =>
        `Exception: ${quoted(exception.ward)} is ${exception.in ? 'in' : 'left out'}, because: ${exception.reason}.`,
    ),
    needRule(parameters),
    ...reserveRule(parameters, effects),
    ...baleRule(parameters),
    ...costRule(parameters, totals),
  ]
}

function scopeRule({ where }: PlanParameters, excluded: readonly ExcludedWard[]): readonly string[] {
  if (where === null) return []
  const outside = excluded.filter(({ rule }) => rule === 'where').length
  return [`The plan is only for wards ${scopeWords(where)}; ${String(outside)} wards are outside.`]
}

function orderRule({ ranking, rankColumn, rankFirst, lastWard }: PlanParameters): string {
  const by =
    rankColumn === null
      ? `the ${ranking === 'pca' ? 'PCA' : 'composite'} ranking`
      : `${quoted(rankColumn)}, the ${rankFirst ?? 'highest'} first`
  const end =
    lastWard === 'whole'
      ? 'The ward for which the stock is too small gets none, and serving ends there.'
      : 'The ward at which the stock runs out gets the remainder.'
  return `Wards are served in the order of ${by}. ${end}`
}

function urbanRule(
  { urbanColumn, urbanThreshold, urbanFrom, upToPercent }: PlanParameters,
  excluded: readonly ExcludedWard[],
  allPeople: number,
): string {
  if (urbanColumn === null) return 'The data have no urban share, so there is no urban rule.'
  if (urbanThreshold !== null)
    return `Wards below ${String(urbanThreshold)} percent by ${quoted(urbanColumn)} are served before the others.`
  const out = excluded.filter(({ rule }) => rule === 'urban')
  const people = out.reduce((sum, { population }) => sum + (population ?? 0), 0)
  const share = allPeople === 0 ? 0 : (100 * people) / allPeople
  return (
    `Wards at or above ${String(urbanFrom)} percent by ${quoted(urbanColumn)} are left out from the lowest-ranked ` +
    `upwards, up to ${String(upToPercent)} percent of all people: ${String(out.length)} wards with ` +
    `${String(people)} people, ${String(Number(share.toPrecision(4)))} percent of ${String(allPeople)}.`
  )
}

function protectRule({ protect }: PlanParameters, wards: readonly PlannedWard[]): readonly string[] {
  if (protect === null) return []
  const count = wards.filter(({ protectedBecause }) => protectedBecause !== null).length
  const which = [
    ...(protect.tierHigh === true ? ['wards of tier High'] : []),
    ...(protect.positivityFrom === undefined
      ? []
      : [`wards with a test positivity of at least ${String(protect.positivityFrom)} percent`]),
    ...(protect.column === undefined
      ? []
      : [`wards with at least ${String(protect.from)} in ${quoted(protect.column)}`]),
  ]
  return [`The urban rule does not touch ${which.join(', nor ')}: ${String(count)} of the planned wards.`]
}

function needRule({
  mode,
  rule,
  householdSize,
  householdColumn,
  peoplePerNet,
  peoplePerNetSource,
}: PlanParameters): string {
  if (mode === 'legacy') return 'Need is counted by the rule of the earlier system.'
  if (rule === 'per-person')
    return (
      `Need is one net for every ${String(peoplePerNet)} people, rounded up for each ward ` +
      `(${peoplePerNetSource === null ? 'the WHO planning rule' : `source: ${peoplePerNetSource}`}).`
    )
  const size =
    householdColumn === null
      ? `${String(householdSize)} people`
      : `as many people as ${quoted(householdColumn)} says, or else ${String(householdSize)}`
  return `Need is one net for every two people of a household, rounded up; a household has ${size}.`
}

function reserveRule({ reserve, bufferPercent }: PlanParameters, { routine, buffer }: Effects): readonly string[] {
  return [
    ...(reserve === null ? [] : [`${String(routine)} nets are held back for routine channels.`]),
    ...(bufferPercent === 0
      ? []
      : [`${String(buffer)} nets (${String(bufferPercent)} percent of the stock) are held back as a buffer.`]),
  ]
}

function baleRule({ baleSize }: PlanParameters): readonly string[] {
  return baleSize === null
    ? []
    : [
        `Nets go out in whole bales of ${String(baleSize)}: each ward gets the whole bales of its allocation, and ` +
          'the bales that the remainders make up go to the largest remainders.',
      ]
}

function costRule({ costs }: PlanParameters, { cost }: PlanTotals): readonly string[] {
  if (costs === null || cost === null) return []
  const unit = costs.currency === undefined ? '' : ` ${costs.currency}`
  const parts = [
    ...(costs.perNet === undefined ? [] : [`${String(costs.perNet)}${unit} a net`]),
    ...(costs.perWard === undefined ? [] : [`${String(costs.perWard)}${unit} for the delivery to a ward`]),
  ]
  return [`At ${parts.join(' and ')}, the plan costs ${String(Number(cost.toFixed(2)))}${unit}.`]
}
