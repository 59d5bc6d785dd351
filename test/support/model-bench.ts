import type { Test } from 'tap'
import { Type } from 'typebox'
import { readConfig, type Environment } from '../../service/config/config.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import type { Model, ModelEvent, ModelRequest } from '../../service/models/model.ts'
import { openModels } from '../../service/models/open-models.ts'
import { fakeModel, type FakeModel } from './fake-model.ts'

// The SDK asks its chain of credentials; on a task these are the role's.
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' })

export const PROVIDERS = ['bedrock', 'openai-compatible'] as const
/** For every other one: no machine stalls that long. */
export const PATIENCE_MS = 20_000
export const ENVIRONMENT: Environment = {
  STAGE: 'local',
  REDIS_URL: 'redis://127.0.0.1:1',
  S3_BUCKET: 'none',
  AWS_REGION: 'eu-west-1',
  COOKIE_SECRETS: 'c'.repeat(32),
  SEAL_SECRETS: `a:${'s'.repeat(32)}`,
  PROJECT_SECRETS: 'p'.repeat(32),
}
export const QUESTION: ModelRequest = {
  system: 'You rank wards.',
  messages: [{ role: 'user', text: 'Which wards come first?' }],
  tools: [
    {
      name: 'rank_wards',
      description: 'The wards most at risk.',
      input: Type.Object({ order: Type.String() }, { additionalProperties: false }),
    },
  ],
  maxOutputTokens: 200,
  mustChoose: false,
}

export interface Bench {
  readonly fake: FakeModel
  readonly model: Model
  /** What the metrics module wrote. */
  readonly metrics: Record<string, unknown>[]
}

export async function bench(
  t: Test,
  provider: (typeof PROVIDERS)[number],
  env: Environment = {},
  more: Readonly<Record<string, unknown>> = {},
  deadlineMs = PATIENCE_MS,
): Promise<Bench> {
  const fake = await fakeModel(t)
  const metrics: Record<string, unknown>[] = []
  const { config, secrets } = readConfig({
    ...ENVIRONMENT,
    ...fake.env(fake.entry('haystack', provider, { inputUsdPerMillion: 3, outputUsdPerMillion: 15, ...more })),
    ...env,
  })
  const opened = openModels(
    { ...config, modelDeadlines: { firstMs: deadlineMs, silenceMs: deadlineMs, totalMs: 2 * deadlineMs } },
    secrets,
    createMetrics({ service: 'test', stage: 'local' }, (line) => {
      metrics.push(JSON.parse(line) as Record<string, unknown>)
    }),
  )
  t.teardown(() => {
    opened.close()
  })
  return { fake, metrics, model: opened.models[0]! }
}

export async function collect(
  model: Model,
  request = QUESTION,
  signal = new AbortController().signal,
): Promise<ModelEvent[]> {
  const events: ModelEvent[] = []
  for await (const event of model.converse(request, signal)) events.push(event)
  return events
}

export const textOf = (events: readonly ModelEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('')

export async function failureOf(asked: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const begin = performance.now()
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return { error, ms: performance.now() - begin }
}
