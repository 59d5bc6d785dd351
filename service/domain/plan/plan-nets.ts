import { lgaNets, stateNets } from './area-nets.ts'
import { candidatesOf } from './candidates.ts'
import { handOut } from './hand-out.ts'
import type { WardNeed } from './hand-out.ts'
import type { ExcludedWard, NetPlan } from './net-plan.ts'
import type { PlanBasis } from './plan-basis.ts'
import { planCaveats } from './plan-caveats.ts'
import type { PlanOptions } from './plan-options.ts'
import type { PlanInputs } from './plan-parameters.ts'
import { planRules } from './plan-rules.ts'
import { totalsOf } from './plan-totals.ts'
import { leaveOutExtent } from './rules/leave-out-extent.ts'
import { leftOut } from './rules/leave-out.ts'
import type { LeaveOutRule } from './rules/leave-out.ts'
import { heldBack } from './rules/supply.ts'
import { settledInputs } from './settled-inputs.ts'
import { urbanExtent } from './urban-extent.ts'

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
    candidates.filter((ward) => !out.has(ward)),
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

/** The leave-out rule of a plan; null if it has another. */
export function leaveOutRule({ urbanFrom, upToPercent }: PlanInputs['parameters']): LeaveOutRule | null {
  return urbanFrom === null || upToPercent === null ? null : { urbanFrom, upToPercent }
}

function urbanExclusion(ward: WardNeed, { parameters }: PlanInputs): ExcludedWard {
  const { wardCode, wardName, lga, state, rank, rankValue, population, urbanShare, compared } = ward
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
    ...(compared !== undefined && { compared }),
  }
}
