import type { RequestContext } from '../context.ts'
import type { WardSlice } from '../domain/certainty/summarise-draws.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'
import type { StoredAnalysis } from '../stores/workspace.ts'
import { sharedCopy } from '../work/given.ts'

/** The most draws times wards of one computation. */
export const MOST_RANKS = 20_000_000
/** Ranks are kept in 16 bits. */
export const MOST_WARDS = 65_535
/** Two bytes for the rank itself, and one for each of two bins of what was drawn for the ward. */
const BYTES_A_RANK = 4
/**
 * How many ranks one job draws or sums up: about 0.15 s of CPU, so that everybody else's work comes in between
 * (`node bench/certainty.ts`).
 */
const RANKS_A_SLICE = 800_000
/** And how many draws of ten indicators in which a PCA is worked out anew: 0.4 s for a state. */
const PCA_DRAWS_A_SLICE = 1_000
const INDICATORS_OF_SLICE = 10

/** What plans are served from, where the chance of nets is drawn too. */
export interface PlanSource {
  readonly basis: Uint8Array
  readonly options: PlanOptions
}

/** Up to so many ranks are drawn and summed up in one job. */
const RANKS_AT_ONCE = RANKS_A_SLICE / 2

export interface Drawing {
  readonly seed: number
  readonly draws: number
}

/** All that draws need, held by the request that makes them. */
export interface OpenedModel {
  readonly result: Uint8Array
  readonly model: Uint8Array
  readonly wards: number
  /** How many draws one job makes at most. */
  readonly drawsASlice: number
  /** What the draws say, if they are so few that they were made at once; else null. */
  readonly json: Uint8Array | null
}

export interface DrawStep {
  readonly done: number
  readonly steps: number
}

/**
 * What can be drawn of an analysis. A few ranks are drawn right away.
 * @throws Fault `invalid-input` when it was made in legacy mode
 */
export async function openModel(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  plan: PlanSource | null,
  drawing: Drawing,
): Promise<OpenedModel> {
  const result = await ctx.objects.read(analysis.result)
  const drawsASlice = plan?.options.ranking === 'pca' ? pcaDrawsOf(analysis.indicators.length) : Infinity
  const atOnce = drawing.draws > drawsASlice ? 0 : RANKS_AT_ONCE
  const opened = await ctx.work('certaintyModel', { result, plan, ...drawing, atOnce })
  return { result, model: opened.packed, wards: opened.wards, drawsASlice, json: opened.json }
}

/** The components of a PCA cost the cube of its indicators. */
function pcaDrawsOf(indicators: number): number {
  return Math.ceil(PCA_DRAWS_A_SLICE * Math.min(1, (INDICATORS_OF_SLICE / indicators) ** 3))
}

/**
 * Draws and sums up slice by slice: each waits for its turn, so that a long computation keeps nobody waiting. Yields a
 * step after each slice.
 * @returns how sure the order is, as JSON text
 */
export async function* drawCertainty(
  ctx: RequestContext,
  { result, model, wards, drawsASlice, json }: OpenedModel,
  { seed, draws }: Drawing,
): AsyncGenerator<DrawStep, Uint8Array> {
  if (json !== null) {
    yield { done: 1, steps: 1 }
    return json
  }
  const [drawSlices, wardSlices] = [
    slicesOf(draws, Math.min(drawsASlice, Math.floor(RANKS_A_SLICE / wards))),
    slicesOf(wards, Math.floor(RANKS_A_SLICE / draws)),
  ]
  const steps = drawSlices.length + wardSlices.length
  let done = 0
  const step = (): DrawStep => {
    done += 1
    return { done, steps }
  }
  const summed: WardSlice[] = []
  const leave = await ctx.holdDraws(wards * draws * BYTES_A_RANK)
  try {
    const slices: Uint8Array[] = []
    for (const [from, to] of drawSlices) {
      slices.push(sharedCopy(await ctx.work('drawRanks', { model, seed, from, to })))
      yield step()
    }
    for (const [from, to] of wardSlices) {
      summed.push(await ctx.work('summariseDraws', { model, slices, from, to }))
      yield step()
    }
  } finally {
    leave()
  }
  return await ctx.work('certainty', { result, model, slices: summed })
}

/** Parts of `0..length` of at most `size` each. */
function slicesOf(length: number, size: number): readonly (readonly [from: number, to: number])[] {
  const step = Math.max(1, size)
  return Array.from({ length: Math.ceil(length / step) }, (_, at) => [at * step, Math.min(length, (at + 1) * step)])
}
