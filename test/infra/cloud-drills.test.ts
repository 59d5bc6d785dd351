// mostly waits: the periods of its alarms have to pass
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { alarmState, samplesOf, type AlarmState } from '../../infra/alarm-state.ts'
import type { AlarmSpec, Places } from '../../infra/alarm-spec.ts'
import { alarmSpecs } from '../../infra/alarms.ts'
import { type Balancer, startBalancer } from '../../local/balancer.ts'
import { startMeters, type Measured } from '../support/cloud-meters.ts'
import { person, until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { folder, ownS3, redis, redisClient, s3, secrets, startService, type TestService } from '../support/parts.ts'

t.setTimeout(400_000)

const places: Places<string> = {
  stage: 'local',
  minTasks: 2,
  maxTasks: 3,
  balancer: 'b',
  targets: 't',
  cluster: 'c',
  serviceName: 's',
  cacheNodes: ['primary', 'replica'],
  modelUsdPerDay: 10,
  probe: 'p',
}
const MiB = 1_048_576

/** An alarm at the pace of a drill: the same numbers of periods, each shorter. */
function paced(id: string, periodSeconds: number): AlarmSpec<string> {
  const found = alarmSpecs(places).find((each) => each.id === id)
  if (found === undefined) throw new RangeError(`Cannot drill ${id}: there is no such alarm`)
  return { ...found, periodSeconds }
}

async function balancerOf(t: Pick<Test, 'teardown'>, targets: readonly string[]): Promise<Balancer> {
  const own = folder(t)
  const balancer = await startBalancer({
    targets,
    folder: join(own, 'balancer'),
    logFile: join(own, 'balancer.log'),
  })
  t.teardown(async () => {
    await balancer.close(100)
  })
  return balancer
}

/** A relay that delays each reply. */
async function slowRelay(t: Pick<Test, 'teardown'>, target: string, ms: number): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const upstream = request(
      target + (incoming.url ?? '/'),
      { method: incoming.method, headers: incoming.headers, agent: false },
      (reply) => {
        setTimeout(() => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
          reply.pipe(outgoing)
        }, ms)
      },
    )
    upstream.on('error', () => {
      outgoing.destroy()
    })
    incoming.pipe(upstream)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

/** Started first and checked last, beside the others: its hour is as long as twelve rounds. */
async function waitingErasures(t: Test): Promise<() => Promise<void>> {
  const PERIOD = 3.5
  const [store, objects] = await Promise.all([redis(t), ownS3(t)])
  const service = await startService(t, { redis: store, s3: objects })
  const alarm = paced('erasure-backlog', PERIOD)
  const state = (): AlarmState =>
    alarmState(
      alarm,
      { m: samplesOf(alarm.measures['m'] ?? (t.fail('no measure') as never), service.lines()) },
      Math.floor(Date.now() / 1_000 / PERIOD) * PERIOD,
      'OK',
    )
  const backlog = (): number => Number(service.lines().findLast((line) => 'ErasureBacklog' in line)?.['ErasureBacklog'])
  const leave = async (who: Person): Promise<void> => {
    await who.start()
    await uploadWards(who, wardsCsv('erased'))
    t.equal((await who.delete('/api/session')).status, 204)
  }
  await leave(person(t, service.url))
  await until(
    () => service.lines().filter((line) => 'ErasureBacklog' in line).length > 2 && backlog() === 0,
    20_000,
    'what can be erased to be erased; the later sweep is no backlog',
  )
  const late = person(t, service.url)
  await late.start()
  await uploadWards(late, wardsCsv('late'))
  await objects.killGateway()
  t.equal((await late.delete('/api/session')).status, 204)
  return async () => {
    await until(() => state() === 'ALARM', 120_000, 'erasure-backlog to be ALARM')
    t.pass('erasure-backlog is ALARM while the object store is away')
    await objects.startGateway()
    await until(() => backlog() === 0 && state() === 'OK', 90_000, 'erasure-backlog to be OK')
    t.pass('and over when it is back and empty')
  }
}

t.test('a local stack, measured as AWS measures one, sets off the alarms on what AWS measures', async (t) => {
  const [erasures, store, objects] = await Promise.all([
    waitingErasures(t),
    redis(t, { config: ['maxmemory 96mb'] }),
    s3(t),
  ])
  const replica = await redis(t, { replicaOf: store })
  const shared = { redis: store, s3: objects, secrets: secrets() }
  const tasks = [await startService(t, shared), await startService(t, shared)]
  const operator = redisClient(t, store)
  const measured: Measured = {
    tasks,
    nodes: { primary: operator, replica: redisClient(t, replica) },
    size: { taskBytes: 1_024 * MiB, taskProcessors: 0.5, nodeProcessors: 2 },
  }
  const meters = startMeters(t, measured)
  const balancer = await balancerOf(
    t,
    tasks.map(({ url }) => url),
  )
  const someone = person(t, balancer.url)
  await someone.start()

  /** Lives as long as the whole drill, not as the part of it that started it. */
  const startTask = async (port?: number): Promise<TestService> =>
    await startService(t, { ...shared, ...(port !== undefined && { port }) })

  /**
   * One request as the balancer's log would have it: a task's reply has a request id, the balancer's own reply has
   * none.
   */
  const ask = async (who: Person, path: string): Promise<void> => {
    const { status, ms, headers } = await who.get(path)
    const isTasks = headers['x-request-id'] !== undefined
    meters.record('RequestCount', 1)
    if (isTasks) meters.record('TargetResponseTime', ms / 1_000)
    if (status >= 500) meters.record(isTasks ? 'HTTPCode_Target_5XX_Count' : 'HTTPCode_ELB_5XX_Count', 1)
  }
  /** Endless requests in `atOnce` streams, begun one after another, while `during` lasts. */
  const traffic = async (
    path: string,
    atOnce: number,
    during: () => Promise<void>,
    { everyMs = 0, apartMs = 0, who = someone } = {},
  ): Promise<void> => {
    const until = { over: false }
    const streams = Array.from({ length: atOnce }, async (_, index) => {
      await pause(index * apartMs)
      while (!until.over) await Promise.all([ask(who, path), pause(everyMs)])
    })
    try {
      await during()
    } finally {
      until.over = true
      await Promise.all(streams)
    }
  }
  const state = (id: string, periodSeconds: number): AlarmState => {
    const alarm = paced(id, periodSeconds)
    const samples = Object.fromEntries(
      Object.entries(alarm.measures).map(([name, { metric, dimensions }]) => [
        name,
        meters.samplesOf(metric, dimensions['CacheClusterId']),
      ]),
    )
    return alarmState(alarm, samples, Math.floor(Date.now() / 1_000 / periodSeconds) * periodSeconds, 'OK')
  }
  const drilled = new Set<string>()
  const reach = async (
    t: Pick<Test, 'pass'>,
    wanted: AlarmState,
    periods: Readonly<Record<string, number>>,
  ): Promise<void> => {
    await Promise.all(
      Object.entries(periods).map(async ([id, period]) => {
        await until(
          async () => {
            await pause(50)
            return state(id, period) === wanted
          },
          90_000,
          `${id} to be ${wanted}`,
        )
        drilled.add(id)
        t.pass(`${id} is ${wanted}`)
      }),
    )
  }

  const everything = {
    'cpu-high': 1,
    'memory-high': 0.5,
    'at-max-capacity': 0.5,
    'running-tasks-low': 0.5,
    'healthy-hosts-low': 0.5,
    'server-errors': 1,
    'errors-at-low-traffic': 3,
    'error-budget-fast-1h': 3,
    'error-budget-fast-5m': 3,
    'error-budget-slow-6h': 3,
    'error-budget-slow-30m': 3,
    'error-budget-ticket-3d': 3,
    'error-budget-ticket-6h': 3,
    'slow-answers': 1,
    'cache-cpu-high': 1,
    'cache-memory-high': 1,
    'cache-memory-critical': 0.5,
    'cache-evictions': 2,
    'cache-replication-lag': 1,
    'redis-acl-denied': 2,
  }
  const only = (...ids: readonly (keyof typeof everything)[]): Record<string, number> =>
    Object.fromEntries(ids.map((id) => [id, everything[id]]))

  const burns = (Object.keys(everything) as (keyof typeof everything)[]).filter((id) => id.startsWith('error-budget-'))

  await t.test('while all is well, no alarm is on', async (t) => {
    await traffic(
      '/api/session',
      4,
      async () => {
        await pause(4_000)
      },
      { everyMs: 50 },
    )
    await reach(t, 'OK', everything)
  })

  await t.test(
    'tasks and store are overloaded, a task is too small for what it holds, and no more tasks are allowed',
    async (t) => {
      // A fraction of the size, and as little work: the drill needs the alarms on, not the whole machine.
      Object.assign(measured.size, { taskProcessors: 0.02, nodeProcessors: 0.1, taskBytes: 60 * MiB })
      const third = await startTask()
      tasks.push(third)
      const filler = Buffer.alloc(MiB)
      const usedPercent = async (): Promise<number> => {
        const [, used, most] = /^used_memory:(\d+)[^]*^maxmemory:(\d+)/m.exec(await operator.info('memory')) ?? []
        return (100 * Number(used)) / Number(most)
      }
      const fill = async (percent: number): Promise<void> => {
        for (let n = 0; (await usedPercent()) < percent; n++)
          await operator.set(`fill:${String(percent)}:${String(n)}`, filler)
      }
      const spinning = { over: false }
      t.teardown(() => {
        spinning.over = true
      })
      const spin = (async () => {
        while (!spinning.over)
          await operator.eval(
            "for i = 1, 200000 do local x = i end for i = 1, 3000 do redis.call('TIME') end return 1",
            0,
          )
      })()
      await traffic('/openapi.json', 4, async () => {
        await fill(80)
        await reach(
          t,
          'ALARM',
          only('cpu-high', 'memory-high', 'at-max-capacity', 'cache-cpu-high', 'cache-memory-high'),
        )
        await fill(93)
        await reach(t, 'ALARM', only('cache-memory-critical'))
      })
      spinning.over = true
      await spin
      for (const key of await operator.keys('fill:*')) await operator.del(key)
      await third.process.stop(5_000)
      tasks.pop()
      Object.assign(measured.size, { taskProcessors: 0.5, nodeProcessors: 2, taskBytes: 1_024 * MiB })
      await reach(
        t,
        'OK',
        only(
          'cpu-high',
          'memory-high',
          'at-max-capacity',
          'cache-cpu-high',
          'cache-memory-high',
          'cache-memory-critical',
        ),
      )
    },
  )

  await t.test('the session store refuses a password, a key and a command, and evicts a key', async (t) => {
    // Refusals are counted from the first look at the store on.
    await until(() => meters.samplesOf('Evictions', 'primary').length > 0, 10_000, 'the store to be measured')
    const intruder = redisClient(t, store, { as: 'service' })
    for (const refused of [
      intruder.get('other:key'),
      intruder.call('KEYS', '*'),
      intruder.call('AUTH', store.service.username, 'guessed'),
    ])
      await t.rejects(refused)
    await operator.config('SET', 'maxmemory-policy', 'volatile-lru')
    const filler = Buffer.alloc(MiB)
    for (let n = 0; n < 110; n++) await operator.set(`fill:${String(n)}`, filler, 'EX', 600)
    await reach(t, 'ALARM', only('redis-acl-denied', 'cache-evictions'))
    await operator.config('SET', 'maxmemory-policy', 'noeviction')
    for (const key of await operator.keys('fill:*')) await operator.del(key)
    await reach(t, 'OK', only('redis-acl-denied', 'cache-evictions'))
  })

  await t.test('a replica falls behind, and a task dies', async (t) => {
    const [first, second] = tasks
    if (first === undefined || second === undefined) throw new Error('Cannot drill: there are not two tasks')
    replica.process.signal('SIGSTOP')
    second.process.signal('SIGKILL')
    await reach(t, 'ALARM', only('cache-replication-lag', 'running-tasks-low', 'healthy-hosts-low'))
    replica.process.signal('SIGCONT')
    tasks[1] = await startTask(second.port)
    await reach(t, 'OK', only('cache-replication-lag', 'running-tasks-low', 'healthy-hosts-low'))
  })

  await t.test('requests fail, first in the tasks and then because there are no tasks', async (t) => {
    const { process: server } = store
    await someone.start()
    await traffic(
      '/api/session',
      12,
      async () => {
        server.signal('SIGSTOP')
        await reach(t, 'ALARM', only('server-errors', 'errors-at-low-traffic', ...burns))
        server.signal('SIGCONT')
        await reach(t, 'OK', only('server-errors', 'errors-at-low-traffic', ...burns))
        for (const { process } of tasks) process.signal('SIGSTOP')
        for (const { process } of tasks) process.signal('SIGKILL')
        await reach(t, 'ALARM', only('server-errors'))
        t.ok(meters.samplesOf('HTTPCode_ELB_5XX_Count').length > 20, "by the balancer's own 502s")
        for (const [index, task] of [...tasks.entries()]) tasks[index] = await startTask(task.port)
        await reach(t, 'OK', only('server-errors', 'healthy-hosts-low', 'running-tasks-low'))
      },
      { everyMs: 60 },
    )
  })

  await t.test('answers take longer than three seconds', async (t) => {
    const slow = await balancerOf(t, [await slowRelay(t, tasks[0]?.url ?? '', 3_200)])
    await traffic(
      '/livez',
      24,
      async () => {
        await reach(t, 'ALARM', only('slow-answers'))
      },
      { apartMs: 130, who: person(t, slow.url) },
    )
    await traffic(
      '/livez',
      4,
      async () => {
        await reach(t, 'OK', only('slow-answers'))
      },
      { everyMs: 50 },
    )
  })

  await t.test('data of ended sessions wait to be erased', async () => {
    await erasures()
  })

  t.strictSame(
    alarmSpecs(places)
      .map(({ id }) => id)
      .filter((id) => !drilled.has(id))
      .sort(),
    [...MEASURED_ELSEWHERE, ...NEEDS_AWS].sort(),
    "each alarm has its drill here, on the service's own metrics, or a reason why it cannot have one",
  )
})

/**
 * Alarms on what the service itself emits are drilled in drills.test.ts and above; those of replicas in
 * test/isolation/failover.test.ts.
 */
const MEASURED_ELSEWHERE = [
  'replicas-out-of-step',
  'isolation-violation',
  'telemetry-silent',
  'cross-session-attempts',
  'redis-unhealthy',
  'session-store-refusals',
  's3-errors',
  'erasure-backlog',
  'model-cost-high',
  // A service and ECS's count of it: alarms.test.ts. The canary's own code: probe.test.ts.
  'task-silent',
  'outside-probe',
] as const
/**
 * Only with made-up values, in alarms.test.ts: a local Redis swaps only if the whole machine does, and CPU credits are
 * AWS's own account of a burstable node.
 */
const NEEDS_AWS = ['cache-swap', 'cache-credits-low'] as const
