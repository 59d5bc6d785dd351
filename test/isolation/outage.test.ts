// run alone: it measures how soon a failure is told
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Redis } from 'ioredis'
import { certify, makeCertificates, type Certificates } from '../../local/certificates.ts'
import { type Relay, startRelay } from '../../local/relay.ts'
import type { LocalRedis } from '../../local/redis.ts'
import type { S3Address } from '../../local/prepare-bucket.ts'
import { BACK_MS, CLOSED_MS, closes, isClosed, isUntouched } from '../support/closed.ts'
import { folder, redis, redisClient, s3, secrets, startService, type TestService } from '../support/parts.ts'
import { canary, person, sessionRoutes, until, type Person } from '../support/client.ts'
import { watch, type Asked, type Watch } from '../support/watch.ts'

/** One line of the table; figures are milliseconds or counts. */
interface Line {
  readonly fault: string
  readonly firstRefusal: number
  readonly slowestReply: number
  readonly shown: number
  readonly appeared: number
  /** Writes that were acknowledged and are lost: a matter of durability, not of isolation. */
  readonly lost: number
  readonly revived: number
  readonly recovery: number
  readonly note: string
}

interface Fault {
  readonly name: string
  /** What comes before it and must not change anything yet. */
  prepare?(): Promise<unknown>
  begin(): Promise<unknown>
  /** Asserts what is special about it, while it lasts. */
  during?(t: Test, watcher: Watch): Promise<unknown>
  end(): Promise<unknown>
  /**
   * What happens to routes that need a session: all are closed, unless stated otherwise; or only those that write; or
   * they are open, but to no session.
   */
  readonly effect?: 'closed' | 'writes closed' | 'no sessions'
  /** What Redis still has afterwards of what it acknowledged: everything, unless stated otherwise. */
  readonly keeps?: 'everything' | 'all but the last writes' | 'nothing'
  readonly note?: string
}

/** A fault is noticed at once or by the first deadline that it breaks; after this time the test gives up. */
const NOTICED_MS = 2_000
/** A request that began this soon after a fault may have been answered before it. */
const GRACE_MS = 60
/**
 * Three requests of a watcher are under way at a time: a machine that stalls once delays these, a deadline that does
 * not hold delays nearly all.
 */
const LATE_BY_A_STALL = 3
/** Long enough for a service to try again and again to recover. */
const LASTS_MS = 1_500
/** Waiting for replicas holds the connection, so logouts that no replica confirms wait for one another. */
const UNCONFIRMED_MS = 1_000

t.setTimeout(300_000)

const lines: Line[] = []

t.test('in every failure of Redis sessions are closed, and nothing that was refused is kept', async (t) => {
  const stage = await twoTasks(t)
  const { server, operator, relay, service, other } = stage
  const closed = async (fault: Fault): Promise<void> => {
    await t.test(fault.name, async (t) => {
      lines.push(await endure(t, stage, fault))
    })
  }
  const cutService = async (): Promise<unknown> =>
    await operator.call('CLIENT', 'KILL', 'USER', server.service.username)

  await closed({
    name: 'hung (SIGSTOP)',
    begin: async () => {
      server.process.signal('SIGSTOP')
    },
    end: async () => {
      server.process.signal('SIGCONT')
    },
  })

  await t.test(
    'hung eight times under a burst of writes: none that was answered 503 appears later, each that was ' +
      'acknowledged is there',
    async (t) => {
      lines.push(await burst(t, stage))
    },
  )

  await closed({
    name: 'slow (500 ms)',
    begin: async () => {
      relay.delay(500)
    },
    end: async () => {
      relay.delay(0)
    },
  })

  const beside = person(t, other.url)
  await closed({
    name: 'parted from one task of two',
    begin: async () => {
      relay.hold()
    },
    during: async (t, { who }) => {
      for (let turn = 0; turn < 20; turn++)
        t.equal(
          (await beside.get('/api/files', { cookie: who.cookie ?? null })).status,
          200,
          'the other task goes on, in the same session',
        )
      await closes(t, () => who.get('/api/files'), CLOSED_MS, 'and tells the parted one nothing')
    },
    end: async () => {
      relay.release()
    },
    note: 'the other task answered every request',
  })

  await closed({
    name: 'demoted to a replica (READONLY)',
    begin: async () => await operator.replicaof('127.0.0.1', '1'),
    end: async () => await operator.replicaof('NO', 'ONE'),
  })

  let loaded: Promise<unknown> = Promise.resolve()
  await operator.mset(
    Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`data:{filling}:${String(at)}`, 'x'.repeat(1_024)])),
  )
  await closed({
    name: 'loading its data (LOADING)',
    begin: async () => {
      await operator.config('SET', 'loading-process-events-interval-bytes', '1024')
      await operator.config('SET', 'key-load-delay', '10000')
      loaded = redisClient(t, server).call('DEBUG', 'RELOAD')
      await until(
        async () =>
          await operator.ping().then(
            () => false,
            (error: unknown) => String(error).includes('LOADING'),
          ),
        2_000,
        'the loading',
      )
    },
    end: async () => {
      await operator.config('SET', 'key-load-delay', '0')
      await loaded
    },
  })

  let looped: Promise<unknown> = Promise.resolve()
  await closed({
    name: 'busy with a script (BUSY)',
    begin: async () => {
      await operator.config('SET', 'busy-reply-threshold', '50')
      looped = redisClient(t, server)
        .eval('while true do end', 0)
        .catch(() => undefined)
      await until(
        async () =>
          await operator.ping().then(
            () => false,
            (error: unknown) => String(error).includes('BUSY'),
          ),
        2_000,
        'the script',
      )
    },
    end: async () => {
      await operator.script('KILL')
      await looped
    },
  })

  const leaver = person(t, service.url)
  await leaver.start()
  await closed({
    name: 'full (OOM, noeviction)',
    effect: 'writes closed',
    begin: async () => await operator.config('SET', 'maxmemory', '1'),
    during: async (t, { who }) => {
      t.equal((await who.get('/api/session')).status, 200)
      await closes(
        t,
        () => who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }),
        CLOSED_MS,
        'a write',
      )
      const { cookie = null } = leaver
      t.equal((await leaver.delete('/api/session')).status, 204, 'a logout is done')
      t.equal((await leaver.get('/api/session', { cookie })).problem, 'no-session', 'and holds')
    },
    end: async () => await operator.config('SET', 'maxmemory', '0'),
    note: 'reads and logout go on; writes 503',
  })

  const { username, password } = server.service
  await closed({
    name: 'password changed (WRONGPASS)',
    prepare: async () =>
      await operator.call('ACL', 'SETUSER', username, 'resetpass', `>${randomBytes(24).toString('hex')}`),
    begin: cutService,
    end: async () => await operator.call('ACL', 'SETUSER', username, 'resetpass', `>${password}`),
    note: 'closed once its connections are cut; until then it goes on',
  })

  await closed({
    name: 'no connection left (maxclients)',
    prepare: async () => await operator.config('SET', 'maxclients', '1'),
    begin: cutService,
    end: async () => await operator.config('SET', 'maxclients', '1000'),
    note: 'closed once its connections are cut; until then it goes on',
  })

  const certificates = server.certificates!
  const unknown = await makeCertificates(join(folder(t), 'unknown'))
  const elsewhere = await certify(join(folder(t), 'elsewhere'), certificates, 'IP:127.0.0.2,DNS:elsewhere.example')
  const present = async ({ certFile, keyFile }: Certificates): Promise<void> => {
    await operator.call('CONFIG', 'SET', 'tls-cert-file', certFile, 'tls-key-file', keyFile)
    await cutService()
  }
  for (const [name, wrong, says] of [
    ['certificate of another authority', unknown, /self.signed|unable to (get|verify)/],
    ['certificate of another host', elsewhere, /does not match certificate/],
  ] as const) {
    await closed({
      name,
      begin: async () => {
        await present(wrong)
      },
      during: async (t) => {
        t.match(service.output(), says, 'the log names why')
      },
      end: async () => {
        await present(certificates)
      },
    })
  }

  await closed({
    name: 'emptied (FLUSHALL)',
    effect: 'no sessions',
    keeps: 'nothing',
    begin: async () => await operator.flushall(),
    end: async () => undefined,
    note: '401 at once instead of 503',
  })

  await closed({
    name: 'killed, and an empty one in its place',
    keeps: 'nothing',
    begin: async () => {
      await server.kill()
    },
    end: async () => {
      await server.start()
    },
  })

  t.ok(service.process.alive() && other.process.alive())
  t.ok(service.lines().filter((line) => line['SessionStoreRefusals'] === 1).length > 60, 'each outage is counted')
  for (const { lines } of [service, other]) {
    t.strictSame(
      lines().filter((line) => Number(line['SessionIsolationViolations']) > 0),
      [],
      'no wall was needed',
    )
    t.strictSame(
      lines().filter((line) => Number(line['level']) >= 50),
      [],
      'and none was taken for a bug',
    )
  }
})

t.test('a failover that loses the last writes brings no acknowledged logout back', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const replica = await redis(t, { replicaOf: server })
  const relay = await relayTo(t, server.port)
  const service = await behind(t, relay, { server, objects, env: { REDIS_LOGOUT_ACKS: '1' }, shared: secrets() })
  const [operator, promoted] = [redisClient(t, server), redisClient(t, replica)]
  await until(async () => (await operator.wait(1, 100)) === 1, 5_000, 'the replica')
  const leavers = Array.from({ length: 140 }, () => person(t, service.url))
  for (const who of leavers) await who.start()
  const waiting = [...leavers]
  const acknowledged: (string | null)[] = []
  const refused: Person[] = []
  const logOut = async (): Promise<void> => {
    for (let who = waiting.shift(); who !== undefined; who = waiting.shift()) {
      const { cookie = null } = who
      const reply = await who.delete('/api/session')
      if (reply.status === 204) acknowledged.push(cookie)
      else {
        isClosed(t, reply, UNCONFIRMED_MS, 'a logout that no replica confirmed')
        refused.push(who)
      }
      // From here on the replica receives nothing more, and logouts go on.
      if (acknowledged.length === 120) await promoted.replicaof('127.0.0.1', '1')
    }
  }

  lines.push(
    await endure(
      t,
      { operator, service, routes: await sessionRoutes(person(t, service.url)) },
      {
        name: 'failover to a replica that lags behind',
        keeps: 'all but the last writes',
        prepare: async () => {
          await Promise.all([logOut(), logOut(), logOut()])
          await pause(400)
        },
        begin: async () => {
          await server.kill()
        },
        end: async () => {
          await promoted.replicaof('NO', 'ONE')
          relay.pointTo(replica.port)
        },
        note: 'logout is refused until there is a replica again',
      },
    ),
  )

  t.ok(
    acknowledged.length >= 120 && refused.length > 5,
    `${String(acknowledged.length)} logouts were acknowledged, ${String(refused.length)} refused`,
  )
  t.ok((lines.at(-1)?.lost ?? 0) > 5, 'the last writes are lost')
  for (const cookie of acknowledged)
    t.equal((await person(t, service.url).get('/api/session', { cookie })).problem, 'no-session')
  const [again] = refused
  if (again === undefined) return
  isClosed(t, await again.delete('/api/session'), UNCONFIRMED_MS, 'a logout while there is no replica')
  await redis(t, { replicaOf: replica })
  await until(async () => (await again.delete('/api/session')).status === 204, 5_000, 'a logout once there is one')
})

interface Stage {
  readonly operator: Redis
  readonly service: TestService
  readonly routes: Awaited<ReturnType<typeof sessionRoutes>>
}

interface Stages extends Stage {
  readonly server: LocalRedis
  /** In front of the first task only. */
  readonly relay: Relay
  readonly other: TestService
}

/** Two tasks of one service, the first behind a relay. */
async function twoTasks(t: Test): Promise<Stages> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const relay = await relayTo(t, server.port)
  const [service, other] = await Promise.all([
    behind(t, relay, { server, objects, env: {}, shared }),
    startService(t, { redis: server, s3: objects, secrets: shared }),
  ])
  const operator = redisClient(t, server, { maxRetriesPerRequest: 1_000 })
  return { server, operator, relay, service, other, routes: await sessionRoutes(person(t, service.url)) }
}

async function relayTo(t: Test, port: number): Promise<Relay> {
  const relay = await startRelay(port)
  t.teardown(() => {
    relay.close()
  })
  return relay
}

async function behind(
  t: Test,
  relay: Relay,
  {
    server,
    objects,
    env,
    shared,
  }: {
    server: LocalRedis
    objects: S3Address
    env: Readonly<Record<string, string>>
    shared: ReturnType<typeof secrets>
  },
): Promise<TestService> {
  return await startService(t, {
    redis: server,
    s3: objects,
    secrets: shared,
    env: { REDIS_URL: `rediss://127.0.0.1:${String(relay.port)}`, ...env },
  })
}

const filenames = async (who: Person): Promise<string[]> =>
  (await who.get('/api/files')).json<{ files: { filename: string }[] }>().files.map(({ filename }) => filename)
const isRefused = ({ kind, status }: Asked): boolean => kind !== 'dead cookie' && status >= 400

/** Somebody keeps asking the first task while the fault begins, lasts and ends. Gives the line of the table. */
async function endure(t: Test, { operator, service, routes }: Stage, fault: Fault): Promise<Line> {
  const { effect = 'closed', keeps = 'everything', note = '' } = fault
  const watcher = await watch(t, service.url)
  const { who, asked, deadCookie } = watcher
  const [nobody, { cookie = null }] = [person(t, service.url), who]
  const askAll = async (): Promise<[string, Awaited<ReturnType<Person['get']>>][]> =>
    await Promise.all(
      routes.map(async ({ method, path, body }) => [`${method} ${path}`, await who.send(method, path, { body })]),
    )
  await fault.prepare?.()
  const from = performance.now()
  await until(() => asked.filter(({ begin }) => begin > from).length > 6, 2_000, 'the first requests')
  t.strictSame(asked.filter(isRefused), [], 'all is well before')
  const sessions = (await operator.keys('sess:*')).length

  const begun = performance.now()
  await fault.begin()
  const inForce = performance.now() + GRACE_MS
  await until(() => asked.some((one) => one.end > begun && isRefused(one)), NOTICED_MS, 'the first refusal')
  if (effect === 'closed') {
    const turns = [await askAll(), await askAll()]
    for (const [what, reply] of turns.flat()) isClosed(t, reply, 2 * NOTICED_MS, what)
    // All routes are asked at once, so one stall makes a whole turn late; a route that waits longer does so in both.
    const slowest = Math.min(...turns.map((turn) => Math.max(...turn.map(([, { ms }]) => ms))))
    t.ok(slowest < CLOSED_MS, `every route refused within ${slowest.toFixed(0)} ms`)
  }
  if (effect === 'no sessions') {
    for (const { method, path, body } of routes.filter(({ path }) => path !== '/api/session'))
      t.equal((await who.send(method, path, { body })).problem, 'no-session', `${method} ${path}`)
  } else await closes(t, () => nobody.post('/api/session', undefined, { cookie: null }), CLOSED_MS, 'a new session')
  await isUntouched(t, who)
  await fault.during?.(t, watcher)
  await until(() => performance.now() > inForce + LASTS_MS, 2 * LASTS_MS)
  const ending = performance.now()
  await fault.end()
  const ended = performance.now()
  const logsOut = async (): Promise<boolean> =>
    (await nobody.post('/api/session')).status < 300 && (await nobody.delete('/api/session')).status === 204
  const isBack = async (): Promise<boolean> =>
    (keeps === 'nothing' || (await who.get('/api/session')).status === 200) &&
    (keeps === 'all but the last writes' || (await logsOut()))
  await until(isBack, BACK_MS, 'all as before')
  const recovery = performance.now() - ended
  await watcher.stop()

  const meanwhile = asked.filter(({ begin, end }) => begin > inForce && end < ending)
  const shown = meanwhile.filter(({ kind, status }) => status < 300 && !(kind === 'read' && effect === 'writes closed'))
  t.ok(meanwhile.length > 20, `${String(meanwhile.length)} requests meanwhile`)
  t.strictSame(shown, [], 'none of them was served')
  const took = asked.filter(({ begin, end }) => end > begun && begin < ending).map(({ begin, end }) => end - begin)
  const slowestReply = Math.max(...took)
  t.ok(
    took.filter((ms) => ms >= CLOSED_MS).length <= LATE_BY_A_STALL,
    `the slowest of ${String(took.length)} replies took ${slowestReply.toFixed(0)} ms`,
  )

  const writes = asked.filter(({ kind }) => kind === 'write')
  let [appeared, lost] = [0, NaN]
  if (keeps === 'nothing') {
    for (const path of ['/api/session', '/api/files'])
      t.equal((await who.get(path, { cookie })).problem, 'no-session', 'the old cookie opens nothing')
  } else {
    const kept = new Set(await filenames(who))
    // What was under way when the fault began may be done although its reply is lost: nobody can know. What came later
    // must be neither.
    const refused = writes.filter(({ begin, status }) => status !== 201 && begin > inForce)
    t.ok(refused.length > 2, `${String(refused.length)} writes were refused`)
    appeared = refused.filter(({ filename }) => kept.has(filename)).length
    lost = writes.filter(({ status, filename }) => status === 201 && !kept.has(filename)).length
  }
  if (keeps === 'everything') {
    t.equal(lost, 0, 'what was acknowledged is there')
    appeared += Math.max(0, (await operator.keys('sess:*')).length - sessions)
  }
  t.equal(appeared, 0, 'nothing of what was refused appears')
  const revived = asked.filter(({ kind, status }) => kind === 'dead cookie' && status < 400).length
  t.equal(revived, 0)
  t.equal((await who.get('/api/session', { cookie: deadCookie })).problem, 'no-session', 'the dead cookie is dead')
  const firstRefusal =
    Math.min(...asked.filter((one) => one.end > begun && isRefused(one)).map(({ end }) => end)) - begun
  t.comment(
    `measured: first refusal after ${firstRefusal.toFixed(0)} ms, slowest reply ${slowestReply.toFixed(0)} ms, ` +
      `${String(shown.length)} served meanwhile, ${String(appeared)} refused and there later, ` +
      `${String(revived)} sessions revived, working again after ${recovery.toFixed(0)} ms`,
  )
  return { fault: fault.name, firstRefusal, slowestReply, shown: shown.length, appeared, lost, revived, recovery, note }
}

/** Stops Redis in the middle of many writes, again and again. */
async function burst(t: Test, { server, relay, operator, service }: Stages): Promise<Line> {
  const ada = person(t, service.url)
  await ada.start()
  const refused = { sessions: 0, files: 0 }
  const acknowledged: string[] = []
  const sessionsBefore = (await operator.keys('sess:*')).length
  let [started, slowestReply, recovery] = [0, 0, 0]
  for (const delayMs of [0, 1, 2, 4, 6, 9, 13, 18]) {
    const writes = Promise.all(
      Array.from({ length: 24 }, async (_, at) => {
        const filename = `${canary()}.csv`
        const isStart = at % 3 === 0
        const reply = isStart
          ? await person(t, service.url).post('/api/session')
          : await ada.post('/api/files', { role: 'wards', filename, bytes: 1 })
        slowestReply = Math.max(slowestReply, reply.ms)
        if (reply.status === 503) refused[isStart ? 'sessions' : 'files'] += 1
        else if (reply.status === 201 && isStart) started += 1
        else if (reply.status === 201) acknowledged.push(filename)
        else if (reply.problem !== 'conflict') t.fail(`neither done nor refused: ${String(reply.status)} ${reply.text}`)
      }),
    )
    await pause(delayMs)
    // What Redis has done is reported before it is stopped: nobody can know the outcome of a reply that is lost. What
    // it has not read waits in its socket.
    relay.hold('requests')
    for (let turn = 0; turn < 3; turn++) await operator.ping()
    await pause(5)
    server.process.signal('SIGSTOP')
    relay.release()
    // A stopped server cannot be asked whether it is stopped: 350 ms is past every deadline that the service has.
    await Promise.all([writes, pause(350)])
    server.process.signal('SIGCONT')
    recovery = Math.max(
      recovery,
      await until(async () => (await ada.get('/api/session')).status === 200, BACK_MS, 'the same session alive again'),
    )
  }
  t.ok(
    refused.sessions > 20 && refused.files > 20,
    `${String(refused.sessions)} sessions and ${String(refused.files)} files were refused`,
  )
  const kept = await filenames(ada)
  t.strictSame(
    kept.sort(),
    acknowledged.sort(),
    `the ${String(acknowledged.length)} acknowledged files are there and no other`,
  )
  const unknown = (await operator.keys('sess:*')).length - sessionsBefore - started
  t.equal(unknown, 0, 'no session was made that nobody was told of')
  t.comment(
    `measured: of ${String(refused.sessions + refused.files)} refused writes ` +
      `${String(kept.length - acknowledged.length + unknown)} appeared later`,
  )
  return {
    fault: 'hung eight times under a burst',
    firstRefusal: NaN,
    slowestReply,
    shown: 0,
    appeared: kept.length - acknowledged.length + unknown,
    lost: 0,
    revived: 0,
    recovery,
    note: `${String(refused.sessions + refused.files)} of 192 writes refused`,
  }
}

t.test('the table', (t) => {
  const ms = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(0)} ms` : '–')
  const rows = lines.map(({ fault, firstRefusal, slowestReply, shown, appeared, lost, revived, recovery, note }) => [
    fault,
    ms(firstRefusal),
    ms(slowestReply),
    shown,
    appeared,
    revived,
    Number.isNaN(lost) ? 'all' : lost,
    ms(recovery),
    note,
  ])
  const table = [
    [
      'Fault of Redis',
      'First refusal',
      'Slowest reply',
      'Served meanwhile',
      'Refused, yet there later',
      'Revived sessions',
      'Acknowledged writes lost',
      'Working again',
      '',
    ],
    Array.from({ length: 9 }, () => '---'),
    ...rows,
  ]
  for (const row of table) t.comment(`| ${row.join(' | ')} |`)
  t.equal(lines.length, 15, 'every fault has its line')
  t.end()
})
