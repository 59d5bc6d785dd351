import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { type Relay, startRelay } from '../../local/relay.ts'
import { until } from '../support/client.ts'
import { redis, redisClient, s3, startService, type TestService } from '../support/parts.ts'
import type { LocalRedis } from '../../local/redis.ts'
import { watch } from '../support/watch.ts'
import { isLongRun } from './long-run.ts'
import { startReaders } from './readers.ts'

const JITTERED_REPLIES = isLongRun ? 10_000 : 1_000
const RETURNING = isLongRun ? 1_000 : 60
const REFUSED = '503 session-store-unavailable'

t.setTimeout(600_000)

async function behindRelay(t: Test): Promise<{ server: LocalRedis; relay: Relay; service: TestService }> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const relay = await startRelay(server.port)
  t.teardown(() => {
    relay.close()
  })
  const env = { REDIS_URL: `rediss://127.0.0.1:${String(relay.port)}` }
  return { server, relay, service: await startService(t, { redis: server, s3: objects, env }) }
}

t.test('replies of Redis that are late by chance reach nobody else', async (t) => {
  const { relay, service } = await behindRelay(t)
  const readers = await startReaders(t, service.url, 40)
  const jitter = setInterval(() => {
    relay.delay(Math.random() * 400)
  }, 20)
  t.teardown(() => {
    clearInterval(jitter)
  })
  const total = (): number => [...readers.statuses.values()].reduce((sum, count) => sum + count, 0)
  while (total() < JITTERED_REPLIES) await readers.readAll()
  clearInterval(jitter)
  relay.delay(0)
  t.strictSame(readers.wrong, [], 'no reply is wrong')
  t.strictSame([...readers.statuses.keys()].sort(), ['200 ', REFUSED], 'each is right or 503')
  const backMs = await until(() => readers.readAll(), 5_000, 'all served again')
  const { 0: served, 1: refused } = ['200 ', REFUSED].map((key) => readers.statuses.get(key) ?? 0)
  t.comment(
    `measured: ${String(readers.wrong.length)} of ${String(total())} replies wrong, ${String(served)} right, ${String(refused)} × 503; ` +
      `all served again after ${backMs.toFixed(0)} ms`,
  )
})

t.test('connections to Redis that carry nothing any more are replaced', async (t) => {
  const { relay, service } = await behindRelay(t)
  const readers = await startReaders(t, service.url, 5)
  relay.strand()
  t.notOk(await readers.readAll(), 'a dead connection serves nobody')
  const backMs = await until(() => readers.readAll(), 5_000, 'a new connection')
  t.strictSame(readers.wrong, [])
  t.strictSame([...readers.statuses.keys()].sort(), ['200 ', REFUSED])
  t.comment(`measured: new connections served everybody ${backMs.toFixed(0)} ms after the first refusal`)
})

t.test('a failover to a replica in step loses no acknowledged write', async (t) => {
  const { server, relay, service } = await behindRelay(t)
  const replica = await redis(t, { replicaOf: server })
  const [operator, promoted] = [redisClient(t, server), redisClient(t, replica)]
  const inStep = async (): Promise<boolean> => (await operator.wait(1, 100)) === 1
  await until(inStep, 15_000, 'the replica')
  const watcher = await watch(t, service.url)
  await until(() => watcher.asked.length > 100, 20_000, 'requests before')
  // No write gets through any more. What did is on the replica before the primary dies.
  relay.hold('requests')
  // A connection waits for its own writes alone, so the operator makes one.
  await operator.set('data:{filling}', 'x')
  await until(inStep, 5_000, 'the last write on the replica')
  const begun = performance.now()
  await server.kill()
  await promoted.replicaof('NO', 'ONE')
  relay.release()
  relay.pointTo(replica.port)
  await until(async () => (await watcher.who.get('/api/session')).status === 200, 5_000, 'the session')
  const backMs = performance.now() - begun
  await until(
    () => watcher.asked.some(({ kind, status, begin }) => kind === 'write' && status === 201 && begin > begun),
    5_000,
    'a write',
  )
  await watcher.stop()
  const { files } = (await watcher.who.get('/api/files')).json<{ files: { filename: string }[] }>()
  const kept = new Set(files.map(({ filename }) => filename))
  const acknowledged = watcher.asked.filter(({ kind, status }) => kind === 'write' && status === 201)
  t.ok(acknowledged.length > 5, `${String(acknowledged.length)} writes were acknowledged`)
  const lost = acknowledged.filter(({ filename }) => !kept.has(filename))
  t.strictSame(lost, [], 'each is there')
  const revived = watcher.asked.filter(({ kind, status }) => kind === 'dead cookie' && status < 400)
  t.strictSame(revived, [], 'no session is revived')
  t.comment(
    `measured: ${String(lost.length)} of ${String(acknowledged.length)} acknowledged writes lost, ` +
      `${String(revived.length)} sessions revived, ` +
      `served again after ${backMs.toFixed(0)} ms`,
  )
})

t.test('everybody returns at once when Redis does, and sees their own', async (t) => {
  const { server, service } = await behindRelay(t)
  const groups: Awaited<ReturnType<typeof startReaders>>[] = []
  for (let at = 0; at < RETURNING / 20; at += 1) groups.push(await startReaders(t, service.url, 20))
  server.process.signal('SIGSTOP')
  const readAll = async (): Promise<boolean> =>
    (await Promise.all(groups.map((group) => group.readAll()))).every(Boolean)
  t.notOk(await readAll(), 'nobody is served while Redis hangs')
  await pause(1_000)
  server.process.signal('SIGCONT')
  const backMs = await until(readAll, 10_000, 'everybody served')
  const wrong = groups.flatMap((group) => group.wrong)
  t.strictSame(wrong, [], 'nobody sees anything of anybody else')
  const kinds = new Set(groups.flatMap(({ statuses }) => [...statuses.keys()]))
  t.strictSame([...kinds].sort(), ['200 ', REFUSED])
  t.ok(service.process.alive())
  t.comment(
    `measured: ${String(RETURNING)} people, all served ${backMs.toFixed(0)} ms after Redis, ${String(wrong.length)} wrong`,
  )
})
