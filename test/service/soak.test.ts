// mostly waits: objects are erased every three seconds
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { faultsOf, growthsOf, judgedJourneys, MOST_GROWTH } from '../../bench/soak/judge-soak.ts'
import { MEASURES, type Levels } from '../../bench/soak/levels.ts'
import { soakEnv } from '../../bench/soak/soak-env.ts'
import { soak, type Round } from '../../bench/soak/soak.ts'
import { startBalancer } from '../../local/balancer.ts'
import { folder, redis, s3, secrets, startService } from '../support/parts.ts'

const LEAK = pathToFileURL(join(import.meta.dirname, '../support/leak.ts')).href
const ROUNDS = 6
const PEOPLE = 2

t.setTimeout(300_000)

t.test(
  'after people have left, tasks and stores hold nothing more; a task that keeps something is named',
  async (t) => {
    const parts = { redis: await redis(t), s3: await s3(t), secrets: secrets() }
    const own = folder(t)
    const tasks = [
      await startService(t, { ...parts, env: soakEnv(own) }),
      await startService(t, { ...parts, env: soakEnv(own, [LEAK]) }),
    ]
    const balancer = await startBalancer({
      targets: tasks.map(({ url }) => url),
      folder: join(own, 'balancer'),
      logFile: join(own, 'balancer.log'),
    })
    t.teardown(async () => {
      await balancer.close(1_000)
    })
    const run = await soak(
      { url: balancer.url, tasks, ...parts },
      { minutes: 0, leastRounds: ROUNDS, people: PEOPLE, overSeconds: 0, thinkSeconds: 0 },
    )
    t.equal(run.rounds.at(-1)?.journeys, ROUNDS * PEOPLE, 'all journeys ended')
    t.strictSame(run.failures, [])
    for (const { left } of run.rounds)
      t.strictSame(left, { sessionKeys: 0, endlessKeys: 0, objectVersions: 0 }, 'stores are as before')
    const growths = growthsOf(run)
    t.ok(growths.find(({ task, measure }) => task === 0 && measure === 'threads')?.isLevel, 'threads end')
    t.ok(
      growths.find(({ task, measure }) => task === 0 && measure === 'descriptors')?.isLevel,
      'descriptors are closed',
    )
    t.ok(
      faultsOf(run).some((fault) => fault.startsWith('task 2: heap grew by')),
      faultsOf(run).join('; '),
    )
    t.comment(`| Heap of a task after each of ${String(ROUNDS)} rounds | ${heaps(run.rounds, 0)} |`)
    t.comment(`| The same of a task that keeps something of each request | ${heaps(run.rounds, 1)} |`)
  },
)

function heaps(rounds: readonly Round[], task: number): string {
  return rounds.map(({ levels }) => `${((levels[task]?.heap ?? NaN) / 2 ** 20).toFixed(1)} MiB`).join(', ')
}

const LEVEL: Levels = { heap: 5e7, 'outside the heap': 1e7, 'resident memory': 2e8, descriptors: 40, threads: 12 }
const NOTHING = { sessionKeys: 0, endlessKeys: 0, objectVersions: 0 } as const

/** Rounds of ten journeys on one task. */
function roundsOf(levelsAt: (round: number) => Partial<Levels>, count = 30): Round[] {
  return Array.from({ length: count }, (_, round) => ({
    journeys: 10 * (round + 1),
    levels: [{ ...LEVEL, ...levelsAt(round) }],
    left: NOTHING,
  }))
}

t.test('growth is judged by the line through the rounds of a warm task', (t) => {
  t.strictSame(faultsOf({ rounds: roundsOf(() => ({})), failures: [] }), [], 'level')
  // Rounds 10 to 29 are judged: 19 steps.
  for (const measure of MEASURES) {
    const perRound = MOST_GROWTH[measure] / 19
    const grows = (by: number): string[] =>
      faultsOf({ rounds: roundsOf((round) => ({ [measure]: LEVEL[measure] + by * round })), failures: [] })
    t.strictSame(grows(0.99 * perRound), [], `${measure} just below its bound`)
    t.match(grows(1.01 * perRound), [new RegExp(`^task 1: ${measure} grew by`)], `${measure} just above`)
  }
  const warming = roundsOf((round) => ({ heap: LEVEL.heap + 1e7 * Math.min(round, 9) }))
  t.strictSame(faultsOf({ rounds: warming, failures: [] }), [], 'what a task needs to get warm')
  const spike = roundsOf((round) => ({ heap: LEVEL.heap + (round === 29 ? 1e9 : 0) }))
  t.strictSame(faultsOf({ rounds: spike, failures: [] }), [], 'one round alone')
  t.equal(judgedJourneys({ rounds: roundsOf(() => ({})) }), 190)
  t.end()
})

t.test('a run that shows too little, fails a person or leaves something behind does not pass', (t) => {
  const rounds = roundsOf(() => ({}))
  t.match(faultsOf({ rounds: rounds.slice(0, 4), failures: [] }), ['4 rounds are too few to judge growth'])
  t.match(faultsOf({ rounds: [], failures: [] }), ['no round was made'])
  t.strictSame(faultsOf({ rounds, failures: ['wrong numbers: x'] }), ['wrong numbers: x'])
  const last = { ...rounds[29]!, left: { ...NOTHING, objectVersions: 3 } }
  t.strictSame(faultsOf({ rounds: [...rounds.slice(0, 29), last], failures: [] }), ['left behind, objectVersions: 3'])
  t.end()
})
