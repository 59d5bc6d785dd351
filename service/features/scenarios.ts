import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { jsonObject, route, type Route } from '../route.ts'
import type { StoredLock, StoredPlan, Workspace } from '../stores/workspace.ts'
import { tidy } from './file-slots.ts'
import { listedPlan, makePlan, planJson, PlanName, shownPlan } from './plans.ts'
import { ComparisonReply, DeletedPlanReply, PlanReply } from './replies/plans.ts'

const closed = { additionalProperties: false } as const
const NewName = Type.Object({ name: PlanName }, closed)
const Copy = Type.Object({ name: Type.Optional(PlanName) }, closed)
const Comparison = Type.Object(
  { planIds: Type.Array(Type.String({ maxLength: 200 }), { minItems: 2, maxItems: 4 }) },
  closed,
)

/** Plans as scenarios: named, copied, locked, compared. */
export function scenarioRoutes(): Route[] {
  return [
    route({
      method: 'PATCH',
      url: '/api/itn-plans/:planId',
      status: 200,
      reply: PlanReply,
      body: NewName,
      summary: 'Name a plan. A locked plan keeps its name',
      handle: async (ctx, { params, body: { name } }) => {
        const { plan, workspace } = await changePlan(ctx, params['planId'] ?? '', (plan) => ({ ...plan, name }))
        return jsonObject({ plan: shownPlan(plan, workspace, await planJson(ctx, plan)) })
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/itn-plans/:planId',
      status: 200,
      reply: DeletedPlanReply,
      summary: 'Delete a plan. A locked plan stays as long as the session',
      handle: async (ctx, { params }) => {
        const { plan } = await changePlan(ctx, params['planId'] ?? '', () => null)
        return { deleted: plan.id }
      },
    }),
    route({
      method: 'POST',
      url: '/api/itn-plans/:planId/copies',
      status: 201,
      reply: PlanReply,
      body: Copy,
      summary: 'Copy a plan as the start of another scenario',
      handle: async (ctx, { params, body: { name } }) => {
        const { analysisId, options } = ctx.ids.find((await ctx.workspace.read()).plans, params['planId'] ?? '')
        return jsonObject({ plan: (await makePlan(ctx, analysisId, options, name)).shown })
      },
    }),
    route({
      method: 'POST',
      url: '/api/itn-plans/:planId/lock',
      status: 200,
      reply: PlanReply,
      summary:
        'Lock a plan: its figures are kept as they are, whatever happens to the data. The lock says when, and who, if ' +
        'the person has signed in',
      handle: async (ctx, { params }) => {
        const by = ctx.personName()
        const lock = { at: ctx.now(), ...(by !== null && { by }) }
        const { plan, workspace } = await lockPlan(ctx, params['planId'] ?? '', lock)
        return jsonObject({ plan: shownPlan(plan, workspace, await planJson(ctx, plan)) })
      },
    }),
    route({
      method: 'POST',
      url: '/api/itn-plans/compare',
      status: 200,
      reply: ComparisonReply,
      body: Comparison,
      summary: 'Two to four plans side by side: what each ward and LGA gains or loses, and why',
      handle: async (ctx, { body: { planIds } }) => {
        const workspace = await ctx.workspace.read()
        const plans = planIds.map((id) => ctx.ids.find(workspace.plans, id))
        const jsons = await Promise.all(plans.map(async (plan) => await planJson(ctx, plan)))
        const compared = await ctx.work('comparePlans', jsons)
        return { plans: plans.map((plan) => listedPlan(plan, workspace)), ...compared }
      },
    }),
  ]
}

interface Changed {
  readonly plan: StoredPlan
  readonly workspace: Workspace
}

/**
 * Changes a plan, or deletes it if `change` gives null.
 * @throws Fault `locked` when it is locked by the time of the change
 */
async function changePlan(
  ctx: RequestContext,
  planId: string,
  change: (plan: StoredPlan) => StoredPlan | null,
): Promise<Changed> {
  let changed: StoredPlan | undefined
  const workspace = await ctx.workspace.update((current) => {
    const plan = ctx.ids.find(current.plans, planId)
    if (plan.locked !== undefined) throw new Fault('locked', say('plan-locked', {}))
    const next = change(plan)
    changed = next ?? plan
    return { ...current, plans: current.plans.flatMap((each) => (each.id === plan.id ? (next ?? []) : each)) }
  })
  if (changed === undefined) throw new Error('The change of a plan did not run')
  return { plan: changed, workspace }
}

/**
 * Stores the plan's figures as they are now and marks it as locked. Whoever is first decides: a plan that is already
 * locked stays as it was locked.
 */
export async function lockPlan(ctx: RequestContext, planId: string, lock: StoredLock): Promise<Changed> {
  const workspace = await ctx.workspace.read()
  const plan = ctx.ids.find(workspace.plans, planId)
  if (plan.locked !== undefined) return { plan, workspace }
  const json = await planJson(ctx, plan, lock)
  const object = await ctx.objects.put('net_plan.json', json, 'application/json')
  let locked: StoredPlan = plan
  const changed = await ctx.workspace.update((current) => {
    const present = ctx.ids.find(current.plans, planId)
    // A name that was given meanwhile is not in the figures that were stored.
    if (present.locked === undefined && present.name !== plan.name)
      throw new Fault('conflict', say('plan-renamed-meanwhile', {}))
    locked = present.locked === undefined ? { ...present, locked: { ...lock, object } } : present
    return { ...current, plans: current.plans.map((each) => (each.id === planId ? locked : each)) }
  })
  if (locked.locked?.object.versionId === object.versionId) ctx.audit('plan-locked', { plan: planId })
  else await tidy(ctx, [object])
  return { plan: locked, workspace: changed }
}
