import { candidatesOf, isFirstTier } from '../plan/candidates.ts'
import { byName, netsInOrder } from '../plan/hand-out.ts'
import type { PlanBasis } from '../plan/plan-basis.ts'
import { leaveOutRule } from '../plan/plan-nets.ts'
import type { PlanOptions } from '../plan/plan-options.ts'
import type { PlanParameters } from '../plan/planned-ward.ts'
import { leftOut } from '../plan/rules/leave-out.ts'
import { whyProtected } from '../plan/rules/protection.ts'
import { settledInputs } from '../plan/settled-inputs.ts'

/** A plan as far as other ranks can change it. Wards that it leaves out by name or for want of people are not in it. */
export interface ServingModel {
  readonly parameters: PlanParameters
  readonly allPeople: number
  /** Places in the ranking of the wards that can be served, in the order of their names. */
  readonly places: Uint32Array
  readonly names: readonly string[]
  readonly needs: Float64Array
  readonly people: Float64Array
  /** In percent; NaN if it is missing. */
  readonly shares: Float64Array
  /** 1 if it is in the first tier by its urban share. */
  readonly isFirst: Uint8Array
  /** 1 if the urban rule does not touch it, whatever its tier in the ranking is. */
  readonly isExempt: Uint8Array
  /** Whether a ward is also exempt while it is in the tier High. */
  readonly protectsHigh: boolean
}

/**
 * What a plan takes from an order of the wards and from their tiers, and what it does not.
 * @throws Fault `invalid-input` when the options do not fit the data
 */
export function servingModel(basis: PlanBasis, options: PlanOptions): ServingModel {
  const inputs = settledInputs(basis, options)
  const { candidates, allPeople } = candidatesOf(basis, inputs)
  const ordered = candidates.toSorted(byName)
  const withoutTier = { ...inputs.protection, tierHigh: false }
  const flags = (is: (ward: (typeof ordered)[number]) => boolean): Uint8Array =>
    Uint8Array.from(ordered, (ward) => Number(is(ward)))
  return {
    parameters: inputs.parameters,
    allPeople,
    places: Uint32Array.from(ordered, ({ place }) => place),
    names: ordered.map(({ wardName }) => wardName),
    needs: Float64Array.from(ordered, ({ need }) => need),
    people: Float64Array.from(ordered, ({ population }) => population),
    shares: Float64Array.from(ordered, ({ urbanShare }) => urbanShare ?? NaN),
    isFirst: flags(({ urbanShare }) => isFirstTier(urbanShare, inputs)),
    isExempt: flags(({ place, exception }) => {
      const ward = basis.wards[place]
      return exception !== null || (ward !== undefined && whyProtected(ward, place, withoutTier) !== null)
    }),
    protectsHigh: inputs.protection.tierHigh,
  }
}

/**
 * The places of the wards that get at least one net when wards have these ranks. `planNets` would serve the same.
 * @param order ranks in the order of the plan, by place in the ranking
 * @param ranks in the ranking, whose first third is the tier High; the same as `order` where the plan follows it
 * @param mostHigh the greatest rank of the tier High
 */
export function servedBy(
  model: ServingModel,
  order: ArrayLike<number>,
  ranks: ArrayLike<number>,
  mostHigh: number,
): readonly number[] {
  const { places, names, needs, people, shares, parameters, allPeople } = model
  const rankOf = (at: number): number => order[places[at] ?? 0] ?? 0
  const isHigh = (at: number): boolean => (ranks[places[at] ?? 0] ?? 0) <= mostHigh
  const isExempt = (at: number): boolean => model.isExempt[at] === 1 || (model.protectsHigh && isHigh(at))
  const rule = leaveOutRule(parameters)
  const out = new Set<number>()
  if (rule !== null) {
    const urban = []
    for (let at = 0; at < places.length; at += 1) {
      const urbanShare = shares[at] ?? NaN
      if (!(urbanShare >= rule.urbanFrom)) continue
      const [wardName = '', population = 0] = [names[at], people[at]]
      urban.push({ at, wardName, rank: rankOf(at), population, urbanShare, isExempt: isExempt(at) })
    }
    for (const { at } of leftOut(urban, allPeople, rule)) out.add(at)
  }
  const turns = inTurn(places.length, order.length, (at) => {
    if (out.has(at)) return null
    return (model.isFirst[at] === 1 || isExempt(at) ? 0 : order.length) + rankOf(at)
  })
  const nets = netsInOrder(
    turns.map((at) => needs[at] ?? 0),
    parameters,
  )
  return turns.flatMap((at, turn) => ((nets[turn] ?? 0) > 0 ? (places[at] ?? 0) : []))
}

/**
 * The numbers from 0 to `count` - 1 by their keys, equal keys as they come: a counting sort, since this is done in each
 * of a thousand draws.
 * @param keyOf from 1 to twice `most`; null leaves a number out
 */
function inTurn(count: number, most: number, keyOf: (at: number) => number | null): number[] {
  const keys = new Uint32Array(count)
  const begins = new Uint32Array(2 * most + 2)
  let kept = 0
  for (let at = 0; at < count; at += 1) {
    const key = keyOf(at)
    if (key === null) continue
    keys[at] = key
    begins[key + 1] = (begins[key + 1] ?? 0) + 1
    kept += 1
  }
  for (let key = 1; key < begins.length; key += 1) begins[key] = (begins[key] ?? 0) + (begins[key - 1] ?? 0)
  const turns = new Array<number>(kept).fill(0)
  for (let at = 0; at < count; at += 1) {
    const key = keys[at] ?? 0
    if (key === 0) continue
    const turn = begins[key] ?? 0
    turns[turn] = at
    begins[key] = turn + 1
  }
  return turns
}
