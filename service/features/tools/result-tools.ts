import type { RequestContext } from '../../context.ts'
import type { ResultCall } from '../../domain/chat/answers/from-result.ts'
import type { CallOf } from '../../domain/chat/tools.ts'
import type { StoredAnalysis, Workspace } from '../../stores/workspace.ts'
import { analyseDataset, mapOf } from '../analyses.ts'
import { planJson } from '../plans.ts'
import { answerFrom, newestAnalysis, type ToolResult } from './tool-result.ts'

export async function runAnalysis(ctx: RequestContext, call: CallOf<'run_analysis'>): Promise<ToolResult> {
  const { analysis, json, shown } = await analyseDataset(ctx, call.input)
  return {
    answer: await answerFrom(
      ctx,
      'answerFromResult',
      { call, result: json, madeFrom: { datasetVersion: analysis.datasetVersion, stale: false }, plan: null },
      json.length,
    ),
    attached: { analysis: { id: analysis.id, shown } },
  }
}

export async function askNewest(ctx: RequestContext, call: ResultCall): Promise<ToolResult> {
  const workspace = await ctx.workspace.read()
  return { answer: await answerOf(ctx, call, newestAnalysis(workspace), workspace), attached: {} }
}

export async function mapNewest(ctx: RequestContext, call: CallOf<'show_map'>): Promise<ToolResult> {
  const workspace = await ctx.workspace.read()
  const analysis = newestAnalysis(workspace)
  const { tiers, lgas } = call.input
  const scope = { ...(tiers && { tiers }), ...(lgas && { lgas }) }
  const [answer, map] = await Promise.all([
    answerOf(ctx, call, analysis, workspace),
    mapOf(ctx, analysis, workspace, scope),
  ])
  return { answer, attached: { map } }
}

async function answerOf(
  ctx: RequestContext,
  call: ResultCall,
  analysis: StoredAnalysis,
  { plans }: Workspace,
): Promise<ToolResult['answer']> {
  const newestPlan = plans.at(-1)
  const plan =
    call.tool === 'summarise_lgas' && newestPlan?.analysisId === analysis.id ? await planJson(ctx, newestPlan) : null
  const result = await ctx.objects.read(analysis.result)
  return answerFrom(
    ctx,
    'answerFromResult',
    { call, result, madeFrom: { datasetVersion: analysis.datasetVersion, stale: false }, plan },
    result.length + (plan?.length ?? 0),
  )
}
