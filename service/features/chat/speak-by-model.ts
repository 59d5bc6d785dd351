import type { RequestContext } from '../../context.ts'
import { checkFigures } from '../../domain/chat/check-figures.ts'
import { Fault } from '../../domain/fault.ts'
import type { Outline } from '../../domain/chat/outline.ts'
import { outlineJson, systemPrompt } from '../../domain/chat/prompt.ts'
import { madeBy, TOOL_NAMES, TOOLS, type ToolCall } from '../../domain/chat/tools.ts'
import { toolOutput } from '../../domain/chat/tool-output.ts'
import type { Model, ModelCall, ModelMessage, ModelTool } from '../../models/model.ts'
import type { ChatTurn } from '../../stores/chat-log.ts'
import { outlineOf } from '../outline.ts'
import { callOf, checkCall } from '../tools/checked-call.ts'
import { runTool } from '../tools/run-tool.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import { speakByRules } from './speak-by-rules.ts'
import { adviceOf, type Spoken } from './spoken.ts'

const MOST_ROUNDS = 4
const MOST_CALLS_A_ROUND = 5
const MOST_OUTPUT_TOKENS = 1_500
/** The time for all rounds of one message. A model that is silent is given up earlier. */
const MODEL_SECONDS = 45
const HISTORY = { turns: 6, letters: 1_500 } as const

/** A call that was carried out, and its result. */
interface Done extends ToolResult {
  readonly call: ToolCall
}

/**
 * Lets a model choose among the tools and word the reply. Every choice is checked and works on this request's own
 * session. The model's words are shown only if each figure in them comes from a tool, from the person or from the
 * outline. If the model fails, is too slow or makes up figures, the tools' own words or the rules answer, and the reply
 * says so.
 * @throws Fault only when the stores fail
 */
export async function speakByModel(
  ctx: RequestContext,
  model: Model,
  message: string,
  outline: Outline,
  turns: readonly ChatTurn[],
): Promise<Spoken> {
  const done: Done[] = []
  /** What the session has by now. A call may need what an earlier call made. */
  let known = outline
  const system = systemPrompt(outline)
  const messages: ModelMessage[] = [...historyOf(turns, outline), { role: 'user', text: message }]
  // Figures may come from what the model was given to read. The instructions have none.
  const sources = [...messages.map((each) => ('text' in each ? each.text : '')), outlineJson(outline)]
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(MODEL_SECONDS * 1000)])
  const byOthers = async (why: string): Promise<Spoken> => {
    const note = `${why} `
    if (done.length > 0)
      return {
        ...fromTools(done),
        text: `${note}These are the words of the tools themselves.\n\n${done.map(({ answer }) => answer.text).join('\n\n')}`,
        by: 'fallback',
        mode: 'rules',
      }
    const spoken = await speakByRules(ctx, message, outline, turns)
    return { ...spoken, text: `${note}This was answered by rules.\n\n${spoken.text}`, by: 'fallback' }
  }

  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const step = await stepOf(model, system, messages, signal).catch((error: unknown) => {
      if (ctx.signal.aborted || !isModelFault(error, signal)) throw error
      return null
    })
    if (step === null) return byOthers(`The model ${model.name} could not be reached or took too long.`)
    if (step.calls.length === 0) {
      const text = withoutAddresses(step.text).trim()
      if (text === '' || step.isRefused) return byOthers(`The model ${model.name} gave no answer.`)
      if (checkFigures(text, sources).length > 0)
        return byOthers(
          `The model ${model.name} gave figures that do not come from your data, so its words were left out.`,
        )
      return { ...fromTools(done), text, by: 'model', mode: model.name }
    }
    const results = []
    for (const [at, call] of step.calls.entries()) {
      const { hasMade, ...result } =
        at < MOST_CALLS_A_ROUND && !signal.aborted
          ? await carryOut(ctx, call, known, done)
          : { output: 'Too many calls at once: choose fewer.', isError: true, hasMade: false }
      results.push({ callId: call.callId, ...result })
      sources.push(result.output)
      if (hasMade) known = await outlineOf(ctx)
    }
    messages.push({ role: 'assistant', text: step.text, calls: step.calls }, { role: 'tool', results })
  }
  return byOthers(`The model ${model.name} did not reach an answer.`)
}

/**
 * The parts of the reply that the tools made: the intent and the table of the last call, the newest of each thing made,
 * and everything that they rest on.
 */
function fromTools(
  done: readonly Done[],
): Pick<Spoken, 'intent' | 'basis' | 'attached' | 'call'> & { readonly table?: NonNullable<Spoken['table']> } {
  const last = done.at(-1)
  const table = done.findLast(({ answer }) => answer.table !== undefined)?.answer.table
  return {
    intent: last?.call.tool ?? 'chat',
    basis: [...new Set(done.flatMap(({ answer }) => answer.basis))],
    attached: Object.assign({}, ...done.map(({ attached }) => attached)) as Spoken['attached'],
    call: last?.call ?? null,
    ...(table !== undefined && { table }),
  }
}

interface CarriedOut {
  readonly output: string
  readonly isError: boolean
  /** Whether the session has something that it did not have before. */
  readonly hasMade: boolean
}

async function carryOut(
  ctx: RequestContext,
  { name, input }: ModelCall,
  outline: Outline,
  done: Done[],
): Promise<CarriedOut> {
  try {
    const checked = checkCall(name, input, outline)
    const call = callOf(checked)
    const result = await runTool(ctx, checked)
    done.push({ ...result, call })
    return { output: toolOutput(result.answer), isError: false, hasMade: madeBy(call.tool) !== null }
  } catch (error) {
    const advice = adviceOf(error, outline)
    if (advice === null) throw error
    return { output: advice.text, isError: true, hasMade: false }
  }
}

interface Step {
  readonly text: string
  readonly calls: readonly ModelCall[]
  readonly isRefused: boolean
}

async function stepOf(
  model: Model,
  system: string,
  messages: readonly ModelMessage[],
  signal: AbortSignal,
): Promise<Step> {
  let text = ''
  let isRefused = false
  const calls: ModelCall[] = []
  for await (const event of model.converse(
    { system, messages, tools: modelTools(), maxOutputTokens: MOST_OUTPUT_TOKENS },
    signal,
  )) {
    if (event.type === 'text') text += event.text
    else if (event.type === 'call') calls.push(event.call)
    else isRefused = event.reason === 'refused'
  }
  return { text, calls, isRefused }
}

function modelTools(): ModelTool[] {
  return TOOL_NAMES.map((name) => ({ name, description: TOOLS[name].description, input: TOOLS[name].input }))
}

/** The last turns that rest on the present data. Figures of older ones could be repeated as if they were current. */
function historyOf(turns: readonly ChatTurn[], { dataset }: Outline): ModelMessage[] {
  const present = turns.filter(({ datasetVersion }) => datasetVersion === (dataset?.version ?? null))
  return present.slice(-HISTORY.turns).flatMap(({ message, reply }): ModelMessage[] => [
    { role: 'user', text: message.slice(0, HISTORY.letters) },
    { role: 'assistant', text: reply.text.slice(0, HISTORY.letters), calls: [] },
  ])
}

function isModelFault(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof Fault && error.kind === 'model-unavailable')
}

/**
 * Removes what a page would fetch or a person could follow, because a model reads other people's files. The time grows
 * only with the length of the text.
 */
function withoutAddresses(text: string): string {
  return text
    .replaceAll(/!?\[([^[\]]*)\]\([^)\n]*\)?/g, '$1')
    .replaceAll(/\]\([^)\n]*\)?/g, ']')
    .replaceAll('![', '[')
    .replaceAll(/[a-z0-9+.-]{0,30}:\/\/\S*/gi, '(address left out)')
}
