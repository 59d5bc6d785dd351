import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import type { Redis } from 'ioredis'
import { readConfig } from '../../service/config/config.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { newIdentity, scopeOf } from '../../service/session/scope.ts'
import { arenaLog } from '../../service/stores/arena-log.ts'
import { chatLog } from '../../service/stores/chat-log.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { say } from '../support/chat.ts'
import { canary, person, until, uploadFile, uploadWards, wardsCsv } from '../support/client.ts'
import { envFor, redis, redisClient, s3, startService } from '../support/parts.ts'

const KIB = 1024

t.setTimeout(180_000)

async function bytesOf(operator: Redis, pattern: string): Promise<number> {
  const sizes = await Promise.all((await operator.keys(pattern)).map((key) => operator.memory('USAGE', key)))
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
}

/** A table as wide as allowed, with names as long as allowed. */
function wideCsv(): Buffer {
  const names = Array.from({ length: 1_990 }, (_, at) => `indicator_${'x'.repeat(150)}_${String(at)}`)
  const rows = ['Alpha', 'Bravo', 'Charlie'].map((ward, row) => [ward, 'North', ...names.map((_, at) => at + row)])
  return Buffer.from([['WardName', 'LGA', ...names], ...rows].map((cells) => cells.join(',')).join('\n'))
}

t.test('what a session may keep in Redis', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const { url } = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)

  await t.test('a file of 1,990 columns is described whole and leaves the session small', async (t) => {
    const who = person(t, url)
    await who.start()
    const fileId = await uploadFile(who, 'wards', 'wide.csv', wideCsv())
    const bytes = await bytesOf(operator, 'data:*')
    t.ok(bytes < 8 * KIB, `its state takes ${String(bytes)} bytes`)
    const { files } = (await who.get('/api/files')).json<{ files: { id: string; columns: unknown[] }[] }>()
    t.strictSame([files[0]?.id, files[0]?.columns.length], [fileId, 1_992])
    t.equal((await who.delete('/api/session')).status, 204)
    t.strictSame(await operator.keys('data:*'), [], 'a logout leaves no state behind')
  })

  await t.test(
    'the state of a session after an analysis, ten plans, five exports and two questions is below 32 KiB',
    async (t) => {
      const who = person(t, url)
      await who.start()
      await uploadWards(who, wardsCsv(canary(), 275))
      const { analysis } = (await who.post('/api/analyses', {})).json<{ analysis: { id: string } }>()
      const choices = { analysisId: analysis.id, populationColumn: 'rainfall' }
      for (let nets = 100; nets < 110; nets += 1)
        t.equal((await who.post('/api/itn-plans', { ...choices, totalNets: nets })).status, 201)
      for (let at = 0; at < 5; at += 1)
        t.equal((await who.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis.id })).status, 201)
      for (const question of ['Which wards are most at risk?', 'What is test positivity?']) await say(who, question)
      const [state, record] = [await bytesOf(operator, 'data:*'), await bytesOf(operator, 'sess:*')]
      t.comment(
        `one analysis, ten plans, five exports, two questions: state ${String(state)}, record ${String(record)} bytes`,
      )
      t.ok(state < 32 * KIB)
    },
  )

  await t.test('a change past its budget gets an error and changes nothing, and room can be made', async (t) => {
    const who = person(t, url)
    await who.start()
    const fileIds: string[] = []
    let refused = await who.get('/api/files')
    for (let at = 0; at < 199 && refused.status < 300; at += 1) {
      const filename = `${String(at)}${'Ϡ'.repeat(190)}.csv`
      const reply = await who.post('/api/files', { role: 'wards', filename, bytes: 1 })
      if (reply.status === 201) fileIds.push(reply.json<{ file: { id: string } }>().file.id)
      else refused = reply
    }
    t.strictSame([refused.status, refused.problem], [409, 'session-full'], 'it is refused as full')
    t.comment(`${String(fileIds.length)} files of the longest names await their upload`)
    const kept = await Promise.all(
      (await operator.keys('data:*workspace')).map((each) => operator.hstrlen(each, 'sealed')),
    )
    t.ok(Math.max(...kept) <= 64 * KIB, `${String(Math.max(...kept))} bytes at most`)
    const { files } = (await who.get('/api/files')).json<{ files: { id: string }[] }>()
    t.strictSame(
      files.map(({ id }) => id),
      fileIds,
      'what was acknowledged is there',
    )
    t.equal((await who.delete(`/api/files/${fileIds[0] ?? ''}`)).status, 204)
    t.equal(
      (await who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 })).status,
      201,
      'then there is room',
    )
  })
})

t.test('the oldest turns and battles make room within their budgets', async (t) => {
  const server = await redis(t)
  const operator = redisClient(t, server)
  const nowhere = { endpoint: 'http://127.0.0.1:1', region: 'x', bucket: 'x', accessKeyId: 'x', secretAccessKey: 'x' }
  const { config, secrets } = readConfig(envFor(server, nowhere))
  const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
  const connection = connectRedis({
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: () => undefined,
  })
  t.teardown(() => {
    connection.close()
  })
  await until(
    () =>
      connection.ping().then(
        () => true,
        () => false,
      ),
    5_000,
    'the connection',
  )
  const expiresAt = Date.now() + 60_000
  const record = { version: 1, absoluteExpiresAt: expiresAt, idleExpiresAt: expiresAt }
  const scope = scopeOf({ identity: Object.assign(newIdentity(Date.now()), { record }) }, secrets.sealSecrets)
  const sealed = (name: 'chat' | 'arena'): Promise<number> => operator.hstrlen(scope.stateKey(name), 'sealed')

  const arena = arenaLog(connection, scope, metrics, [])
  for (let at = 0; at < 210; at += 1)
    await arena.add({ id: randomBytes(24).toString('base64url'), at, a: 'a'.repeat(40), b: 'b'.repeat(40), vote: null })
  const battles = await arena.read()
  t.ok(
    (await sealed('arena')) <= 16 * KIB,
    `${String(battles.length)} battles in ${String(await sealed('arena'))} bytes`,
  )
  t.equal(battles.at(-1)?.at, 209)
  t.ok(battles.length > 60)

  const chat = chatLog(connection, scope, metrics)
  const turn = { id: 'x', message: 'y', mode: 'rules', datasetVersion: 1, call: null }
  for (let at = 0; at < 40; at += 1)
    await chat.append({ ...turn, at, reply: { text: '‱'.repeat(4_000), intent: 'chat', basis: [] } })
  t.ok(
    (await sealed('chat')) <= 64 * KIB,
    `${String((await chat.read()).length)} turns in ${String(await sealed('chat'))} bytes`,
  )
  const rows = Array.from({ length: 20 }, () => Array.from({ length: 10 }, () => '‱'.repeat(200)))
  await chat.append({
    ...turn,
    at: 40,
    reply: { text: '‱'.repeat(8_000), intent: 'chat', basis: [], table: { columns: [], rows } },
  })
  const turns = await chat.read()
  t.equal(turns.at(-1)?.at, 40, 'one that is too large alone is kept')
  t.equal(turns.at(-1)?.reply.table, undefined, 'without its table')
  t.ok((await sealed('chat')) <= 64 * KIB)
})

t.test('state lives as long as its session, however that is kept alive', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const idleSeconds = 3
  const { url } = await startService(t, {
    redis: server,
    s3: objects,
    env: { SESSION_IDLE_SECONDS: String(idleSeconds) },
  })
  const operator = redisClient(t, server)
  const who = person(t, url)
  await who.start()
  await uploadWards(who, wardsCsv(canary()))
  await say(who, 'What data are there?')
  const end = Date.now() + 2 * idleSeconds * 1_000 + 500
  while (Date.now() < end) {
    t.equal((await who.get('/api/session')).status, 200)
    await pause(idleSeconds * 200)
  }
  t.equal(
    (await who.get('/api/files')).json<{ files: unknown[] }>().files.length,
    1,
    'a page that only polls keeps its data',
  )
  t.equal((await who.get('/api/chat')).json<{ turns: unknown[] }>().turns.length, 1)
  const expiries = async (pattern: string): Promise<number[]> =>
    await Promise.all((await operator.keys(pattern)).map((key) => operator.pexpiretime(key)))
  const [record, ...states] = [...(await expiries('sess:*')), ...(await expiries('data:*'))]
  t.strictSame(states, [record, record], 'to the millisecond')
  await until(async () => (await operator.keys('data:*')).length === 0, idleSeconds * 1_000 + 2_000, 'its end')
  t.equal((await who.get('/api/session')).problem, 'no-session')
})
