import t from 'tap'
import type { ModelEvent } from '../../service/models/model.ts'
import { bedrockFrame, type FakeStep } from '../support/fake-model.ts'
import { bench, collect, failureOf, PROVIDERS, QUESTION, textOf } from '../support/model-bench.ts'

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' }
const FRAMES = { 'content-type': 'application/vnd.amazon.eventstream' }

/** What a reply comes to; undefined where its provider's failure is awaited. */
interface Outcome {
  readonly text?: string
  readonly calls?: readonly (readonly [name: string, input: unknown])[]
  readonly reason?: string
  readonly tokens?: readonly [number, number]
}

const chunk = (delta: object, finish: string | null = null): string =>
  JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })
const callPart = (index: number | null | undefined, id: string | null, name: string | null, input: string): object => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: input } }],
})
const stream = (chunks: readonly string[], end = '\n\n', last = ['[DONE]']): string =>
  [...chunks, ...last].map((data) => `data: ${data}${end}`).join('')
const once = (text: string): FakeStep => ({ pieces: [Buffer.from(text)], headers: SSE })
const bytewise = (text: string): FakeStep => ({
  pieces: Array.from(Buffer.from(text), (byte) => Buffer.from([byte])),
  headers: SSE,
})

const RANK = ['rank_wards', { order: 'highest' }] as const
const EXPLAIN = ['rank_wards', { order: 'lowest' }] as const

/** Replies that OpenAI's specification, or a server that follows it in most things, allows. */
const OPENAI: Readonly<Record<string, readonly [FakeStep, Outcome | undefined]>> = {
  'letters cut between two packets': [
    bytewise(stream([chunk({ content: 'Ìlọrin “' }), chunk({ content: '”' }, 'stop')])),
    { text: 'Ìlọrin “”', reason: 'done' },
  ],
  'lines that end in CRLF, with comments between': [
    once(`: warming up\r\n\r\n${stream([chunk({ content: 'So.' }, 'stop')], '\r\n\r\n')}: bye\r\n\r\n`),
    { text: 'So.', reason: 'done' },
  ],
  'an event of several lines, with a name and an id': [
    once(`id: 1\nevent: message\ndata: {"choices":\ndata: [{"delta":{"content":"So."},"finish_reason":"stop"}]}\n\n`),
    { text: 'So.', reason: 'done' },
  ],
  'the role first, an empty text, and null for what is not there': [
    once(
      stream([
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: null, tool_calls: null, refusal: null }),
        chunk({ content: 'So.' }),
        chunk({}, 'stop'),
      ]),
    ),
    { text: 'So.', reason: 'done' },
  ],
  'usage in an event of its own after the end': [
    once(
      stream([
        chunk({ content: 'So.' }),
        chunk({}, 'stop'),
        JSON.stringify({ choices: [], usage: { prompt_tokens: 21, completion_tokens: 9 } }),
      ]),
    ),
    { text: 'So.', reason: 'done', tokens: [21, 9] },
  ],
  'usage that grows with every event': [
    once(
      stream([
        JSON.stringify({
          choices: [{ index: 0, delta: { content: 'So.' }, finish_reason: null }],
          usage: { prompt_tokens: 21, completion_tokens: 1 },
        }),
        JSON.stringify({
          choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
          usage: { prompt_tokens: 21, completion_tokens: 2 },
        }),
      ]),
    ),
    { text: 'So.', tokens: [21, 2] },
  ],
  'an end without a reason': [once(stream([chunk({ content: 'So.' })])), { text: 'So.', reason: 'done' }],
  'an end without [DONE]': [once(stream([chunk({ content: 'So.' }, 'stop')], '\n\n', [])), { text: 'So.' }],
  'no end at all': [once(stream([chunk({ content: 'So.' })], '\n\n', [])), undefined],
  'a reply that was cut by its length': [
    once(stream([chunk({ content: 'So. And th' }), chunk({}, 'length')])),
    { text: 'So. And th', reason: 'length' },
  ],
  'a refusal in its own field': [
    once(stream([chunk({ refusal: 'I cannot ' }), chunk({ refusal: 'do that.' }), chunk({}, 'stop')])),
    { text: '', reason: 'refused' },
  ],
  'a filter that stops the reply': [
    once(stream([chunk({ content: 'So' }), chunk({}, 'content_filter')])),
    { text: 'So', reason: 'refused' },
  ],
  'reasoning in its own field': [
    once(
      stream([
        chunk({ reasoning_content: 'Dala is 9.' }),
        chunk({ reasoning: 'Or 8.' }),
        chunk({ content: 'So.' }, 'stop'),
      ]),
    ),
    { text: 'So.' },
  ],
  'an input that comes letter by letter': [
    once(
      stream([
        chunk(callPart(0, 'c-1', 'rank_wards', '')),
        ...[...JSON.stringify(RANK[1])].map((letter) =>
          chunk({ tool_calls: [{ index: 0, function: { arguments: letter } }] }),
        ),
        chunk({}, 'tool_calls'),
      ]),
    ),
    { calls: [RANK], reason: 'tool' },
  ],
  'text beside calls': [
    once(
      stream([
        chunk({ content: 'Let me look.', ...callPart(0, 'c-1', 'rank_wards', '{"order":"highest"}') }),
        chunk({}, 'tool_calls'),
      ]),
    ),
    { text: 'Let me look.', calls: [RANK], reason: 'tool' },
  ],
  'parallel calls whose parts take turns': [
    once(
      stream([
        chunk(callPart(0, 'c-1', 'rank_wards', '{"order":')),
        chunk(callPart(1, 'c-2', 'rank_wards', '{"order":')),
        chunk(callPart(0, null, null, '"highest"}')),
        chunk(callPart(1, null, null, '"lowest"}')),
        chunk({}, 'tool_calls'),
      ]),
    ),
    { calls: [RANK, EXPLAIN] },
  ],
  'parallel calls that all have the number 0, with ids': [
    once(
      stream([
        chunk(callPart(0, 'c-1', 'rank_wards', '{"order":"highest"}')),
        chunk(callPart(0, 'c-2', 'rank_wards', '{"order":"lowest"}')),
        chunk({}, 'tool_calls'),
      ]),
    ),
    { calls: [RANK, EXPLAIN] },
  ],
  'parallel calls without ids, all with the number 0 or none': [
    once(
      stream([
        chunk(callPart(undefined, null, 'rank_wards', '{"order":"highest"}')),
        chunk(callPart(null, null, 'rank_wards', '{"order":"lowest"}')),
        chunk({}, 'stop'),
      ]),
    ),
    { calls: [RANK, EXPLAIN], reason: 'tool' },
  ],
  'a call that repeats its id and name with every part': [
    once(
      stream([
        chunk(callPart(0, 'c-1', 'rank_wards', '{"order":')),
        chunk(callPart(0, 'c-1', 'rank_wards', '"highest"}')),
        chunk({}, 'tool_calls'),
      ]),
    ),
    { calls: [RANK] },
  ],
  'a call in the older form': [
    once(
      stream([
        chunk({ function_call: { name: 'rank_wards', arguments: '{"order":' } }),
        chunk({ function_call: { arguments: '"highest"}' } }),
        chunk({}, 'function_call'),
      ]),
    ),
    { calls: [RANK], reason: 'tool' },
  ],
  'a call that is cut by the length of the reply': [
    once(stream([chunk(callPart(0, 'c-1', 'rank_wards', '{"order":"hi')), chunk({}, 'length')])),
    { calls: [['rank_wards', '{"order":"hi']], reason: 'length' },
  ],
  'a call as text between tags': [
    once(
      stream([
        chunk({ content: '<think>Which?</think><tool_' }),
        chunk({ content: 'call>{"name":"rank_wards","arguments":{"order":"highest"}}</tool_call>' }, 'stop'),
      ]),
    ),
    { text: '', calls: [RANK] },
  ],
  'a failure in the middle': [
    once(`${stream([chunk({ content: 'So' })], '\n\n', [])}data: {"error":{"message":"no"}}\n\n`),
    undefined,
  ],
  'a failure as an event of that name': [
    once(`${stream([chunk({ content: 'So' })], '\n\n', [])}event: error\ndata: {"message":"no"}\n\n`),
    undefined,
  ],
}

const frame = (type: string, body: unknown): Uint8Array =>
  bedrockFrame({ ':message-type': 'event', ':event-type': type }, JSON.stringify(body))
const START = frame('messageStart', { role: 'assistant' })
const delta = (contentBlockIndex: number, change: object): Uint8Array =>
  frame('contentBlockDelta', { contentBlockIndex, delta: change })
const blockStart = (contentBlockIndex: number, toolUseId: string): Uint8Array =>
  frame('contentBlockStart', { contentBlockIndex, start: { toolUse: { toolUseId, name: 'rank_wards' } } })
const blockStop = (contentBlockIndex: number): Uint8Array => frame('contentBlockStop', { contentBlockIndex })
const stop = (stopReason: string): Uint8Array => frame('messageStop', { stopReason })
const USAGE = frame('metadata', {
  usage: { inputTokens: 21, outputTokens: 9, totalTokens: 30 },
  metrics: { latencyMs: 1 },
})
const frames = (...pieces: readonly Uint8Array[]): FakeStep => ({ pieces, headers: FRAMES })
const spoiled = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))

/** Replies that the specification of Bedrock's ConverseStream allows. */
const BEDROCK: Readonly<Record<string, readonly [FakeStep, Outcome | undefined]>> = {
  'frames cut between two packets': [
    {
      pieces: Array.from(
        Buffer.concat([START, delta(0, { text: 'Ìlọrin' }), blockStop(0), stop('end_turn'), USAGE]),
        (byte) => Uint8Array.of(byte),
      ),
      headers: FRAMES,
    },
    { text: 'Ìlọrin', reason: 'done', tokens: [21, 9] },
  ],
  'several frames in one packet': [
    frames(Buffer.concat([START, delta(0, { text: 'So.' }), blockStop(0), stop('stop_sequence'), USAGE])),
    { text: 'So.', reason: 'done' },
  ],
  'reasoning before the text': [
    frames(
      START,
      delta(0, { reasoningContent: { text: 'Dala is 9.' } }),
      delta(0, { reasoningContent: { signature: 'x' } }),
      blockStop(0),
      delta(1, { text: 'So.' }),
      blockStop(1),
      stop('end_turn'),
      USAGE,
    ),
    { text: 'So.' },
  ],
  'text beside calls': [
    frames(
      START,
      delta(0, { text: 'Let me look.' }),
      blockStop(0),
      blockStart(1, 't-1'),
      delta(1, { toolUse: { input: '{"order":' } }),
      delta(1, { toolUse: { input: '"highest"}' } }),
      blockStop(1),
      stop('tool_use'),
      USAGE,
    ),
    { text: 'Let me look.', calls: [RANK], reason: 'tool' },
  ],
  'parallel calls of one number': [
    frames(
      START,
      blockStart(0, 't-1'),
      delta(0, { toolUse: { input: '{"order":"highest"}' } }),
      blockStop(0),
      blockStart(0, 't-2'),
      delta(0, { toolUse: { input: '{"order":"lowest"}' } }),
      blockStop(0),
      delta(0, { text: 'So.' }),
      blockStop(0),
      stop('tool_use'),
    ),
    { text: 'So.', calls: [RANK, EXPLAIN], tokens: [0, 0] },
  ],
  'a call without input': [
    frames(START, blockStart(0, 't-1'), blockStop(0), stop('tool_use')),
    { calls: [['rank_wards', {}]], reason: 'tool' },
  ],
  'a reply that was cut by its length': [
    frames(START, delta(0, { text: 'So. And th' }), blockStop(0), stop('max_tokens'), USAGE),
    { text: 'So. And th', reason: 'length' },
  ],
  'a guardrail that stops the reply': [
    frames(START, delta(0, { text: 'So' }), blockStop(0), stop('guardrail_intervened')),
    { text: 'So', reason: 'refused' },
  ],
  'an event of a kind that nobody knows yet': [
    frames(START, frame('somethingNew', { a: 1 }), delta(0, { text: 'So.' }), blockStop(0), stop('end_turn')),
    { text: 'So.' },
  ],
  'no end at all': [frames(START, delta(0, { text: 'So.' }), blockStop(0)), undefined],
  'a frame whose checksum is wrong': [
    frames(START, spoiled(delta(0, { text: 'So.' })), blockStop(0), stop('end_turn')),
    undefined,
  ],
  'an exception in the middle': [
    frames(
      START,
      delta(0, { text: 'So' }),
      bedrockFrame({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, '{"message":"no"}'),
    ),
    undefined,
  ],
  'an error in the middle': [
    frames(
      START,
      delta(0, { text: 'So' }),
      bedrockFrame({ ':message-type': 'error', ':error-code': 'internal', ':error-message': 'no' }, '{}'),
    ),
    undefined,
  ],
}

const callsOf = (events: readonly ModelEvent[]): Outcome['calls'] =>
  events.flatMap((event) => (event.type === 'call' ? [[event.call.name, event.call.input] as const] : []))

for (const [provider, cases] of [
  ['openai-compatible', OPENAI],
  ['bedrock', BEDROCK],
] as const)
  for (const [what, [step, wanted]] of Object.entries(cases))
    t.test(`${provider}: ${what}`, async (t) => {
      const { fake, model } = await bench(t, provider)
      fake.script = () => [step]
      if (wanted === undefined) {
        t.match((await failureOf(collect(model))).error, { kind: 'model-unavailable' })
        return
      }
      const events = await collect(model)
      const { text, calls, reason, tokens } = wanted
      if (text !== undefined) t.equal(textOf(events), text)
      if (calls !== undefined) t.strictSame(callsOf(events), calls)
      if (reason !== undefined) t.match(events.at(-1), { type: 'end', reason })
      if (tokens !== undefined) t.match(events.at(-1), { inputTokens: tokens[0], outputTokens: tokens[1] })
    })

for (const provider of PROVIDERS) {
  t.test(`${provider}: a tool is demanded in the provider's own words, and its refusal is told`, async (t) => {
    const { fake, model, metrics } = await bench(t, provider)
    fake.script = ({ mustChoose }) =>
      mustChoose ? [{ status: 400, errorText: 'tool_choice is not supported' }] : [{ say: 'So.' }]
    const events = await collect(model, { ...QUESTION, mustChoose: true })
    t.match(events, [{ type: 'end', reason: 'choice-refused' }])
    t.match(fake.prompts[0]?.body, provider === 'bedrock' ? /"toolChoice":\{"any":\{\}\}/ : /"tool_choice":"required"/)
    t.equal(textOf(await collect(model)), 'So.', 'without the demand it answers')
    t.notMatch(fake.prompts[1]?.body, /tool_?choice/i)
    fake.script = () => [{ status: 400, errorText: 'no' }]
    t.match((await failureOf(collect(model))).error, { kind: 'model-unavailable' }, 'any other 400 is a failure')
    t.strictSame(
      metrics.filter((line) => 'ModelCalls' in line).map(({ Outcome: outcome }) => outcome),
      ['refused', 'ok', 'failed'],
    )
  })

  t.test(`${provider}: a busy provider is asked again when it says, within the deadline only`, async (t) => {
    const { fake, model } = await bench(t, provider)
    const asked: number[] = []
    fake.script = () => {
      asked.push(performance.now())
      return asked.length === 1 ? [{ status: 429, errorText: 'slow down', retryAfter: '1' }] : [{ say: 'So.' }]
    }
    t.equal(textOf(await collect(model)), 'So.')
    const [first = 0, second = 0] = asked
    t.equal(asked.length, 2)
    t.ok(second - first >= 990, `asked again after ${String(Math.round(second - first))} ms`)

    const hurried = await bench(t, provider, {}, {}, 2_000)
    hurried.fake.script = () => [{ status: 429, errorText: 'slow down', retryAfter: '3600' }]
    const { error, ms } = await failureOf(collect(hurried.model))
    t.match(error, { kind: 'model-unavailable' })
    t.ok(ms < 1_500, 'it does not wait for what comes after the deadline')
    t.equal(hurried.fake.prompts.length, 1)

    const always = await bench(t, provider)
    always.fake.script = () => [{ status: 429, errorText: 'slow down', retryAfter: '0' }]
    t.match((await failureOf(collect(always.model))).error, { kind: 'model-unavailable' })
    t.equal(always.fake.prompts.length, 6, 'nor for ever')
  })
}
