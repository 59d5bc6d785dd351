import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { ModelOutcome } from '../metrics/metric-names.ts'
import type { ModelEvent, ModelRequest, Model } from './model.ts'

/** How long a model may take, in milliseconds. */
export interface ModelDeadlines {
  /** Until its first event. */
  readonly firstMs: number
  /** Between two signs of life. */
  readonly silenceMs: number
  /** From the question to the end. */
  readonly totalMs: number
}

/** A sign of life without a text, such as a part of a call's input, and the characters that it added. */
export interface ModelProgress {
  readonly type: 'progress'
  readonly characters: number
}

/** A provider's protocol: it asks and gives events as they come. It closes its connection when the signal aborts. */
export type Protocol = (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent | ModelProgress>

/** The outcome of one step of a conversation. Tokens are 0 where the model did not tell. */
export interface ModelStep {
  readonly outcome: ModelOutcome
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Why a provider's reply cannot be used, in this service's words and never in the provider's. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
}

/** The provider is asked too often and says when to ask again. */
export class ModelBusy extends ModelFailure {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('The provider is asked too often')
    this.retryAfterMs = retryAfterMs
  }
}

class Overdue extends ModelFailure {}

/** How often a busy provider is asked again in one step, and the least time between. */
const MOST_RETRIES = 5
const LEAST_WAIT_MS = 250
/** Characters of a token. Few are longer, so more text than this is more than was asked for. */
const CHARACTERS_A_TOKEN = 16
const MOST_CALLS = 16
/** More than any model takes or gives. A provider that reports more would spoil the sums of all others. */
const MOST_TOKENS = 10_000_000
/** The most bytes of one reply, unpacked. The frame of a token takes a few hundred bytes. */
export const MOST_REPLY_BYTES = 4 * 1024 * 1024

/**
 * A model whose failures all become one fault within its deadlines, and whose connection is closed after every step.
 * @param onStep called once for each step, at any end
 */
export function watchModel(
  name: string,
  protocol: Protocol,
  deadlines: ModelDeadlines,
  onStep: (step: ModelStep) => void,
): Model {
  return {
    name,
    async *converse(request, signal) {
      signal.throwIfAborted()
      let [outcome, inputTokens, outputTokens, characters, calls]: [ModelOutcome, number, number, number, number] = [
        'cancelled',
        0,
        0,
        0,
        0,
      ]
      const line = openLine(signal, deadlines)
      try {
        let events = protocol(request, line.signal)[Symbol.asyncIterator]()
        let retries = 0
        for (let ended = false; !ended;) {
          const next = await line.within(events.next()).catch(async (error: unknown) => {
            if (!(error instanceof ModelBusy) || retries >= MOST_RETRIES) throw error
            await line.pause(Math.max(error.retryAfterMs, LEAST_WAIT_MS), error)
            retries += 1
            events = protocol(request, line.signal)[Symbol.asyncIterator]()
            return null
          })
          if (next === null) continue
          if (next.done === true) throw new ModelFailure('The reply broke off')
          const event = next.value
          if (!isWellFormed(event)) throw new ModelFailure('An event of the reply is not what its protocol says')
          if (event.type === 'end') {
            ended = true
            outcome = event.reason === 'refused' || event.reason === 'choice-refused' ? 'refused' : 'ok'
            inputTokens = readTokens(event.inputTokens)
            outputTokens = readTokens(event.outputTokens)
          }
          characters += event.type === 'text' ? event.text.length : event.type === 'progress' ? event.characters : 0
          if (characters > request.maxOutputTokens * CHARACTERS_A_TOKEN)
            throw new ModelFailure('The reply is far longer than was asked for')
          calls += event.type === 'call' ? 1 : 0
          if (calls > MOST_CALLS) throw new ModelFailure('The reply chooses far too many tools')
          if (event.type !== 'progress') yield event.type === 'end' ? { ...event, inputTokens, outputTokens } : event
        }
      } catch (error) {
        if (signal.aborted) throw signal.reason
        outcome = error instanceof Overdue ? 'timeout' : 'failed'
        throw new Fault('model-unavailable', say('model-silent', {}), { cause: loggableCause(error) })
      } finally {
        line.close()
        onStep({ outcome, inputTokens, outputTokens })
      }
    },
  }
}

/** A provider's failure by its HTTP status; `retryAfter` is its header. */
export function failureOf(status: number, retryAfter: string | null): ModelFailure {
  const ms = retryAfter === null ? NaN : waitIn(retryAfter.trim())
  return (status === 429 || status === 503) && !Number.isNaN(ms)
    ? new ModelBusy(ms)
    : new ModelFailure(`The provider answered ${String(status)}`)
}

/** Milliseconds of a `Retry-After`, which is seconds or a date. */
function waitIn(retryAfter: string): number {
  return /^\d{1,6}(?:\.\d{1,3})?$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : Math.max(0, Date.parse(retryAfter) - Date.now())
}

/**
 * A provider's JSON can hold anything where its protocol has a text. A value that is not a text has no characters to
 * count and names no tool.
 */
function isWellFormed(event: ModelEvent | ModelProgress): boolean {
  const isText = (value: unknown): boolean => typeof value === 'string'
  if (event.type === 'text') return isText(event.text)
  if (event.type === 'call') return isText(event.call.callId) && isText(event.call.name)
  return event.type === 'end' || Number.isSafeInteger(event.characters)
}

function readTokens(value: number): number {
  return Number.isSafeInteger(value) && value >= 0 && value <= MOST_TOKENS ? value : 0
}

interface Line {
  readonly signal: AbortSignal
  /** Waits for `event`, unless a deadline or the caller's signal comes first. Only this waiting counts as time. */
  within<T>(event: Promise<T>): Promise<T>
  /** Waits, if the last deadline leaves the time for it. Otherwise it throws the error at once. */
  pause(ms: number, otherwise: Error): Promise<void>
  /** Ends the provider's connection if it is still open. */
  close(): void
}

function openLine(caller: AbortSignal, { firstMs, silenceMs, totalMs }: ModelDeadlines): Line {
  const controller = new AbortController()
  const abort = (reason: unknown): void => {
    controller.abort(reason)
  }
  const leave = (): void => {
    abort(caller.reason)
  }
  caller.addEventListener('abort', leave, { once: true })
  const total = setTimeout(abort, totalMs, new Overdue(`No end within ${totalMs} ms`))
  const gaveUp = new Promise<never>((_, reject) => {
    controller.signal.addEventListener(
      'abort',
      () => {
        reject(controller.signal.reason as unknown)
      },
      { once: true },
    )
  })
  gaveUp.catch(() => undefined)
  let isFirst = true
  const began = performance.now()
  return {
    signal: controller.signal,
    async pause(ms, otherwise) {
      if (performance.now() - began + ms >= totalMs) throw otherwise
      let timer: NodeJS.Timeout | undefined
      const wait = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms)
      })
      try {
        await Promise.race([wait, gaveUp])
      } finally {
        clearTimeout(timer)
      }
      isFirst = true
    },
    async within(event) {
      const patienceMs = isFirst ? firstMs : silenceMs
      isFirst = false
      const timer = setTimeout(abort, patienceMs, new Overdue(`Silent for ${patienceMs} ms`))
      // After it is given up, nobody waits for it.
      event.catch(() => undefined)
      try {
        return await Promise.race([event, gaveUp])
      } finally {
        clearTimeout(timer)
      }
    },
    close() {
      clearTimeout(total)
      caller.removeEventListener('abort', leave)
      abort(new ModelFailure('The step is over'))
    },
  }
}

/** A cause that may be logged. A library's error can quote the provider, and the provider can quote the prompt. */
function loggableCause(error: unknown): Error {
  if (error instanceof ModelFailure) return error
  const { name, code } = error as { name?: unknown; code?: unknown }
  const words = [name, code].filter((word) => typeof word === 'string' && /^[A-Za-z_]{1,60}$/.test(word))
  return new ModelFailure(`The provider's connection failed: ${words.join(' ')}`)
}
