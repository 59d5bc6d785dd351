import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Pool } from 'undici'
import { installParts } from '../local/install-parts.ts'
import { startRedis } from '../local/redis.ts'
import { report } from './figure.ts'
import { SERVICE, startParts, startSession, startTask } from './parts.ts'
import { percentile } from './percentile.ts'
import type { TaskSized } from './task-sized.ts'

/**
 * Compares a session read (`GET /api/session`) of the service with the same read by its peers: each a process of its
 * own with half a core, over the same Redis with TLS, in alternating rounds of one run. Prints what each does a second,
 * the CPU of one read, and how much more of it the service takes than Fastify with one raw GET.
 * Usage: node bench/session-read.ts [--rounds 6] [--seconds 4] [--flask]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '4' },
    flask: { type: 'boolean', default: false },
  },
})
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
const CONNECTIONS = 32
/** At half a core the compiler is busy during the first tens of thousands of requests. */
const WARM_UP_MS = 15_000
const MOST_RATIO = 1.6
/** A deadline may pass where other programs hold the machine up. */
const MOST_REFUSED = 0.01
const RAW_GET = 'Fastify + one raw GET, TLS'

interface Contender {
  readonly name: string
  readonly task: TaskSized
  readonly pool: Pool
  readonly cookie: string
  requests: number
  /** CPU microseconds of one read, by round. */
  readonly microseconds: number[]
}

const FLASK = [
  '/bin/sh',
  '-c',
  `exec gunicorn --chdir ${join(import.meta.dirname, 'peers')} --bind "127.0.0.1:$PORT" --worker-class gthread ` +
    '--threads 4 --keep-alive 75 --log-level error flask_session_app:app',
] as const

if (values.flask) await installParts(['Flask'], (line) => console.log(line))
const parts = await startParts({ withS3: false })
const plain = await startRedis({ folder: join(parts.folder, 'plain'), tls: false })

async function contender(
  name: string,
  program: string | readonly [string, ...string[]],
  { as = 'operator', redis = parts.redis }: { as?: 'service' | 'operator'; redis?: typeof parts.redis } = {},
): Promise<Contender> {
  const { task, url } = await startTask(`read-${all.length}`, program, { redis, s3: null }, as)
  return {
    name,
    task,
    pool: new Pool(url, { connections: CONNECTIONS, pipelining: 1 }),
    cookie: await startSession(url),
    requests: 0,
    microseconds: [],
  }
}

async function load({ name, pool, cookie }: Contender, forMs: number): Promise<number> {
  const end = Date.now() + forMs
  let [count, refused] = [0, 0]
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (Date.now() < end) {
        const { statusCode, body } = await pool.request({ path: '/api/session', method: 'GET', headers: { cookie } })
        await body.dump()
        if (statusCode === 200) count += 1
        else refused += 1
      }
    }),
  )
  if (refused > MOST_REFUSED * count) throw new Error(`${name} refused ${refused} of ${count + refused} reads`)
  return count
}

const all: Contender[] = []
try {
  const service = await contender('the service', SERVICE, { as: 'service' })
  all.push(service)
  all.push(await contender('bare Fastify, no store', 'peers/bare-fastify.ts'))
  all.push(await contender('Fastify + one raw GET, plain', 'peers/raw-get.ts', { redis: plain }))
  all.push(await contender(RAW_GET, 'peers/raw-get.ts'))
  all.push(await contender("the service's routes over plain GET/SET", 'peers/plain-store-service.ts'))
  all.push(await contender('@fastify/session + plain GET/SET', 'peers/fastify-session.ts'))
  all.push(await contender('express-session + connect-redis', 'peers/express-session.ts'))
  if (values.flask) all.push(await contender('Flask-Session + gunicorn', FLASK))

  for (const one of all) await load(one, WARM_UP_MS)
  for (let round = 0; round < rounds; round += 1)
    for (const at of all.keys()) {
      const one = all[(at + round) % all.length] ?? service
      const cpuBefore = one.task.cpuSeconds()
      const requests = await load(one, seconds * 1_000)
      one.requests += requests
      one.microseconds.push(((one.task.cpuSeconds() - cpuBefore) / requests) * 1e6)
    }
  for (const { name, requests, microseconds } of all)
    console.log(
      `${name.padEnd(42)}${(requests / rounds / seconds).toFixed(0).padStart(7)} requests/s` +
        `${percentile(microseconds, 0.5).toFixed(1).padStart(7)} µs CPU each, ` +
        `${Math.min(...microseconds).toFixed(1)} to ${Math.max(...microseconds).toFixed(1)}`,
    )
  const cpuOf = (name: string): number => percentile(all.find((one) => one.name === name)?.microseconds ?? [], 0.5)
  for (const { name } of all) report({ name: `session read, CPU: ${name}`, value: cpuOf(name), unit: 'µs' })
  report({
    name: `session read, CPU against ${RAW_GET}`,
    value: cpuOf(service.name) / cpuOf(RAW_GET),
    unit: '×',
    most: MOST_RATIO,
  })
} finally {
  for (const { pool, task } of all) {
    await pool.close()
    await task.stop()
  }
  await plain.stop()
  await parts.stop()
}
