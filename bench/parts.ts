import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDist } from '../build/make-dist.ts'
import { type LocalRedis, startRedis } from '../local/redis.ts'
import { type LocalS3, startS3 } from '../local/s3-gateway.ts'
import { machineEnv, serviceEnv, statusOf } from '../local/service.ts'
import { freePort } from '../local/free-port.ts'
import { startTaskSized, type TaskSized } from './task-sized.ts'

export interface BenchParts {
  /** Of this run; removed when the parts stop. */
  readonly folder: string
  readonly redis: LocalRedis
  readonly s3: LocalS3 | null
  stop(): Promise<void>
}

/** Starts Redis with TLS as in production and, on request, the S3 gateway. Their folder is removed when they stop. */
export async function startParts({ withS3 }: { readonly withS3: boolean }): Promise<BenchParts> {
  const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-bench-'))
  const redis = await startRedis({ folder: join(folder, 'redis') })
  const s3 = withS3 ? await startS3({ folder: join(folder, 's3') }) : null
  return {
    folder,
    redis,
    s3,
    async stop() {
      await s3?.stop()
      await redis.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

const NO_S3 = {
  endpoint: 'http://127.0.0.1:9',
  region: 'us-east-1',
  bucket: 'none',
  accessKeyId: 'none',
  secretAccessKey: 'none',
} as const

const root = join(import.meta.dirname, '..')

/** What the build makes of the service. */
export const SERVICE = '../dist/main.js'

/**
 * Starts a task with half a core and 1 GiB. Resolves when `/livez` answers. Builds first what has changed.
 * @param program a script of this folder for Node, or a whole command line, which finds its port in `PORT`
 */
export async function startTask(
  name: string,
  program: string | readonly [string, ...string[]],
  { redis, s3 }: Pick<BenchParts, 'redis' | 's3'>,
  as: 'service' | 'operator' = 'service',
  more: Readonly<Record<string, string>> = {},
): Promise<{ task: TaskSized; url: string }> {
  await makeDist(root)
  const port = await freePort()
  const env = serviceEnv({ url: redis.url, ...redis[as], caFile: redis.certificates?.caFile }, s3 ?? NO_S3, {
    cookieSecrets: 'x'.repeat(32),
    sealSecrets: `b1:${'y'.repeat(32)}`,
    projectSecrets: 'z'.repeat(32),
  })
  const command =
    typeof program === 'string' ? ([process.execPath, join(import.meta.dirname, program)] as const) : program
  const task = startTaskSized(name, 0.5, 1024, command, {
    ...machineEnv(process.env),
    ...env,
    PORT: String(port),
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(root, 'dist/compile-cache'),
    ...more,
  })
  const url = `http://127.0.0.1:${String(port)}`
  while ((await statusOf(`${url}/livez`).catch(() => 0)) !== 200)
    await new Promise((resolve) => setTimeout(resolve, 50))
  return { task, url }
}

/** Starts a session and returns its cookie. A service that has just started answers 503 until it reaches Redis. */
export async function startSession(url: string): Promise<string> {
  const giveUpAt = Date.now() + 5_000
  let started = await fetch(`${url}/api/session`, { method: 'POST' })
  while (started.status === 503 && Date.now() < giveUpAt)
    started = await fetch(`${url}/api/session`, { method: 'POST' })
  const cookie = started.headers.get('set-cookie')?.split(';')[0] ?? ''
  if (started.status !== 201 || cookie === '') throw new Error(`${url} started no session: ${String(started.status)}`)
  return cookie
}

/** Calls the API as the session's owner: a POST if there is a body, else a GET. */
export async function callApi<T>(url: string, cookie: string, path: string, body?: unknown): Promise<T> {
  const reply = await fetch(url + path, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
  })
  if (!reply.ok) throw new Error(`${path}: ${String(reply.status)} ${await reply.text()}`)
  return (await reply.json()) as T
}

/** Announces, posts and completes one file. */
export async function uploadFile(
  url: string,
  cookie: string,
  role: string,
  filename: string,
  bytes: Uint8Array,
): Promise<void> {
  await callApi(url, cookie, `/api/files/${await announceFile(url, cookie, role, filename, bytes)}/complete`, {})
}

/** Announces and posts one file; gives its id, to be completed. */
export async function announceFile(
  url: string,
  cookie: string,
  role: string,
  filename: string,
  bytes: Uint8Array,
): Promise<string> {
  const slot = await callApi<{ file: { id: string }; upload: { url: string; fields: Record<string, string> } }>(
    url,
    cookie,
    '/api/files',
    { role, filename, bytes: bytes.length },
  )
  const form = new FormData()
  for (const [name, value] of Object.entries(slot.upload.fields)) form.set(name, value)
  form.set('file', new Blob([bytes]))
  const sent = await fetch(slot.upload.url, { method: 'POST', body: form })
  if (sent.status !== 204) throw new Error(`${filename} was not uploaded: ${String(sent.status)}`)
  return slot.file.id
}
