import type { Answer, AnswerTable } from '../../service/domain/chat/answer.ts'
import { chartOptions } from '../../service/domain/chart/chart-options.ts'
import { answerChart } from '../../service/domain/chat/answers/chart.ts'
import { answerFromData } from '../../service/domain/chat/answers/from-data.ts'
import { answerExport } from '../../service/domain/chat/answers/export.ts'
import { answerFromResult } from '../../service/domain/chat/answers/from-result.ts'
import { answerFromTexts } from '../../service/domain/chat/answers/from-texts.ts'
import { answerNeed, answerPlanFacts } from '../../service/domain/chat/answers/plan-facts.ts'
import { answerPlan } from '../../service/domain/chat/answers/plan.ts'
import { answerQuery } from '../../service/domain/chat/answers/query.ts'
import { interpret, type PreviousTurn } from '../../service/domain/chat/interpret.ts'
import { outlineDataset } from '../../service/domain/chat/outline-dataset.ts'
import type { Outline } from '../../service/domain/chat/outline.ts'
import type { Meaning } from '../../service/domain/chat/question/replies.ts'
import { NOTHING, remember } from '../../service/domain/chat/remembered.ts'
import { isFrom, type ToolCall } from '../../service/domain/chat/tools.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import type { NetPlan } from '../../service/domain/plan/net-plan.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { viewWards, type WardView } from '../../service/domain/query/ward-view.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'

const MADE = { datasetVersion: 1, stale: false }

/** What a message led to: a reply with its text and its tables, as the service puts them together. */
export interface Reply {
  readonly kind: 'answer' | 'clarify' | 'decline'
  readonly text: string
  readonly options: readonly string[]
  readonly tables: readonly AnswerTable[]
  readonly calls: readonly ToolCall[]
}

/** Data with what was made from them, and the conversation about them, without a service. */
export class Conversation {
  readonly #dataset: Dataset
  #result: AnalysisResult | null = null
  #plan: { readonly plan: NetPlan; readonly options: PlanOptions } | null = null
  readonly #turns: PreviousTurn[] = []

  constructor(dataset: Dataset) {
    this.#dataset = dataset
  }

  get outline(): Outline {
    const result = this.#result
    return {
      dataset: { ...outlineDataset(this.#dataset), version: 1 },
      analysis: result && {
        datasetVersion: 1,
        indicators: result.indicators.map(({ name }) => name),
        mode: result.mode,
        hasPca: result.agreement !== null,
        stale: false,
      },
      plan: this.#plan && { datasetVersion: 1, options: this.#plan.options, stale: false },
    }
  }

  /** The same data and what was made from them, with nothing said. */
  again(): Conversation {
    const copy = new Conversation(this.#dataset)
    copy.#result = this.#result
    copy.#plan = this.#plan
    return copy
  }

  say(message: string): Reply {
    const meaning = interpret(message, this.outline, this.#turns)
    const calls = meaning.kind === 'call' ? [meaning.call] : meaning.kind === 'calls' ? meaning.calls : []
    const reply = this.#reply(meaning, calls)
    const table = reply.tables.at(-1)
    this.#turns.push({
      message,
      call: calls.at(-1) ?? null,
      remembered: remember(this.#turns.at(-1)?.remembered ?? NOTHING, {
        call: calls.at(-1) ?? null,
        text: reply.text,
        options: reply.options,
        ...(table !== undefined && { table }),
      }),
    })
    return reply
  }

  #reply(meaning: Meaning, calls: readonly ToolCall[]): Reply {
    if (meaning.kind === 'clarify')
      return { kind: 'clarify', text: meaning.question, options: meaning.options, tables: [], calls }
    if (meaning.kind === 'say')
      return { kind: 'answer', text: meaning.text, options: meaning.options, tables: [], calls }
    if (meaning.kind === 'decline') return { kind: 'decline', text: meaning.reason, options: [], tables: [], calls }
    const answers = calls.map((call) => this.#answer(call))
    return {
      kind: 'answer',
      text: answers.flatMap(({ text, basis }) => [text, ...basis]).join('\n'),
      options: answers.at(-1)?.options ?? [],
      tables: answers.flatMap(({ table }) => table ?? []),
      calls,
    }
  }

  get #view(): WardView {
    return viewWards({ dataset: this.#dataset, result: this.#result, plan: this.#plan?.plan ?? null })
  }

  #answer(call: ToolCall): Answer {
    if (isFrom(call, 'texts')) return answerFromTexts(call)
    if (isFrom(call, 'data')) return answerFromData(call, this.#dataset, MADE)
    if (call.tool === 'draw_chart') return answerChart(this.#view, chartOptions(call.input), MADE).answer
    if (call.tool === 'query_wards') return answerQuery(this.#view, call.input, MADE)
    if (call.tool === 'run_analysis') this.#result = analyse(this.#dataset, call.input)
    const result = this.#result
    if (result === null) throw new Error('There is no analysis')
    if (call.tool === 'plan_nets' || call.tool === 'change_plan') {
      const options = { ...this.#plan?.options, ...call.input } as PlanOptions
      this.#plan = { options, plan: planNets(planBasis(this.#dataset, result), options) }
      return answerPlan(this.#plan.plan, MADE)
    }
    if (call.tool === 'plan_facts') {
      if (this.#plan === null) throw new Error('There is no plan')
      return answerPlanFacts(this.#plan.plan, result, call.input, MADE)
    }
    if (call.tool === 'count_nets_needed') {
      const { wards: _wards, lgas: _lgas, tier: _tier, stock: _stock, ...options } = call.input
      return answerNeed(
        planNets(planBasis(this.#dataset, result), { ...options, totalNets: 0 }),
        result,
        call.input,
        MADE,
      )
    }
    if (isFrom(call, 'result') || call.tool === 'run_analysis') return answerFromResult(call, result, MADE)
    if (call.tool === 'show_map')
      return call.input.variable === undefined
        ? answerFromResult(call, result, MADE)
        : answerFromData(call, this.#dataset, MADE)
    return answerExport(call.input, MADE)
  }
}
