import { Value } from 'typebox/value'
import type { RequestContext } from '../../context.ts'
import { answerKnowledge, answerMethod } from '../../domain/chat/answers/explained.ts'
import { Fault } from '../../domain/fault.ts'
import { TOOLS, type ToolCall, type ToolName } from '../../domain/chat/tool-call.ts'
import { describeData, mapVariable } from './data-tools.ts'
import { exportNewest } from './export-tool.ts'
import { changePlan, planByNewest } from './plan-tools.ts'
import { askNewest, mapNewest, runAnalysis } from './result-tools.ts'
import type { ToolResult } from './tool-result.ts'

/**
 * Takes a choice of a tool, whoever made it, for a call only if the tool exists and its schema takes the input.
 * No schema has a place for an id, so a call that brings one is none.
 * @throws Fault `invalid-input`
 */
export function checkCall(tool: string, input: unknown): ToolCall {
  if (!Object.hasOwn(TOOLS, tool)) throw new Fault('invalid-input', 'There is no such tool.')
  const { input: schema } = TOOLS[tool as ToolName]
  if (Value.Check(schema, input)) return { tool, input } as ToolCall
  const [first] = Value.Errors(schema, input)
  throw new Fault(
    'invalid-input',
    `The tool ${tool} does not take this input${first === undefined ? '' : `: ${first.instancePath || 'it'} ${first.message}`}. Tools take what their schemas name and no ids.`,
  )
}

/**
 * Carries a call out on what the request's own session has: its current data, its newest analysis, its newest plan.
 * @throws Fault as the features word it; `stale` rather than showing old results as current
 */
export async function runTool(ctx: RequestContext, tool: string, input: unknown): Promise<ToolResult> {
  const call = checkCall(tool, input)
  switch (call.tool) {
    case 'describe_data':
    case 'check_quality':
    case 'describe_variable':
    case 'ward_values':
      return describeData(ctx, call)
    case 'run_analysis':
      return runAnalysis(ctx, call)
    case 'rank_wards':
    case 'explain_ward':
    case 'compare_wards':
    case 'summarise_lgas':
    case 'compare_rankings':
      return askNewest(ctx, call)
    case 'show_map':
      return call.input.variable === undefined ? mapNewest(ctx, call) : mapVariable(ctx, call, call.input.variable)
    case 'plan_nets':
      return planByNewest(ctx, call.input)
    case 'change_plan':
      return changePlan(ctx, call.input)
    case 'export_result':
      return exportNewest(ctx, call.input)
    case 'explain_method':
      return { answer: answerMethod(call.input), attached: {} }
    case 'answer_knowledge':
      return { answer: answerKnowledge(call.input), attached: {} }
  }
}
