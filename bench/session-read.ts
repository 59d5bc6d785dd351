import { Pool } from 'undici'
import { startParts, startSession, startTask } from './parts.ts'
import type { TaskSized } from './task-sized.ts'

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
  return { task, pool: new Pool(url, { connections: CONNECTIONS, pipelining: 1 }), cookie: await startSession(url), requests: 0, cpuSeconds: 0 }
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

const service = await contender('service', '../service/main.ts', 'service')
const peer = await contender('peer', 'plain-session-peer.ts', 'operator')
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
  await parts.stop()
}
