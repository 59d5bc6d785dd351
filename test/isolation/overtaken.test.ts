import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { readConfig } from '../../service/config/config.ts'
import type { RequestContext } from '../../service/context.ts'
import { Fault, type FaultKind } from '../../service/domain/fault.ts'
import { say } from '../../service/domain/said.ts'
import { exportRoutes } from '../../service/features/exports.ts'
import { fileRoutes } from '../../service/features/files.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { endSession, recordKeyOf, type EndSessionOptions } from '../../service/stores/end-session.ts'
import { sessionRecords, type SessionRecords } from '../../service/stores/session-records.ts'
import { newIdentity, scopeOf, type SessionScope } from '../../service/session/scope.ts'
import { connectRedis, luaScript, type RedisConnection } from '../../service/stores/redis.ts'
import { workspaceStore, type Workspace } from '../../service/stores/workspace.ts'
import { until } from '../support/client.ts'
import { envFor, redis, redisClient } from '../support/parts.ts'

/** How a request ends: the kind of its fault, or `done`. */
const refusalOf = (request: Promise<unknown>): Promise<FaultKind | 'done'> =>
  request.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Fault) return error.kind
      throw error
    },
  )

interface Parts {
  readonly connection: RedisConnection
  readonly ending: EndSessionOptions
  readonly records: SessionRecords
  readonly scope: SessionScope
  readonly operator: Redis
}

const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
const nowhere = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  bucket: 'none',
  accessKeyId: 'none',
  secretAccessKey: 'none',
}

/** A session's own stores on this test's own Redis, without a service around them. */
async function parts(t: Test): Promise<Parts> {
  const server = await redis(t)
  const { config, secrets } = readConfig(envFor(server, nowhere))
  const connect = async (): Promise<RedisConnection> => {
    const made = connectRedis({
      redis: config.redis,
      password: secrets.redisPassword,
      metrics,
      onError: () => undefined,
    })
    t.teardown(() => {
      made.close()
    })
    await until(
      () =>
        made.ping().then(
          () => true,
          () => false,
        ),
      30_000,
      'the connection',
    )
    return made
  }
  const [connection, revoker] = await Promise.all([connect(), connect()])
  const ending = { revoker, logoutAcks: 0, absoluteSeconds: 60 }
  const records = sessionRecords({
    redis: connection,
    sealSecrets: secrets.sealSecrets,
    idleSeconds: 60,
    absoluteSeconds: ending.absoluteSeconds,
    metrics,
  })
  const identity = newIdentity(Date.now())
  identity.record = { version: 1, absoluteExpiresAt: Date.now() + 60_000, idleExpiresAt: Date.now() + 60_000, epoch: 0 }
  return {
    connection,
    ending,
    records,
    scope: scopeOf({ identity }, secrets.sealSecrets),
    operator: redisClient(t, server),
  }
}

t.test('a change that a logout overtakes, between its read and its write, is refused and leaves nothing', async (t) => {
  const { connection, ending, scope, operator } = await parts(t)
  const overtaken: RedisConnection = {
    ...connection,
    run: async (script, keys, args) => {
      if (script.isWrite) await endSession(ending, 'token', scope)
      return await connection.run(script, keys, args)
    },
  }
  t.equal(
    await refusalOf(workspaceStore(overtaken, scope, metrics).update((current) => current)),
    'no-session',
    'the write is refused',
  )
  t.strictSame(await operator.keys('data:*'), [], 'nothing is left of it')
  t.equal(await refusalOf(workspaceStore(connection, scope, metrics).read()), 'no-session', 'and the data stay ended')
})

t.test('a token whose session has ended is never written again', async (t) => {
  const { ending, records, operator } = await parts(t)
  const token = randomBytes(24).toString('base64url')
  await endSession(ending, token, null)
  t.equal(await refusalOf(records.write(token, newIdentity(Date.now()))), 'conflict', 'the record is refused')
  t.equal(await operator.exists(recordKeyOf(token)), 0, 'no record came about')
})

t.test(
  'a change that another overtakes, between its read and its write, is made again on top of the other',
  async (t) => {
    const { connection, scope } = await parts(t)
    const add =
      (amount: number) =>
      (current: Workspace): Workspace => ({ ...current, datasetVersion: current.datasetVersion + amount })
    let writes = 0
    const overtaken: RedisConnection = {
      ...connection,
      run: async (script, keys, args) => {
        if (script.isWrite && writes++ === 0) await workspaceStore(connection, scope, metrics).update(add(100))
        return await connection.run(script, keys, args)
      },
    }
    await workspaceStore(overtaken, scope, metrics).update(add(1))
    t.equal((await workspaceStore(connection, scope, metrics).read()).datasetVersion, 101, 'both changes are there')
    t.equal(writes, 2, 'the slower one was written at its second try')
  },
)

t.test(
  'a change is made again when a failover lost what it was based on, though the version is the same',
  async (t) => {
    const { connection, scope, operator } = await parts(t)
    const add =
      (amount: number) =>
      (current: Workspace): Workspace => ({ ...current, datasetVersion: current.datasetVersion + amount })
    const store = workspaceStore(connection, scope, metrics)
    await store.update(add(1))
    const key = scope.stateKey('workspace')
    const replicated = await operator.dumpBuffer(key)
    await store.update(add(10))
    let writes = 0
    const overtaken: RedisConnection = {
      ...connection,
      run: async (script, keys, args) => {
        if (script.isWrite && writes++ === 0) {
          await operator.restore(key, 0, replicated, 'REPLACE')
          await store.update(add(100))
          t.equal(await operator.hget(key, 'version'), '2', 'the version is used again')
        }
        return await connection.run(script, keys, args)
      },
    }
    await workspaceStore(overtaken, scope, metrics).update(add(1_000))
    t.equal((await store.read()).datasetVersion, 1_101, 'it stands on what is there, and undoes nothing')
  },
)

t.test('a primary that was demoted answers no script, not even one that only looks', async (t) => {
  const { connection, operator } = await parts(t)
  const looks = luaScript("return {tag, redis.call('EXISTS', KEYS[1])}", 'whenFull')
  await operator.set('data:{x}', '1')
  t.strictSame(await connection.run(looks, ['data:{x}'], []), [1], 'a primary answers')
  await operator.replicaof('127.0.0.1', '1')
  t.equal(
    await refusalOf(connection.run(looks, ['data:{x}'], [])),
    'session-store-unavailable',
    'a replica, whose data may be old, does not',
  )
})

t.test(
  'no presigned URL is made for a session that has ended meanwhile, nor for a result that has become stale',
  async (t) => {
    const made: string[] = []
    const sign = (name: string) => async (): Promise<object> => {
      made.push(name)
      return {}
    }
    const analysis = {
      id: 'a',
      datasetVersion: 1,
      // How sure an order is takes draws, and legacy mode has none.
      mode: 'legacy' as const,
      createdAt: 0,
      indicators: [],
      hasPca: false,
      result: { name: 'x', versionId: 'x', sha256: 'x', bytes: 1 },
    }
    const before: Workspace = {
      datasetVersion: 1,
      files: [],
      remembered: [],
      settled: { accepted: [], refused: [] },
      positivity: [],
      analyses: [analysis],
      plans: [],
      exports: [],
      openings: [],
    }
    const context = (update: RequestContext['workspace']['update']): RequestContext =>
      ({
        workspace: { read: async () => before, update },
        objects: {
          presignUpload: sign('upload'),
          presignDownload: sign('download'),
          read: async () => Buffer.from('{}'),
        },
        make: async () => analysis.result,
        ids: { mint: () => 'b', find: <T extends { readonly id: string }>(entries: readonly T[]) => entries[0]! },
        now: () => 0,
      }) as unknown as RequestContext
    const handlers = [fileRoutes(), exportRoutes()].map(
      (routes) => routes.find(({ method, url }) => method === 'POST' && /^\/api\/\w+$/.test(url))!.handle,
    )
    const bodies = [
      { role: 'wards', filename: 'wards.csv', bytes: 1 },
      { kind: 'analysis_results.json', analysisId: 'a' },
    ]
    for (const [at, handle] of handlers.entries()) {
      const input = { body: bodies[at], query: {}, params: {} } as never
      t.equal(
        await refusalOf(
          handle(
            context(async () => {
              throw new Fault('no-session', say('session-has-ended', {}))
            }),
            input,
          ),
        ),
        'no-session',
        'the request is refused',
      )
      t.strictSame(made, [], 'no URL is made before the session is known to live')
    }
    const newer = context(async (change) => change({ ...before, datasetVersion: 2 }))
    t.equal(
      await refusalOf(handlers[1]!(newer, { body: bodies[1], query: {}, params: {} } as never)),
      'stale',
      'a stale result is refused',
    )
    t.strictSame(made, [], 'no URL is made for it')
  },
)
