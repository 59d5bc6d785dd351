import type { Said } from '../domain/said.ts'
import type { SessionReply } from '../features/replies/session.ts'
import { words } from './words/en.ts'

/**
 * How long a session lasts when it is unused, when it ends at the latest by this computer's clock, and who has signed
 * in.
 */
export interface SessionTimes {
  readonly idleMs: number
  readonly endsAt: number
  /** Null in an anonymous session. */
  readonly personName: string | null
}

/** What the service itself writes is in English, whatever the language of the page. */
export const SERVICE_LANG = 'en'

export interface ProblemDetail {
  readonly detail: string
  /** The same by its kind and its values; not in a reply of an earlier release. */
  readonly said?: Said
  readonly line?: number
  readonly column?: number
  readonly pointer?: string
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A refusal or a failure of the service, as its problem+json describes it. */
export class Problem extends Error {
  readonly kind: string
  readonly errors: readonly ProblemDetail[]
  /** Seconds after which another try makes sense; undefined when none does. */
  readonly retryAfterSeconds: number | undefined
  readonly requestId: string | undefined
  /** What its text says by kind and values; undefined for a text of the page. */
  readonly said: Said | undefined
  /** The language of its text where that is the service's own; undefined for a text of the page. */
  readonly lang: string | undefined

  /**
   * @param kind the last part of the problem's `type`; `unreachable` when there was no answer at all
   * @param more `requestId` is given when the service is at fault and its log says more
   */
  constructor(
    kind: string,
    detail: string,
    more: {
      errors?: readonly ProblemDetail[]
      retryAfterSeconds?: number
      requestId?: string
      said?: Said
      lang?: string
    } = {},
  ) {
    super(detail)
    this.kind = kind
    this.errors = more.errors ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
    this.requestId = more.requestId
    this.said = more.said
    this.lang = more.lang
  }
}

/**
 * Calls the service and returns the reply's JSON, undefined for an empty reply. Every success counts as use of the
 * session and fires `answered` at the document.
 * @throws Problem when the answer is not a success, or when there is no answer
 */
export async function call(
  method: Method,
  path: string,
  options: { body?: unknown; signal?: AbortSignal } = {},
): Promise<unknown> {
  const response = await answerTo(method, path, options)
  return response.status === 204 ? undefined : ((await response.json()) as unknown)
}

/**
 * The session of this browser's cookie, or a new one with POST, and how long it lasts by this computer's clock.
 */
export async function callSession(method: 'GET' | 'POST', signal: AbortSignal): Promise<SessionTimes> {
  const response = await answerTo(method, '/api/session', { signal })
  const reply: unknown = await response.json()
  const { session } = reply as SessionReply
  const now = Date.parse(response.headers.get('date') ?? '') || Date.now()
  return {
    idleMs: Date.parse(session.idleExpiresAt) - now,
    endsAt: Date.now() + Date.parse(session.absoluteExpiresAt) - now,
    personName: session.user?.name ?? null,
  }
}

async function answerTo(
  method: Method,
  path: string,
  { body, signal, accept }: { body?: unknown; signal?: AbortSignal; accept?: string },
): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(accept === undefined ? {} : { accept }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    throw unreachable(error, words.http.noAnswer)
  })
  if (!response.ok) throw await problemOf(response)
  document.dispatchEvent(new Event('answered'))
  return response
}

/** A file of the service itself, such as the sample. */
export async function download(path: string, filename: string, signal: AbortSignal) {
  const response = await fetch(path, { signal }).catch((error: unknown) => {
    throw unreachable(error, words.http.notFetched(filename))
  })
  if (!response.ok) throw await problemOf(response)
  return new File([await response.blob()], filename)
}

/**
 * Sends a file, or a piece of one, straight to the object store, under the policy the service signed for it.
 * @param options `onProgress` is told the share that was sent, from 0 to 1
 */
export function send(
  upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> },
  bytes: Blob,
  {
    filename,
    signal,
    onProgress,
  }: { readonly filename: string; readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value)
  form.append('file', bytes, filename)
  // fetch() does not report the progress of an upload.
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(refusedUpload(request.status, request.responseText, filename))
    })
    request.addEventListener('error', () => {
      reject(
        new Problem('unreachable', words.http.uploadCut(filename), {
          retryAfterSeconds: 3,
        }),
      )
    })
    request.addEventListener('abort', () => {
      reject(new DOMException('The upload was cancelled', 'AbortError'))
    })
    signal.addEventListener(
      'abort',
      () => {
        request.abort()
      },
      { once: true },
    )
    request.open('POST', upload.url)
    request.send(form)
  })
}

/** @param reply the object store's XML */
function refusedUpload(status: number, reply: string, filename: string) {
  const code = /<Code>(\w+)<\/Code>/.exec(reply)?.[1] ?? `status ${String(status)}`
  if (code === 'EntityTooLarge') return new Problem('too-large', words.http.larger(filename))
  if (status >= 500)
    return new Problem('object-store-unavailable', words.http.storeFailed(filename, code), {
      retryAfterSeconds: 3,
    })
  return new Problem('upload-refused', words.http.storeRefused(filename, code))
}

function unreachable(error: unknown, detail: string) {
  return error instanceof DOMException && error.name === 'AbortError'
    ? error
    : new Problem('unreachable', detail, { retryAfterSeconds: 3 })
}

async function problemOf(response: Response): Promise<Problem> {
  const reply: unknown = await response.json().catch(() => ({}))
  return toldProblem(reply, response.status, Number(response.headers.get('retry-after') ?? 'none'))
}

/**
 * The problem that the service told of.
 * @param reply a problem+json
 */
function toldProblem(reply: unknown, status: number, retryAfter: number): Problem {
  const told = reply as {
    type?: string
    title?: string
    detail?: string
    said?: Said
    errors?: ProblemDetail[]
    requestId?: string
  }
  return new Problem(
    told.type?.split(/[/:]/).at(-1) ?? `status-${String(status)}`,
    told.detail ?? told.title ?? words.http.status(status),
    {
      errors: told.errors ?? [],
      ...(told.said !== undefined && { said: told.said }),
      ...(told.detail !== undefined && { lang: SERVICE_LANG }),
      ...(status === 503 || status === 429
        ? { retryAfterSeconds: Number.isFinite(retryAfter) ? Math.max(1, retryAfter) : 3 }
        : {}),
      ...(told.requestId === undefined || status < 500 ? {} : { requestId: told.requestId }),
    },
  )
}

/** One event of a stream. */
export interface StreamedEvent {
  readonly name: string
  readonly data: unknown
}

/**
 * Calls the service and gives the events of its answer as they come.
 * @throws Problem when the answer is not a success, breaks off, or tells of a failure
 */
export async function* stream(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<StreamedEvent> {
  const response = await answerTo('POST', path, { body, signal, accept: 'text/event-stream' })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw unreachable(error, words.http.cutOff)
    })
    if (done) return
    text += value
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const event = eventOf(frame)
      if (event?.name === 'error') throw toldProblem(event.data, statusOf(event.data), NaN)
      if (event !== null) yield event
    }
  }
}

/** An event of a frame; null for a comment, which only says that work goes on. */
function eventOf(frame: string): StreamedEvent | null {
  const lines = frame.split('\n')
  const part = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const [name, data] = [part('event'), part('data')]
  return name === undefined || data === undefined ? null : { name, data: JSON.parse(data) as unknown }
}

function statusOf(data: unknown): number {
  return (data as { status?: number }).status ?? 500
}
