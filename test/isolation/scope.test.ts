import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { connect } from 'node:net'
import t from 'tap'
import { openContext, type Clients, type RequestContext } from '../../service/context.ts'
import { readConfig } from '../../service/config/config.ts'
import { errorHandler } from '../../service/http/errors.ts'
import { auditTrail } from '../../service/audit/audit-trail.ts'
import { createGuards } from '../../service/http/guards.ts'
import { requestLimits } from '../../service/http/request-limits.ts'
import { sessionBound } from '../../service/http/session-bound.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { route } from '../../service/route.ts'
import { projectKeys } from '../../service/session/project-keys.ts'
import { projectSeals } from '../../service/session/project-seals.ts'
import { sessionCookie } from '../../service/session/cookie.ts'
import { sessionRecords } from '../../service/stores/session-records.ts'
import { fairQueue } from '../../service/work/fair-queue.ts'
import { openReplyRoom } from '../../service/http/reply-room.ts'
import { rateLimits } from '../../service/stores/rate-limits.ts'
import { sessionStoreOf } from '../../service/http/session-plug-in.ts'
import {
  newIdentity,
  openIdentity,
  scopeOf,
  sealIdentity,
  type SessionIdentity,
  type SessionScope,
} from '../../service/session/scope.ts'
import { SealBroken, type SealSecrets } from '../../service/session/seal.ts'
import { readRecord, writeRecord } from '../../service/session/session-record.ts'
import { connectBucket } from '../../service/stores/objects.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { workspaceStore } from '../../service/stores/workspace.ts'
import { openFileRoom } from '../../service/work/file-room.ts'
import { openWorkshop } from '../../service/work/workshop.ts'
import { envFor, redis, redisClient, s3 } from '../support/parts.ts'
import { person, until } from '../support/client.ts'

const keys: SealSecrets = [{ id: 'a', secret: randomBytes(32).toString('hex') }]
const absoluteExpiresAt = Date.now() + 60_000
const written = (identity: SessionIdentity): SessionIdentity =>
  Object.assign(identity, { record: { version: 1, absoluteExpiresAt, idleExpiresAt: absoluteExpiresAt, epoch: 0 } })
const scope = (identity: SessionIdentity = newIdentity(Date.now())): SessionScope =>
  scopeOf({ identity: written(identity) }, keys)

/** Everything that a scope can be asked, as calls. */
function everyUse(of: SessionScope): (() => unknown)[] {
  return [
    () => of.dataId,
    () => of.ownerTag,
    () => of.stateKey('workspace'),
    () => of.endedKey(),
    () => of.person,
    () => of.objectKey('x'),
    () => of.seal('x', Buffer.from('x')),
    () => of.open('x', Buffer.alloc(64, 1)),
    () => of.mintId(),
  ]
}

t.test('scopeOf() takes nothing but a session whose sealed record was opened', (t) => {
  const identity = newIdentity(Date.now())
  const proxied = new Proxy(identity, {})
  const forged: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    'an empty object': {},
    'a string': 'dataId',
    'a plain object': { dataId: 'x', dataKey: Buffer.alloc(32), createdAt: 0, user: null },
    'an object on its prototype': Object.create(identity) as unknown,
    "an object of its class's prototype": Object.create(Object.getPrototypeOf(identity) as object) as unknown,
    'its spread parts': { ...identity },
    'its JSON, read back': JSON.parse(JSON.stringify(identity)) as unknown,
    'its structured clone': structuredClone(identity),
    'its own properties': Object.defineProperties({}, Object.getOwnPropertyDescriptors(identity)),
    'a proxy of it': proxied,
    'its parts on its prototype': Object.setPrototypeOf(
      { ...identity },
      Object.getPrototypeOf(identity) as object,
    ) as unknown,
  }
  for (const [what, fake] of Object.entries(forged))
    t.throws(() => scopeOf({ identity: fake }, keys), /no verified session/, what)
  for (const [what, session] of Object.entries({
    'no session': undefined,
    'an ended session': null,
    'the session of a path that no cookie goes to': {},
    'one that was never written': { identity },
  })) {
    t.throws(() => scopeOf(session, keys), /no verified session/, what)
  }
  t.ok(scope(identity).dataId)
  t.end()
})

t.test('neither an identity nor a scope can be made by hand, copied or read out', (t) => {
  const identity = newIdentity(Date.now())
  const of = scope(identity)
  const { dataId } = of
  for (const thing of [identity, of]) {
    const { constructor } = thing as unknown as { constructor: new (...args: unknown[]) => object }
    for (const mint of [undefined, Symbol('mint'), Symbol.for('mint'), 'mint', null]) {
      t.throws(() => new constructor(mint, dataId, Buffer.alloc(32), keys, absoluteExpiresAt), /by hand/)
      t.throws(() => {
        Reflect.construct(constructor, [mint, dataId, Buffer.alloc(32)])
      }, /by hand/)
    }
    t.throws(() => {
      class Heir extends constructor {}
      return new Heir()
    }, /by hand/)
    t.strictSame(
      Reflect.ownKeys(thing).filter((key) => typeof key === 'symbol'),
      [],
      'no symbol leads inside',
    )
  }
  t.equal(JSON.stringify({ of }), '{"of":"[SessionScope]"}')
  for (const copy of [
    { ...of } as SessionScope,
    Object.create(of) as SessionScope,
    structuredClone<SessionScope>(of),
    JSON.parse(JSON.stringify(of)) as SessionScope,
    Object.assign<SessionScope, SessionScope>(Object.create(Object.getPrototypeOf(of) as object) as SessionScope, of),
    new Proxy(of, {}),
  ]) {
    for (const use of everyUse(copy)) {
      let got: unknown
      try {
        got = use()
      } catch (error) {
        t.ok(error instanceof TypeError || error instanceof Error)
        continue
      }
      t.equal(got, undefined, 'a copy has nothing')
    }
  }
  t.throws(
    () => {
      ;(of as { dataId: string }).dataId = 'other'
    },
    TypeError,
    'a scope cannot be given another name',
  )
  t.equal(of.dataId, dataId)
  t.end()
})

t.test('a record opens with its own token under a known secret, and not otherwise', (t) => {
  const identity = newIdentity(1)
  const sealed = sealIdentity(identity, keys, 'token')
  t.equal(scope(openIdentity(sealed, keys, 'token')).dataId, scope(identity).dataId)
  const other: SealSecrets = [{ id: 'a', secret: randomBytes(32).toString('hex') }]
  const unknown: SealSecrets = [{ id: 'b', secret: randomBytes(32).toString('hex') }]
  t.throws(() => openIdentity(sealed, keys, 'other'), SealBroken, 'another token')
  t.throws(() => openIdentity(sealed, other, 'token'), SealBroken, 'another secret by the same name')
  t.throws(() => openIdentity(sealed, unknown, 'token'), SealBroken, 'a secret no longer known')
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    t.throws(() => openIdentity(altered.toString('latin1'), keys, 'token'), SealBroken)
    t.throws(() => openIdentity(sealed.slice(0, at), keys, 'token'), SealBroken)
  }
  const reopened = openIdentity(sealed, keys, 'token')
  t.equal(
    scope(reopened)
      .open('x', scope(identity).seal('x', Buffer.from('own')))
      .toString(),
    'own',
    'with the key of its data',
  )
  const dataKey = randomBytes(32).toString('base64url')
  const record = writeRecord(keys, 'token', { dataId: 'd'.repeat(32), createdAt: 1 }, { dataKey, person: null })
  t.equal(readRecord(record, keys, 'token').open().dataKey, dataKey)
  t.notOk(
    [record, ...record.split(' ').map((part) => Buffer.from(part, 'base64url').toString('latin1'))].some((part) =>
      part.includes(dataKey),
    ),
    'which the record does not show',
  )
  t.end()
})

t.test('what one scope seals, mints and marks is refused by another', (t) => {
  const [ada, bela] = [scope(), scope()]
  const sealed = ada.seal('place', Buffer.from('ward'))
  t.equal(ada.open('place', sealed).toString(), 'ward')
  t.throws(() => bela.open('place', sealed), SealBroken)
  t.throws(() => ada.open('another place', sealed), SealBroken)
  t.not(ada.ownerTag, bela.ownerTag)
  const ids = Array.from({ length: 2_000 }, () => ada.mintId())
  t.equal(new Set(ids).size, ids.length)
  t.strictSame(
    ids.filter(
      (id) => !/^[A-Za-z0-9_-]{32}$/.test(id) || ada.originOf(id) !== 'own' || bela.originOf(id) !== 'foreign',
    ),
    [],
    'an id says whose it is',
  )
  t.strictSame(
    ids.filter((id) => ada.objectKey(`uploads/${id}`) !== `sessions/${ada.dataId}/uploads/${id}`),
    [],
    'and names an object, with any first character',
  )
  for (const id of [
    '',
    'x',
    'A'.repeat(32),
    'A'.repeat(33),
    `${ada.mintId()}=`,
    `${ada.mintId().slice(0, 31)}\n`,
    '__proto__',
  ])
    t.equal(ada.originOf(id), 'unknown')
  for (const name of [
    '',
    '/',
    '..',
    '../x',
    'a/../b',
    'a//b',
    '/a',
    'a/',
    'a/b/c/d',
    '.',
    './a',
    '.a',
    'a\u0000',
    'a b',
    'a%2fb',
    'ä',
    'a'.repeat(65),
  ])
    t.throws(() => ada.objectKey(name), RangeError, `no object is named ${JSON.stringify(name)}`)
  t.end()
})

t.test('a closed scope does nothing any more', (t) => {
  const of = scope()
  const uses = everyUse(of)
  of.close()
  for (const use of uses) t.throws(use, /the reply has been sent/, String(use))
  t.throws(() => of.originOf(scope().mintId()), /the reply has been sent/)
  t.doesNotThrow(() => {
    of.close()
  })
  t.end()
})

t.test('work that outlives its request reaches no data', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const { config, secrets } = readConfig(envFor(server, objects))
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: objects.accessKeyId, AWS_SECRET_ACCESS_KEY: objects.secretAccessKey })
  const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
  const options = { redis: config.redis, password: secrets.redisPassword, metrics, onError: () => undefined }
  const clients: Clients = {
    redis: connectRedis(options),
    bucket: connectBucket(config, metrics),
    workshop: openWorkshop({ workers: 1 }),
    fileRoom: openFileRoom(),
    drawRoom: openFileRoom(),
    metrics,
    models: [],
    projectKeys: projectKeys(secrets.projectSecrets),
    projectSeals: projectSeals(secrets.sealSecrets),
    program: { version: '0', commit: 'none' },
  }
  const revoker = connectRedis(options)
  const ending = { revoker, logoutAcks: 0, absoluteSeconds: config.session.absoluteSeconds }
  const app = Fastify({ forceCloseConnections: true })
  const cookie = sessionCookie('local', secrets.cookieSecrets)
  const kept: RequestContext[] = []
  const late: Promise<unknown>[] = []
  const afterReply = Promise.withResolvers<undefined>()
  const afterLeaving = Promise.withResolvers<undefined>()
  const audit = auditTrail({ metrics, secret: secrets.sealSecrets[0].secret, write: () => undefined })
  app.setErrorHandler(errorHandler(metrics, audit))
  await app.register(sessionBound, {
    clients,
    cookie,
    sealSecrets: secrets.sealSecrets,
    guards: createGuards(audit, cookie.name),
    turns: fairQueue({ places: 100 }),
    replyRoom: openReplyRoom(),
    onEnded: () => undefined,
    signIn: null,
    audit,
    limits: requestLimits(rateLimits(clients.redis, secrets.sealSecrets[0].secret, metrics), audit),
    store: sessionStoreOf(
      sessionRecords({
        redis: clients.redis,
        sealSecrets: secrets.sealSecrets,
        idleSeconds: config.session.idleSeconds,
        absoluteSeconds: config.session.absoluteSeconds,
        metrics,
      }),
      ending,
    ),
    ending,
    routes: [
      route({
        method: 'GET',
        url: '/api/keep',
        status: 200,
        summary: 'Keeps its context',
        handle: (ctx) => {
          kept.push(ctx)
          return Promise.resolve({})
        },
      }),
      route({
        method: 'POST',
        url: '/api/forget',
        status: 200,
        summary: 'Replies, and writes afterwards',
        handle: (ctx) => {
          kept.push(ctx)
          late.push(
            afterReply.promise.then(
              async () => await ctx.workspace.update((current) => ({ ...current, datasetVersion: 99 })),
            ),
          )
          return Promise.resolve({})
        },
      }),
      route({
        method: 'POST',
        url: '/api/hang',
        status: 200,
        summary: 'Writes after its client has left',
        handle: async (ctx) => {
          kept.push(ctx)
          await afterLeaving.promise
          const write = ctx.workspace.update((current) => ({ ...current, datasetVersion: 99 }))
          late.push(write)
          return await write
        },
      }),
    ],
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(async () => {
    await app.close()
    await clients.workshop.close()
    clients.redis.close()
    revoker.close()
    clients.bucket.s3.destroy()
  })
  const url = app.listeningOrigin
  const ada = person(t, url)
  await until(async () => (await ada.post('/api/session')).status < 300, 30_000, 'a session')
  const operator = redisClient(t, server)
  const object = { name: 'raw_data.csv', versionId: 'x', sha256: 'x', bytes: 1 }
  const uses = (ctx: RequestContext): (() => Promise<unknown>)[] => [
    () => ctx.workspace.update((current) => current),
    () => ctx.objects.put('x', Buffer.from('x'), 'text/plain'),
    () => ctx.objects.putSealed('x', Buffer.from('x')),
    () => ctx.objects.read(object),
    () => ctx.objects.readSealed('x'),
    () => ctx.objects.readUpload('x', 1),
    () => ctx.objects.remove([object]),
    () => ctx.objects.presignUpload('x', { least: 0, most: 1 }),
    () => ctx.objects.presignDownload(object, 'x'),
    () => ctx.work('mapShapes', new Uint8Array()),
  ]

  const isClosed = (ctx: RequestContext | undefined): boolean => {
    try {
      ctx?.ids.mint()
      return false
    } catch {
      return true
    }
  }

  await t.test('after the reply', async (t) => {
    t.equal((await ada.get('/api/keep')).status, 200)
    const ctx = kept.pop()
    if (ctx === undefined) throw new Error('no context was kept')
    await until(() => isClosed(ctx), 5_000, 'the scope closed')
    for (const use of uses(ctx)) await t.rejects(use(), /the reply has been sent|the request was gone/i, String(use))
    t.throws(() => ctx.ids.find([{ id: 'A'.repeat(32) }], scope().mintId()))
    t.strictSame(await operator.keys('data:*'), [], 'nothing was written')
  })

  await t.test("a feature's own promise that goes on after the reply", async (t) => {
    t.equal((await ada.post('/api/forget')).status, 200)
    const [ctx, write] = [kept.pop(), late.pop()]
    await until(() => isClosed(ctx), 5_000, 'the scope closed')
    afterReply.resolve(undefined)
    await t.rejects(write ?? Promise.resolve(), /the reply has been sent/)
    t.strictSame(await operator.keys('data:*'), [], 'nothing was written')
  })

  await t.test('after its client has left', async (t) => {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /api/hang HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${ada.cookie ?? ''}\r\nContent-Length: 0\r\n\r\n`,
    )
    await until(() => kept.length === 1, 5_000, 'the request under way')
    socket.destroy()
    // A scope that outlives its request is detected by what it still writes.
    await until(() => isClosed(kept[0]), 5_000, 'the scope closed').catch(() => undefined)
    afterLeaving.resolve(undefined)
    await until(() => late.length === 1, 5_000, 'the late write')
    await t.rejects(late[0] ?? Promise.resolve(), /the reply has been sent/)
    t.strictSame(await operator.keys('data:*'), [], 'nothing was written')
  })

  await t.test("while another session's request goes on untouched", async (t) => {
    const [one, two] = [scope(), scope()]
    const open = (of: SessionScope): RequestContext =>
      openContext(clients, of, {
        owner: { session: 'test', address: '127.0.0.1' },
        signal: new AbortController().signal,
        warn: () => undefined,
        audit: () => undefined,
      })
    const [first, second] = [open(one), open(two)]
    await first.workspace.update((current) => ({ ...current, datasetVersion: 1 }))
    await second.workspace.update((current) => ({ ...current, datasetVersion: 2 }))
    one.close()
    await t.rejects(first.workspace.read(), /the reply has been sent/)
    t.equal((await second.workspace.read()).datasetVersion, 2)
    t.equal((await workspaceStore(clients.redis, two, metrics).read()).datasetVersion, 2)
  })
})
