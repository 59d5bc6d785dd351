import type { RequestContext } from '../context.ts'
import { notDrawn, USUAL, type StatedCertainty } from '../domain/certainty/stated-certainty.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'
import { withFields } from '../route.ts'
import type { StoredAnalysis, StoredPlan } from '../stores/workspace.ts'
import { drawCertainty, MOST_RANKS, MOST_WARDS, openModel } from './draw-certainty.ts'
import { openBasis } from './plans.ts'

/** Fewer draws than this say too little. */
export const LEAST_DRAWS = 100

/**
 * How sure the order is, as every file states it: with the usual seed and draws, or as many draws as there is room for.
 * It is drawn once for an analysis or a plan, and kept sealed. The same seed gives the same bytes, so it does not matter
 * which request made it.
 * @returns a `StatedCertainty` as JSON text
 */
export async function usualCertainty(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  plan: StoredPlan | undefined,
): Promise<Uint8Array> {
  const drawn = plan !== undefined && followsComposite(plan.options) ? plan : undefined
  const inputs = usualInputs(analysis, drawn)
  const kept = await ctx.derived.read('certainties', inputs)
  if (kept !== null) return kept
  if (analysis.mode === 'legacy')
    return jsonOf(notDrawn('How sure the order is was not computed: legacy mode repeats the earlier system.'))
  const source = drawn && { basis: await openBasis(ctx, analysis.id), options: drawn.options }
  const opened = await openModel(ctx, analysis, source ?? null)
  const draws = Math.min(USUAL.draws, Math.floor(MOST_RANKS / opened.wards))
  if (draws < LEAST_DRAWS || opened.wards > MOST_WARDS)
    return jsonOf(notDrawn('How sure the order is was not computed: there are too many wards.'))
  const steps = drawCertainty(ctx, opened, { seed: USUAL.seed, draws })
  for (;;) {
    const step = await steps.next()
    if (step.done !== true) continue
    return await keepUsual(ctx, inputs, draws, step.value)
  }
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

/** The chance of nets is drawn for plans in the order of the composite ranking. Others state the chance of High. */
function followsComposite({ ranking = 'composite', rankColumn }: PlanOptions): boolean {
  return ranking === 'composite' && rankColumn === undefined
}

function jsonOf(certainty: StatedCertainty): Uint8Array {
  return Buffer.from(JSON.stringify(certainty))
}
