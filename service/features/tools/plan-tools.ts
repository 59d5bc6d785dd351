import type { RequestContext } from '../../context.ts'
import { Fault } from '../../domain/fault.ts'
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
  if (plan === undefined) throw new Fault('no-data', 'There is no net plan yet to change. Say how many nets there are.')
  if (isStale(plan, workspace)) throw staleFault(plan, workspace)
  return planned(ctx, plan.analysisId, { ...plan.options, ...changes }, await planJson(ctx, plan))
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
      json.length,
    ),
    attached: { plan: { id: plan.id, shown } },
  }
}
