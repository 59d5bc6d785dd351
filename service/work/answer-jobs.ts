import type { ChartOptions } from '../domain/chart/chart-options.ts'
import type { Answer, MadeFrom } from '../domain/chat/answer.ts'
import type { AnalysisResult } from '../domain/ranking/analysis-result.ts'
import type { DataCall } from '../domain/chat/answers/from-data.ts'
import type { ResultCall } from '../domain/chat/answers/from-result.ts'
import type { RuleVariant } from '../domain/arena/arena-rules.ts'
import type { PreviousTurn } from '../domain/chat/interpret.ts'
import type { NetPlan } from '../domain/plan/net-plan.ts'
import type { Outline } from '../domain/chat/outline.ts'
import type { Meaning } from '../domain/chat/question/replies.ts'
import type { InputOf } from '../domain/chat/tools.ts'
import { openView, type ViewInput } from './open-view.ts'
import { readJson, writeJson } from './own-json.ts'

// What the chat and the arena answer from: names, results and plans as JSON text, and packed datasets.

export async function interpretMessage(input: {
  message: string
  outline: Outline
  previous: readonly PreviousTurn[]
}): Promise<Meaning> {
  const { interpret } = await import('../domain/chat/interpret.ts')
  return interpret(input.message, input.outline, input.previous)
}

export async function answerByRules(input: {
  variant: RuleVariant
  message: string
  outline: Outline
}): Promise<string> {
  const { answerByRules } = await import('../domain/arena/arena-rules.ts')
  return answerByRules(input.variant, input.message, input.outline)
}

export async function answerFromData(input: {
  call: DataCall
  packed: Uint8Array
  madeFrom: MadeFrom
}): Promise<Answer> {
  const [{ answerFromData }, { unpackDataset }] = await Promise.all([
    import('../domain/chat/answers/from-data.ts'),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  return answerFromData(input.call, unpackDataset(input.packed), input.madeFrom)
}

export async function answerFromResult(input: {
  call: ResultCall
  result: Uint8Array
  madeFrom: MadeFrom
  plan: Uint8Array | null
}): Promise<Answer> {
  const { answerFromResult } = await import('../domain/chat/answers/from-result.ts')
  return answerFromResult(
    input.call,
    readJson<AnalysisResult>(input.result),
    input.madeFrom,
    input.plan && readJson<NetPlan>(input.plan),
  )
}

export async function answerPlan(input: {
  plan: Uint8Array
  madeFrom: MadeFrom
  before: Uint8Array | null
}): Promise<Answer> {
  const { answerPlan } = await import('../domain/chat/answers/plan.ts')
  return answerPlan(readJson<NetPlan>(input.plan), input.madeFrom, input.before && readJson<NetPlan>(input.before))
}

/** What a stored plan says, or, of a plan without a stock, what its wards need. */
export async function answerPlanFacts(input: {
  plan: Uint8Array
  result: Uint8Array
  asked: InputOf<'plan_facts'> | InputOf<'count_nets_needed'>
  madeFrom: MadeFrom
}): Promise<Answer> {
  const { answerNeed, answerPlanFacts } = await import('../domain/chat/answers/plan-facts.ts')
  const [plan, result] = [readJson<NetPlan>(input.plan), readJson<AnalysisResult>(input.result)]
  return 'about' in input.asked
    ? answerPlanFacts(plan, result, input.asked, input.madeFrom)
    : answerNeed(plan, result, input.asked, input.madeFrom)
}

export async function answerQuery(
  input: ViewInput & { readonly query: InputOf<'query_wards'>; readonly madeFrom: MadeFrom },
): Promise<Answer> {
  const [{ answerQuery }, view] = await Promise.all([import('../domain/chat/answers/query.ts'), openView(input)])
  return answerQuery(view, input.query, input.madeFrom)
}

/** An answer with its chart as JSON text: `{svg, table}`. */
export async function answerChart(
  input: ViewInput & { readonly chart: ChartOptions; readonly madeFrom: MadeFrom },
): Promise<{ readonly answer: Answer; readonly chart: Uint8Array }> {
  const [{ answerChart }, view] = await Promise.all([import('../domain/chat/answers/chart.ts'), openView(input)])
  const { answer, chart } = answerChart(view, input.chart, input.madeFrom)
  return { answer, chart: writeJson(chart) }
}

/** The boundaries with one variable's values, as GeoJSON text. */
export async function variableMap(input: { packed: Uint8Array; variable: string }): Promise<Uint8Array> {
  const [{ variableMap }, { unpackDataset }] = await Promise.all([
    import('../domain/map/variable-map.ts'),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  return writeJson(variableMap(unpackDataset(input.packed), input.variable))
}
