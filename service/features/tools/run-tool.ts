import type { RequestContext } from '../../context.ts'
import { answerFromTexts } from '../../domain/chat/answers/from-texts.ts'
import { isFrom } from '../../domain/chat/tools.ts'
import { callOf, type CheckedCall } from './checked-call.ts'
import { describeData, mapVariable } from './data-tools.ts'
import { exportNewest } from './export-tool.ts'
import { askPlan, changePlan, countNeed, planByNewest } from './plan-tools.ts'
import { chartNewest, queryNewest } from './query-tool.ts'
import { askNewest, mapNewest, runAnalysis } from './result-tools.ts'
import type { ToolResult } from './tool-result.ts'

/**
 * Carries out a call on what the request's own session has: its current data, its newest analysis, its newest plan.
 * @throws Fault `stale` when old results would be shown as current
 * @throws Fault of any kind when the feature that carries out the call fails
 */
export async function runTool(ctx: RequestContext, checked: CheckedCall): Promise<ToolResult> {
  const call = callOf(checked)
  if (isFrom(call, 'texts')) return { answer: answerFromTexts(call), attached: {} }
  if (isFrom(call, 'data')) return describeData(ctx, call)
  if (isFrom(call, 'result')) return askNewest(ctx, call)
  switch (call.tool) {
    case 'query_wards':
      return queryNewest(ctx, call.input)
    case 'draw_chart':
      return chartNewest(ctx, call.input)
    case 'run_analysis':
      return runAnalysis(ctx, call)
    case 'show_map':
      return call.input.variable === undefined ? mapNewest(ctx, call) : mapVariable(ctx, call, call.input.variable)
    case 'plan_nets':
      return planByNewest(ctx, call.input)
    case 'change_plan':
      return changePlan(ctx, call.input)
    case 'plan_facts':
      return askPlan(ctx, call.input)
    case 'count_nets_needed':
      return countNeed(ctx, call.input)
    case 'export_result':
      return exportNewest(ctx, call.input)
  }
}
