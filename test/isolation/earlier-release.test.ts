import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { packArrays } from '../../service/domain/dataset/pack-arrays.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { openIdentity, scopeOf, type SessionScope } from '../../service/session/scope.ts'
import { connectBucket, objectStore } from '../../service/stores/objects.ts'
import { writeStored, type Stored } from '../fixtures/stored.ts'
import { FIXTURE_SECRETS, type Served } from '../fixtures/written-by-a-release.ts'
import { say } from '../support/chat.ts'
import { person, recordKey, tokenOf, until, uploadWards, wardsCsv } from '../support/client.ts'
import { envFor, redis, redisClient, s3, startService } from '../support/parts.ts'

type Fixture = Stored & { readonly people: readonly Served[] }

const HOUR_MS = 3_600_000
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/v0.1.0/stored.json'), 'utf8')) as Fixture

t.setTimeout(180_000)
t.test('what release 0.1.0 stored is served as that release served it', async (t) => {
  const [server, address] = await Promise.all([redis(t), s3(t)])
  const operator = redisClient(t, server)
  const versions = await writeStored(fixture, operator, address)
  const left = await operator.zrange('erasures', '0', '-1')
  const { config, secrets } = readConfig(envFor(server, address, FIXTURE_SECRETS))
  const [all, stale, gone] = fixture.people as [Served, Served, Served]

  /** Their session again: its times are current, and its workspace names the versions that this store gave. */
  const revive = async ({ cookie }: Served): Promise<SessionScope> => {
    const expiresAt = Date.now() + HOUR_MS
    const record = (await operator.hget(recordKey(cookie), 'sealed')) ?? ''
    await operator.hset(recordKey(cookie), 'absolute', String(expiresAt))
    const identity = openIdentity(record, secrets.sealSecrets, tokenOf(cookie))
    identity.record = { version: 1, absoluteExpiresAt: expiresAt, idleExpiresAt: expiresAt, epoch: 0 }
    const scope = scopeOf({ identity }, secrets.sealSecrets)
    const key = scope.stateKey('workspace')
    const place = `${key}\n${(await operator.hget(key, 'version')) ?? ''}`
    let state = scope.open(place, (await operator.hgetBuffer(key, 'sealed')) ?? Buffer.alloc(0)).toString()
    for (const [old, present] of versions) state = state.replaceAll(old, present)
    await operator.hset(key, 'sealed', scope.seal(place, Buffer.from(state)))
    return scope
  }
  const scope = await revive(all)
  await revive(stale)
  const service = await startService(t, { redis: server, s3: address, secrets: FIXTURE_SECRETS })
  const as = ({ cookie }: Served): ReturnType<typeof person> => Object.assign(person(t, service.url), { cookie })
  const [ada, bela] = [as(all), as(stale)]
  const analysisId = (all.replies['/api/analyses'] as { analyses: { id: string }[] }).analyses[0]?.id ?? ''
  const rankingCaveat =
    (all.replies[`/api/analyses/${analysisId}`] as { analysis: { caveats: string[] } }).analysis.caveats[0] ?? ''
  const planPath = Object.keys(all.replies).find((path) => path.startsWith('/api/itn-plans/')) ?? ''

  for (const [who, { name, replies }] of [
    [ada, all],
    [bela, stale],
  ] as const)
    for (const [path, before] of Object.entries(replies)) {
      const reply = await who.get(path)
      t.equal(reply.status, 200, `${name}: ${path} is answered`)
      // The data are read again, and what a name says of a direction may differ. A stored ranking keeps its own.
      const same = ['/api/dataset', '/api/files'].includes(path) ? withoutDirections : withoutWording
      t.match(same(reply.json()), same(before), `${name}: ${path} says the same`)
    }
  t.equal((await as(gone).get('/api/session')).problem, 'no-session', 'a session that ended stays ended')
  t.equal(left.length, 1, 'one erasure was left to do')
  await operator.zadd('erasures', 'XX', '0', left[0] ?? '')
  await until(async () => (await operator.zcard('erasures')) === 0, 10_000, 'it')

  await t.test('a basis of plans in an older or newer form is made again', async (t) => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: address.accessKeyId,
      AWS_SECRET_ACCESS_KEY: address.secretAccessKey,
    })
    const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
    const bucket = connectBucket(config, metrics)
    t.teardown(() => {
      bucket.s3.destroy()
    })
    const objects = objectStore(bucket, scope, new AbortController().signal)
    for (const letters of ['NETPLAN2', 'NETPLAN9']) {
      await objects.putSealed(`plan-basis/${analysisId}`, packArrays(letters, { wards: [] }))
      const reply = await ada.get(planPath)
      t.equal(reply.status, 200, letters)
      t.match(withoutCaveats(reply.json()), withoutCaveats(all.replies[planPath]), 'the plan is the same')
      const { caveats } = reply.json<{ plan: { caveats: readonly string[] } }>().plan
      t.ok(caveats.includes(rankingCaveat), 'and carries the caveats of its ranking now')
    }
  })

  await t.test('the work goes on with new plans, exports, questions and files', async (t) => {
    const plan = await ada.post('/api/itn-plans', { analysisId, totalNets: 30_000 })
    t.equal(plan.status, 201, plan.text)
    for (const kind of ['map.geojson', 'report.html'])
      t.equal((await ada.post('/api/exports', { kind, analysisId })).status, 201, kind)
    t.match((await say(ada, 'Which wards are most at risk?')).reply.intent, 'rank_wards')
    t.equal((await ada.get('/api/chat')).json<{ turns: unknown[] }>().turns.length, 3)
    await uploadWards(ada, wardsCsv('Newer'))
    t.match((await ada.get(`/api/analyses/${analysisId}`)).json(), { analysis: { stale: true } })
    t.equal((await ada.post('/api/analyses', {})).status, 201)
    t.equal((await ada.delete('/api/session')).status, 204)
  })

  t.strictSame(
    service.lines().filter((line) => Number(line['SessionIsolationViolations']) > 0),
    [],
    'no wall was needed',
  )
})

t.test('what a newer release stored is refused and not taken for something else', async (t) => {
  const [server, address] = await Promise.all([redis(t), s3(t)])
  const operator = redisClient(t, server)
  await writeStored(fixture, operator, address)
  const [{ cookie }] = fixture.people as [Served]
  const expiresAt = Date.now() + HOUR_MS
  const { secrets } = readConfig(envFor(server, address, FIXTURE_SECRETS))
  const identity = openIdentity(
    (await operator.hget(recordKey(cookie), 'sealed')) ?? '',
    secrets.sealSecrets,
    tokenOf(cookie),
  )
  identity.record = { version: 1, absoluteExpiresAt: expiresAt, idleExpiresAt: expiresAt, epoch: 0 }
  await operator.hset(recordKey(cookie), 'absolute', String(expiresAt))
  const scope = scopeOf({ identity }, secrets.sealSecrets)
  const key = scope.stateKey('chat')
  const sealed = scope.seal(`${key}\n1`, Buffer.from(JSON.stringify({ format: 99, conversation: [] })))
  await operator.hset(key, 'sealed', sealed, 'version', '1')
  await operator.del('erasures')
  await operator.zadd('erasures', '0', 'then/2/x', '1', `now:${'A'.repeat(32)}`)
  const service = await startService(t, { redis: server, s3: address, secrets: FIXTURE_SECRETS })
  const who = Object.assign(person(t, service.url), { cookie })
  const reply = await who.get('/api/chat')
  t.strictSame([reply.status, reply.problem], [503, 'session-store-unavailable'])
  await until(async () => (await operator.zcard('erasures')) === 1, 10_000, 'the erasure behind an unknown one')
  t.strictSame(await operator.zrange('erasures', '0', '-1'), ['then/2/x'], 'which waits for the release that knows it')
})

function withoutDirections(value: unknown): unknown {
  return without('direction', withoutWording(value))
}

function withoutCaveats(value: unknown): unknown {
  return without('caveats', value)
}

function without(name: string, value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === name ? undefined : inner)))
}

/**
 * The same without the words of findings and with the number of caveats instead of theirs: a release may improve
 * both.
 */
function withoutWording(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (key === 'detail') return undefined
      return key === 'caveats' && Array.isArray(inner) ? inner.length : inner
    }),
  )
}
