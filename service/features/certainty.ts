import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import type { WardSlice } from '../domain/certainty/summarise-draws.ts'
import { Fault } from '../domain/fault.ts'
import type { PlanOptions } from '../domain/plan/plan-options.ts'
import { EventStream, jsonObject, route, withFields, type Route, type StreamEvent } from '../route.ts'
import type { StoredAnalysis } from '../stores/workspace.ts'
import { sharedCopy } from '../work/given.ts'
import { isStale } from './current-files.ts'
import { openBasis } from './plans.ts'
import { CertaintyReply } from './replies/certainty.ts'

const DRAWS = { least: 100, usual: 1_000, most: 2_000 } as const
const USUAL_SEED = 1
const MOST_RANKS = 20_000_000
/** Two bytes for the rank itself, and one for each of two bins of what was drawn for the ward. */
const BYTES_A_RANK = 4
/** Ranks are kept in 16 bits. */
const MOST_WARDS = 65_535
/**
 * How many ranks one job draws or sums up: about 0.15 s of CPU, so that everybody else's work comes in between
 * (`node bench/certainty.ts`).
 */
const RANKS_A_SLICE = 800_000

const NewCertainty = Type.Object(
  {
    draws: Type.Optional(Type.Integer({ minimum: DRAWS.least, maximum: DRAWS.most })),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    planId: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)

export function certaintyRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/analyses/:analysisId/certainty',
      status: 200,
      reply: CertaintyReply,
      body: NewCertainty,
      summary:
        'How sure the order is: ranks over many draws of what an analyst could as well have chosen. The same seed ' +
        'gives the same figures. With Accept: text/event-stream, `progress` events come first',
      handle: async (ctx, { params, body }) => {
        const workspace = await ctx.workspace.read()
        const analysis = ctx.ids.find(workspace.analyses, params['analysisId'] ?? '')
        const plan = body.planId === undefined ? null : ctx.ids.find(workspace.plans, body.planId)
        if (plan !== null && plan.analysisId !== analysis.id)
          throw new Fault('invalid-input', 'Cannot say how sure this plan is', {
            errors: [{ detail: 'the plan was made from another analysis', pointer: '/planId' }],
          })
        if (isStale(analysis, workspace))
          throw new Fault('stale', 'The analysis was made from data that have been replaced since. Analyse them first.')
        const source = plan && { basis: await openBasis(ctx, analysis.id), options: plan.options }
        return new EventStream(drawn(ctx, analysis, body, source))
      },
    }),
  ]
}

interface PlanSource {
  readonly basis: Uint8Array
  readonly options: PlanOptions
}

/** Draws and sums up slice by slice: each waits for its turn, so that a long computation keeps nobody waiting. */
async function* drawn(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  { draws = DRAWS.usual, seed = USUAL_SEED, planId }: Static<typeof NewCertainty>,
  plan: PlanSource | null,
): AsyncGenerator<StreamEvent> {
  const id = ctx.ids.mint()
  const result = await ctx.objects.read(analysis.result)
  const { packed: model, wards } = await ctx.work('certaintyModel', { result, plan })
  refuseTooMany(wards, draws)
  const [drawSlices, wardSlices] = [
    slicesOf(draws, Math.floor(RANKS_A_SLICE / wards)),
    slicesOf(wards, Math.floor(RANKS_A_SLICE / draws)),
  ]
  const steps = drawSlices.length + wardSlices.length
  let done = 0
  const progress = (): StreamEvent => {
    done += 1
    return { id: `${id}.${String(done)}`, name: 'progress', data: jsonObject({ done, steps }) }
  }
  const summed: WardSlice[] = []
  const leave = await ctx.holdDraws(wards * draws * BYTES_A_RANK)
  try {
    const slices: Uint8Array[] = []
    for (const [from, to] of drawSlices) {
      slices.push(sharedCopy(await ctx.work('drawRanks', { model, seed, from, to })))
      yield progress()
    }
    for (const [from, to] of wardSlices) {
      summed.push(await ctx.work('summariseDraws', { model, slices, from, to }))
      yield progress()
    }
  } finally {
    leave()
  }
  const json = await ctx.work('certainty', { result, model, slices: summed })
  const { datasetVersion } = analysis
  const fields = { analysisId: analysis.id, datasetVersion, planId: planId ?? null, seed, draws }
  yield { id: `${id}.end`, name: 'certainty', data: withFields(fields, json) }
}

function refuseTooMany(wards: number, draws: number): void {
  const most = Math.floor(MOST_RANKS / wards)
  if (draws <= most && wards <= MOST_WARDS) return
  throw new Fault('invalid-input', `Of ${String(wards)} wards, so many draws are not made at a time`, {
    errors: [
      {
        detail: most < DRAWS.least || wards > MOST_WARDS ? 'there are too many wards' : `at most ${String(most)} draws`,
        pointer: '/draws',
      },
    ],
  })
}

/** Parts of `0..length` of at most `size` each. */
function slicesOf(length: number, size: number): readonly (readonly [from: number, to: number])[] {
  const step = Math.max(1, size)
  return Array.from({ length: Math.ceil(length / step) }, (_, at) => [at * step, Math.min(length, (at + 1) * step)])
}
