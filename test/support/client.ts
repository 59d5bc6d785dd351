import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { Agent } from 'undici'
import { ownAddress } from '../../local/own-address.ts'

type Owner = Pick<Test, 'teardown'>

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** From the first byte sent to the last byte read. */
  readonly ms: number
  /** The body, read as JSON. */
  readonly json: <T = Record<string, unknown>>() => T
  /** The last part of a problem's `type`; undefined if the reply is not a problem. */
  readonly problem: string | undefined
}

export interface SendOptions {
  /** Sent as JSON. A string or bytes go out as they are, with the content type in `headers`. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | string[]>>
  /** A task other than the person's own. */
  readonly at?: string
  /** Sent instead of the jar's cookie; null sends none. */
  readonly cookie?: string | null
}

/** One person: one cookie jar, and connections of their own that stay open between requests. */
export interface Person {
  /** `name=value` of the session cookie as last set; undefined before that and after it was cleared. */
  cookie: string | undefined
  /** Every Set-Cookie line that came, oldest first. */
  readonly setCookies: string[]
  send(method: string, path: string, options?: SendOptions): Promise<Reply>
  get(path: string, options?: SendOptions): Promise<Reply>
  post(path: string, body?: unknown, options?: SendOptions): Promise<Reply>
  delete(path: string, options?: SendOptions): Promise<Reply>
  /** Starts a session and gives its `session` object. */
  start(): Promise<SessionView>
}

export interface SessionView {
  readonly id: string
  readonly createdAt: string
  readonly idleExpiresAt: string
  readonly absoluteExpiresAt: string
  readonly user: { readonly sub: string; readonly email: string | null; readonly name: string } | null
}

export interface FileView {
  readonly file: { readonly id: string; readonly state: string }
  readonly upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> }
}

/** A person at `url`, sending the bytes of a path exactly as given: nothing is normalised on the way. */
export function person(t: Owner, url: string, headers: Readonly<Record<string, string>> = {}): Person {
  const agent = new Agent({ connections: 64, headersTimeout: 20_000, bodyTimeout: 20_000 })
  t.teardown(async () => {
    await agent.destroy()
  })
  const address = { 'x-forwarded-for': ownAddress(randomBytes(3).readUIntBE(0, 3)) }
  const others = new Map<string, string>()
  const self: Person = {
    cookie: undefined,
    setCookies: [],
    async send(method, path, options = {}) {
      const own = [self.cookie, ...others.values()].filter((pair) => pair !== undefined)
      const cookie =
        options.cookie === undefined ? (own.length > 0 ? own.join('; ') : undefined) : (options.cookie ?? undefined)
      const isRaw = typeof options.body === 'string' || options.body instanceof Uint8Array
      const begin = performance.now()
      const reply = await agent.request({
        origin: options.at ?? url,
        path,
        method,
        headers: {
          ...address,
          ...headers,
          ...(cookie === undefined ? {} : { cookie }),
          ...(options.body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        body: options.body === undefined ? null : isRaw ? options.body : JSON.stringify(options.body),
      })
      const text = await reply.body.text()
      const ms = performance.now() - begin
      for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
        self.setCookies.push(line)
        const [pair = ''] = line.split(';')
        const isGone = pair.endsWith('=')
        const [name = ''] = pair.split('=')
        if (/^(?:__Host-)?session$/.test(name)) self.cookie = isGone ? undefined : pair
        else if (isGone) others.delete(name)
        else others.set(name, pair)
      }
      const json = <T>(): T => JSON.parse(text) as T
      const isProblem = String(reply.headers['content-type']).startsWith('application/problem+json')
      return {
        status: reply.statusCode,
        headers: reply.headers,
        text,
        ms,
        json,
        problem: isProblem ? json<{ type: string }>().type.split(':').pop() : undefined,
      }
    },
    get: (path, options) => self.send('GET', path, options),
    post: (path, body, options) => self.send('POST', path, { ...options, ...(body !== undefined && { body }) }),
    delete: (path, options) => self.send('DELETE', path, options),
    async start() {
      const reply = await repeated(() => self.post('/api/session'))
      if (reply.status !== 201 && reply.status !== 200)
        throw new Error(`No session: ${String(reply.status)} ${reply.text}`)
      return reply.json<{ session: SessionView }>().session
    },
  }
  return self
}

/**
 * Sends a request again while it is answered 503, as the contract tells clients to do, since a stalled machine causes
 * such answers. Gives the last reply.
 */
export async function repeated(send: () => Promise<Reply>): Promise<Reply> {
  let reply = await send()
  for (let attempt = 1; reply.status === 503 && attempt < 20; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    reply = await send()
  }
  return reply
}

/** The token and its signature, as the service set them, decoded. */
export function cookieValue(cookie: string | undefined): string {
  return decodeURIComponent((cookie ?? '').slice((cookie ?? '').indexOf('=') + 1))
}

/** The token in a session cookie. */
export function tokenOf(cookie: string | undefined): string {
  const value = cookieValue(cookie)
  return value.slice(0, value.lastIndexOf('.'))
}

/** Where Redis has the record of the session of a cookie. */
export function recordKey(cookie: string | undefined): string {
  return `sess:{${createHash('sha256').update(tokenOf(cookie)).digest('base64url')}}`
}

/** Announces a file; fails unless the answer is 201. */
export async function announce(
  who: Person,
  role: 'wards' | 'boundaries' | 'facilities' | 'project',
  filename: string,
  bytes: number,
): Promise<FileView> {
  const reply = await repeated(() => who.post('/api/files', { role, filename, bytes }))
  if (reply.status !== 201) throw new Error(`Not announced: ${String(reply.status)} ${reply.text}`)
  return reply.json<FileView>()
}

/** Posts bytes straight to the object store, as a browser does. Gives the store's status. */
export async function postUpload({ upload }: Pick<FileView, 'upload'>, bytes: string | Uint8Array): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries(upload.fields)) form.set(name, value)
  form.set('file', new Blob([bytes]))
  const reply = await fetch(upload.url, { method: 'POST', body: form })
  await reply.arrayBuffer()
  return reply.status
}

/** Announces, uploads and completes a ward table. Gives the id of its file. */
export function uploadWards(who: Person, csv: string, filename = 'wards.csv'): Promise<string> {
  return uploadFile(who, 'wards', filename, Buffer.from(csv))
}

/** Announces, uploads and completes a file. Gives its id. */
export async function uploadFile(
  who: Person,
  role: 'wards' | 'boundaries' | 'facilities' | 'project',
  filename: string,
  bytes: Uint8Array,
): Promise<string> {
  const { fileId, completed } = await tryFile(who, role, filename, bytes)
  if (completed.status !== 200) throw new Error(`Not completed: ${String(completed.status)} ${completed.text}`)
  return fileId
}

/** Announces and uploads a file, and gives the reply to its completion. */
export async function tryFile(
  who: Person,
  role: 'wards' | 'boundaries' | 'facilities' | 'project',
  filename: string,
  bytes: Uint8Array,
): Promise<{ fileId: string; completed: Reply }> {
  const announced = await announce(who, role, filename, bytes.length)
  const stored = await postUpload(announced, bytes)
  if (stored !== 204 && stored !== 201 && stored !== 200) throw new Error(`Not uploaded: ${String(stored)}`)
  return {
    fileId: announced.file.id,
    completed: await repeated(() => who.post(`/api/files/${announced.file.id}/complete`)),
  }
}

/** Starts a session with the wards.csv and boundaries.zip of a folder. */
export async function startWith(who: Person, folder: string): Promise<void> {
  await who.start()
  for (const [role, filename] of [
    ['wards', 'wards.csv'],
    ['boundaries', 'boundaries.zip'],
  ] as const)
    await uploadFile(who, role, filename, readFileSync(join(folder, filename)))
}

/** A table of invented wards with `mark` in every ward's name, so that it can be searched for everywhere. */
export function wardsCsv(mark: string, wards = 12): string {
  const rows = Array.from({ length: wards }, (_, at) =>
    [
      `${mark} ${String(at + 1)}`,
      `LGA ${String(1 + (at % 3))}`,
      // Squares, because no ward may be the mean of the others of its LGA, as in an arithmetic progression.
      10 + ((at * at * 7) % 31),
      100 + ((at * at * 13) % 57),
      ((at * at * 29) % 83) / 10,
    ].join(','),
  )
  return `${['WardName,LGA,tpr,rainfall,distance_to_water', ...rows].join('\n')}\n`
}

/** A name that nothing else holds. */
export function canary(): string {
  return `Zq${randomBytes(9).toString('hex')}`
}

/** Asks until `check` gives true, and fails after `withinMs`. Gives the time it took. */
export async function until(check: () => boolean | Promise<boolean>, withinMs: number, what = 'it'): Promise<number> {
  const begin = performance.now()
  for (;;) {
    if (await check()) return performance.now() - begin
    if (performance.now() - begin > withinMs) throw new Error(`${what} did not happen within ${String(withinMs)} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Every session-bound route of the service, from its own description, with ids that could be real. */
export async function sessionRoutes(who: Person): Promise<{ method: string; path: string; body?: unknown }[]> {
  const { paths } = (await who.get('/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>()
  const bodies: Readonly<Record<string, unknown>> = {
    'POST /api/files': { role: 'wards', filename: 'wards.csv', bytes: 10 },
    'POST /api/analyses': {},
    'POST /api/dataset/matches': {},
    'POST /api/dataset/positivity': { facilityLevel: 'all', age: 'u5', method: 'rdt' },
    'POST /api/itn-plans': { analysisId: 'A'.repeat(32), totalNets: 1 },
    'POST /api/query': {},
    'POST /api/charts': { kind: 'histogram', column: 'rainfall' },
    'POST /api/exports': { kind: 'rankings.csv', analysisId: 'A'.repeat(32) },
    'POST /api/chat': { message: 'What data are there?' },
    'POST /api/arena/battles': { message: 'How do nets protect?' },
    'POST /api/arena/battles/{battleId}/vote': { choice: 'tie' },
  }
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/') || path.startsWith('/auth/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((name) => {
        const method = name.toUpperCase()
        const body = bodies[`${method} ${path}`]
        return { method, path: path.replaceAll(/\{[^}]+\}/g, 'A'.repeat(32)), ...(body !== undefined && { body }) }
      }),
    )
}
