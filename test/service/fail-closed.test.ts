// run alone: it measures how soon a failure is told
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import type { Redis } from 'ioredis'
import { s3Client } from '../../local/prepare-bucket.ts'
import type { LocalRedis } from '../../local/redis.ts'
import { ownS3, redis, redisClient, s3, startService } from '../support/parts.ts'
import { announce, person, sessionRoutes, until, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'

const HUNG_MS = 300
const DOWN_MS = 50
const BACK_MS = 1_000
/** What needs no session and asks nobody. */
const UNTOUCHED = ['/livez', '/', '/openapi.json', '/ui/app.js'] as const

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const files = async (who: Person): Promise<string[]> => (await who.get('/api/files')).json<{ files: { id: string }[] }>().files.map(({ id }) => id)

function isClosed(t: Test, reply: Reply, withinMs: number, what: string, kind = 'session-store-unavailable'): void {
  const { type, requestId, detail } = reply.json<Record<string, string>>()
  t.strictSame([reply.status, type], [503, `urn:chatmrpt:problem:${kind}`], `${what}: 503 ${kind}`)
  t.match(reply.headers['retry-after'], /^[1-9]\d?$/, `${what}: with Retry-After`)
  t.equal(reply.headers['cache-control'], 'no-store')
  t.equal(reply.headers['x-request-id'], requestId)
  t.equal(reply.headers['set-cookie'], undefined, `${what}: no cookie is set or cleared`)
  t.notMatch(detail, /127\.0\.0\.1|ECONN|sess:|timeout|ioredis|Error/i, `${what}: tells nothing of the inside`)
  t.ok(reply.ms < withinMs, `${what}: within ${String(withinMs)} ms (${reply.ms.toFixed(0)} ms)`)
}

t.test('when Redis fails, every route that needs a session is closed at once, and nothing else is', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server, { maxRetriesPerRequest: 1_000 })
  const ada = person(t, service.url)
  const nobody = person(t, service.url)
  await ada.start()
  const routes = await sessionRoutes(ada)
  t.ok(routes.length >= 15, `the service tells of ${String(routes.length)} routes`)
  const askAll = (who: Person): Promise<[string, Reply][]> => Promise.all(routes.map(async ({ method, path, body }) => {
    const reply = await who.send(method, path, { body })
    return [`${method} ${path}`, reply]
  }))
  await askAll(nobody)
  for (const [what, reply] of (await askAll(ada)).filter(([what]) => !what.startsWith('DELETE'))) t.ok(reply.status < 500, `${what} is well before: ${String(reply.status)}`)
  await ada.start()
  const before = (await ada.get('/api/session')).json<{ session: { id: string } }>().session.id

  const untouched = async (): Promise<void> => {
    for (const path of UNTOUCHED) {
      const reply = await ada.get(path)
      t.equal(reply.status, 200, `${path} with a cookie`)
      t.ok(reply.ms < 100, `${path} at once (${reply.ms.toFixed(0)} ms)`)
    }
    t.equal((await ada.get('/nowhere')).status, 404)
  }

  await t.test('hung', async (t) => {
    server.process.signal('SIGSTOP')
    try {
      const replies = await askAll(ada)
      for (const [what, reply] of replies) isClosed(t, reply, HUNG_MS, what)
      await untouched()
      for (const [what, reply] of await askAll(ada)) isClosed(t, reply, HUNG_MS, `${what}, asked again`)
      isClosed(t, await nobody.post('/api/session', undefined, { cookie: null }), HUNG_MS, 'a new session')
      const ready = await ada.get('/readyz')
      t.equal(ready.status, 503)
      t.strictSame(ready.json(), { redis: 'session-store-unavailable', objects: 'ok' })
    } finally {
      server.process.signal('SIGCONT')
    }
    const tookMs = await until(async () => (await ada.get('/api/session')).status === 200, BACK_MS, 'the same session alive again')
    t.pass(`the same session is alive ${tookMs.toFixed(0)} ms after`)
    t.equal((await ada.get('/api/session')).json<{ session: { id: string } }>().session.id, before)
  })

  await t.test('no write that was answered 503 appears later, and each that was acknowledged is there', async (t) => {
    const refused = { sessions: 0, files: 0 }
    const acknowledged: string[] = []
    const sessionsBefore = (await operator.keys('sess:*')).length
    let started = 0
    for (const delayMs of [0, 1, 2, 4, 6, 9, 13, 18]) {
      const burst = Promise.all(Array.from({ length: 24 }, async (_, at) => {
        const who = at % 3 === 0 ? person(t, service.url) : ada
        const reply = at % 3 === 0 ? await who.post('/api/session') : await ada.post('/api/files', { role: 'wards', filename: 'late.csv', bytes: 1 })
        if (reply.status === 503) refused[at % 3 === 0 ? 'sessions' : 'files'] += 1
        else if (at % 3 === 0 && reply.status === 201) started += 1
        else if (reply.status === 201) acknowledged.push(reply.json<{ file: { id: string } }>().file.id)
        else if (reply.problem !== 'conflict') t.fail(`neither done nor refused: ${String(reply.status)} ${reply.text}`)
      }))
      await pause(delayMs)
      server.process.signal('SIGSTOP')
      // A stopped server cannot be asked whether it is: 350 ms is past every deadline that the service knows.
      await Promise.all([burst, pause(350)])
      server.process.signal('SIGCONT')
      await until(async () => (await ada.get('/api/session')).status === 200, BACK_MS, 'the same session alive again')
    }
    t.ok(refused.sessions > 20 && refused.files > 20, `${String(refused.sessions)} sessions and ${String(refused.files)} files were refused`)
    t.strictSame((await files(ada)).sort(), acknowledged.sort(), `the ${String(acknowledged.length)} acknowledged files are there and no other`)
    t.equal((await operator.keys('sess:*')).length, sessionsBefore + started, 'no session was made that nobody was told of')
  })

  await t.test('full: reads and logout go on, writes are refused', async (t) => {
    const leaver = person(t, service.url)
    await leaver.start()
    await operator.config('SET', 'maxmemory', '1')
    try {
      t.equal((await ada.get('/api/session')).status, 200)
      t.equal((await ada.get('/api/files')).status, 200)
      isClosed(t, await ada.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }), HUNG_MS, 'a write')
      isClosed(t, await nobody.post('/api/session', undefined, { cookie: null }), HUNG_MS, 'a new session')
      const { cookie = null } = leaver
      t.equal((await leaver.delete('/api/session')).status, 204)
      t.equal((await leaver.get('/api/session', { cookie })).problem, 'no-session')
    } finally {
      await operator.config('SET', 'maxmemory', '0')
    }
    t.equal((await ada.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 })).status, 201)
  })

  await t.test('demoted to a replica: nothing stale is served, and it works again once it is a primary', async (t) => {
    await operator.replicaof('127.0.0.1', '1')
    try {
      for (const [what, reply] of await askAll(ada)) isClosed(t, reply, HUNG_MS, what)
      for (const [what, reply] of await askAll(ada)) isClosed(t, reply, HUNG_MS, `${what}, asked again`)
      await untouched()
    } finally {
      await operator.replicaof('NO', 'ONE')
    }
    await until(async () => (await ada.get('/api/session')).status === 200, BACK_MS, 'the same session alive again')
  })

  await t.test('killed, and an empty one in its place', async (t) => {
    const { cookie: old = null } = ada
    await server.kill()
    isClosed(t, await ada.get('/api/session'), HUNG_MS, 'the first to notice')
    for (const { method, path, body } of routes) isClosed(t, await ada.send(method, path, { body }), DOWN_MS, `${method} ${path}`)
    isClosed(t, await nobody.post('/api/session', undefined, { cookie: null }), DOWN_MS, 'a new session')
    await untouched()
    await pause(1_500)
    isClosed(t, await ada.get('/api/session'), DOWN_MS, 'after a second and a half')
    await server.start()
    const tookMs = await until(async () => (await nobody.post('/api/session', undefined, { cookie: null })).status === 201, BACK_MS, 'a session on the new server')
    t.pass(`sessions start ${tookMs.toFixed(0)} ms after`)
    for (const path of ['/api/session', '/api/files']) t.equal((await ada.get(path, { cookie: old })).problem, 'no-session', 'the old cookie is good for nothing')
    const fresh = await ada.post('/api/session', undefined, { cookie: old })
    t.equal(fresh.status, 201)
    t.not(ada.cookie, old)
    t.not(fresh.json<{ session: { id: string } }>().session.id, before)
    t.strictSame(await files(ada), [])
  })

  await t.test('each outage is counted', (t) => {
    t.ok(service.lines().filter((line) => line['SessionStoreRefusals'] === 1).length > 60)
    t.strictSame(service.lines().filter((line) => Number(line['SessionIsolationViolations']) > 0), [])
    t.strictSame(service.lines().filter((line) => Number(line['level']) >= 50), [], 'and none was taken for a bug')
    t.end()
  })
})

/** Connections that the service's own user holds. */
async function serviceConnections(operator: Redis, server: LocalRedis): Promise<number> {
  const list = String(await operator.client('LIST'))
  return list.split('\n').filter((line) => line.includes(`user=${server.service.username} `)).length
}

t.test('a service that starts while Redis is not there, or is not the one it trusts', async (t) => {
  const [server, other, plain, objects] = await Promise.all([redis(t), redis(t), redis(t, { tls: false }), s3(t)])
  await server.kill()
  const beside = (env: Record<string, string>): ReturnType<typeof startService> => startService(t, { redis: server, s3: objects, env, untilReadyz: false })
  const toOther = { REDIS_URL: other.url, REDIS_USERNAME: other.service.username, REDIS_PASSWORD: other.service.password }
  const [down, wrongCa, wrongPassword, plaintext] = await Promise.all([
    beside({}),
    beside(toOther),
    beside({ ...toOther, REDIS_CA_FILE: other.certificates?.caFile ?? '', REDIS_PASSWORD: 'x'.repeat(32) }),
    beside({ REDIS_URL: plain.url.replace('redis:', 'rediss:'), REDIS_USERNAME: plain.service.username, REDIS_PASSWORD: plain.service.password })
  ])
  const operator = redisClient(t, other)
  for (const [what, service] of Object.entries({ 'a Redis that is down': down, 'an authority it does not know': wrongCa, 'a password that is wrong': wrongPassword, 'a server without TLS': plaintext })) {
    const who = person(t, service.url)
    t.equal((await who.get('/livez')).status, 200, `with ${what} it lives`)
    t.equal((await who.get('/')).status, 200)
    t.equal((await who.get('/readyz')).json<{ redis: string }>().redis, 'session-store-unavailable')
    for (let turn = 0; turn < 3; turn++) {
      isClosed(t, await who.post('/api/session'), HUNG_MS, `${what}: a new session`)
      t.equal((await who.get('/api/files', { cookie: 'session=a.b' })).problem, 'no-session', 'a forged cookie opens nothing')
      await pause(150)
    }
    t.ok(service.process.alive())
  }
  t.equal(await serviceConnections(operator, other), 0, 'no connection came about')
  t.match(wrongCa.lines().map((line) => JSON.stringify(line)).join('\n'), /self.signed certificate|unable to (get|verify)/, 'and the log names why')

  await server.start()
  const who = person(t, down.url)
  const tookMs = await until(async () => (await who.post('/api/session')).status === 201, BACK_MS, 'a session once Redis is there')
  t.pass(`sessions start ${tookMs.toFixed(0)} ms after Redis does`)
})

t.test('when the object store fails, only what needs it is closed', async (t) => {
  const [server, objects] = await Promise.all([redis(t), ownS3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)
  const store = s3Client(objects)
  t.teardown(() => { store.destroy() })
  const versionsOf = async (sessionId: string): Promise<number> => {
    const page = await store.send(new ListObjectVersionsCommand({ Bucket: objects.bucket, Prefix: `sessions/${sessionId}/` }))
    return (page.Versions ?? []).length + (page.DeleteMarkers ?? []).length
  }
  const ada = person(t, service.url)
  const { id } = await ada.start()
  await uploadWards(ada, wardsCsv('Zq'))
  const analysis = (await ada.post('/api/analyses', {})).json<{ analysis: { id: string } }>().analysis.id
  const waiting = await announce(ada, 'wards', 'b.csv', 1)
  t.ok(await versionsOf(id) >= 3)

  const needs: (readonly [string, string, unknown?])[] = [
    ['POST', `/api/files/${waiting.file.id}/complete`], ['GET', '/api/dataset'], ['POST', '/api/analyses', {}],
    ['GET', `/api/analyses/${analysis}`], ['GET', `/api/analyses/${analysis}/wards`], ['POST', '/api/exports', { kind: 'rankings.csv', analysisId: analysis }]
  ]
  const goesOn = async (): Promise<void> => {
    for (const path of ['/livez', '/', '/api/session', '/api/files', '/api/analyses', '/api/exports']) t.equal((await ada.get(path)).status, 200, `${path} goes on`)
    t.equal((await ada.post('/api/session')).status, 200)
    t.strictSame((await ada.get('/readyz')).json(), { redis: 'ok', objects: 'object-store-unavailable' })
  }

  await t.test('killed', async (t) => {
    await objects.killGateway()
    for (const [method, path, body] of needs) isClosed(t, await ada.send(method, path, { body }), 1_000, `${method} ${path}`, 'object-store-unavailable')
    await goesOn()
    await objects.startGateway()
    for (const [method, path, body] of needs.slice(1)) t.ok((await ada.send(method, path, { body })).status < 300, `${method} ${path} works again`)
  })

  await t.test('hung, and a logout meanwhile', async (t) => {
    objects.gateway.signal('SIGSTOP')
    try {
      const replies = await Promise.all(needs.map(([method, path, body]) => ada.send(method, path, { body })))
      replies.forEach((reply, at) => { isClosed(t, reply, 3_000, needs[at]?.slice(0, 2).join(' ') ?? '', 'object-store-unavailable') })
      const { cookie = null } = ada
      const ended = await ada.delete('/api/session')
      t.equal(ended.status, 204, 'a logout is done')
      t.ok(ended.ms < HUNG_MS, 'at once')
      t.equal((await ada.get('/api/session', { cookie })).problem, 'no-session')
      t.ok(await operator.zscore('erasures', `now:${id}`), 'the erasure is queued')
      t.ok(await operator.zscore('erasures', `late:${id}`), 'and once more for what an open upload may still bring')
    } finally {
      await objects.killGateway()
    }
    await pause(3_500)
    t.ok(await operator.zscore('erasures', `now:${id}`), 'it stays queued while the store is away')
    await objects.startGateway()
    t.ok(await versionsOf(id) > 0)
    // As if the half minute had passed that a failed erasure waits for its next turn.
    await operator.zadd('erasures', 'XX', 0, `now:${id}`)
    await until(async () => await versionsOf(id) === 0, 10_000, 'every version of every object erased')
    await until(async () => await operator.zscore('erasures', `now:${id}`) === null, 2_000, 'the erasure off the queue')
  })

  await t.test('a logout that nothing hinders erases every object within 10 s', async (t) => {
    const bela = person(t, service.url)
    const { id } = await bela.start()
    await uploadWards(bela, wardsCsv('Zq'))
    t.ok(await versionsOf(id) > 0)
    t.equal((await bela.delete('/api/session')).status, 204)
    await until(async () => await versionsOf(id) === 0, 10_000, 'every version of every object erased')
  })
})
