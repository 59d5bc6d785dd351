import { gzipSync } from 'node:zlib'
import t from 'tap'
import { readConfig, type Environment } from '../../service/config/config.ts'
import { Fault } from '../../service/domain/fault.ts'
import { canary, until } from '../support/client.ts'
import { fakeModel, type FakeStep } from '../support/fake-model.ts'
import {
  bench,
  collect,
  ENVIRONMENT,
  failureOf,
  PATIENCE_MS,
  PROVIDERS,
  QUESTION,
  textOf,
} from '../support/model-bench.ts'

/** For a model that is silent or never ends. */
const DEADLINE_MS = 400

/** Everything that an error shows in a log: messages, stacks, causes. */
function logged(error: unknown): string {
  return error instanceof Error ? `${error.message} ${String(error.stack)} ${logged(error.cause)}` : String(error)
}

t.test('openai-compatible: the most tokens of a reply stand in the field that the provider knows', async (t) => {
  for (const [more, body] of [
    [{}, /"max_tokens":200,/],
    [{ maxTokensField: 'max_completion_tokens' }, /"max_completion_tokens":200,/],
  ] as const) {
    const { fake, model } = await bench(t, 'openai-compatible', {}, more)
    await collect(model)
    t.match(fake.prompts[0]?.body, body)
    t.equal(fake.prompts[0]?.body.match(/"max_[a-z_]*tokens"/g)?.length, 1)
  }
})

for (const provider of PROVIDERS) {
  t.test(
    `${provider}: a question, a chosen tool, its result and an answer go to and fro, and are counted with their cost`,
    async (t) => {
      const { fake, model, metrics } = await bench(t, provider)
      fake.script = ({ toolResults }) =>
        toolResults.length === 0
          ? [
              { say: 'Let me look. ' },
              { call: 'rank_wards', input: { order: 'highest', session_id: 'made-up' }, id: 'c-1' },
              { call: 'delete_all', input: {} },
            ]
          : [{ say: `First comes ${toolResults[0]!}, “Ìlọrin”.` }, { end: { inputTokens: 1_000, outputTokens: 200 } }]

      const first = await collect(model)
      t.equal(textOf(first), 'Let me look.')
      t.strictSame(
        first.filter(({ type }) => type === 'call'),
        [
          {
            type: 'call',
            call: { callId: 'c-1', name: 'rank_wards', input: { order: 'highest', session_id: 'made-up' } },
          },
          { type: 'call', call: { callId: 'call-2', name: 'delete_all', input: {} } },
        ],
        'what the model made up is passed on as it is, for the tools to refuse',
      )
      t.strictSame(first.at(-1), { type: 'end', inputTokens: 11, outputTokens: 7, reason: 'tool' })

      const second = await collect(model, {
        ...QUESTION,
        messages: [
          ...QUESTION.messages,
          {
            role: 'assistant',
            text: '',
            calls: [
              { callId: 'c-1', name: 'rank_wards', input: { order: 'highest' } },
              { callId: 'call-2', name: 'delete_all', input: 'no JSON' },
            ],
          },
          {
            role: 'tool',
            results: [
              { callId: 'c-1', output: 'Marafa', isError: false },
              { callId: 'call-2', output: 'There is no such tool', isError: true },
            ],
          },
        ],
      })
      t.equal(textOf(second), 'First comes Marafa, “Ìlọrin”.')
      t.strictSame(second.at(-1), { type: 'end', inputTokens: 1_000, outputTokens: 200, reason: 'done' })

      const [asked, answered] = fake.prompts
      t.match(asked, {
        provider,
        modelId: 'haystack-id',
        system: 'You rank wards.',
        lastUserText: 'Which wards come first?',
        toolNames: ['rank_wards'],
      })
      t.match(asked?.body, /"additionalProperties":false/, "the tool's schema")
      t.strictSame(answered?.toolResults, ['Marafa', 'There is no such tool'])
      t.match(metrics, [
        { ModelCalls: 1, Provider: provider, Outcome: 'ok' },
        { ModelTokens: 11, Direction: 'input' },
        { ModelTokens: 7, Direction: 'output' },
        { ModelCalls: 1, ModelCostUsd: (1_000 * 3 + 200 * 15) / 1e6 },
        { ModelTokens: 1_000 },
        { ModelTokens: 200 },
      ])
      t.equal(fake.abandoned, 0, 'connections were used to their end')
    },
  )

  t.test(
    `${provider}: every failure is the one fault, within the deadline, with the connection closed and nothing told ` +
      'of what the provider said',
    async (t) => {
      const said = canary()
      const tooMuch = 'much '.repeat(2_000)
      const cases: readonly (readonly [name: string, steps: readonly FakeStep[], outcome: 'failed' | 'timeout'])[] = [
        ['it is silent from the beginning', [{ hang: true }], 'timeout'],
        ['it falls silent', [{ say: said }, { hang: true }], 'timeout'],
        [
          'it goes on and on',
          Array.from({ length: 40 }, () => [{ say: '.' }, { pauseMs: DEADLINE_MS / 4 }]).flat(),
          'timeout',
        ],
        ['it breaks off', [{ say: said }, { cut: true }], 'failed'],
        ['it is asked too often', [{ status: 429, errorText: said }], 'failed'],
        ['it fails', [{ status: 500, errorText: said }], 'failed'],
        ['it tells of a failure in its stream', [{ say: 'Wait. ' }, { streamError: said }], 'failed'],
        ['it sends what cannot be read', [{ say: 'Wait. ' }, { garbage: `{"${said}` }], 'failed'],
        ['it says far more than was asked for', [{ say: tooMuch }, { hang: true }], 'failed'],
        ["it fills a tool's input for ever", [{ call: 'rank_wards', input: tooMuch }, { hang: true }], 'failed'],
      ]
      for (const [name, steps, outcome] of cases) {
        const { fake, model, metrics } = await bench(
          t,
          provider,
          {},
          {},
          outcome === 'timeout' ? DEADLINE_MS : PATIENCE_MS,
        )
        fake.script = () => steps
        const { error, ms } = await failureOf(collect(model))
        t.ok(error instanceof Fault && error.kind === 'model-unavailable', `${name}: ${String(error)}`)
        t.notMatch(logged(error), said, 'nothing that the provider said is passed on')
        t.notMatch(logged(error), 'Which wards', 'nor the question')
        t.ok(ms < PATIENCE_MS / 4, `${name}: told after ${String(Math.round(ms))} ms`)
        t.match(metrics[0], { ModelCalls: 1, Provider: provider, Outcome: outcome })
        await until(() => fake.open === 0, 10_000, 'the end of the connection')
      }
      const { model } = await bench(t, provider, {
        MODELS: JSON.stringify([{ name: 'nobody', provider, modelId: 'x', baseUrl: 'http://127.0.0.1:9' }]),
      })
      t.match((await failureOf(collect(model))).error, { kind: 'model-unavailable' }, 'nobody listens')
    },
  )

  t.test(`${provider}: a client that leaves ends the connection at once`, async (t) => {
    const { fake, model, metrics } = await bench(t, provider)
    fake.script = () => [{ say: 'One. ' }, { hang: true }]
    const leaving = new AbortController()
    const reason = new Error('The client left')
    const left = collect(model, QUESTION, leaving.signal)
    await until(() => fake.open === 1, 10_000)
    leaving.abort(reason)
    const { error, ms } = await failureOf(left)
    t.equal(error, reason, "the signal's own reason")
    t.ok(ms < PATIENCE_MS / 4)
    await until(() => fake.open === 0 && fake.abandoned === 1, 10_000)

    t.strictSame(
      metrics.filter((line) => 'ModelCalls' in line).map(({ Outcome }) => Outcome),
      ['cancelled'],
    )

    const before = fake.prompts.length
    t.equal((await failureOf(collect(model, QUESTION, leaving.signal))).error, reason, 'already gone')
    t.equal(fake.prompts.length, before, 'nothing was sent')
  })

  t.test(`${provider}: the ways a reply ends are distinguished`, async (t) => {
    const { fake, model, metrics } = await bench(t, provider)
    for (const reason of ['done', 'length', 'refused'] as const) {
      fake.script = () => [{ say: 'So. ' }, { end: { reason } }]
      t.match((await collect(model)).at(-1), { type: 'end', reason })
    }
    fake.script = () => [{ call: 'rank_wards', input: '{"order": "hi' }]
    t.match(
      (await collect(model)).find(({ type }) => type === 'call'),
      { call: { input: '{"order": "hi' } },
      'an input that is not JSON stays text',
    )
    fake.script = () => [{ call: 'rank_wards', input: '' }]
    t.match(
      (await collect(model)).find(({ type }) => type === 'call'),
      { call: { input: {} } },
      'no input is an empty one',
    )
    t.strictSame(
      metrics.filter((line) => 'ModelCalls' in line).map(({ Outcome }) => Outcome),
      ['ok', 'ok', 'refused', 'ok', 'ok'],
    )
  })
}

const SSE = { 'content-type': 'text/event-stream' }
const FRAMES = { 'content-type': 'application/vnd.amazon.eventstream' }
const delta = (change: object): string => JSON.stringify({ choices: [{ index: 0, delta: change }] })
const HOSTILE: Readonly<Record<(typeof PROVIDERS)[number], Readonly<Record<string, readonly FakeStep[]>>>> = {
  'openai-compatible': {
    'a page': [{ raw: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }, { hang: true }],
    'a page that is called an event stream': [{ raw: '<html>\n\n</html>\n\n', headers: SSE }, { cut: true }],
    'a small reply that unpacks to a huge one': [
      { raw: gzipSync(Buffer.alloc(64 * 1024 * 1024, ': x\n')), headers: { ...SSE, 'content-encoding': 'gzip' } },
      { hang: true },
    ],
    'comments without end': [{ raw: '', headers: SSE }, { flood: ': x\n\n'.repeat(4_000) }],
    'events without end that say nothing': [
      { raw: '', headers: SSE },
      { flood: 'data: {"choices":[]}\n\n'.repeat(1_000) },
    ],
    'one event without end': [{ raw: 'data: ', headers: SSE }, { flood: 'x'.repeat(64 * 1024) }],
    'a text that is none': [{ garbage: delta({ content: { length: 1 } }) }, { hang: true }],
    'a tool whose name is not text': [
      { garbage: delta({ tool_calls: [{ index: 0, id: 'c', function: { name: ['rank_wards'], arguments: '{}' } }] }) },
    ],
    'an input that is not text': [
      {
        garbage: delta({
          tool_calls: [{ index: 0, id: 'c', function: { name: 'rank_wards', arguments: { order: 'highest' } } }],
        }),
      },
      { hang: true },
    ],
    'calls that are no list': [{ garbage: delta({ tool_calls: { index: 0 } }) }, { hang: true }],
    'far too many tools': Array.from({ length: 40 }, () => ({ call: 'rank_wards', input: {} })),
  },
  bedrock: {
    'a page': [{ raw: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }, { hang: true }],
    'an event that says it is two gigabytes long': [{ raw: '', headers: FRAMES }, { flood: 'x'.repeat(64 * 1024) }],
    'bytes that are no event': [
      { raw: Buffer.from([0, 0, 0, 16, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]), headers: FRAMES },
      { hang: true },
    ],
    'a text that is none': [
      { garbage: JSON.stringify({ contentBlockIndex: 0, delta: { text: { length: 1 } } }) },
      { hang: true },
    ],
    'far too many tools': Array.from({ length: 40 }, () => ({ call: 'rank_wards', input: {} })),
  },
}

for (const provider of PROVIDERS) {
  t.test(`${provider}: a hostile server is given up within the deadline in every case`, async (t) => {
    for (const [what, steps] of Object.entries(HOSTILE[provider])) {
      const { fake, model } = await bench(t, provider)
      fake.script = () => steps
      const { error, ms } = await failureOf(collect(model))
      t.match(error, { kind: 'model-unavailable' }, what)
      t.notMatch(logged(error), /Sign in/, 'nothing that it sent is passed on')
      t.ok(ms < 30_000, `${what}: told after ${String(Math.round(ms))} ms`)
      await until(() => fake.open === 0, 30_000, `the end of the connection: ${what}`)
    }
    const { fake, model, metrics } = await bench(t, provider)
    const elsewhere = await fakeModel(t)
    for (const status of [301, 302, 308]) {
      fake.script = () => [{ status, errorText: 'elsewhere', location: elsewhere.url }]
      t.match((await failureOf(collect(model))).error, { kind: 'model-unavailable' })
    }
    t.strictSame(elsewhere.prompts, [], 'no prompt follows a redirect')
    metrics.length = 0
    fake.script = () => [{ say: 'So.' }, { end: { inputTokens: 9e15, outputTokens: -5 } }]
    t.match((await collect(model)).at(-1), { inputTokens: 0, outputTokens: 0 })
    t.match(metrics[0], { ModelCostUsd: 0 }, 'and tokens that nobody can have used are not counted')
  })
}

t.test('openai-compatible: bytes that are not letters are shown as such and do no harm', async (t) => {
  const { fake, model } = await bench(t, 'openai-compatible')
  fake.script = () => [
    {
      raw: Buffer.concat([
        Buffer.from('data: {"choices":[{"delta":{"content":"a'),
        Buffer.from([0xff, 0xfe, 0xc0]),
        Buffer.from('b"}}]}\n\n'),
      ]),
      headers: SSE,
    },
  ]
  t.equal(textOf(await collect(model)), 'a\uFFFD\uFFFD\uFFFDb')
})

t.test('openai-compatible: the key goes to the provider alone, and no redirect takes a prompt elsewhere', async (t) => {
  const key = canary()
  const { fake, model } = await bench(t, 'openai-compatible', { MODEL_API_KEYS: `haystack:${key}` })
  await collect(model)
  t.equal(fake.prompts[0]?.headers['authorization'], `Bearer ${key}`)
  const elsewhere = await fakeModel(t)
  fake.script = () => [{ status: 307, errorText: 'elsewhere', location: `${elsewhere.url}/v1/chat/completions` }]
  const { error } = await failureOf(collect(model))
  t.match(error, { kind: 'model-unavailable' })
  t.strictSame(elsewhere.prompts, [])
  t.notMatch(logged(error), key)
  const without = await bench(t, 'openai-compatible')
  await collect(without.model)
  t.equal(without.fake.prompts[0]?.headers['authorization'], undefined, 'a server that asks for no key gets none')
})

t.test("the models' configuration names every fault at once, and never a key", async (t) => {
  const secret = canary()
  const fault = (env: Environment): string => {
    try {
      readConfig({ ...ENVIRONMENT, ...env })
      return ''
    } catch (error) {
      return String(error)
    }
  }
  const model = (more: object): string => JSON.stringify([{ name: 'one', provider: 'bedrock', modelId: 'm', ...more }])
  t.strictSame(readConfig(ENVIRONMENT).config.models, [], 'none unless told')
  t.match(readConfig({ ...ENVIRONMENT, MODELS: model({}) }).config.models, [{ name: 'one', inputUsdPerMillion: 0 }])
  t.match(fault({ MODELS: 'two models' }), /MODELS must be a JSON list/)
  t.match(fault({ MODELS: JSON.stringify(Array.from({ length: 9 }, () => ({}))) }), /up to 8/)
  const all = fault({
    MODELS: JSON.stringify([
      {
        name: 'Two Words',
        provider: 'other',
        modelId: '',
        baseUrl: 'https://a/?q',
        inputUsdPerMillion: -1,
        apiKey: secret,
      },
      7,
    ]),
    MODEL_API_KEYS: `nobody:${secret},${secret}`,
  })
  for (const word of [
    '[0].name',
    '[0].provider',
    '[0].modelId',
    '[0].baseUrl',
    '[0].inputUsdPerMillion',
    '[0].apiKey is not known',
    '[1].name',
    'MODEL_API_KEYS must be a list',
    'MODEL_API_KEYS has a key whose name is not',
  ])
    t.ok(all.includes(word), word)
  t.notMatch(all, secret)
  t.match(fault({ MODELS: model({ name: 'rules-brief' }) }), /not begin with rules-/)
  t.match(
    fault({ MODELS: model({ provider: 'openai-compatible' }) }),
    /baseUrl/,
    'an OpenAI-compatible provider is somewhere',
  )
  t.match(fault({ MODELS: model({}), MODEL_API_KEYS: 'one:key' }), /Bedrock uses the task's role/)
  t.match(
    fault({
      MODELS: JSON.stringify([
        { name: 'one', provider: 'bedrock', modelId: 'm' },
        { name: 'one', provider: 'bedrock', modelId: 'n' },
      ]),
    }),
    /a name twice/,
  )
  t.match(
    fault({ MODELS: model({ maxTokensField: 'max_completion_tokens' }) }),
    /maxTokensField/,
    'Bedrock has no choice',
  )
  const abroad = { STAGE: 'prod', REDIS_URL: 'rediss://r:1', REDIS_USERNAME: 'u', REDIS_PASSWORD: 'p' }
  t.match(
    fault({ ...abroad, MODELS: model({ baseUrl: 'http://models.internal' }) }),
    /https:\/\/ outside the local stage/,
  )
  t.equal(fault({ ...abroad, MODELS: model({ baseUrl: 'https://models.internal/v1' }) }), '')
})
