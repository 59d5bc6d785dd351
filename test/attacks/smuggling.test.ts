// run alone: it sends some hundred prefixes on three tasks while twenty people work
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startBalancer } from '../../local/balancer.ts'
import { FORMS, type Prefix, smugglingPrefixes } from '../../prove/smuggling/prefixes.ts'
import { sendBytes } from '../../prove/smuggling/send.ts'
import { bystandersAt, type Bystanders, type Seen } from '../support/bystanders.ts'
import { leakyBalancer } from '../support/leaky-balancer.ts'
import { folder, redis, s3, secrets, startService } from '../support/parts.ts'

t.setTimeout(180_000)

const PEOPLE = 20
/**
 * The number of smugglers at once: the connections behind the balancer carry as many of their requests as of others'.
 */
const SMUGGLERS = 8

interface Attack {
  readonly seen: Seen
  /** Prefixes that had a connection. */
  readonly sent: number
  /** Bystanders whose data or replies came back to a smuggler. */
  readonly betrayed: number
}

t.test('on three tasks of one service', async (t) => {
  const tasks = await threeTasks(t)

  await t.test('no request that hides in another reaches anybody through the balancer', async (t) => {
    const own = folder(t)
    const balancer = await startBalancer({
      targets: tasks,
      folder: join(own, 'balancer'),
      logFile: join(own, 'balancer.log'),
    })
    t.teardown(async () => {
      await balancer.close()
    })
    const prefixes = smugglingPrefixes(balancer.url)
    t.ok(FORMS.length >= 16, `${String(FORMS.length)} forms`)
    t.ok(new Set(prefixes.map(({ bytes }) => bytes.toString('latin1'))).size >= 300, 'no fewer than 300 prefixes')
    const { seen, sent, betrayed } = await attack(await bystandersAt(t, balancer.url, PEOPLE), balancer.url, prefixes)
    t.equal(sent, prefixes.length, 'each had a connection')
    t.ok(seen.asked > prefixes.length, `${String(seen.asked)} requests of bystanders beside them`)
    t.match({ ...seen, betrayed }, { ended: 0, foreign: 0, wrong: 0, whole: PEOPLE, betrayed: 0 })
    t.comment(
      `| ${String(prefixes.length)} smuggling prefixes in ${String(FORMS.length)} forms | nothing reached anybody |`,
    )
  })

  await t.test(
    'a request does reach others through a balancer that lets Connection drop a length, and the test sees it',
    async (t) => {
      const url = await leakyBalancer(t, tasks)
      const prefixes = smugglingPrefixes(url).filter(({ form }) => form === 'a length that Connection names')
      const { seen } = await attack(await bystandersAt(t, url, PEOPLE), url, prefixes)
      t.ok(seen.ended > 0, `${String(seen.ended)} of ${String(PEOPLE)} sessions ended`)
      t.ok(seen.wrong + seen.foreign > 0, `${String(seen.wrong)} wrong replies, ${String(seen.foreign)} of another`)
    },
  )
})

/** Sends all prefixes while the bystanders work, some at a time, with the forms mixed. */
async function attack(bystanders: Bystanders, url: string, prefixes: readonly Prefix[]): Promise<Attack> {
  const waiting = [...prefixes]
  let [sent, betrayed] = [0, 0]
  const smuggler = async (): Promise<void> => {
    for (let prefix = waiting.shift(); prefix !== undefined; prefix = waiting.shift()) {
      const { isConnected, replies } = await sendBytes(url, prefix.bytes)
      if (isConnected) sent += 1
      betrayed += bystanders.seenIn(replies)
    }
  }
  const seen = await bystanders.during(Promise.all(Array.from({ length: SMUGGLERS }, smuggler)))
  return { seen, sent, betrayed }
}

/** Addresses of three task processes of one service. */
async function threeTasks(t: Test): Promise<readonly string[]> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const tasks = await Promise.all(
    [1, 2, 3].map(
      async () =>
        await startService(t, {
          redis: server,
          s3: objects,
          secrets: shared,
          env: { TRUSTED_PROXIES: '127.0.0.1/32' },
        }),
    ),
  )
  return tasks.map(({ url }) => url)
}
