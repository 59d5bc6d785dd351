import type { Config, Secrets } from '../config/config.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { ModelConfig } from '../config/model-config.ts'
import type { Model } from './model.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { readingSpeech } from './read-speech.ts'
import { watchModel, type Protocol } from './watch-model.ts'

export interface OpenModels {
  /** In the order of the configuration; the first one answers in the chat. When empty, rules answer. */
  readonly models: readonly Model[]
  close(): void
}

/** The configured models, each behind its deadlines, counted by its provider and read as speech. */
export function openModels(
  { models, modelDeadlines, objects }: Pick<Config, 'models' | 'modelDeadlines' | 'objects'>,
  { modelApiKeys }: Pick<Secrets, 'modelApiKeys'>,
  metrics: Metrics,
): OpenModels {
  const clients: { destroy(): void }[] = []
  const protocolOf = ({ name, provider, modelId, baseUrl, maxTokensField = 'max_tokens' }: ModelConfig): Protocol => {
    if (provider === 'openai-compatible')
      return openaiCompatible({ baseUrl: baseUrl ?? '', modelId, apiKey: modelApiKeys.get(name), maxTokensField })
    return bedrockLater(modelId, objects.region, baseUrl, clients)
  }
  return {
    models: models.map((model) =>
      readingSpeech(
        watchModel(model.name, protocolOf(model), modelDeadlines, ({ outcome, inputTokens, outputTokens }) => {
          metrics.modelCall(
            model.provider,
            outcome,
            inputTokens,
            outputTokens,
            (inputTokens * model.inputUsdPerMillion + outputTokens * model.outputUsdPerMillion) / 1e6,
          )
        }),
      ),
    ),
    close: () => {
      for (const client of clients) client.destroy()
    },
  }
}

/** Loads the Bedrock client when the model is first asked: it is large, and a task that never asks goes without it. */
function bedrockLater(
  modelId: string,
  region: string,
  endpoint: string | undefined,
  clients: { destroy(): void }[],
): Protocol {
  const open = async (): Promise<Protocol> => {
    const { bedrock, connectBedrock } = await import('./bedrock.ts')
    const client = connectBedrock(region, endpoint)
    clients.push(client)
    return bedrock({ client, modelId })
  }
  let opened: Promise<Protocol> | undefined
  return async function* (request, abortSignal) {
    opened ??= open()
    yield* (await opened)(request, abortSignal)
  }
}
