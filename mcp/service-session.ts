import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { refusalOf, Refused } from './refused.ts'

const MOST_TRIES = 5
const LONGEST_WAIT_MS = 10_000
const REQUEST_MS = 120_000

/** What the service says an announced file must be sent with. */
interface Announced {
  readonly file: { readonly id: string }
  readonly upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> }
}

/**
 * One anonymous session of the service, over its HTTP API. Its cookie stays in this object. All methods throw `Refused`
 * in words when the service does not do it.
 */
export class ServiceSession {
  readonly #service: string
  readonly #signal: AbortSignal
  #cookie: string | undefined

  /** @param signal ends every request but `end()` */
  constructor(service: string, signal: AbortSignal) {
    this.#service = service
    this.#signal = signal
  }

  async start(): Promise<void> {
    await this.ask('POST', '/api/session')
  }

  async get(path: string): Promise<unknown> {
    return this.ask('GET', path)
  }

  async post(path: string, body?: unknown): Promise<unknown> {
    return this.ask('POST', path, body)
  }

  /** Uploads a file straight to the store, as a page does. */
  async upload(role: 'wards' | 'boundaries', path: string): Promise<void> {
    const bytes = await openAsBlob(path).catch((cause: unknown) => {
      throw new Refused(`Cannot read ${path}`, { cause })
    })
    const { file, upload } = (await this.post('/api/files', {
      role,
      filename: basename(path),
      bytes: bytes.size,
    })) as Announced
    const form = new FormData()
    for (const [name, value] of Object.entries(upload.fields)) form.set(name, value)
    form.set('file', bytes)
    const stored = await fetch(upload.url, { method: 'POST', body: form, redirect: 'error', signal: this.#signal })
    await stored.arrayBuffer()
    if (!stored.ok) throw new Refused(`The store did not take ${basename(path)}: it answered ${String(stored.status)}.`)
    await this.post(`/api/files/${file.id}/complete`)
  }

  /** Ends the session, so that its data are deleted. Nothing is thrown: it ends by itself later. */
  async end(): Promise<void> {
    if (this.#cookie === undefined) return
    const signal = AbortSignal.timeout(5_000)
    await this.#send('DELETE', '/api/session', undefined, signal).catch(() => undefined)
    this.#cookie = undefined
  }

  /** Asks again while the service is busy, and gives the body of its reply. */
  async ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    for (let tries = 1; ; tries += 1) {
      const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(REQUEST_MS)])
      const reply = await this.#send(method, path, body, signal).catch((cause: unknown) => {
        throw new Refused(`The service at ${this.#service} cannot be reached.`, { cause })
      })
      const text = await reply.text()
      const read = parsed(text)
      if (reply.ok) return read
      if ((reply.status !== 503 && reply.status !== 429) || tries >= MOST_TRIES) throw refusalOf(reply.status, read)
      const seconds = Number(reply.headers.get('retry-after') ?? 1)
      await pause(Math.min((Number.isNaN(seconds) ? 1 : seconds) * 1000, LONGEST_WAIT_MS), undefined, {
        signal: this.#signal,
      })
    }
  }

  async #send(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const reply = await fetch(this.#service + path, {
      method,
      signal,
      // A redirect could lead the cookie and the data anywhere.
      redirect: 'error',
      headers: {
        accept: 'application/json',
        ...(this.#cookie !== undefined && { cookie: this.#cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const [pair] = reply.headers.getSetCookie()[0]?.split(';') ?? []
    if (pair !== undefined && !pair.endsWith('=')) this.#cookie = pair
    return reply
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
