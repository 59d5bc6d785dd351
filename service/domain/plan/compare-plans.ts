import { quoted } from '../quoted.ts'
import type { ExcludedWard, NetPlan } from './net-plan.ts'
import type { PlannedWard, PlanParameters } from './planned-ward.ts'

/** A plan with what only the service knows of it. */
export interface NamedPlan extends NetPlan {
  readonly id: string
  readonly name: string | null
  readonly datasetVersion: number
}

/** What a ward gets in the last of the compared plans, against the first. */
export type Change = 'gained' | 'lost' | 'more' | 'fewer' | 'same'

export interface ComparedWard {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  /** The nets of each plan, in the order of the plans; null if a plan leaves the ward out or does not have it. */
  readonly allocated: readonly (number | null)[]
  readonly change: Change
  /** What made the difference, from plan to plan; null if nothing changed. */
  readonly why: string | null
}

/** One LGA side by side. The lists have one entry for each plan. */
export interface ComparedLga {
  readonly lga: string | null
  readonly wardsServed: readonly number[]
  readonly allocated: readonly number[]
  readonly covered: readonly number[]
}

export interface PlanComparison {
  /** The rules in which the plans differ: the value of each plan. */
  readonly differences: readonly { readonly parameter: string; readonly values: readonly string[] }[]
  /** Wards whose nets differ first, then the others, both in the order of the first plan. */
  readonly wards: readonly ComparedWard[]
  readonly byLga: readonly ComparedLga[]
  readonly caveats: readonly string[]
}

interface Standing {
  readonly planned?: PlannedWard
  readonly excluded?: ExcludedWard
}

/** Compares two to four plans side by side. Wards are the same if code and label are. */
export function comparePlans(plans: readonly NamedPlan[]): PlanComparison {
  const standings = plans.map(standingsOf)
  const keys = [...new Set(standings.flatMap((wards) => [...wards.keys()]))]
  const rules = plans.map(({ parameters }) => shortlyTold(parameters))
  const wards = keys.map((key) =>
    compareWard(
      plans,
      rules,
      standings.map((each) => each.get(key) ?? {}),
    ),
  )
  const lgas = [...new Set(plans.flatMap((plan) => plan.lgas.map(({ lga }) => lga)))]
  const versions = [...new Set(plans.map(({ datasetVersion }) => datasetVersion))]
  return {
    differences: differencesOf(plans.map(({ parameters }) => parameters)),
    wards: [...wards.filter(({ change }) => change !== 'same'), ...wards.filter(({ change }) => change === 'same')],
    byLga: lgas.map((lga) => compareLga(plans, lga)),
    caveats:
      versions.length === 1 ? [] : [`The plans were made from different versions of the data: ${versions.join(', ')}.`],
  }
}

function standingsOf({ wards, excluded }: NetPlan): ReadonlyMap<string, Standing> {
  const keyOf = ({ wardCode, wardName }: PlannedWard | ExcludedWard): string => JSON.stringify([wardCode, wardName])
  return new Map<string, Standing>([
    ...wards.map((planned) => [keyOf(planned), { planned }] as const),
    ...excluded.map((ward) => [keyOf(ward), { excluded: ward }] as const),
  ])
}

function compareWard(
  plans: readonly NamedPlan[],
  rules: readonly ToldParameters[],
  standings: readonly Standing[],
): ComparedWard {
  const known = standings.flatMap(({ planned, excluded }) => planned ?? excluded ?? [])
  const [first] = known
  const allocated = standings.map(({ planned }) => planned?.allocated ?? null)
  const steps = plans.slice(1).flatMap((plan, at) => {
    const why = whyChanged([standings[at], standings[at + 1]], [rules[at], rules[at + 1]])
    return why === null ? [] : [plans.length === 2 ? why : `${titleOf(plan)}: ${why}`]
  })
  return {
    wardCode: first?.wardCode ?? null,
    wardName: first?.wardName ?? '',
    lga: first?.lga ?? null,
    allocated,
    change: changeOf(allocated[0] ?? 0, allocated.at(-1) ?? 0),
    why: steps.length === 0 ? null : steps.join(' '),
  }
}

function changeOf(before: number, after: number): Change {
  if (before === after) return 'same'
  if (before === 0) return 'gained'
  if (after === 0) return 'lost'
  return after > before ? 'more' : 'fewer'
}

/** Why a ward gets other nets in the second plan, by what the plans say of it; null if it gets the same. */
function whyChanged(
  [before = {}, after = {}]: readonly (Standing | undefined)[],
  [from, to]: readonly (ToldParameters | undefined)[],
): string | null {
  const nets = ({ planned }: Standing): number => planned?.allocated ?? 0
  if (nets(before) === nets(after) || from === undefined || to === undefined) return null
  const [one, other] = [before.planned, after.planned]
  const changed = (names: readonly (keyof PlanParameters)[]): string => {
    const told = names.flatMap((name) => {
      const [was, is] = [from.get(name), to.get(name)]
      return was === undefined || is === undefined || was.whole === is.whole
        ? []
        : [`${name} ${was.short} → ${is.short}`]
    })
    return told.length === 0 ? '' : ` (${told.join(', ')})`
  }
  const reasons = [
    ...(after.excluded === undefined ? [] : [`left out: ${after.excluded.reason}`]),
    ...(before.excluded === undefined ? [] : [`no longer left out: ${before.excluded.reason}`]),
    ...(one !== undefined && other !== undefined && one.allocationTier !== other.allocationTier
      ? [
          `served in tier ${String(other.allocationTier)} instead of ${String(one.allocationTier)}` +
            changed(['urbanRule', 'urbanThreshold', 'urbanColumn', 'protect', 'exceptions']),
        ]
      : []),
    ...(one !== undefined && other !== undefined && one.need !== other.need
      ? [
          `needs ${String(other.need)} nets instead of ${String(one.need)}` +
            changed(['rule', 'peoplePerNet', 'householdSize', 'householdColumn', 'populationColumn', 'mode']),
        ]
      : []),
    ...(one !== undefined && other !== undefined && one.rank !== other.rank
      ? [`rank ${String(other.rank)} instead of ${String(one.rank)}` + changed(['ranking', 'rankColumn', 'rankFirst'])]
      : []),
  ]
  if (reasons.length > 0) return `${reasons.join('; ')}.`
  const reach = nets(after) > nets(before) ? 'reaches further' : 'ends earlier'
  const supply = changed(['totalNets', 'reserve', 'bufferPercent', 'lastWard', 'baleSize'])
  return `The stock ${reach}${supply === '' ? ', because wards before it get other nets' : supply}.`
}

function compareLga(plans: readonly NamedPlan[], lga: string | null): ComparedLga {
  const rows = plans.map((plan) => plan.lgas.find((row) => row.lga === lga))
  return {
    lga,
    wardsServed: plans.map(({ wards }) => wards.filter((ward) => ward.lga === lga && ward.allocated > 0).length),
    allocated: rows.map((row) => row?.allocated ?? 0),
    covered: rows.map((row) => row?.covered ?? 0),
  }
}

/**
 * The parameters whose values differ, as text. What was chosen and what was defaulted to the same value is the same.
 */
function differencesOf(parameters: readonly PlanParameters[]): PlanComparison['differences'] {
  return (Object.keys(parameters[0] ?? {}) as (keyof PlanParameters)[])
    .filter((name) => name !== 'defaulted')
    .map((parameter) => ({ parameter, values: parameters.map((each) => told(each[parameter])) }))
    .filter(({ values }) => new Set(values).size > 1)
}

/** The parameters of a plan as text, by their names. */
type ToldParameters = ReadonlyMap<string, { readonly whole: string; readonly short: string }>

/** The reason of one ward must not hold a whole list of exceptions: the differences have it, once. */
const LONGEST_VALUE = 100

function shortlyTold(parameters: PlanParameters): ToldParameters {
  return new Map(
    (Object.keys(parameters) as (keyof PlanParameters)[]).map((name) => {
      const whole = told(parameters[name])
      return [name, { whole, short: whole.length > LONGEST_VALUE ? `${whole.slice(0, LONGEST_VALUE)}…` : whole }]
    }),
  )
}

function told(value: PlanParameters[keyof PlanParameters]): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function titleOf({ name, parameters }: NamedPlan): string {
  return name === null ? `The plan of ${String(parameters.totalNets)} nets` : quoted(name)
}
