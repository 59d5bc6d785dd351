import t, { type Test } from 'tap'
import { person, until, type Reply } from '../support/client.ts'
import { redis, redisClient, s3, startService } from '../support/parts.ts'

const BURST = 500
const A_SECOND = 20
const AT_ONCE = 50

t.setTimeout(120_000)

t.test('the sessions that one network may start are limited', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const operator = redisClient(t, server)
  const from = (address: string): ReturnType<typeof person> => person(t, service.url, { 'x-forwarded-for': address })
  const start = (who: ReturnType<typeof person>): Promise<Reply> =>
    who.post('/api/session', undefined, { cookie: null })
  /** Starts this many sessions, some at a time. */
  const flood = async (
    addressOf: (at: number) => string,
    count: number,
  ): Promise<{ replies: Reply[]; seconds: number }> => {
    const people = new Map<string, ReturnType<typeof person>>()
    const replies: Reply[] = []
    const begin = performance.now()
    let at = 0
    const startNext = async (): Promise<void> => {
      while (at < count) {
        const address = addressOf((at += 1))
        const who = people.get(address) ?? from(address)
        people.set(address, who)
        replies.push(await start(who))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, startNext))
    return { replies, seconds: (performance.now() - begin) / 1_000 }
  }
  const isWithin = (t: Test, { replies, seconds }: Awaited<ReturnType<typeof flood>>): void => {
    const served = replies.filter(({ status }) => status === 201).length
    t.ok(served >= BURST, `${String(served)} of ${String(replies.length)} are served in ${seconds.toFixed(1)} s`)
    t.ok(served <= BURST + A_SECOND * seconds + 1, 'and no more than the elapsed time allows')
    t.strictSame(
      [
        ...new Set(
          replies
            .filter(({ status }) => status !== 201)
            .map(({ status, problem }) => `${String(status)} ${String(problem)}`),
        ),
      ],
      ['429 too-many'],
      'the others are refused',
    )
    t.ok(
      replies.every(({ status, headers }) => status === 201 || headers['retry-after'] === '1'),
      'and when to come back',
    )
  }

  const known = from('198.51.100.7')
  await known.start()
  await t.test('by IPv4 address', async (t) => {
    isWithin(t, await flood(() => '198.51.100.7', 700))
    t.equal((await known.post('/api/session')).status, 200, 'a session that exists goes on')
    t.equal((await known.get('/api/session')).status, 200)
    t.equal((await start(from('198.51.100.8'))).status, 201, 'another address is served')
    await until(async () => (await start(from('198.51.100.7'))).status === 201, 2_000, 'the next start from it')
  })

  await t.test('by IPv6 network of 64 bits, however its addresses are written', async (t) => {
    isWithin(
      t,
      await flood(
        (at) => (at % 2 === 0 ? `2001:db8:0:7::${at.toString(16)}` : `2001:0DB8:0000:0007:1:2:3:${at.toString(16)}`),
        700,
      ),
    )
    t.equal((await start(from('2001:db8:0:8::1'))).status, 201, 'the next network is served')
  })

  await t.test('an address is forgotten soon, and no key names it', async (t) => {
    const keys = await operator.keys('limit:*')
    t.ok(keys.length > 0)
    const left = await Promise.all(keys.map((key) => operator.pttl(key)))
    t.ok(Math.max(...left) <= (BURST / A_SECOND) * 1_000 && Math.min(...left) > -2, 'is forgotten within 25 s')
    t.notMatch(keys.join(), /198\.51|2001/, 'and names none')
  })

  t.ok(
    service.lines().filter((line) => line['RateLimitRefusals'] === 1 && line['Limit'] === 'session-start').length > 100,
    'refusals are counted',
  )
})
