import { join } from 'node:path'
import type { RunDetails } from 'fast-check'
import t, { type Test } from 'tap'
import { brokenTarget, keeping } from '../support/broken-target.ts'
import { folder, redis, s3, secrets, startService } from '../support/parts.ts'
import fc, { propertySeed } from '../support/properties.ts'
import { Deviation, play, traceOf, Unavailable } from './model/play.ts'
import { schedules, type Schedule } from './model/schedule.ts'

t.setTimeout(600_000)

/**
 * MODEL_SEED replays a run, with MODEL_PATH from the schedule that failed; MODEL_SCHEDULES asks for more schedules than
 * a commit can wait for.
 */
const seed = Number(process.env['MODEL_SEED'] ?? propertySeed)
const path = process.env['MODEL_PATH']
const most = Number(process.env['MODEL_SCHEDULES'] ?? 900)
/**
 * As many as a commit needs. On a quiet machine the time below is enough for twice as many; on a busy one they take
 * longer.
 */
const LEAST = 100
/** Once there are as many as needed, no schedule begins later than this, unless more were asked for. */
const WITHIN_MS = process.env['MODEL_SCHEDULES'] === undefined ? 30_000 : Infinity
/** Side by side, since a single one leaves the machine idle. */
const EXPLORERS = 3

interface Explored {
  readonly details: RunDetails<[Schedule]>
  /** Schedules that were played to the end. */
  readonly played: number
  /** Their steps, without those that lead to them and what is read at the end. */
  readonly steps: number
  /** Schedules that a stalled machine cut short. */
  readonly unavailable: number
}

/** Plays made-up schedules until one deviates, and shrinks that one. */
async function explore(
  t: Test,
  tasks: readonly string[],
  options: {
    readonly seed: number
    readonly runs: number
    readonly least: number
    readonly heavy: boolean
    readonly mostSteps: number
  },
): Promise<Explored> {
  const begin = performance.now()
  let [played, steps, unavailable] = [0, 0, 0]
  let failed = false
  const property = fc.asyncProperty(schedules(options), async (schedule) => {
    if (!failed && played >= options.least && performance.now() - begin > WITHIN_MS) return
    const teardowns: (() => unknown)[] = []
    try {
      await play(
        {
          teardown: (end) => {
            teardowns.push(end)
          },
        },
        tasks,
        schedule,
      )
      played += 1
      steps += schedule.steps.length
    } catch (error) {
      if (error instanceof Unavailable) {
        unavailable += 1
        return
      }
      failed = true
      throw error
    } finally {
      for (const end of teardowns) await end()
    }
  })
  const details = await fc.check(property, {
    seed: options.seed,
    numRuns: options.runs,
    ...(path !== undefined && { path }),
  })
  if (details.failed)
    t.comment(`replay with MODEL_SEED=${String(options.seed)} MODEL_PATH=${details.counterexamplePath ?? ''}`)
  return { details, played, steps, unavailable }
}

t.test('on three tasks of one service', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const env = { NODE_COMPILE_CACHE: join(folder(t), 'compiled'), LOG_LEVEL: 'error' }
  const tasks = (
    await Promise.all(
      [1, 2, 3].map(async () => await startService(t, { redis: server, s3: objects, secrets: shared, env })),
    )
  ).map(({ url }) => url)

  await t.test(
    'three people get the answers that the model of a session gives, in any order and on any task',
    async (t) => {
      t.comment(`MODEL_SEED=${String(seed)}`)
      const begin = performance.now()
      const explored = await Promise.all(
        Array.from(
          { length: EXPLORERS },
          async (_, at) =>
            await explore(t, tasks, {
              seed: seed + at,
              runs: Math.ceil(most / EXPLORERS),
              least: Math.ceil(LEAST / EXPLORERS),
              heavy: true,
              mostSteps: 12,
            }),
        ),
      )
      for (const { details } of explored) t.notOk(details.failed, reportOf(details))
      const sum = (what: 'played' | 'steps' | 'unavailable'): number =>
        explored.reduce((total, each) => total + each[what], 0)
      t.comment(
        `| ${String(sum('played'))} schedules of ${(sum('steps') / sum('played')).toFixed(1)} steps in ` +
          `${((performance.now() - begin) / 1_000).toFixed(0)} s | ${String(sum('unavailable'))} cut short by a 503 |`,
      )
      t.ok(path !== undefined || sum('played') >= LEAST, `${String(sum('played'))} schedules were played`)
      t.ok(
        sum('unavailable') <= Math.max(5, sum('played') / 5),
        `${String(sum('unavailable'))} schedules were cut short by a 503`,
      )
    },
  )

  await t.test('a task that deviates is found out, by a trace of a few requests', async (t) => {
    const cookieAnd = ({
      url,
      headers,
    }: {
      url?: string | undefined
      headers: { cookie?: string | undefined }
    }): string => `${url ?? ''} ${headers.cookie ?? ''}`
    for (const [what, broken] of [
      ['tells a list as it first was', keeping(/^\/api\/files$/, cookieAnd)],
      ['goes on with a session that has ended', keeping(/^\/api\/session$/, cookieAnd)],
      ['tells everybody what it told the first', keeping(/^\/api\/session$/, ({ url }) => url ?? '')],
    ] as const) {
      await t.test(`one that ${what}`, async (t) => {
        const faulty = await brokenTarget(t, tasks[2] ?? '', broken)
        const { details } = await explore(t, [...tasks.slice(0, 2), faulty], {
          seed: 7,
          runs: 300,
          least: 0,
          heavy: false,
          mostSteps: 8,
        })
        t.ok(details.errorInstance instanceof Deviation, errorOf(details))
        const trace = traceOf(details.counterexample?.[0] ?? { stages: [], steps: [] })
        t.ok(trace.length <= 5, trace.join(' | '))
        t.comment(
          `after ${String(details.numRuns)} schedules and ${String(details.numShrinks)} shrinks: ${trace.join(' | ')}`,
        )
      })
    }
  })
})

function errorOf({ errorInstance }: RunDetails<[Schedule]>): string {
  return errorInstance instanceof Deviation
    ? errorInstance.message
    : errorInstance instanceof Error
      ? (errorInstance.stack ?? '')
      : String(errorInstance)
}

function reportOf(details: RunDetails<[Schedule]>): string {
  const [counterexample] = details.counterexample ?? []
  return counterexample === undefined
    ? 'no schedule deviates'
    : `${errorOf(details)}\n${traceOf(counterexample).join('\n')}`
}
