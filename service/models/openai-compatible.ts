import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { callInput } from './call-input.ts'
import type { ModelEvent, ModelMessage, ModelRequest } from './model.ts'
import { ModelFailure, MOST_REPLY_BYTES, type ModelProgress, type Protocol } from './watch-model.ts'

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
    readonly delta?: { readonly content?: string | null; readonly tool_calls?: readonly CallPart[] | null } | null
  }[]
}

interface CallPart {
  readonly index?: number
  readonly id?: string | null
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null
}

interface CallSoFar {
  readonly id: string
  readonly name: string
  readonly input: string
}

const MOST_EVENT_CHARACTERS = 1024 * 1024
/** The most calls that are gathered. They are counted again when they are passed on. */
const MOST_CALLS = 16

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
    if (!reply.ok || reply.body === null) throw new ModelFailure(`The provider answered ${reply.status}`)
    if (reply.headers.get('content-type')?.startsWith('text/event-stream') !== true)
      throw new ModelFailure('The provider did not answer with an event stream')
    yield* eventsOf(reply.body)
  }
}

function bodyOf(
  modelId: string,
  maxTokensField: OpenaiOptions['maxTokensField'],
  { system, messages, tools, maxOutputTokens }: ModelRequest,
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
  const calls = new Map<number, CallSoFar>()
  const tokens = { inputTokens: 0, outputTokens: 0 }
  let finish: string | undefined
  const decoder = new TextDecoder()
  let bytesRead = 0
  for await (const bytes of body) {
    bytesRead += bytes.length
    if (bytesRead > MOST_REPLY_BYTES) throw new ModelFailure('The reply is far longer than was asked for')
    parser.feed(decoder.decode(bytes, { stream: true }))
    for (const { data } of waiting.splice(0)) {
      if (data === '[DONE]') continue
      const chunk = chunkOf(data)
      tokens.inputTokens = chunk.usage?.prompt_tokens ?? tokens.inputTokens
      tokens.outputTokens = chunk.usage?.completion_tokens ?? tokens.outputTokens
      const [choice] = chunk.choices ?? []
      const text = choice?.delta?.content
      if (text !== undefined && text !== null && text !== '') yield { type: 'text', text }
      yield {
        type: 'progress',
        characters: (choice?.delta?.tool_calls ?? []).reduce((sum, part) => sum + gather(calls, part), 0),
      }
      finish = choice?.finish_reason ?? finish
    }
  }
  if (finish === undefined) throw new ModelFailure('The reply broke off')
  for (const [at, { id, name, input }] of calls)
    yield { type: 'call', call: { callId: id || `call-${at}`, name, input: callInput(input) } }
  yield {
    type: 'end',
    ...tokens,
    reason: finish === 'length' ? 'length' : finish === 'content_filter' ? 'refused' : calls.size > 0 ? 'tool' : 'done',
  }
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

/** Adds a part of a call and gives its number of characters. */
function gather(calls: Map<number, CallSoFar>, { index = 0, id, function: part }: CallPart): number {
  const known = calls.get(index) ?? { id: '', name: '', input: '' }
  const more = part?.arguments ?? ''
  calls.set(index, { id: known.id || (id ?? ''), name: known.name || (part?.name ?? ''), input: known.input + more })
  if (calls.size > MOST_CALLS) throw new ModelFailure('The reply chooses far too many tools')
  return more.length
}
