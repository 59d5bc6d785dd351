/** @import { UploadReply } from '../features/replies/files.ts' */
/** @import { SessionReply } from '../features/replies/session.ts' */

/**
 * How long a session lasts when it is unused, and when it ends at the latest by this computer's clock.
 * @typedef {{ readonly idleMs: number, readonly endsAt: number }} SessionTimes
 */

/** @typedef {{ detail: string, line?: number, column?: number, pointer?: string }} ProblemDetail */

/** A refusal or a failure of the service, as its problem+json describes it. */
export class Problem extends Error {
  /**
   * @param {string} kind the last part of the problem's `type`; `unreachable` when there was no answer at all
   * @param {string} detail
   * @param {{ errors?: readonly ProblemDetail[], retryAfterSeconds?: number, requestId?: string }} [more] `requestId`
   * is given when the service is at fault and its log says more
   */
  constructor(kind, detail, more = {}) {
    super(detail)
    this.kind = kind
    this.errors = more.errors ?? []
    /** Seconds after which another try makes sense; undefined when none does. */
    this.retryAfterSeconds = more.retryAfterSeconds
    this.requestId = more.requestId
  }
}

/**
 * Calls the service and returns the reply's JSON, undefined for an empty reply. Every success counts as use of the
 * session and fires `answered` at the document.
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path
 * @param {{ body?: unknown, signal?: AbortSignal }} [options]
 * @returns {Promise<unknown>}
 * @throws {Problem} when the answer is not a success, or when there is no answer
 */
export async function call(method, path, options = {}) {
  const response = await answerTo(method, path, options)
  return response.status === 204 ? undefined : /** @type {unknown} */ (await response.json())
}

/**
 * The session of this browser's cookie, or a new one with POST, and how long it lasts by this computer's clock.
 * @param {'GET' | 'POST'} method
 * @param {AbortSignal} signal
 * @returns {Promise<SessionTimes>}
 */
export async function callSession(method, signal) {
  const response = await answerTo(method, '/api/session', { signal })
  /** @type {unknown} */
  const reply = await response.json()
  const { session } = /** @type {SessionReply} */ (reply)
  const now = Date.parse(response.headers.get('date') ?? '') || Date.now()
  return {
    idleMs: Date.parse(session.idleExpiresAt) - now,
    endsAt: Date.now() + Date.parse(session.absoluteExpiresAt) - now,
  }
}

/**
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path
 * @param {{ body?: unknown, signal?: AbortSignal }} options
 */
async function answerTo(method, path, { body, signal }) {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((/** @type {unknown} */ error) => {
    throw unreachable(error, 'The service did not answer. Check the connection.')
  })
  if (!response.ok) throw await problemOf(response)
  document.dispatchEvent(new Event('answered'))
  return response
}

/**
 * A file of the service itself, such as the sample.
 * @param {string} path
 * @param {string} filename
 * @param {AbortSignal} signal
 */
export async function download(path, filename, signal) {
  const response = await fetch(path, { signal }).catch((/** @type {unknown} */ error) => {
    throw unreachable(error, `${filename} could not be fetched. Check the connection.`)
  })
  if (!response.ok) throw await problemOf(response)
  return new File([await response.blob()], filename)
}

/**
 * Sends a file straight to the object store, under the policy the service signed for it.
 * @param {UploadReply['upload']} upload
 * @param {File} file
 * @param {{ signal: AbortSignal, onProgress: (share: number) => void }} options `share` goes from 0 to 1
 * @returns {Promise<void>}
 */
export function send(upload, file, { signal, onProgress }) {
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

/**
 * @param {number} status
 * @param {string} reply the object store's XML
 * @param {string} filename
 */
function refusedUpload(status, reply, filename) {
  const code = /<Code>(\w+)<\/Code>/.exec(reply)?.[1] ?? `status ${String(status)}`
  if (code === 'EntityTooLarge')
    return new Problem('too-large', `${filename} is larger than was announced. Choose it again.`)
  if (status >= 500)
    return new Problem('object-store-unavailable', `The object store could not take ${filename} (${code}).`, {
      retryAfterSeconds: 3,
    })
  return new Problem('upload-refused', `The object store refused ${filename} (${code}). Choose the file again.`)
}

/**
 * @param {unknown} error
 * @param {string} detail
 */
function unreachable(error, detail) {
  return error instanceof DOMException && error.name === 'AbortError'
    ? error
    : new Problem('unreachable', detail, { retryAfterSeconds: 3 })
}

/** @param {Response} response */
async function problemOf(response) {
  /** @type {unknown} */
  const reply = await response.json().catch(() => ({}))
  const told =
    /** @type {{ type?: string, title?: string, detail?: string, errors?: ProblemDetail[], requestId?: string }} */ (
      reply
    )
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
