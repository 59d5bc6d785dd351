import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { freePort } from '../local/free-port.ts'
import { startRedis } from '../local/redis.ts'
import { machineEnv, serviceEnv, statusOf } from '../local/service.ts'
import { startTaskSized, type TaskSized } from './task-sized.ts'

/**
 * Compares a session read (`GET /api/session`) of the service with the same read by @fastify/session over a plain
 * GET/SET store, both at half a core, in alternating rounds of one run. Prints the ratio.
 * Usage: node bench/session-read.ts [rounds] [seconds]
 */
const rounds = Number(process.argv[2] ?? 6)
const seconds = Number(process.argv[3] ?? 4)
const CONNECTIONS = 32
/** At half a core the compiler is still busy with the first tens of thousands of requests. */
const WARM_UP_MS = 15_000

const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-bench-'))
const redis = await startRedis({ folder: join(folder, 'redis') })
const operatorEnv = (user: { username: string; password: string }): Record<string, string> => serviceEnv(
  { url: redis.url, ...user, caFile: redis.certificates?.caFile },
  { endpoint: 'http://127.0.0.1:9', region: 'us-east-1', bucket: 'none', accessKeyId: 'none', secretAccessKey: 'none' },
  { cookieSecrets: 'x'.repeat(32), sealSecrets: `b1:${'y'.repeat(32)}` }
)

interface Contender {
  readonly task: TaskSized
  readonly pool: Pool
  readonly cookie: string
  requests: number
  cpuSeconds: number
}

async function contender(name: string, script: string, user: { username: string; password: string }): Promise<Contender> {
  const port = await freePort()
  const task = startTaskSized(name, 0.5, 1024, [process.execPath, join(import.meta.dirname, script)], { ...machineEnv(process.env), ...operatorEnv(user), PORT: String(port), LOG_LEVEL: 'error' })
  const url = `http://127.0.0.1:${String(port)}`
  while (await statusOf(`${url}/livez`).catch(() => 0) !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
  const started = await fetch(`${url}/api/session`, { method: 'POST' })
  const cookie = started.headers.get('set-cookie')?.split(';')[0] ?? ''
  if (started.status !== 201 || cookie === '') throw new Error(`${name} started no session: ${String(started.status)}`)
  return { task, pool: new Pool(url, { connections: CONNECTIONS, pipelining: 1 }), cookie, requests: 0, cpuSeconds: 0 }
}

async function load({ pool, cookie }: Contender, forMs: number): Promise<number> {
  const end = Date.now() + forMs
  let count = 0
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (Date.now() < end) {
      const { statusCode, body } = await pool.request({ path: '/api/session', method: 'GET', headers: { cookie } })
      await body.dump()
      if (statusCode !== 200) throw new Error(`Answered ${String(statusCode)}`)
      count += 1
    }
  }))
  return count
}

const service = await contender('service', '../service/main.ts', redis.service)
const peer = await contender('peer', 'plain-session-peer.ts', redis.operator)
try {
  for (const one of [service, peer]) await load(one, WARM_UP_MS)
  for (let round = 1; round <= rounds; round++) {
    for (const one of round % 2 === 0 ? [service, peer] : [peer, service]) {
      const cpuBefore = one.task.cpuSeconds()
      one.requests += await load(one, seconds * 1000)
      one.cpuSeconds += one.task.cpuSeconds() - cpuBefore
    }
  }
  const row = (name: string, { requests, cpuSeconds }: Contender): string =>
    `${name.padEnd(34)}${(requests / rounds / seconds).toFixed(0).padStart(8)} requests/s${(cpuSeconds / requests * 1e6).toFixed(0).padStart(8)} µs CPU each`
  console.log(row('service, sealed and versioned', service))
  console.log(row('@fastify/session, plain GET/SET', peer))
  console.log(`ratio ${(service.requests / peer.requests).toFixed(3)}`)
} finally {
  for (const { pool, task } of [service, peer]) {
    await pool.close()
    await task.stop()
  }
  await redis.stop()
  rmSync(folder, { recursive: true, force: true })
}
