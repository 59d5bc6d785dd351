import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startBalancer } from '../../local/balancer.ts'
import { createCanaries } from '../../prove/canaries.ts'
import { createClient } from '../../prove/client.ts'
import { createInspector } from '../../prove/inspector.ts'
import { previousRelease, startRelease } from '../fixtures/release.ts'
import { folder, redis, s3, secrets, startService } from '../support/parts.ts'
import { createWorker, RELEASES, type Release } from './both-releases.ts'
import { isLongRun } from './long-run.ts'

const PEOPLE = isLongRun ? 40 : 3
/** A release may have a fault that this one mended. Its clear refusals are counted, and so are its 500. */
const ITS_OWN_FAULT = 'A 500'

const previous = await previousRelease()

t.setTimeout(600_000)

t.test(
  'during a deployment people work on the previous release and on this one at once',
  { skip: previous === null && !isLongRun ? 'this clone has no tag of an earlier release' : false },
  async (t) => {
    if (previous === null) throw new Error('Cannot run the previous release: this clone has no tag')
    const parts = { redis: await redis(t), s3: await s3(t), secrets: secrets() }
    const own = folder(t)
    const old = await startRelease(previous, own, parts)
    t.teardown(async () => {
      await old.process.stop(1_000)
    })
    const present = await startService(t, parts)
    const balancer = await startBalancer({
      targets: [old.url, present.url],
      folder: join(own, 'balancer'),
      logFile: join(own, 'balancer.log'),
    })
    t.teardown(async () => {
      await balancer.close(1_000)
    })
    const tasks = new Map<string | undefined, Release>([
      [await taskAt(old.url), 'previous'],
      [await taskAt(present.url), 'present'],
    ])
    t.equal(tasks.size, RELEASES.length)

    const canaries = createCanaries()
    const inspector = createInspector(canaries, [])
    const client = createClient({
      target: balancer.url,
      atOnce: PEOPLE,
      heavyAtOnce: 4,
      onExchange: (exchange) => {
        inspector.inspect(exchange)
      },
    })
    t.teardown(async () => {
      await client.close()
    })
    let serving: readonly Release[] = RELEASES
    const failures: string[] = []
    const right = new Map<Release, number>()
    const refused = new Map<Release, string[]>(RELEASES.map((release) => [release, []]))
    const workers = Array.from({ length: PEOPLE }, (_, user) =>
      createWorker(
        {
          client,
          canaries,
          serving: () => serving,
          releaseOf: ({ task }) => tasks.get(task),
          onFailure: (what) => failures.push(what),
          onReply: (release, isRight, route) => {
            if (isRight) right.set(release, (right.get(release) ?? 0) + 1)
            else refused.get(release)?.push(route)
          },
        },
        user,
      ),
    )
    const violations = (): unknown[] =>
      inspector.violations.filter(
        ({ detail, requestId = '' }) =>
          !(
            detail.startsWith(ITS_OWN_FAULT) && tasks.get(requestId.slice(0, requestId.lastIndexOf('-'))) === 'previous'
          ),
      )
    const judge = (t: Test): void => {
      t.strictSame(failures, [], 'every reply is right or a clear refusal')
      t.strictSame(violations(), [], 'nobody sees what is another person’s')
      t.strictSame(refused.get('present'), [], 'this release refuses nothing that either stored')
    }

    await t.test('each reads what the other stored, or says that it cannot', async (t) => {
      await Promise.all(workers.map(async (worker) => worker.work()))
      judge(t)
      for (const release of RELEASES) t.ok((right.get(release) ?? 0) >= 20 * PEOPLE, `the ${release} one works`)
      t.ok(inspector.sightings > 100 * PEOPLE, 'people see their own')
      t.comment(
        `measured: ${String(PEOPLE)} people on ${previous} and on this release, ` +
          `${RELEASES.map((release) => String(right.get(release))).join(' and ')} right replies, ` +
          `${String(refused.get('previous')?.length)} refused by ${previous}: ${kindsOf(refused.get('previous'))}`,
      )
    })

    await t.test('when the previous release has gone, everything is there, and sessions end', async (t) => {
      await balancer.deregister(old.url, 1)
      serving = ['present']
      await Promise.all(workers.map(async (worker) => worker.readAgain()))
      await Promise.all(workers.map(async (worker) => worker.leave()))
      judge(t)
    })
    t.strictSame(
      present.lines().filter((line) => Number(line['SessionIsolationViolations']) > 0),
      [],
      'no wall was needed',
    )
  },
)

/** The part of request ids that names the task. */
async function taskAt(url: string): Promise<string> {
  const { headers } = await fetch(`${url}/livez`)
  const id = headers.get('x-request-id') ?? ''
  return id.slice(0, id.lastIndexOf('-'))
}

function kindsOf(routes: readonly string[] = []): string {
  return [...new Set(routes)].join(', ') || 'nothing'
}
