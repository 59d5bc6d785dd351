import type { UploadReply } from '../features/replies/files.ts'
import type { SessionReply } from '../features/replies/session.ts'

/** How long a session lasts when it is unused, and when it ends at the latest by this computer's clock. */
export interface SessionTimes {
  readonly idleMs: number
  readonly endsAt: number
}

export interface ProblemDetail {
  readonly detail: string
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

  /**
   * @param kind the last part of the problem's `type`; `unreachable` when there was no answer at all
   * @param more `requestId` is given when the service is at fault and its log says more
   */
  constructor(
    kind: string,
    detail: string,
    more: { errors?: readonly ProblemDetail[]; retryAfterSeconds?: number; requestId?: string } = {},
  ) {
    super(detail)
    this.kind = kind
    this.errors = more.errors ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
    this.requestId = more.requestId
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
  }
}

async function answerTo(
  method: Method,
  path: string,
  { body, signal }: { body?: unknown; signal?: AbortSignal },
) {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    throw unreachable(error, 'The service did not answer. Check the connection.')
  })
  if (!response.ok) throw await problemOf(response)
  document.dispatchEvent(new Event('answered'))
  return response
}

/** A file of the service itself, such as the sample. */
export async function download(path: string, filename: string, signal: AbortSignal) {
  const response = await fetch(path, { signal }).catch((error: unknown) => {
    throw unreachable(error, `${filename} could not be fetched. Check the connection.`)
  })
  if (!response.ok) throw await problemOf(response)
  return new File([await response.blob()], filename)
}

/**
 * Sends a file straight to the object store, under the policy the service signed for it.
 * @param options `share` goes from 0 to 1
 */
export function send(
  upload: UploadReply['upload'],
  file: File,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value)
  form.append('file', file)
  // fetch() does not report the progress of an upload.
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(refusedUpload(request.status, request.responseText, file.name))
    })
    request.addEventListener('error', () => {
      reject(
        new Problem('unreachable', `The upload of ${file.name} was cut off and starts again.`, {
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
  if (code === 'EntityTooLarge')
    return new Problem('too-large', `${filename} is larger than was announced. Choose it again.`)
  if (status >= 500)
    return new Problem('object-store-unavailable', `The object store could not take ${filename} (${code}).`, {
      retryAfterSeconds: 3,
    })
  return new Problem('upload-refused', `The object store refused ${filename} (${code}). Choose the file again.`)
}

function unreachable(error: unknown, detail: string) {
  return error instanceof DOMException && error.name === 'AbortError'
    ? error
    : new Problem('unreachable', detail, { retryAfterSeconds: 3 })
}

async function problemOf(response: Response) {
  const reply: unknown = await response.json().catch(() => ({}))
  const told = reply as { type?: string; title?: string; detail?: string; errors?: ProblemDetail[]; requestId?: string }
  const retryAfter = Number(response.headers.get('retry-after') ?? 'none')
  return new Problem(
    told.type?.split(/[/:]/).at(-1) ?? `status-${String(response.status)}`,
    told.detail ?? told.title ?? `The service answered with status ${String(response.status)}.`,
    {
      errors: told.errors ?? [],
      ...(response.status === 503
        ? { retryAfterSeconds: Number.isFinite(retryAfter) ? Math.max(1, retryAfter) : 3 }
        : {}),
      ...(told.requestId === undefined || response.status < 500 ? {} : { requestId: told.requestId }),
    },
  )
}
