import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EventStreamCodec } from '@smithy/core/event-streams'
import type { Test } from 'tap'

type Owner = Pick<Test, 'teardown'>
type Provider = 'bedrock' | 'openai-compatible'

/** One request as a model provider gets it. */
export interface FakePrompt {
  readonly provider: Provider
  /** The provider's id of the model. */
  readonly modelId: string
  /** The whole body: what to search for foreign markers. */
  readonly body: string
  readonly system: string
  /** The newest text of the person, even before results of tools. */
  readonly lastUserText: string
  /** The results of tools since that text, in order; empty in the first step of a conversation. */
  readonly toolResults: readonly string[]
  readonly toolNames: readonly string[]
  /** Whether the request wants a tool to be chosen. */
  readonly mustChoose: boolean
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What the fake does, step by step. Its headers go out with the first step that writes something. */
export type FakeStep =
  | { readonly say: string }
  /** `input` goes out as JSON; text goes out as it is, so that it can be malformed. */
  | { readonly call: string; readonly input: unknown; readonly id?: string }
  /** Writes nothing more and keeps the connection. */
  | { readonly hang: true }
  | { readonly pauseMs: number }
  /** Closes the connection without an end. */
  | { readonly cut: true }
  /** Answers a failure instead of a stream; only as the first step. */
  | {
      readonly status: number
      readonly errorText: string
      readonly location?: string
      readonly retryAfter?: string
    }
  /** A failure that the provider reports within the stream. */
  | { readonly streamError: string }
  /** Begins the reply with these headers and bytes, outside of any protocol. */
  | { readonly raw: string | Uint8Array; readonly headers: Readonly<Record<string, string>> }
  /** Begins the reply with these headers, and writes each piece by itself. */
  | { readonly pieces: readonly Uint8Array[]; readonly headers: Readonly<Record<string, string>> }
  /** Writes this again and again, as fast as the client reads, until it leaves. */
  | { readonly flood: string | Uint8Array }
  /** An event whose content is not JSON. */
  | { readonly garbage: string }
  /** Otherwise: 11 tokens in, 7 out, `tool` after a call and `done` without. */
  | {
      readonly end: {
        readonly inputTokens?: number
        readonly outputTokens?: number
        readonly reason?: 'done' | 'tool' | 'length' | 'refused'
      }
    }

export interface FakeModel {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Every request so far, oldest first. */
  readonly prompts: FakePrompt[]
  /** Decides what each request gets; may be replaced at any time. At first it says `Hello.` */
  script: (prompt: FakePrompt) => readonly FakeStep[]
  /** Replies that have not ended. */
  readonly open: number
  /** Replies whose client left before their end. */
  readonly abandoned: number
  /** An entry of the service's `MODELS` that leads here. */
  entry(name: string, provider: Provider, more?: Readonly<Record<string, unknown>>): Record<string, unknown>
  /** The service's environment for these entries. */
  env(...entries: readonly Readonly<Record<string, unknown>>[]): { readonly MODELS: string }
}

/**
 * A server on the loopback address with both providers' protocols. It does as it is told and remembers every prompt.
 */
export async function fakeModel(t: Owner): Promise<FakeModel> {
  const counts = { open: 0, abandoned: 0 }
  const fake: FakeModel = {
    url: '',
    prompts: [],
    script: () => [{ say: 'Hello.' }],
    get open() {
      return counts.open
    },
    get abandoned() {
      return counts.abandoned
    },
    entry: (name, provider, more = {}) => ({
      name,
      provider,
      modelId: `${name}-id`,
      baseUrl: provider === 'bedrock' ? fake.url : `${fake.url}/v1`,
      ...more,
    }),
    env: (...entries) => ({ MODELS: JSON.stringify(entries) }),
  }
  const server = createServer((request, response) => {
    counts.open += 1
    response.once('close', () => {
      counts.open -= 1
      if (!response.writableEnded) counts.abandoned += 1
    })
    void answer(fake, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return Object.assign(fake, { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` })
}

async function answer(fake: FakeModel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string
  const [, modelId] = /^\/model\/([^/]+)\/converse-stream$/.exec(request.url ?? '') ?? []
  const isBedrock = modelId !== undefined
  if (!isBedrock && request.url !== '/v1/chat/completions') {
    response.writeHead(404).end()
    return
  }
  const prompt = isBedrock ? bedrockPrompt(decodeURIComponent(modelId), body, request) : openaiPrompt(body, request)
  fake.prompts.push(prompt)
  const speak = isBedrock ? bedrockVoice(response) : openaiVoice(response)
  let calls = 0
  for (const step of fake.script(prompt)) {
    if ('hang' in step) return
    if ('cut' in step) {
      // Earlier text is on its way: a cut takes nothing back.
      setImmediate(() => response.destroy())
      return
    }
    if ('pauseMs' in step) await new Promise((resolve) => setTimeout(resolve, step.pauseMs))
    else if ('status' in step) {
      response
        .writeHead(step.status, {
          'content-type': 'application/json',
          ...(step.location !== undefined && { location: step.location }),
          ...(isBedrock && {
            'x-amzn-errortype': EXCEPTIONS.get(step.status) ?? 'InternalServerException',
          }),
          ...(step.retryAfter !== undefined && { 'retry-after': step.retryAfter }),
        })
        .end(JSON.stringify(isBedrock ? { message: step.errorText } : { error: { message: step.errorText } }))
      return
    } else if ('pieces' in step) {
      response.writeHead(200, step.headers)
      for (const piece of step.pieces) {
        await new Promise((resolve) => {
          response.write(piece, resolve)
        })
      }
      response.end()
      return
    } else if ('raw' in step) response.writeHead(200, step.headers).write(step.raw)
    else if ('flood' in step) {
      while (!response.destroyed)
        if (!response.write(step.flood))
          await new Promise((resolve) => {
            response.once('drain', resolve).once('close', resolve)
          })
      return
    } else if ('say' in step) speak.say(step.say)
    else if ('call' in step)
      speak.call(
        calls++,
        step.call,
        step.id ?? `call-${String(calls)}`,
        typeof step.input === 'string' ? step.input : JSON.stringify(step.input),
      )
    else if ('garbage' in step) speak.garbage(step.garbage)
    else if ('streamError' in step) {
      speak.fail(step.streamError)
      return
    } else {
      speak.end(step.end.inputTokens ?? 11, step.end.outputTokens ?? 7, step.end.reason ?? 'done')
      return
    }
  }
  speak.end(11, 7, calls > 0 ? 'tool' : 'done')
}

const EXCEPTIONS: ReadonlyMap<number, string> = new Map([
  [400, 'ValidationException'],
  [429, 'ThrottlingException'],
])

interface Voice {
  say(text: string): void
  call(at: number, name: string, id: string, input: string): void
  garbage(text: string): void
  fail(text: string): void
  end(inputTokens: number, outputTokens: number, reason: 'done' | 'tool' | 'length' | 'refused'): void
}

/** Server-sent events of chat completions. Text and arguments are cut in two, as tokens come in pieces. */
function openaiVoice(response: ServerResponse): Voice {
  const send = (data: string): void => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`data: ${data}\n\n`)
  }
  const delta = (change: object, reason: string | null = null): void => {
    send(
      JSON.stringify({
        id: 'made-up',
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta: change, finish_reason: reason }],
      }),
    )
  }
  return {
    say: (text) => {
      for (const part of halves(text)) delta({ content: part })
    },
    call: (index, name, id, input) => {
      const [first = '', second = ''] = halves(input)
      delta({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: first } }] })
      delta({ tool_calls: [{ index, function: { arguments: second } }] })
    },
    garbage: send,
    fail: (message) => {
      send(JSON.stringify({ error: { message } }))
      response.end()
    },
    end: (prompt_tokens, completion_tokens, reason) => {
      delta({}, { done: 'stop', tool: 'tool_calls', length: 'length', refused: 'content_filter' }[reason])
      send(JSON.stringify({ choices: [], usage: { prompt_tokens, completion_tokens } }))
      send('[DONE]')
      response.end()
    },
  }
}

const CODEC = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
)

/** One binary frame of Bedrock's ConverseStream. */
export function bedrockFrame(headers: Readonly<Record<string, string>>, body: string): Uint8Array {
  const typed = Object.fromEntries(
    Object.entries({ ...headers, ':content-type': 'application/json' }).map(([name, value]) => [
      name,
      { type: 'string' as const, value },
    ]),
  )
  return CODEC.encode({ headers: typed, body: Buffer.from(body) })
}

/** Binary event frames of Bedrock's ConverseStream. */
function bedrockVoice(response: ServerResponse): Voice {
  const write = (headers: Readonly<Record<string, string>>, body: string): void => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    response.write(bedrockFrame(headers, body))
  }
  const send = (type: string, body: unknown): void => {
    write({ ':message-type': 'event', ':event-type': type }, typeof body === 'string' ? body : JSON.stringify(body))
  }
  let block = 0
  const start = (): void => {
    if (!response.headersSent) send('messageStart', { role: 'assistant' })
  }
  return {
    say: (text) => {
      start()
      for (const part of halves(text)) send('contentBlockDelta', { contentBlockIndex: block, delta: { text: part } })
      send('contentBlockStop', { contentBlockIndex: block++ })
    },
    call: (_at, name, toolUseId, input) => {
      start()
      send('contentBlockStart', { contentBlockIndex: block, start: { toolUse: { toolUseId, name } } })
      for (const part of halves(input))
        send('contentBlockDelta', { contentBlockIndex: block, delta: { toolUse: { input: part } } })
      send('contentBlockStop', { contentBlockIndex: block++ })
    },
    garbage: (text) => {
      send('contentBlockDelta', text)
    },
    fail: (message) => {
      start()
      write(
        { ':message-type': 'exception', ':exception-type': 'modelStreamErrorException' },
        JSON.stringify({ message }),
      )
      response.end()
    },
    end: (inputTokens, outputTokens, reason) => {
      start()
      send('messageStop', {
        stopReason: { done: 'end_turn', tool: 'tool_use', length: 'max_tokens', refused: 'guardrail_intervened' }[
          reason
        ],
      })
      send('metadata', {
        usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
        metrics: { latencyMs: 1 },
      })
      response.end()
    },
  }
}

function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)]
}

interface OpenaiBody {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string | null }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
  readonly tool_choice?: unknown
}

function openaiPrompt(body: string, { headers }: IncomingMessage): FakePrompt {
  const { model, messages, tools = [], tool_choice: choice } = JSON.parse(body) as OpenaiBody
  const lastUser = messages.findLastIndex(({ role }) => role === 'user')
  return {
    provider: 'openai-compatible',
    modelId: model,
    body,
    headers,
    system: messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => content ?? '')
      .join('\n'),
    lastUserText: messages[lastUser]?.content ?? '',
    toolResults: messages
      .slice(lastUser + 1)
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => content ?? ''),
    toolNames: tools.map((tool) => tool.function.name),
    mustChoose: choice === 'required',
  }
}

interface BedrockBody {
  readonly system?: readonly { readonly text: string }[]
  readonly messages: readonly {
    readonly role: string
    readonly content: readonly {
      readonly text?: string
      readonly toolResult?: { readonly content: readonly { readonly text?: string }[] }
    }[]
  }[]
  readonly toolConfig?: {
    readonly tools: readonly { readonly toolSpec: { readonly name: string } }[]
    readonly toolChoice?: { readonly any?: unknown }
  }
}

function bedrockPrompt(modelId: string, body: string, { headers }: IncomingMessage): FakePrompt {
  const { system = [], messages, toolConfig } = JSON.parse(body) as BedrockBody
  const blocks = messages.filter(({ role }) => role === 'user').flatMap(({ content }) => content)
  const lastUser = blocks.findLastIndex(({ text }) => text !== undefined)
  return {
    provider: 'bedrock',
    modelId,
    body,
    headers,
    system: system.map(({ text }) => text).join('\n'),
    lastUserText: blocks[lastUser]?.text ?? '',
    toolResults: blocks
      .slice(lastUser + 1)
      .flatMap(({ toolResult }) =>
        toolResult === undefined ? [] : [toolResult.content.map(({ text }) => text ?? '').join('')],
      ),
    toolNames: toolConfig?.tools.map(({ toolSpec }) => toolSpec.name) ?? [],
    mustChoose: toolConfig?.toolChoice?.any !== undefined,
  }
}
