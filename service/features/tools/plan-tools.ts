import type { RequestContext } from '../../context.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import type { InputOf } from '../../domain/chat/tools.ts'
import { changeOptions } from '../../domain/plan/change-options.ts'
import type { PlanOptions } from '../../domain/plan/plan-options.ts'
import { isStale } from '../current-files.ts'
import { makePlan, planJson } from '../plans.ts'
import { answerFrom, newestAnalysis, staleFault, type ToolResult } from './tool-result.ts'

export async function planByNewest(ctx: RequestContext, options: PlanOptions): Promise<ToolResult> {
  return planned(ctx, newestAnalysis(await ctx.workspace.read()).id, options, null)
}

/** Makes the newest plan again with some choices changed, and compares the two. */
export async function changePlan(ctx: RequestContext, changes: Partial<PlanOptions>): Promise<ToolResult> {
  const workspace = await ctx.workspace.read()
  const plan = workspace.plans.at(-1)
  if (plan === undefined) throw new Fault('no-data', say('no-plan-to-change', {}))
  if (isStale(plan, workspace)) throw staleFault(plan, workspace)
  return planned(ctx, plan.analysisId, changeOptions(plan.options, changes), await planJson(ctx, plan))
}

/** What the newest plan says. */
export async function askPlan(ctx: RequestContext, asked: InputOf<'plan_facts'>): Promise<ToolResult> {
  const workspace = await ctx.workspace.read()
  const plan = workspace.plans.at(-1)
  if (plan === undefined) throw new Fault('no-data', say('no-plan-yet', {}))
  if (isStale(plan, workspace)) throw staleFault(plan, workspace)
  const { result } = ctx.ids.find(workspace.analyses, plan.analysisId)
  return tellOf(ctx, await planJson(ctx, plan), await ctx.objects.read(result), asked, plan.datasetVersion)
}

/** What wards need by the newest analysis, counted as in the newest plan unless the person says how. Stores nothing. */
export async function countNeed(ctx: RequestContext, asked: InputOf<'count_nets_needed'>): Promise<ToolResult> {
  const workspace = await ctx.workspace.read()
  const { id, datasetVersion, result } = newestAnalysis(workspace)
  const { rule, householdSize, populationColumn, mode } = workspace.plans.at(-1)?.options ?? {}
  const options: PlanOptions = {
    ...(mode !== undefined && asked.rule === undefined && { mode }),
    ...(rule !== undefined && { rule }),
    ...(householdSize !== undefined && asked.rule !== 'per-person' && { householdSize }),
    ...(populationColumn !== undefined && { populationColumn }),
    ...(asked.rule !== undefined && { rule: asked.rule }),
    ...(asked.householdSize !== undefined && { householdSize: asked.householdSize }),
    ...(asked.populationColumn !== undefined && { populationColumn: asked.populationColumn }),
    totalNets: 0,
  }
  const plan = await planJson(ctx, {
    id: ctx.ids.mint(),
    analysisId: id,
    datasetVersion,
    createdAt: ctx.now(),
    options,
  })
  return tellOf(ctx, plan, await ctx.objects.read(result), asked, datasetVersion)
}

async function tellOf(
  ctx: RequestContext,
  plan: Uint8Array,
  result: Uint8Array,
  asked: InputOf<'plan_facts'> | InputOf<'count_nets_needed'>,
  datasetVersion: number,
): Promise<ToolResult> {
  const input = { plan, result, asked, madeFrom: { datasetVersion, stale: false } }
  return { answer: await answerFrom(ctx, 'answerPlanFacts', input, plan.length + result.length), attached: {} }
}

async function planned(
  ctx: RequestContext,
  analysisId: string,
  options: PlanOptions,
  before: Uint8Array | null,
): Promise<ToolResult> {
  const { plan, json, shown } = await makePlan(ctx, analysisId, options)
  return {
    answer: await answerFrom(
      ctx,
      'answerPlan',
      { plan: json, madeFrom: { datasetVersion: plan.datasetVersion, stale: false }, before },
      json.length + (before?.length ?? 0),
    ),
    attached: { plan: { id: plan.id, shown } },
  }
}
