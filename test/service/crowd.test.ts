import { join } from 'node:path'
import t from 'tap'
import { runCrowd } from '../../bench/load/crowd.ts'
import { BOUNDS, judge, type LoadRun } from '../../bench/load/judge.ts'
import { makeStates } from '../../bench/load/own-state.ts'
import { STEPS } from '../../bench/load/visit.ts'
import { startBalancer } from '../../local/balancer.ts'
import { brokenTarget, keeping } from '../support/broken-target.ts'
import { folder, redis, s3, secrets, startService } from '../support/parts.ts'

t.setTimeout(300_000)

const PEOPLE = 12
const KEPT_BY_NOBODY = ['cache-control', 'no-store', 'x-request-id', 'broken-1'] as const

t.test('people with a state each, on two tasks behind the balancer', async (t) => {
  const parts = { redis: await redis(t), s3: await s3(t), secrets: secrets() }
  const targets = await Promise.all([1, 2].map(async () => (await startService(t, parts)).url))
  const own = folder(t)
  const balancer = await startBalancer({ targets, folder: own, logFile: join(own, 'balancer.log') })
  t.teardown(async () => {
    await balancer.close(1_000)
  })

  for (const [manner, overSeconds] of [
    ['one after the other', 3],
    ['all at once', 0],
  ] as const)
    await t.test(`12 people, ${manner}: all end, and each sees their own figures alone`, async (t) => {
      const made = makeStates(PEOPLE)
      const run = await runCrowd(balancer.url, made, { overSeconds, thinkSeconds: 0.1 })
      t.strictSame([run.ended, run.givenUp], [PEOPLE, []], 'every journey ends')
      t.strictSame([run.violationCount, run.violations], [0, []], 'nothing foreign, nothing wrong')
      t.equal(run.statuses.get(429) ?? 0, 0, 'nobody was told that they ask too much')
      t.equal(run.tasks.size, 2, 'both tasks answered')
      t.ok(run.ownSightings > PEOPLE * 5_000, `${run.ownSightings} times somebody saw what is theirs`)
      for (const step of new Set(STEPS))
        t.equal(
          run.steps.get(step)?.milliseconds.length,
          PEOPLE * STEPS.filter((name) => name === step).length,
          `everybody did: ${step}`,
        )
    })

  await t.test('a balancer that keeps replies by address is found out', async (t) => {
    const broken = await brokenTarget(
      t,
      balancer.url,
      keeping(/^\/api\/dataset$/, ({ url: address }) => address ?? ''),
    )
    const { canaries, states } = makeStates(2)
    const [, run] = [
      await runCrowd(broken, { canaries, states: states.slice(0, 1) }, { overSeconds: 0, thinkSeconds: 0 }),
      await runCrowd(broken, { canaries, states: states.slice(1) }, { overSeconds: 0, thinkSeconds: 0 }),
    ]
    t.ok(
      run.violations.some(({ kind }) => kind === 'foreign canary'),
      JSON.stringify(run.violations[0]),
    )
    t.equal(judge({ ...run, processorSeconds: IDLE, otherSeconds: 0 }, false).outcome, 'fail')
  })

  await t.test('a score that is a millionth too high is found out', async (t) => {
    const broken = await brokenTarget(t, balancer.url, async ({ method, url: address }, ask) => {
      const answer = await ask()
      if (method !== 'POST' || address !== '/api/analyses' || answer.status !== 201) return answer
      const reply = JSON.parse(answer.body.toString()) as { analysis: { wards: { score: number }[] } }
      for (const ward of reply.analysis.wards.slice(0, 1)) ward.score += 1e-6
      const body = Buffer.from(JSON.stringify(reply))
      return { ...answer, headers: ['content-type', 'application/json', ...KEPT_BY_NOBODY], body }
    })
    const run = await runCrowd(broken, makeStates(1), { overSeconds: 0, thinkSeconds: 0.1 })
    t.match(run.violations[0]?.detail, /^analysis: score /)
  })
})

const IDLE = { prover: 0, tasks: 0, redis: 0, s3: 0, balancer: 0 } as const

t.test('judge() holds people to every bound', async (t) => {
  const right: LoadRun = {
    people: 100,
    ended: 100,
    givenUp: [],
    seconds: 100,
    statuses: new Map([
      [200, 990],
      [503, 10],
    ]),
    storeStatuses: new Map(),
    problems: new Map([['busy', 10]]),
    steps: new Map([
      ['wards', { milliseconds: Array.from({ length: 100 }, () => BOUNDS.stepMs), refusals: 0 }],
      ['session read', { milliseconds: Array.from({ length: 100 }, () => BOUNDS.sessionReadMs), refusals: 0 }],
    ]),
    tasks: new Set(['a', 'b']),
    violations: [],
    violationCount: 0,
    ownSightings: 1,
    searchedBytes: 1,
    processorSeconds: { ...IDLE, prover: 50, s3: 30, balancer: 10 },
    otherSeconds: 0,
  }
  const slow = (name: string): LoadRun => ({
    ...right,
    steps: new Map([
      ...right.steps,
      [name, { milliseconds: Array.from({ length: 100 }, (_, at) => (at < 94 ? 1 : 3_001)), refusals: 0 }],
    ]),
  })
  const outcome = (change: Partial<LoadRun>, isPaced = true): string => judge({ ...right, ...change }, isPaced).outcome
  t.equal(outcome({}), 'pass', 'all at its bound')
  for (const [what, change] of [
    ['a journey did not end', { ended: 99, givenUp: ['wards: 503'] }],
    ['something foreign was seen', { violationCount: 1 }],
    ['nothing was seen at all', { ownSightings: 0 }],
    ['one 429', { statuses: new Map([...right.statuses, [429, 1]]) }],
  ] as const) {
    t.equal(outcome(change), 'fail', what)
    t.equal(outcome(change, false), 'fail', `${what}, all at once`)
    t.equal(outcome({ ...change, processorSeconds: { ...IDLE, prover: 99 } }), 'fail', `${what}, on a busy machine`)
  }
  for (const [what, run] of [
    ['a slow step', slow('wards')],
    ['slow session reads', slow('session read')],
    ['too many 503', { ...right, statuses: new Map([...right.statuses, [503, 11]]) }],
  ] as const) {
    t.equal(judge(run, true).outcome, 'fail', what)
    t.equal(judge(run, false).outcome, 'pass', `${what}, all at once: printed, not judged`)
    t.equal(judge({ ...run, otherSeconds: 26 }, true).outcome, 'inconclusive', `${what}, beside other programs`)
  }
  t.equal(
    outcome({ processorSeconds: { ...IDLE, prover: 50, s3: 30, balancer: 11 } }),
    'inconclusive',
    'generator, balancer and S3 had no room',
  )
})
