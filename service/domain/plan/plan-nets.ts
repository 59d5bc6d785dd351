import { lgaNets, stateNets } from './area-nets.ts'
import { handOut } from './hand-out.ts'
import type { WardNeed } from './hand-out.ts'
import type { ExcludedWard, NetPlan } from './net-plan.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanColumn } from './plan-columns.ts'
import { planCaveats } from './plan-caveats.ts'
import { MOST_WARD_PEOPLE, PLAN_NUMBERS } from './plan-limits.ts'
import type { PlanOptions } from './plan-options.ts'
import type { PlanInputs } from './plan-parameters.ts'
import { planRules } from './plan-rules.ts'
import { totalsOf } from './plan-totals.ts'
import { leaveOutExtent } from './rules/leave-out-extent.ts'
import { leftOut } from './rules/leave-out.ts'
import type { LeaveOutRule } from './rules/leave-out.ts'
import { netsNeeded } from './rules/need.ts'
import { ranksOf } from './rules/order.ts'
import { whyProtected } from './rules/protection.ts'
import { heldBack } from './rules/supply.ts'
import { settledInputs } from './settled-inputs.ts'
import { urbanExtent } from './urban-extent.ts'

/** A ward of a plan before nets are handed out, with what the urban rule asks of it. */
interface Candidate extends WardNeed {
  readonly isExempt: boolean
}

/**
 * Hands out a stock of nets by the rules of a programme:
 * 1. Wards without a usable population and named exceptions are left out, each with its reason.
 * 2. The urban rule leaves wards out, or puts them into the second tier. It does not touch protected wards and
 *    exceptions that are in.
 * 3. Of the stock, reserve and buffer are held back.
 * 4. The others are served by tier, then by rank, then by name. Each gets its full need until the stock runs out. The
 *    ward at which it runs out gets the remainder, or nothing if wards are served whole, and later wards get none.
 * 5. In bales, allocations are rounded to whole ones.
 * Costs n·log n.
 * @throws Fault `invalid-input` when the options do not fit the data, with pointers to them
 * @throws Fault `unsettled` with the questions about the columns that it uses, while they are open
 */
export function planNets(basis: PlanBasis, options: PlanOptions): NetPlan {
  const inputs = settledInputs(basis, options)
  const { parameters } = inputs
  const { candidates, excluded, allPeople } = candidatesOf(basis, inputs)
  const rule = leaveOutRule(parameters)
  const out = new Set<WardNeed>(rule === null ? [] : leftOut(candidates, allPeople, rule))
  const wards = handOut(
    candidates.filter((ward) => !out.has(ward)).map(({ isExempt: _, ...ward }) => ward),
    parameters,
  )
  const leftOutWards = [...excluded, ...[...out].map((ward) => urbanExclusion(ward, inputs))]
  const { routine, buffer } = heldBack(parameters.totalNets, parameters.reserve, parameters.bufferPercent)
  const totals = totalsOf(wards, parameters, routine + buffer)
  const facts = { parameters, totals, wards, excluded: leftOutWards }
  return {
    parameters,
    rules: planRules(facts, { routine, buffer, allPeople }),
    totals,
    wards,
    excluded: leftOutWards,
    lgas: lgaNets(wards),
    states: stateNets(wards),
    urbanExtent: urbanExtent({ parameters, wards: candidates }),
    leaveOutExtent: leaveOutExtent(parameters.urbanColumn, candidates, allPeople, rule),
    caveats: planCaveats({ ...facts, inputs, basis, candidates }),
  }
}

/** The wards that can be served, the others with the reason, and the people of all wards with a population. */
function candidatesOf(basis: PlanBasis, inputs: PlanInputs) {
  const { parameters, population, urban, order, protection, exceptions } = inputs
  const ranks = ranksOf(basis, parameters, order)
  const candidates: Candidate[] = []
  const excluded: ExcludedWard[] = []
  let allPeople = 0
  basis.wards.forEach((ward, place) => {
    const { wardCode, wardName, lga, state } = ward
    const people = population.values[place] ?? NaN
    const urbanShare = valueOf(urban, place)
    const rank = ranks[place] ?? ward.rank
    const rankValue = valueOf(order, place)
    const exception = exceptions.get(place)
    const unusable = whyUnusable(people, population.name)
    const leaveOut = (rule: ExcludedWard['rule'], reason: string): void => {
      const known = unusable === null ? people : null
      excluded.push({ wardCode, wardName, lga, state, rank, rankValue, rule, reason, population: known, urbanShare })
    }
    if (unusable !== null) {
      leaveOut('population', exception?.in === true ? `${unusable}, although it was to be in` : unusable)
      return
    }
    allPeople += people
    if (exception?.in === false) {
      leaveOut('exception', `left out by name: ${exception.reason}`)
      return
    }
    const protectedBecause = whyProtected(ward, place, protection)
    const isExempt = protectedBecause !== null || exception !== undefined
    const householdSize = householdSizeOf(place, inputs)
    candidates.push({
      wardCode,
      wardName,
      lga,
      state,
      rank,
      rankValue,
      allocationTier: isExempt || isFirstTier(urbanShare, inputs) ? 1 : 2,
      urbanShare,
      population: people,
      householdSize,
      need: netsNeeded(people, parameters, householdSize),
      protectedBecause,
      exception: exception?.reason ?? null,
      isExempt,
    })
  })
  return { candidates, excluded, allPeople }
}

/** Without an urban share, and in a plan that leaves urban wards out, all others are in one tier. */
function isFirstTier(share: number | null, { parameters, urban }: PlanInputs): boolean {
  const { urbanThreshold } = parameters
  return urban === null || urbanThreshold === null || (share !== null && share < urbanThreshold)
}

function valueOf(column: PlanColumn | null, place: number): number | null {
  const value = column?.values[place] ?? NaN
  return Number.isNaN(value) ? null : value
}

/** The ward's own size of a household if its column has one that is possible, or else the plan's. */
function householdSizeOf(place: number, { parameters, households }: PlanInputs): number | null {
  const own = households?.values[place] ?? NaN
  const { minimum, maximum } = PLAN_NUMBERS.householdSize
  return own >= minimum && own <= maximum ? own : parameters.householdSize
}

function leaveOutRule({ urbanFrom, upToPercent }: PlanInputs['parameters']): LeaveOutRule | null {
  return urbanFrom === null || upToPercent === null ? null : { urbanFrom, upToPercent }
}

function urbanExclusion(ward: WardNeed, { parameters }: PlanInputs): ExcludedWard {
  const { wardCode, wardName, lga, state, rank, rankValue, population, urbanShare } = ward
  return {
    wardCode,
    wardName,
    lga,
    state,
    rank,
    rankValue,
    rule: 'urban',
    reason:
      `urban (${String(urbanShare)} percent, from ${String(parameters.urbanFrom)} percent on) and among the ` +
      `lowest-ranked wards with up to ${String(parameters.upToPercent)} percent of all people`,
    population,
    urbanShare,
  }
}

function whyUnusable(people: number, column: string): string | null {
  if (Number.isNaN(people)) return `${column} is missing`
  if (people <= 0) return `${column} is ${String(people)}`
  return people > MOST_WARD_PEOPLE ? `${column} is ${String(people)}, which is more than a ward can have` : null
}
