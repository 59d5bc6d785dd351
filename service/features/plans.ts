import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { PlanOptions } from '../domain/plan/plan-options.ts'
import { isPackedBasis, unpackBasis } from '../domain/plan/pack-basis.ts'
import { planNets } from '../domain/plan/plan-nets.ts'
import { jsonObject, route, withFields, type JsonText, type Route } from '../route.ts'
import type { StoredLock, StoredPlan, Workspace } from '../stores/workspace.ts'
import { Given } from '../work/given.ts'
import { basisName } from './analyses.ts'
import { isStale } from './current-files.ts'
import { openDatasetOf } from './open-dataset.ts'
import { PlanReply, PlansReply, type ListedPlan, type PlanLock } from './replies/plans.ts'

/**
 * Each step of a slider makes a plan. The oldest that are neither named nor locked are dropped to make room. Choices
 * with many exceptions take some KiB, and all of them share the workspace's budget with files and analyses.
 */
const MOST_PLANS = 50
const MOST_PLAN_BYTES = 32 * 1024

/**
 * About eight hundred wards. Planning for a state takes a few milliseconds. A thread of its own would take a hundred
 * milliseconds at half a core, which is too slow for a slider.
 */
const SMALL_BASIS_BYTES = 128 * 1024

export const PlanName = Type.String({ minLength: 1, maxLength: 100 })

const NewPlan = Type.Object(
  { analysisId: Type.String({ maxLength: 200 }), name: Type.Optional(PlanName), ...PlanOptions.properties },
  { additionalProperties: false },
)

export function planRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/itn-plans',
      status: 201,
      reply: PlanReply,
      body: NewPlan,
      summary: 'Allocate a stock of bed nets by an analysis; another plan with other choices needs no new analysis',
      handle: async (ctx, { body: { analysisId, name, ...options } }) =>
        jsonObject({ plan: (await makePlan(ctx, analysisId, options, name)).shown }),
    }),
    route({
      method: 'GET',
      url: '/api/itn-plans',
      status: 200,
      reply: PlansReply,
      summary: 'The plans of this session, newest first, without their wards',
      handle: async (ctx) => {
        const workspace = await ctx.workspace.read()
        return { plans: workspace.plans.map((plan) => listedPlan(plan, workspace)).reverse() }
      },
    }),
    route({
      method: 'GET',
      url: '/api/itn-plans/:planId',
      status: 200,
      reply: PlanReply,
      summary: 'A whole plan',
      handle: async (ctx, { params }) => {
        const workspace = await ctx.workspace.read()
        const plan = ctx.ids.find(workspace.plans, params['planId'] ?? '')
        return jsonObject({ plan: shownPlan(plan, workspace, await planJson(ctx, plan)) })
      },
    }),
  ]
}

/**
 * The plan as JSON text: of a locked plan as it was stored, of any other made again from its sources.
 * @param lock with which it is being locked
 */
export async function planJson(ctx: RequestContext, plan: StoredPlan, lock?: StoredLock): Promise<Uint8Array> {
  if (plan.locked !== undefined) return await ctx.objects.read(plan.locked.object)
  const { id, analysisId, datasetVersion, createdAt, options, name = null } = plan
  const basis = await openBasis(ctx, analysisId)
  const stamp = {
    id,
    name,
    ...shownLock(lock),
    analysisId,
    datasetVersion,
    createdAt: new Date(createdAt).toISOString(),
  }
  if (basis.length > SMALL_BASIS_BYTES) return ctx.work('planNets', { basis: new Given(basis), options, stamp })
  return Buffer.from(JSON.stringify({ ...stamp, ...planNets(unpackBasis(basis), options) }))
}

/** The basis of an analysis's plans. If another release stored it in another form, it is made again. */
export async function openBasis(ctx: RequestContext, analysisId: string): Promise<Uint8Array> {
  const stored = await ctx.objects.readSealed(basisName(analysisId))
  if (stored !== null && isPackedBasis(stored)) return stored
  const workspace = await ctx.workspace.read()
  const analysis = ctx.ids.find(workspace.analyses, analysisId)
  const [packed, result] = await Promise.all([
    openDatasetOf(ctx, analysis, workspace),
    ctx.objects.read(analysis.result),
  ])
  const basis = await ctx.work('planBasis', { packed, result })
  await ctx.objects.putSealed(basisName(analysisId), basis)
  return basis
}

export interface MadePlan {
  readonly plan: StoredPlan
  readonly json: Uint8Array
  /** The same plan as it is in the service's replies. */
  readonly shown: JsonText
}

/**
 * Makes a plan and stores it.
 * @throws Fault `not-found` when there is no such analysis
 * @throws Fault `stale` when its data were changed since
 * @throws Fault `invalid-input` when the options do not fit the data
 */
export async function makePlan(
  ctx: RequestContext,
  analysisId: string,
  options: PlanOptions,
  name?: string,
): Promise<MadePlan> {
  const before = await ctx.workspace.read()
  const analysis = ctx.ids.find(before.analyses, analysisId)
  const plan: StoredPlan = {
    id: ctx.ids.mint(),
    analysisId,
    datasetVersion: analysis.datasetVersion,
    ...(analysis.dataset !== undefined && { dataset: analysis.dataset }),
    createdAt: ctx.now(),
    options,
    ...(name !== undefined && { name }),
  }
  refuseStale(plan, before)
  const json = await planJson(ctx, plan)
  // The analysis may be gone after a failover that lost writes.
  const workspace = await ctx.workspace.update((current) => {
    refuseStale(plan, current)
    ctx.ids.find(current.analyses, analysisId)
    return { ...current, plans: withRoom(current.plans, plan) }
  })
  return { plan, json, shown: shownPlan(plan, workspace, json) }
}

/**
 * These plans and one more, without the oldest that nobody named or locked as far as room is needed. A named or locked
 * plan stays, whatever its size.
 * @throws Fault `session-full` when there are too many named or locked ones
 */
function withRoom(plans: readonly StoredPlan[], plan: StoredPlan): readonly StoredPlan[] {
  let [count, bytes] = [1, bytesOf(plan)]
  // From the newest on: what is kept has room first.
  const free = plans.filter(({ name, locked }) => name === undefined && locked === undefined).reverse()
  for (const kept of plans) if (!free.includes(kept)) [count, bytes] = [count + 1, bytes + bytesOf(kept)]
  if (count > MOST_PLANS) throw new Fault('session-full', say('plans-full', { most: MOST_PLANS }))
  const dropped = new Set<StoredPlan>()
  for (const each of free) {
    ;[count, bytes] = [count + 1, bytes + bytesOf(each)]
    if (count > MOST_PLANS || bytes > MOST_PLAN_BYTES) dropped.add(each)
  }
  return [...plans.filter((each) => !dropped.has(each)), plan]
}

function bytesOf(plan: StoredPlan): number {
  return Buffer.byteLength(JSON.stringify(plan))
}

function refuseStale(plan: StoredPlan, workspace: Workspace): void {
  if (isStale(plan, workspace)) throw new Fault('stale', say('data-of-analysis-replaced', {}))
}

/** When and by whom a plan was locked, as replies and files have it. */
export function shownLock(lock: StoredLock | undefined): Static<typeof PlanLock> {
  if (lock === undefined) return { lockedAt: null, lockedBy: null }
  const { at, by = null, isFromProject } = lock
  return {
    lockedAt: new Date(at).toISOString(),
    lockedBy: by,
    ...(isFromProject === true && { lockIsFromProject: isFromProject }),
  }
}

/** A plan as replies show it. */
export function shownPlan(plan: StoredPlan, workspace: Workspace, json: Uint8Array): JsonText {
  return withFields({ stale: isStale(plan, workspace) }, json)
}

/** A plan in a list, without its wards. */
export function listedPlan(plan: StoredPlan, workspace: Workspace): Static<typeof ListedPlan> {
  const { id, analysisId, datasetVersion, createdAt, options, name = null, locked } = plan
  return {
    id,
    name,
    ...shownLock(locked),
    analysisId,
    datasetVersion,
    createdAt: new Date(createdAt).toISOString(),
    options,
    stale: isStale(plan, workspace),
  }
}
