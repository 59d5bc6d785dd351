import type { RequestContext } from '../context.ts'
import { notDrawn, USUAL, type StatedCertainty } from '../domain/certainty/stated-certainty.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import { withFields } from '../route.ts'
import type { StoredAnalysis, StoredPlan, Workspace } from '../stores/workspace.ts'
import { drawCertainty, MOST_RANKS, MOST_WARDS, openModel } from './draw-certainty.ts'
import { openBasis } from './plans.ts'

/** Fewer draws than this say too little. */
export const LEAST_DRAWS = 100

/**
 * How sure the order is, as every file states it: with the usual seed and draws, or as many draws as there is room for.
 * It is drawn once for an analysis or a plan, and kept sealed. The same seed gives the same bytes, so it does not
 * matter which request made it. What is drawn with a plan holds what is said of its ranking, so one drawing serves
 * both.
 * @returns a `StatedCertainty` as JSON text
 */
export async function usualCertainty(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  plan: StoredPlan | undefined,
  workspace: Workspace,
): Promise<Uint8Array> {
  if (analysis.mode === 'legacy')
    return jsonOf(notDrawn('How sure the order is was not computed: legacy mode repeats the earlier system.'))
  if (plan !== undefined) return await drawnOnce(ctx, analysis, plan)
  const kept = await ctx.derived.read('certainties', usualInputs(analysis, undefined))
  if (kept !== null) return kept
  const newest = workspace.plans.findLast(({ analysisId }) => analysisId === analysis.id)
  if (newest === undefined) return await drawnOnce(ctx, analysis, undefined)
  const bytes = await ctx.work('certaintyWithoutNets', await drawnOnce(ctx, analysis, newest))
  await ctx.derived.put('certainties', usualInputs(analysis, undefined), bytes)
  return bytes
}

async function drawnOnce(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  plan: StoredPlan | undefined,
): Promise<Uint8Array> {
  const inputs = usualInputs(analysis, plan)
  const kept = await ctx.derived.read('certainties', inputs)
  if (kept !== null) return kept
  const source = plan === undefined ? null : { basis: await openBasis(ctx, analysis.id), options: plan.options }
  const opened = await openModel(ctx, analysis, source, USUAL)
  const draws = Math.min(USUAL.draws, Math.floor(MOST_RANKS / opened.wards))
  if (draws < LEAST_DRAWS || opened.wards > MOST_WARDS)
    return jsonOf(notDrawn('How sure the order is was not computed: there are too many wards.'))
  const steps = drawCertainty(ctx, opened, { seed: USUAL.seed, draws })
  let step = await steps.next()
  while (step.done !== true) step = await steps.next()
  return await keepUsual(ctx, inputs, draws, step.value)
}

/** Names what the usual draws of an analysis, or of its plan, are made from. */
export function usualInputs({ result }: StoredAnalysis, plan: StoredPlan | undefined): InputsHash {
  return hashOfInputs([result.sha256, plan?.id ?? null, USUAL])
}

/** Keeps the usual draws for the files that state them. */
export async function keepUsual(
  ctx: RequestContext,
  inputs: InputsHash,
  draws: number,
  json: Uint8Array,
): Promise<Uint8Array> {
  const stated = withFields({ seed: USUAL.seed, draws }, json)
  const bytes = Buffer.concat(stated.parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  await ctx.derived.put('certainties', inputs, bytes)
  return bytes
}

function jsonOf(certainty: StatedCertainty): Uint8Array {
  return Buffer.from(JSON.stringify(certainty))
}
