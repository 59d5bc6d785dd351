import t from 'tap'
import { RATE_LIMITS } from '../../service/config/rate-limits.ts'
import { readConfig } from '../../service/config/config.ts'
import { Fault } from '../../service/domain/fault.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { rateLimits } from '../../service/stores/rate-limits.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { person, until, type Person, type Reply } from '../support/client.ts'
import { envFor, redis, redisClient, s3, startService } from '../support/parts.ts'

/** As many as a session may have under way and waiting: more are refused by the queue, not by the limit. */
const AT_ONCE = 6
const QUESTION = { message: 'What data are there?' }

interface Flood {
  readonly replies: readonly Reply[]
  readonly seconds: number
}

async function flood(count: number, ask: () => Promise<Reply>): Promise<Flood> {
  const replies: Reply[] = []
  const begin = performance.now()
  let asked = 0
  const keepAsking = async (): Promise<void> => {
    while ((asked += 1) <= count) replies.push(await ask())
  }
  await Promise.all(Array.from({ length: AT_ONCE }, keepAsking))
  return { replies, seconds: (performance.now() - begin) / 1_000 }
}

t.setTimeout(180_000)

t.test('what one caller may ask for is limited, in all tasks together', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)
  const office = { 'x-forwarded-for': '198.51.100.7' }
  const [ada, bela] = [person(t, service.url, office), person(t, service.url, office)]
  await Promise.all([ada.start(), bela.start()])

  /** Each limit with the request that takes one of it, and the status where it is let through. */
  const cases: readonly (readonly ['chat' | 'upload', (who: Person) => Promise<Reply>, readonly number[]])[] = [
    ['chat', (who) => who.post('/api/chat', QUESTION), [200, 409]],
    ['upload', (who) => who.post('/api/files', { role: 'wards', filename: 'wards.csv', bytes: 10 }), [201, 409]],
  ]
  for (const [name, ask, right] of cases)
    await t.test(`${name}: the one who floods is refused, and nobody else in the office`, async (t) => {
      const { burst, everyMs } = RATE_LIMITS[name].ofCaller
      const { replies, seconds } = await flood(burst + 40, () => ask(ada))
      const refused = replies.filter(({ status }) => status === 429)
      const served = replies.length - refused.length
      t.ok(served >= burst, `${String(served)} of ${String(replies.length)} are let through`)
      t.ok(served <= burst + (1_000 * seconds) / everyMs + 1, 'and no more than the elapsed time allows')
      t.ok(
        replies.every(({ status }) => status === 429 || right.includes(status)),
        'nothing else goes wrong',
      )
      const [first] = refused
      t.equal(first?.problem, 'too-many')
      t.match(
        first?.json<{ detail: string }>().detail,
        new RegExp(`^More than ${String(burst)} .* Try again in a second`),
      )
      t.equal(first?.headers['retry-after'], '1', 'and when to come back')
      t.ok(right.includes((await ask(bela)).status), 'somebody else behind the same address is served')
      t.equal((await ada.get('/api/session')).status, 200, 'and what is not limited goes on')
      await until(async () => right.includes((await ask(ada)).status), 5_000, 'the next one that is taken')
    })

  await t.test('refusals are counted by limit and recorded', async (t) => {
    await until(
      () => service.lines().some((line) => Number(line['AuditEvents']) > 0 && line['Event'] === 'rate-limited'),
      10_000,
      'the count',
    )
    for (const [name] of cases) {
      t.ok(service.lines().some((line) => line['RateLimitRefusals'] === 1 && line['Limit'] === name))
      t.ok(service.lines().some((line) => line['audit'] === 'rate-limited' && line['limit'] === name))
    }
  })

  await t.test('no key names an address or a session', async (t) => {
    const keys = await operator.keys('limit:*')
    t.ok(keys.length >= cases.length, 'what one person asked for is still being made up for')
    const { session } = (await ada.get('/api/session')).json<{ session: { id: string } }>()
    t.notOk(keys.some((key) => key.includes('198.51') || key.includes(session.id)))
    const left = await Promise.all(keys.map((key) => operator.pttl(key)))
    const longest = Math.max(...Object.values(RATE_LIMITS).map(({ ofNetwork }) => ofNetwork.burst * ofNetwork.everyMs))
    const ofCaller = RATE_LIMITS.chat.ofCaller.burst * RATE_LIMITS.chat.ofCaller.everyMs
    t.notOk(left.includes(-1), 'each is forgotten')
    t.ok(Math.max(...left) <= Math.max(longest, ofCaller), 'in time')
  })
})

t.test('a limit that cannot be checked lets nobody through', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)
  const ada = person(t, service.url)
  await ada.start()
  t.equal((await ada.post('/api/chat', QUESTION)).status, 200)
  // The rest of Redis stays as it is: only what the limits store is out of reach.
  const others = ['sess', 'tomb', 'data', 'ended', 'epoch'].map((prefix) => `~${prefix}:*`)
  await operator.call('ACL', 'SETUSER', server.service.username, 'resetkeys', ...others)
  for (const [path, body] of [
    ['/api/chat', QUESTION],
    ['/api/files', { role: 'wards', filename: 'wards.csv', bytes: 10 }],
  ] as const) {
    const reply = await ada.post(path, body)
    t.equal(reply.status, 503, path)
    t.equal(reply.problem, 'session-store-unavailable', path)
    t.match(reply.headers['retry-after'], /^\d+$/, path)
  }
  const turns = (await ada.get('/api/chat')).json<{ turns: unknown[] }>().turns
  t.equal(turns.length, 1, 'nothing that was refused was answered')
  t.strictSame((await ada.get('/api/files')).json<{ files: unknown[] }>().files, [])
  const stranger = person(t, service.url)
  t.equal((await stranger.post('/api/session')).status, 503, 'no session is started either')
})

t.test('take() bounds a network of many callers, and charges nothing for what it refuses', async (t) => {
  const server = await redis(t)
  const { config, secrets } = readConfig(envFor(server, await s3(t)))
  const metrics = createMetrics({ service: 'chatmrpt', stage: 'test' }, () => undefined)
  const connection = connectRedis({
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: () => undefined,
  })
  t.teardown(() => {
    connection.close()
  })
  const operator = redisClient(t, server)
  const limits = rateLimits(connection, secrets.sealSecrets[0].secret, metrics)
  const isTaken = async (id: string, address: string): Promise<boolean> => {
    try {
      await limits.take('upload', { address, id })
      return true
    } catch (error) {
      if (error instanceof Fault && error.kind === 'too-many') return false
      throw error
    }
  }
  await until(async () => await isTaken('first', '203.0.113.9').catch(() => false), 5_000, 'the connection')

  const { burst, everyMs } = RATE_LIMITS.upload.ofNetwork
  const begin = performance.now()
  let taken = 0
  for (let at = 0; at < burst + 2_000; at += 100) {
    const each = await Promise.all(
      Array.from({ length: 100 }, (_, more) => isTaken(`caller ${String(at + more)}`, '198.51.100.7')),
    )
    taken += each.filter(Boolean).length
  }
  const elapsed = performance.now() - begin
  t.ok(
    taken >= burst && taken <= burst + elapsed / everyMs + 1,
    `${String(taken)} are taken in ${elapsed.toFixed(0)} ms`,
  )

  const ofCaller = RATE_LIMITS.upload.ofCaller.burst
  const state = async (): Promise<Record<string, string | null>> => {
    const keys = (await operator.keys('limit:*')).sort()
    return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await operator.get(key)] as const)))
  }
  await Promise.all(Array.from({ length: ofCaller }, () => isTaken('greedy', '2001:db8:0:7::1')))
  let before = await state()
  let wasTaken = await isTaken('greedy', '2001:db8:0:7::2')
  // A second may have passed, after which one more is taken.
  for (let tries = 0; wasTaken && tries < 5; tries += 1) {
    before = await state()
    wasTaken = await isTaken('greedy', '2001:db8:0:7::2')
  }
  t.notOk(wasTaken, 'the caller is over their limit')
  const after = await state()
  t.strictSame(
    Object.entries(after).filter(([key, value]) => value !== null && before[key] !== value),
    [],
    'neither the caller nor the network is charged',
  )
  t.ok(await isTaken('modest', '2001:db8:0:7::3'), 'another caller of the same network is served')
})
