import type { RequestContext } from '../../context.ts'
import type { Meaning } from '../../domain/chat/question/replies.ts'
import type { Outline } from '../../domain/chat/outline.ts'
import { systemPrompt } from '../../domain/chat/prompt.ts'
import { madeBy, type ToolCall } from '../../domain/chat/tools.ts'
import { resultName, toolOutput } from '../../domain/chat/tool-output.ts'
import { Fault } from '../../domain/fault.ts'
import type { Model, ModelCall, ModelMessage } from '../../models/model.ts'
import type { ChatTurn } from '../../stores/chat-log.ts'
import { outlineOf } from '../outline.ts'
import { callOf } from '../tools/checked-call.ts'
import { runTool } from '../tools/run-tool.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import { checkModelCall, choicesFor } from './call-of-model.ts'
import { historyOf, stepOf, type Step } from './model-step.ts'
import { meaningOf, speakMeaning } from './speak-by-rules.ts'
import { adviceOf, tablesOf, type Spoken } from './spoken.ts'
import { wordsAfter } from './words-of-model.ts'

const MOST_ROUNDS = 4
const MOST_CALLS_A_ROUND = 5
/** What a model may answer. The rules answer what they decline themselves. */
const LEFT_TO_MODELS: ReadonlySet<string> = new Set(['call', 'calls', 'clarify'])
/** The time for all rounds of one message. A model that is silent is given up earlier. */
const MODEL_SECONDS = 45

/** A call that was carried out, and its result. */
interface Done extends ToolResult {
  readonly call: ToolCall
}

/**
 * Lets a model choose among the tools and add words to what they say. Every choice is checked and works on this
 * request's own session. The reply begins with the tools' own texts. A model answers nothing without a tool: it must
 * choose one at first, and where its provider takes no such demand, the rules choose. Its words are shown only if
 * `checkWords` can hold every sentence against the results. If the model fails, is too slow or says anything else, the
 * tools' own texts or the rules answer, and the reply says so. What the rules decline does not reach a model.
 * @throws Fault only when the stores fail
 */
export async function speakByModel(
  ctx: RequestContext,
  model: Model,
  message: string,
  outline: Outline,
  turns: readonly ChatTurn[],
): Promise<Spoken> {
  const meaning = await meaningOf(ctx, message, outline, turns)
  if (!LEFT_TO_MODELS.has(meaning.kind)) return speakMeaning(ctx, meaning, outline)
  const talk = new Talk(ctx, outline)
  const messages: ModelMessage[] = [...historyOf(turns, outline), { role: 'user', text: message }]
  const system = systemPrompt(outline)
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(MODEL_SECONDS * 1000)])
  const byOthers = (why: string): Promise<Spoken> => talk.withoutModel(meaning, `The model ${model.name} ${why}`)

  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const step = await stepOf(model, { system, messages, mustChoose: round === 1 }, signal).catch((error: unknown) => {
      if (ctx.signal.aborted || !isModelFault(error, signal)) throw error
      return null
    })
    if (step === null) return byOthers('could not be reached or took too long.')
    const { calls, text } = step.end === 'choice-refused' ? chosenByRules(meaning) : step
    if (calls.length === 0) {
      if (step.end === 'choice-refused') return talk.withoutModel(meaning, null)
      if (talk.done.length === 0)
        return byOthers(
          step.end === 'refused' || text === '' ? 'gave no answer.' : 'chose no tool that gives a result.',
        )
      return talk.withWords(model, step)
    }
    const results = []
    for (const [at, call] of calls.entries()) {
      const result =
        at < MOST_CALLS_A_ROUND && !signal.aborted
          ? await talk.carryOut(call)
          : { output: 'Too many calls at once: choose fewer.', isError: true }
      results.push({ callId: call.callId, ...result })
    }
    messages.push({ role: 'assistant', text, calls }, { role: 'tool', results })
  }
  return byOthers('did not reach an answer.')
}

/** What the rules choose for a model that cannot be made to choose. */
function chosenByRules(meaning: Meaning): Pick<Step, 'calls' | 'text'> {
  const chosen = meaning.kind === 'call' ? [meaning.call] : meaning.kind === 'calls' ? meaning.calls : []
  return {
    calls: chosen.map(({ tool, input }, at) => ({ callId: `rules-${String(at + 1)}`, name: tool, input })),
    text: '',
  }
}

/** What was carried out for one message, and the replies that can be made of it. */
class Talk {
  readonly done: Done[] = []
  readonly #ctx: RequestContext
  /** What the session has by now. A call may need what an earlier call made. */
  #outline: Outline

  constructor(ctx: RequestContext, outline: Outline) {
    this.#ctx = ctx
    this.#outline = outline
  }

  async carryOut(chosen: ModelCall): Promise<{ readonly output: string; readonly isError: boolean }> {
    try {
      const checked = checkModelCall(chosen, this.#outline)
      const call = callOf(checked)
      const result = await runTool(this.#ctx, checked)
      this.done.push({ ...result, call })
      if (madeBy(call.tool) !== null) this.#outline = await outlineOf(this.#ctx)
      return { output: toolOutput(result.answer, resultName(this.done.length - 1)), isError: false }
    } catch (error) {
      const advice = adviceOf(error, this.#outline)
      if (advice === null) throw error
      return { output: `${advice.text} ${choicesFor(chosen, this.#outline)}`.trim(), isError: true }
    }
  }

  withWords(model: Model, step: Step): Promise<Spoken> | Spoken {
    const texts = this.#texts()
    const words = wordsAfter(
      step,
      this.done.map(({ answer }) => answer),
    )
    if (words.kind === 'none') return this.#toolsAlone(`The model ${model.name} gave no answer.`)
    if (words.kind === 'refused')
      return this.#toolsAlone(
        `The model ${model.name} said something that the results do not bear, so its words were left out.`,
      )
    return {
      ...fromTools(this.done),
      text: [...texts, words.text, ...(words.isCut ? [`The words of ${model.name} were cut off here.`] : [])]
        .filter((part) => part !== '')
        .join('\n\n'),
      by: 'model',
      mode: model.name,
    }
  }

  /** The tools' own texts if there are any, else what the rules answer. `why` is said before it. */
  async withoutModel(meaning: Meaning, why: string | null): Promise<Spoken> {
    if (why !== null && this.done.length > 0) return this.#toolsAlone(why)
    const spoken = await speakMeaning(this.#ctx, meaning, this.#outline)
    if (why === null) return spoken
    return { ...spoken, text: `${why} This was answered by rules.\n\n${spoken.text}`, by: 'fallback' }
  }

  #toolsAlone(why: string): Spoken {
    return {
      ...fromTools(this.done),
      text: `${why} These are the words of the tools themselves.\n\n${this.#texts().join('\n\n')}`,
      by: 'fallback',
      mode: 'rules',
    }
  }

  /** The texts of the results, each once. */
  #texts(): string[] {
    return [...new Set(this.done.map(({ answer }) => answer.text))]
  }
}

/**
 * The parts of the reply that the tools made: the intent of the last call, the tables, the newest of each thing made,
 * and everything that they rest on.
 */
function fromTools(
  done: readonly Done[],
): Pick<Spoken, 'intent' | 'basis' | 'options' | 'attached' | 'call' | 'table' | 'moreTables'> {
  const last = done.at(-1)
  const options = last?.answer.options
  // A model may make the same call twice.
  const answers = new Map(done.map(({ answer }) => [answer.text, answer]))
  return {
    intent: last?.call.tool ?? 'chat',
    basis: [...new Set(done.flatMap(({ answer }) => answer.basis))],
    attached: Object.assign({}, ...done.map(({ attached }) => attached)) as Spoken['attached'],
    call: last?.call ?? null,
    ...(options !== undefined && { options }),
    ...tablesOf([...answers.values()]),
  }
}

function isModelFault(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof Fault && error.kind === 'model-unavailable')
}
