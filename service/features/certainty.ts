import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { USUAL } from '../domain/certainty/stated-certainty.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { EventStream, jsonObject, route, withFields, type Route, type StreamEvent } from '../route.ts'
import type { StoredAnalysis, StoredPlan } from '../stores/workspace.ts'
import { isStale } from './current-files.ts'
import { drawCertainty, MOST_RANKS, MOST_WARDS, openModel } from './draw-certainty.ts'
import { openBasis } from './plans.ts'
import { CertaintyReply } from './replies/certainty.ts'
import { keepUsual, LEAST_DRAWS, usualInputs } from './usual-certainty.ts'

const MOST_DRAWS = 2_000

const NewCertainty = Type.Object(
  {
    draws: Type.Optional(Type.Integer({ minimum: LEAST_DRAWS, maximum: MOST_DRAWS })),
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
          throw new Fault('invalid-input', say('cannot-say-how-sure', {}), {
            errors: [{ said: say('plan-of-other-analysis', {}), pointer: '/planId' }],
          })
        if (isStale(analysis, workspace)) throw new Fault('stale', say('data-of-order-replaced', {}))
        return new EventStream(drawn(ctx, analysis, body, plan))
      },
    }),
  ]
}

/** Draws with progress. What was drawn in the usual way is kept for the files that state it. */
async function* drawn(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  { draws = USUAL.draws, seed = USUAL.seed }: Static<typeof NewCertainty>,
  plan: StoredPlan | null,
): AsyncGenerator<StreamEvent> {
  const id = ctx.ids.mint()
  const source = plan && { basis: await openBasis(ctx, analysis.id), options: plan.options }
  const opened = await openModel(ctx, analysis, source, { seed, draws })
  refuseTooMany(opened.wards, draws)
  const steps = drawCertainty(ctx, opened, { seed, draws })
  let step = await steps.next()
  for (; step.done !== true; step = await steps.next())
    yield { id: `${id}.${String(step.value.done)}`, name: 'progress', data: jsonObject({ ...step.value }) }
  const json = step.value
  if (seed === USUAL.seed && draws === USUAL.draws)
    await keepUsual(ctx, usualInputs(analysis, plan ?? undefined), draws, json)
  const { datasetVersion } = analysis
  const fields = { analysisId: analysis.id, datasetVersion, planId: plan?.id ?? null, seed, draws }
  yield { id: `${id}.end`, name: 'certainty', data: withFields(fields, json) }
}

function refuseTooMany(wards: number, draws: number): void {
  const most = Math.floor(MOST_RANKS / wards)
  if (draws <= most && wards <= MOST_WARDS) return
  throw new Fault('invalid-input', say('too-many-draws', { wards }), {
    errors: [
      {
        said: most < LEAST_DRAWS || wards > MOST_WARDS ? say('too-many-wards', {}) : say('draws-at-most', { most }),
        pointer: '/draws',
      },
    ],
  })
}
