import type { ModelProvider } from '../metrics/metric-names.ts'

/** A language model that may get questions. */
export interface ModelConfig {
  /** Shown on the leaderboard and in replies. */
  readonly name: string
  readonly provider: ModelProvider
  /** The provider's name for it. */
  readonly modelId: string
  /**
   * The address of an OpenAI-compatible provider, without a last slash; for Bedrock an endpoint other than the region's
   * own.
   */
  readonly baseUrl?: string
  /** The OpenAI-compatible provider's field for the most tokens of a reply; `max_tokens` unless given. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens'
  readonly inputUsdPerMillion: number
  readonly outputUsdPerMillion: number
}

const MODEL_NAME = /^[a-z0-9][a-z0-9.-]{0,39}$/
const MODEL_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'provider',
  'modelId',
  'baseUrl',
  'maxTokensField',
  'inputUsdPerMillion',
  'outputUsdPerMillion',
])
const MOST_MODELS = 8

/** Reads `MODELS`. Every fault is added to `faults`. */
export function readModels(text: string, stage: string, faults: string[]): ModelConfig[] {
  if (text.trim() === '') return []
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    entries = undefined
  }
  if (!Array.isArray(entries) || entries.length > MOST_MODELS) {
    faults.push(
      `MODELS must be a JSON list of up to ${MOST_MODELS} models, such as ` +
        '[{"name":"…","provider":"bedrock","modelId":"…"}]',
    )
    return []
  }
  const models = entries.map((entry: unknown, at) => readModel(entry, `MODELS[${at}]`, stage, faults))
  if (new Set(models.map(({ name }) => name)).size < models.length) faults.push('MODELS uses a name twice')
  return models
}

function readModel(entry: unknown, place: string, stage: string, faults: string[]): ModelConfig {
  const given: Readonly<Record<string, unknown>> =
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? { ...entry } : {}
  const expect = (isRight: boolean, wish: string): void => {
    if (!isRight) faults.push(`${place}.${wish}`)
  }
  const model: Readonly<Record<string, unknown>> = { inputUsdPerMillion: 0, outputUsdPerMillion: 0, ...given }
  const { name, provider, modelId, baseUrl, maxTokensField, inputUsdPerMillion, outputUsdPerMillion } = model
  const url = typeof baseUrl === 'string' ? URL.parse(baseUrl) : null
  const isPrice = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 10_000
  for (const field of Object.keys(model))
    expect(MODEL_FIELDS.has(field), `${field} is not known: there are ${[...MODEL_FIELDS].join(', ')}`)
  expect(
    typeof name === 'string' && MODEL_NAME.test(name) && !name.startsWith('rules-'),
    'name must be 1 to 40 of a-z 0-9 . - and not begin with rules-, as the names of the rules do',
  )
  expect(provider === 'bedrock' || provider === 'openai-compatible', 'provider must be bedrock or openai-compatible')
  expect(
    typeof modelId === 'string' && /^[\x21-\x7e]{1,300}$/.test(modelId),
    'modelId must be what the provider calls the model',
  )
  expect(
    baseUrl === undefined
      ? provider !== 'openai-compatible'
      : url !== null &&
          url.username === '' &&
          url.search === '' &&
          url.hash === '' &&
          typeof baseUrl === 'string' &&
          !baseUrl.endsWith('/'),
    'baseUrl must be a URL without user, query and last slash',
  )
  expect(
    url === null || url.protocol === 'https:' || (stage === 'local' && url.protocol === 'http:'),
    'baseUrl must be https:// outside the local stage',
  )
  expect(
    maxTokensField === undefined ||
      (provider === 'openai-compatible' &&
        (maxTokensField === 'max_tokens' || maxTokensField === 'max_completion_tokens')),
    'maxTokensField must be max_tokens or max_completion_tokens, and of an openai-compatible provider',
  )
  expect(
    isPrice(inputUsdPerMillion) && isPrice(outputUsdPerMillion),
    'inputUsdPerMillion and outputUsdPerMillion must be numbers from 0 to 10000',
  )
  return model as unknown as ModelConfig
}

/** Reads `MODEL_API_KEYS`: keys by the names of their models. No fault quotes a key. */
export function readApiKeys(
  text: string,
  models: readonly ModelConfig[],
  faults: string[],
): ReadonlyMap<string, string> {
  const pairs = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((pair): [string, string] => {
      const [, name = '', key = ''] = /^([^:]+):([\x21-\x7e]+)$/.exec(pair) ?? []
      if (key === '') faults.push('MODEL_API_KEYS must be a list of name:key')
      else if (!models.some((model) => model.name === name && model.provider === 'openai-compatible'))
        faults.push(
          "MODEL_API_KEYS has a key whose name is not an OpenAI-compatible model of MODELS; Bedrock uses the task's role",
        )
      return [name, key]
    })
  return new Map(pairs)
}
