import type { Certainty } from './certainty-reply.ts'

/** How sure an order is, with the draws that it was made from: with them, it can be made again. */
export interface StatedCertainty extends Certainty {
  readonly seed: number
  readonly draws: number
  /** The plan whose nets were drawn; null without one. */
  readonly planId: string | null
}
