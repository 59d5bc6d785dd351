import { Pool } from 'undici'
import { SERVICE, startParts, startSession, startTask } from './parts.ts'
import type { TaskSized } from './task-sized.ts'

/**
 * Compares a session read (`GET /api/session`) of the service with the same read by @fastify/session over a plain
 * GET/SET store, each at half a core, in alternating rounds of one run. The plain store runs once in the service
 * itself, with its guards, headers and metrics, and once in an app that has nothing else. Prints the ratios.
 * Usage: node bench/session-read.ts [rounds] [seconds]
 */
const rounds = Number(process.argv[2] ?? 6)
const seconds = Number(process.argv[3] ?? 4)
const CONNECTIONS = 32
/** At half a core the compiler is busy during the first tens of thousands of requests. */
const WARM_UP_MS = 15_000

const parts = await startParts({ withS3: false })

interface Contender {
  readonly task: TaskSized
  readonly pool: Pool
  readonly cookie: string
  requests: number
  cpuSeconds: number
}

async function contender(name: string, script: string, as: 'service' | 'operator'): Promise<Contender> {
  const { task, url } = await startTask(name, script, parts, as)
  return {
    task,
    pool: new Pool(url, { connections: CONNECTIONS, pipelining: 1 }),
    cookie: await startSession(url),
    requests: 0,
    cpuSeconds: 0,
  }
}

async function load({ pool, cookie }: Contender, forMs: number): Promise<number> {
  const end = Date.now() + forMs
  let count = 0
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (Date.now() < end) {
        const { statusCode, body } = await pool.request({ path: '/api/session', method: 'GET', headers: { cookie } })
        await body.dump()
        if (statusCode !== 200) throw new Error(`Answered ${String(statusCode)}`)
        count += 1
      }
    }),
  )
  return count
}

const service = await contender('service', SERVICE, 'service')
const peers = {
  'the service over a plain GET/SET store': await contender('plain-store', 'plain-store-service.ts', 'operator'),
  'a bare app over a plain GET/SET store': await contender('peer', 'plain-session-peer.ts', 'operator'),
}
const all = [service, ...Object.values(peers)]
try {
  for (const one of all) await load(one, WARM_UP_MS)
  for (let round = 0; round < rounds; round++) {
    for (const at of all.keys()) {
      const one = all[(at + round) % all.length] ?? service
      const cpuBefore = one.task.cpuSeconds()
      one.requests += await load(one, seconds * 1000)
      one.cpuSeconds += one.task.cpuSeconds() - cpuBefore
    }
  }
  const row = (name: string, { requests, cpuSeconds }: Contender): string =>
    `${name.padEnd(42)}${(requests / rounds / seconds).toFixed(0).padStart(7)} requests/s` +
    `${((cpuSeconds / requests) * 1e6).toFixed(0).padStart(7)} µs CPU each`
  console.log(row('the service, sealed and versioned', service))
  for (const [name, peer] of Object.entries(peers))
    console.log(`${row(name, peer)}   ratio ${(service.requests / peer.requests).toFixed(3)}`)
} finally {
  for (const { pool, task } of all) {
    await pool.close()
    await task.stop()
  }
  await parts.stop()
}
