import type { Certainty, SureWard } from './certainty-reply.ts'
import { verdictOf } from './summarise-draws.ts'

/**
 * How sure an order is, with the draws that it was made from: with them, it can be made again. With 0 draws it was not
 * computed: no ward is in it, and its caveats say why.
 */
export interface StatedCertainty extends Certainty {
  readonly seed: number
  readonly draws: number
}

/** The seed and the draws of every certainty that nobody asked for in another way. */
export const USUAL = { seed: 1, draws: 1_000 } as const

/** A certainty that was not computed. */
export function notDrawn(reason: string): StatedCertainty {
  return {
    seed: USUAL.seed,
    draws: 0,
    wards: [],
    sources: [],
    otherByMean: [],
    caveats: [reason],
    netsCaveats: [],
    isFixedOrder: false,
  }
}

/** What was drawn with a plan, as it is of the ranking alone: the same ranks, and verdicts of the tier High. */
export function withoutNets(certainty: StatedCertainty): StatedCertainty {
  const wards = certainty.wards.map((ward) => ({ ...ward, chanceNets: null, verdict: verdictOf(ward.chanceHigh) }))
  return { ...certainty, wards, netsCaveats: [], isFixedOrder: false }
}

/** Whether the nets of a plan were drawn too. */
export function hasNets({ wards }: Pick<Certainty, 'wards'>): boolean {
  return wards.some(({ chanceNets }) => chanceNets !== null)
}

/** All that must be known about the draws, first what the chance of nets follows from. */
export function drawCaveats({ caveats, netsCaveats }: Certainty): readonly string[] {
  return [...netsCaveats, ...caveats]
}

export function sureByWard({ wards }: Pick<Certainty, 'wards'>): ReadonlyMap<string, SureWard> {
  return new Map(wards.map((ward) => [ward.wardName, ward]))
}
