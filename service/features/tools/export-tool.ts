import type { RequestContext } from '../../context.ts'
import { answerExport } from '../../domain/chat/answers/export.ts'
import { EXPORTS } from '../../domain/exports/kinds.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import type { InputOf } from '../../domain/chat/tools.ts'
import { jsonObject } from '../../route.ts'
import { exportResult } from '../exports.ts'
import { newestAnalysis, type ToolResult } from './tool-result.ts'

type Input = InputOf<'export_result'>

/** Exports the newest analysis, with its plan if the kind of export can hold one. */
export async function exportNewest(ctx: RequestContext, { kind }: Input): Promise<ToolResult> {
  const workspace = await ctx.workspace.read()
  const analysis = newestAnalysis(workspace)
  const plan = workspace.plans.findLast(({ analysisId }) => analysisId === analysis.id)
  if (EXPORTS[kind].plan === 'required' && plan === undefined) throw new Fault('no-data', say('no-plan-of-newest', {}))
  const takesPlan = EXPORTS[kind].plan !== 'none'
  const { export: made, download } = await exportResult(ctx, {
    kind,
    analysisId: analysis.id,
    ...(takesPlan && plan !== undefined && { planId: plan.id }),
  })
  return {
    answer: answerExport({ kind }, { datasetVersion: analysis.datasetVersion, stale: false }),
    attached: { export: { id: made.id, shown: jsonObject({ ...made, download }) } },
  }
}
