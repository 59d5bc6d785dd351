import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { callInput } from './call-input.ts'
import type { ModelEnd, ModelEvent, ModelMessage, ModelRequest } from './model.ts'
import { failureOf, ModelFailure, MOST_REPLY_BYTES, type ModelProgress, type Protocol } from './watch-model.ts'

export interface OpenaiOptions {
  /** Without a last slash; `/chat/completions` is added to it. */
  readonly baseUrl: string
  readonly modelId: string
  /** Undefined for a server that needs none. */
  readonly apiKey: string | undefined
  /** OpenAI's newer models refuse `max_tokens`, and other servers know only that. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens'
}

/** One event of the stream. Everything in it must be checked before it is used. */
interface Chunk {
  readonly error?: unknown
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null
  readonly choices?: readonly {
    readonly finish_reason?: string | null
    readonly delta?: {
      readonly content?: string | null
      readonly refusal?: string | null
      readonly tool_calls?: readonly CallPart[] | null
      /** The older form of one call. */
      readonly function_call?: CallPart['function']
    } | null
  }[]
}

interface CallPart {
  readonly index?: number | null
  readonly id?: string | null
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null
}

interface CallSoFar {
  id: string
  name: string
  input: string
}

const MOST_EVENT_CHARACTERS = 1024 * 1024
/** The most calls that are gathered. They are counted again when they are passed on. */
const MOST_CALLS = 16

/** How servers refuse a `tool_choice` that they do not know, and anything else that is wrong with a request. */
const CHOICE_REFUSED: ReadonlySet<number> = new Set([400, 422, 501])

/**
 * Streamed chat completions with tools, as OpenAI, vLLM, Ollama, llama.cpp and many gateways offer them.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function openaiCompatible({ baseUrl, modelId, apiKey, maxTokensField }: OpenaiOptions): Protocol {
  return async function* (request, signal) {
    const reply = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      signal,
      // A redirect could lead a prompt anywhere.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(bodyOf(modelId, maxTokensField, request)),
    })
    if (request.mustChoose && CHOICE_REFUSED.has(reply.status)) {
      await reply.body?.cancel()
      yield { type: 'end', inputTokens: 0, outputTokens: 0, reason: 'choice-refused' }
      return
    }
    if (!reply.ok || reply.body === null) throw failureOf(reply.status, reply.headers.get('retry-after'))
    if (reply.headers.get('content-type')?.startsWith('text/event-stream') !== true)
      throw new ModelFailure('The provider did not answer with an event stream')
    yield* eventsOf(reply.body)
  }
}

function bodyOf(
  modelId: string,
  maxTokensField: OpenaiOptions['maxTokensField'],
  { system, messages, tools, maxOutputTokens, mustChoose }: ModelRequest,
): Record<string, unknown> {
  return {
    model: modelId,
    stream: true,
    stream_options: { include_usage: true },
    [maxTokensField]: maxOutputTokens,
    messages: [{ role: 'system', content: system }, ...messages.flatMap(messageOf)],
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, input }) => ({
        type: 'function',
        function: { name, description, parameters: input },
      })),
      ...(mustChoose && { tool_choice: 'required' }),
    }),
  }
}

function messageOf(message: ModelMessage): Record<string, unknown>[] {
  if (message.role === 'user') return [{ role: 'user', content: message.text }]
  if (message.role === 'tool')
    return message.results.map(({ callId, output }) => ({ role: 'tool', tool_call_id: callId, content: output }))
  const calls = message.calls.map(({ callId, name, input }) => ({
    id: callId,
    type: 'function',
    function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
  }))
  return [{ role: 'assistant', content: message.text, ...(calls.length > 0 && { tool_calls: calls }) }]
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncIterable<ModelEvent | ModelProgress> {
  const waiting: EventSourceMessage[] = []
  const parser = createParser({
    maxBufferSize: MOST_EVENT_CHARACTERS,
    onEvent: (event) => {
      waiting.push(event)
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw new ModelFailure('An event of the reply is far too long')
    },
  })
  const calls = new GatheredCalls()
  const tokens = { inputTokens: 0, outputTokens: 0 }
  let finish: string | undefined
  let isRefused = false
  const decoder = new TextDecoder()
  let bytesRead = 0
  for await (const bytes of body) {
    bytesRead += bytes.length
    if (bytesRead > MOST_REPLY_BYTES) throw new ModelFailure('The reply is far longer than was asked for')
    parser.feed(decoder.decode(bytes, { stream: true }))
    for (const { event, data } of waiting.splice(0)) {
      if (event === 'error') throw new ModelFailure('The provider reported a failure within its reply')
      if (data.trim() === '[DONE]') {
        // Some servers give no reason for the end.
        finish ??= 'stop'
        continue
      }
      const chunk = chunkOf(data)
      tokens.inputTokens = chunk.usage?.prompt_tokens ?? tokens.inputTokens
      tokens.outputTokens = chunk.usage?.completion_tokens ?? tokens.outputTokens
      const [choice] = chunk.choices ?? []
      const { content, refusal, tool_calls: parts, function_call: older } = choice?.delta ?? {}
      if (content !== undefined && content !== null && content !== '') yield { type: 'text', text: content }
      isRefused ||= typeof refusal === 'string' && refusal !== ''
      const all = [...(parts ?? []), ...(older === undefined || older === null ? [] : [{ function: older }])]
      yield {
        type: 'progress',
        characters: all.reduce((sum, part) => sum + calls.add(part), 0) + (isRefused ? (refusal?.length ?? 0) : 0),
      }
      finish = choice?.finish_reason ?? finish
    }
  }
  if (finish === undefined) throw new ModelFailure('The reply broke off')
  for (const [at, { id, name, input }] of calls.all.entries())
    yield { type: 'call', call: { callId: id || `call-${String(at)}`, name, input: callInput(input) } }
  yield { type: 'end', ...tokens, reason: reasonOf(finish, isRefused, calls.all.length > 0) }
}

function reasonOf(finish: string, isRefused: boolean, hasCalls: boolean): ModelEnd['reason'] {
  if (isRefused || finish === 'content_filter') return 'refused'
  if (finish === 'length') return 'length'
  return hasCalls ? 'tool' : 'done'
}

function chunkOf(data: string): Chunk {
  let chunk: unknown
  try {
    chunk = JSON.parse(data)
  } catch {
    throw new ModelFailure('An event of the reply is not JSON')
  }
  if (typeof chunk !== 'object' || chunk === null) throw new ModelFailure('An event of the reply is not an object')
  if ('error' in chunk && chunk.error !== null)
    throw new ModelFailure('The provider reported a failure within its reply')
  return chunk
}

/** The calls of a reply, whose parts come one after the other. */
class GatheredCalls {
  readonly all: CallSoFar[] = []
  readonly #byIndex = new Map<number, CallSoFar>()

  /** Adds a part of a call and gives its number of characters. */
  add({ index, id, function: part }: CallPart): number {
    const at = index ?? 0
    const more = part?.arguments ?? ''
    const known = this.#byIndex.get(at)
    const isNext = known === undefined || isAnother(known, id ?? '', part?.name ?? '', more)
    const call = isNext ? { id: '', name: '', input: '' } : known
    if (isNext) {
      this.#byIndex.set(at, call)
      this.all.push(call)
      if (this.all.length > MOST_CALLS) throw new ModelFailure('The reply chooses far too many tools')
    }
    call.id ||= id ?? ''
    call.name ||= part?.name ?? ''
    call.input += more
    return more.length
  }
}

/**
 * Whether a part begins another call although it has the number of one before: some servers number every call 0. It
 * then has another id, or a name and input of its own after a call that is whole.
 */
function isAnother(known: CallSoFar, id: string, name: string, more: string): boolean {
  if (id !== '' && known.id !== '') return id !== known.id
  return name !== '' && known.name !== '' && more !== '' && isWholeJson(known.input)
}

function isWholeJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
