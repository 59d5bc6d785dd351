import {
  BedrockRuntimeClient,
  BedrockRuntimeServiceException,
  ConverseStreamCommand,
  type ContentBlock,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
  type Message,
  type StopReason,
  type ToolConfiguration,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { pipeline, Readable, Transform } from 'node:stream'
import { callInput } from './call-input.ts'
import type { ModelEnd, ModelEvent, ModelMessage, ModelRequest } from './model.ts'
import { failureOf, ModelFailure, MOST_REPLY_BYTES, type ModelProgress, type Protocol } from './watch-model.ts'

export interface BedrockOptions {
  readonly client: BedrockRuntimeClient
  readonly modelId: string
}

type Document = NonNullable<ContentBlock.ToolUseMember['toolUse']['input']>

/**
 * A client with the credentials of the task's role. It uses HTTP/1.1, so that a step that is given up closes its own
 * connection and not one stream of a shared one.
 * @param endpoint one other than the region's own, such as an interface endpoint
 */
export function connectBedrock(region: string, endpoint?: string): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    // The caller is told at once and asks again: a second try here would use up the deadline unseen.
    maxAttempts: 1,
    requestHandler: new BoundedHttpHandler({
      connectionTimeout: 3_000,
      httpAgent: { keepAlive: true, maxSockets: 50 },
      httpsAgent: { keepAlive: true, maxSockets: 50 },
    }),
  })
}

/**
 * Refuses a reply that is not an event stream, and breaks off one that is far longer than was asked for: the SDK
 * gathers an event of any length that its frame tells.
 */
class BoundedHttpHandler extends NodeHttpHandler {
  override async handle(...request: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    const { response } = await super.handle(...request)
    if (
      response.statusCode < 300 &&
      response.headers['content-type']?.startsWith('application/vnd.amazon.eventstream') !== true
    )
      throw new ModelFailure('The provider did not answer with an event stream')
    const body: unknown = response.body
    if (body instanceof Readable) response.body = pipeline(body, boundedBytes(), () => undefined)
    return { response }
  }
}

function boundedBytes(): Transform {
  let bytesRead = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytesRead += chunk.length
      if (bytesRead > MOST_REPLY_BYTES) done(new ModelFailure('The reply is far longer than was asked for'))
      else done(null, chunk)
    },
  })
}

/**
 * Amazon Bedrock's Converse with streaming and tools. The provider caches nothing and keeps no conversation: each step
 * holds everything it needs.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */
export function bedrock({ client, modelId }: BedrockOptions): Protocol {
  return async function* (request, abortSignal) {
    const reply = await client
      .send(new ConverseStreamCommand(inputFor(modelId, request)), { abortSignal })
      .catch((error: unknown) => {
        if (request.mustChoose && error instanceof ValidationException) return null
        throw refusalOf(error)
      })
    if (reply === null) {
      yield { type: 'end', inputTokens: 0, outputTokens: 0, reason: 'choice-refused' }
      return
    }
    const { stream } = reply
    if (stream === undefined) throw new ModelFailure('The provider did not answer with an event stream')
    yield* eventsOf(stream)
  }
}

/** A provider that is asked too often may say when to ask again. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof BedrockRuntimeServiceException)) return error
  const { $metadata, $response } = error
  const retryAfter = $response?.headers['retry-after']
  return retryAfter === undefined ? error : failureOf($metadata.httpStatusCode ?? 0, retryAfter)
}

function inputFor(
  modelId: string,
  { system, messages, tools, maxOutputTokens, mustChoose }: ModelRequest,
): ConverseStreamCommandInput {
  return {
    modelId,
    system: [{ text: system }],
    messages: merged(messages.map(messageOf)),
    inferenceConfig: { maxTokens: maxOutputTokens },
    ...(tools.length > 0 && {
      toolConfig: { tools: tools.map(toolOf), ...(mustChoose && { toolChoice: { any: {} } }) },
    }),
  }
}

function toolOf({
  name,
  description,
  input,
}: ModelRequest['tools'][number]): NonNullable<ToolConfiguration['tools']>[number] {
  // A schema's own symbols are not part of the document.
  return { toolSpec: { name, description, inputSchema: { json: JSON.parse(JSON.stringify(input)) as Document } } }
}

function messageOf(message: ModelMessage): Message & { readonly content: ContentBlock[] } {
  if (message.role === 'user') return { role: 'user', content: [{ text: message.text }] }
  if (message.role === 'tool') {
    return {
      role: 'user',
      content: message.results.map(({ callId, output, isError }) => ({
        toolResult: { toolUseId: callId, content: [{ text: output }], status: isError ? 'error' : 'success' },
      })),
    }
  }
  const calls = message.calls.map(({ callId, name, input }) => ({
    toolUse: { toolUseId: callId, name, input: (typeof input === 'object' ? input : {}) as Document },
  }))
  // Bedrock refuses an empty text.
  return { role: 'assistant', content: [...(message.text === '' ? [] : [{ text: message.text }]), ...calls] }
}

/** The two parties must take turns, so messages of one party in a row become one. */
function merged(messages: readonly (Message & { readonly content: ContentBlock[] })[]): Message[] {
  const turns: (Message & { readonly content: ContentBlock[] })[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    if (last !== undefined && last.role === message.role) last.content.push(...message.content)
    else turns.push(message)
  }
  return turns
}

async function* eventsOf(stream: AsyncIterable<ConverseStreamOutput>): AsyncIterable<ModelEvent | ModelProgress> {
  const calls = new Map<number, { callId: string; name: string; input: string }>()
  const tokens = { inputTokens: 0, outputTokens: 0 }
  let stop: StopReason | undefined
  for await (const { contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata } of stream) {
    const started = contentBlockStart?.start?.toolUse
    if (started !== undefined)
      calls.set(contentBlockStart?.contentBlockIndex ?? 0, {
        callId: started.toolUseId ?? '',
        name: started.name ?? '',
        input: '',
      })
    const delta = contentBlockDelta?.delta
    if (delta?.text !== undefined && delta.text !== '') yield { type: 'text', text: delta.text }
    const index = contentBlockDelta?.contentBlockIndex ?? contentBlockStop?.contentBlockIndex ?? -1
    const open = calls.get(index)
    const more = delta?.toolUse?.input ?? ''
    if (open !== undefined) open.input += more
    yield { type: 'progress', characters: more.length }
    if (open !== undefined && contentBlockStop !== undefined) {
      // The next block may have the same number.
      calls.delete(index)
      yield { type: 'call', call: { ...open, input: callInput(open.input) } }
    }
    stop = messageStop?.stopReason ?? stop
    tokens.inputTokens = metadata?.usage?.inputTokens ?? tokens.inputTokens
    tokens.outputTokens = metadata?.usage?.outputTokens ?? tokens.outputTokens
  }
  if (stop === undefined) throw new ModelFailure('The reply broke off')
  yield { type: 'end', ...tokens, reason: reasonOf(stop) }
}

function reasonOf(stop: StopReason): ModelEnd['reason'] {
  if (stop === 'tool_use') return 'tool'
  if (stop === 'max_tokens' || stop === 'model_context_window_exceeded') return 'length'
  return stop === 'guardrail_intervened' || stop === 'content_filtered' ? 'refused' : 'done'
}
