import type { ExcludedWard } from './net-plan.ts'
import type { WardNeed } from './hand-out.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanColumn } from './plan-columns.ts'
import { MOST_WARD_PEOPLE, PLAN_NUMBERS } from './plan-limits.ts'
import type { PlanInputs } from './plan-parameters.ts'
import { comparedNumbers, outsideReason, wardsInScope } from './plan-scope.ts'
import { netsNeeded } from './rules/need.ts'
import { ranksOf } from './rules/order.ts'
import { whyProtected } from './rules/protection.ts'

/** A ward of a plan before nets are handed out, with what the urban rule asks of it. */
export interface Candidate extends WardNeed {
  /** Its place in the ranking. */
  readonly place: number
  /** True if the urban rule does not touch it. */
  readonly isExempt: boolean
}

/** The wards that a plan starts from. */
export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly excluded: readonly ExcludedWard[]
  /** People in all wards with a usable population. */
  readonly allPeople: number
}

/** The wards that can be served, the others with the reason, and the people of all wards with a population. */
export function candidatesOf(basis: PlanBasis, inputs: PlanInputs): Candidates {
  const { parameters, population, urban, order, protection, exceptions } = inputs
  const ranks = ranksOf(basis, parameters, order)
  const candidates: Candidate[] = []
  const excluded: ExcludedWard[] = []
  const { where } = parameters
  const isIn = where && wardsInScope(basis, where)
  const comparedOf = where && comparedNumbers(basis, where)
  const outside = where === null ? '' : outsideReason(where)
  let allPeople = 0
  basis.wards.forEach((ward, place) => {
    const { wardCode, wardName, lga, state } = ward
    const people = population.values[place] ?? NaN
    const urbanShare = valueOf(urban, place)
    const rank = ranks[place] ?? ward.rank
    const rankValue = valueOf(order, place)
    const exception = exceptions.get(place)
    const compared = comparedOf?.(place)
    const unusable = whyUnusable(people, population.name)
    const leaveOut = (rule: ExcludedWard['rule'], reason: string): void => {
      const known = unusable === null ? people : null
      excluded.push({
        ...{ wardCode, wardName, lga, state, rank, rankValue, rule, reason, population: known, urbanShare },
        ...(compared !== undefined && { compared }),
      })
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
    if (isIn?.[place] === false && exception === undefined) {
      leaveOut('where', outside)
      return
    }
    const protectedBecause = whyProtected(ward, place, protection)
    const isExempt = protectedBecause !== null || exception !== undefined
    const householdSize = householdSizeOf(place, inputs)
    const candidate: Candidate = {
      place,
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
    }
    candidates.push(compared === undefined ? candidate : { ...candidate, compared })
  })
  return { candidates, excluded, allPeople }
}

/** Without an urban share, and in a plan that leaves urban wards out, all others are in one tier. */
export function isFirstTier(
  share: number | null,
  { parameters, urban }: Pick<PlanInputs, 'parameters' | 'urban'>,
): boolean {
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

function whyUnusable(people: number, column: string): string | null {
  if (Number.isNaN(people)) return `${column} is missing`
  if (people <= 0) return `${column} is ${String(people)}`
  return people > MOST_WARD_PEOPLE ? `${column} is ${String(people)}, which is more than a ward can have` : null
}
