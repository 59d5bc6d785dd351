// run alone: it measures how soon a failure is told
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3'
import type { Redis } from 'ioredis'
import { s3Client } from '../../local/prepare-bucket.ts'
import type { LocalRedis } from '../../local/redis.ts'
import type { Metrics } from '../../service/metrics/metrics.ts'
import { newIdentity, scopeOf } from '../../service/session/scope.ts'
import { objectStore } from '../../service/stores/objects.ts'
import { openRoom } from '../../service/stores/room.ts'
import { announce, person, until, uploadWards, wardsCsv } from '../support/client.ts'
import { BACK_MS, CLOSED_MS, closes, isClosed } from '../support/closed.ts'
import { ownS3, redis, redisClient, s3, startService } from '../support/parts.ts'

/** Connections that the service's own user holds. */
async function serviceConnections(operator: Redis, server: LocalRedis): Promise<number> {
  const list = String(await operator.client('LIST'))
  return list.split('\n').filter((line) => line.includes(`user=${server.service.username} `)).length
}

t.test('a service that starts while Redis is not there, or is not the one it trusts', async (t) => {
  const [server, other, plain, objects] = await Promise.all([redis(t), redis(t), redis(t, { tls: false }), s3(t)])
  await server.kill()
  const beside = (env: Record<string, string>): ReturnType<typeof startService> =>
    startService(t, { redis: server, s3: objects, env, untilReadyz: false })
  const toOther = {
    REDIS_URL: other.url,
    REDIS_USERNAME: other.service.username,
    REDIS_PASSWORD: other.service.password,
  }
  const [down, wrongCa, wrongPassword, plaintext] = await Promise.all([
    beside({}),
    beside(toOther),
    beside({ ...toOther, REDIS_CA_FILE: other.certificates?.caFile ?? '', REDIS_PASSWORD: 'x'.repeat(32) }),
    beside({
      REDIS_URL: plain.url.replace('redis:', 'rediss:'),
      REDIS_USERNAME: plain.service.username,
      REDIS_PASSWORD: plain.service.password,
    }),
  ])
  const operator = redisClient(t, other)
  for (const [what, service] of Object.entries({
    'a Redis that is down': down,
    'an authority it does not know': wrongCa,
    'a password that is wrong': wrongPassword,
    'a server without TLS': plaintext,
  })) {
    const who = person(t, service.url)
    t.equal((await who.get('/livez')).status, 200, `with ${what} it lives`)
    t.equal((await who.get('/')).status, 200)
    t.equal((await who.get('/readyz')).json<{ redis: string }>().redis, 'session-store-unavailable')
    for (let turn = 0; turn < 3; turn++) {
      await closes(t, () => who.post('/api/session'), CLOSED_MS, `${what}: a new session`)
      t.equal(
        (await who.get('/api/files', { cookie: 'session=a.b' })).problem,
        'no-session',
        'a forged cookie opens nothing',
      )
      await pause(150)
    }
    t.ok(service.process.alive())
  }
  t.equal(await serviceConnections(operator, other), 0, 'no connection came about')
  t.match(
    wrongCa
      .lines()
      .map((line) => JSON.stringify(line))
      .join('\n'),
    /self.signed certificate|unable to (get|verify)/,
    'and the log names why',
  )

  await server.start()
  const who = person(t, down.url)
  const tookMs = await until(
    async () => (await who.post('/api/session')).status === 201,
    BACK_MS,
    'a session once Redis is there',
  )
  t.pass(`sessions start ${tookMs.toFixed(0)} ms after Redis does`)
})

t.test('when the object store fails, only what needs it is closed', async (t) => {
  const [server, objects] = await Promise.all([redis(t), ownS3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  const versionsOf = async (sessionId: string): Promise<number> => {
    const page = await store.send(
      new ListObjectVersionsCommand({ Bucket: objects.bucket, Prefix: `sessions/${sessionId}/` }),
    )
    return (page.Versions ?? []).length + (page.DeleteMarkers ?? []).length
  }
  const ada = person(t, service.url)
  const { id } = await ada.start()
  await uploadWards(ada, wardsCsv('Zq'))
  const analysis = (await ada.post('/api/analyses', {})).json<{ analysis: { id: string } }>().analysis.id
  const waiting = await announce(ada, 'wards', 'b.csv', 1)
  t.ok((await versionsOf(id)) >= 3)

  const needs: (readonly [string, string, unknown?])[] = [
    ['POST', `/api/files/${waiting.file.id}/complete`],
    ['GET', '/api/dataset'],
    ['POST', '/api/analyses', {}],
    ['GET', `/api/analyses/${analysis}`],
    ['GET', `/api/analyses/${analysis}/wards`],
    ['POST', '/api/exports', { kind: 'rankings.csv', analysisId: analysis }],
  ]
  const goesOn = async (): Promise<void> => {
    for (const path of ['/livez', '/', '/api/session', '/api/files', '/api/analyses', '/api/exports'])
      t.equal((await ada.get(path)).status, 200, `${path} goes on`)
    t.equal((await ada.post('/api/session')).status, 200)
    const asked = await ada.post('/api/chat', { message: 'How do nets protect?' })
    t.equal(asked.status, 200, `a question that needs no data is answered: ${asked.text}`)
    t.strictSame((await ada.get('/readyz')).json(), { redis: 'ok', objects: 'object-store-unavailable' })
  }

  await t.test('killed', async (t) => {
    await objects.killGateway()
    for (const [method, path, body] of needs)
      isClosed(t, await ada.send(method, path, { body }), 1_000, `${method} ${path}`, 'object-store-unavailable')
    await goesOn()
    await objects.startGateway()
    for (const [method, path, body] of needs.slice(1))
      t.ok((await ada.send(method, path, { body })).status < 300, `${method} ${path} works again`)
  })

  await t.test('hung, and a logout meanwhile', async (t) => {
    objects.gateway.signal('SIGSTOP')
    try {
      const replies = await Promise.all(needs.map(([method, path, body]) => ada.send(method, path, { body })))
      replies.forEach((reply, at) => {
        isClosed(t, reply, 5_000, needs[at]?.slice(0, 2).join(' ') ?? '', 'object-store-unavailable')
      })
      const { cookie = null } = ada
      const ended = await ada.delete('/api/session')
      t.equal(ended.status, 204, 'a logout is done')
      t.ok(ended.ms < 1_000, 'and does not wait for the store')
      t.equal((await ada.get('/api/session', { cookie })).problem, 'no-session')
      t.ok(await operator.zscore('erasures', `now:${id}`), 'the erasure is queued')
      t.ok(await operator.zscore('erasures', `late:${id}`), 'and once more for what an open upload may still bring')
    } finally {
      await objects.killGateway()
    }
    await pause(3_500)
    t.ok(await operator.zscore('erasures', `now:${id}`), 'it stays queued while the store is away')
    await objects.startGateway()
    t.ok((await versionsOf(id)) > 0)
    // As if the half minute had passed after which a failed erasure is tried again.
    await operator.zadd('erasures', 'XX', 0, `now:${id}`)
    await until(async () => (await versionsOf(id)) === 0, 10_000, 'every version of every object erased')
    await until(
      async () => (await operator.zscore('erasures', `now:${id}`)) === null,
      30_000,
      'the erasure off the queue',
    )
  })

  await t.test('a logout that nothing hinders erases every object within 10 s', async (t) => {
    const bela = person(t, service.url)
    const { id } = await bela.start()
    await uploadWards(bela, wardsCsv('Zq'))
    t.ok((await versionsOf(id)) > 0)
    t.equal((await bela.delete('/api/session')).status, 204)
    await until(async () => (await versionsOf(id)) === 0, 10_000, 'every version of every object erased')
  })
})

t.test('an object may take as long to come as its size allows, once the store has begun to answer', async (t) => {
  const identity = Object.assign(newIdentity(Date.now()), {
    record: { version: 1, absoluteExpiresAt: Infinity, idleExpiresAt: Infinity },
  })
  const scope = scopeOf({ identity }, [{ id: 'a', secret: 'x'.repeat(32) }])
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': 10, 'x-amz-meta-owner': scope.ownerTag })
    response.write('12345')
    // Longer than a store may take to start.
    setTimeout(() => {
      response.end('67890')
    }, 3_000)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  })
  t.teardown(() => {
    client.destroy()
  })
  const bucket = {
    s3: client,
    name: 'b',
    metrics: { s3Access: () => undefined } as unknown as Metrics,
    room: openRoom(),
  }
  const { bytes } = await objectStore(bucket, scope, new AbortController().signal).readUpload('uploads/x', 64 * 2 ** 20)
  t.equal(bytes.toString(), '1234567890')
})
