import { mkdtempSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBalancer } from '../../local/balancer.ts'
import { installParts } from '../../local/install-parts.ts'
import { serviceEnv, startService, type LocalService } from '../../local/service.ts'
import { startParts } from '../parts.ts'
import { amountOf, faultsOf, growthsOf, judgedJourneys, MOST_GROWTH } from './judge-soak.ts'
import { MEASURES } from './levels.ts'
import { soakEnv } from './soak-env.ts'
import { soak } from './soak.ts'

/**
 * The soak, `npm run soak`: people with a 275-ward state each make their whole journeys on two tasks, round after
 * round, for an hour. After each round, when all have left, it prints what the tasks hold after a collection of
 * garbage, and looks that Redis and the object store hold nothing of anybody. Ends with 0 when the levels stay the
 * same, else 1.
 * Usage: npm run soak -- [--minutes 60] [--people 20] [--over 30] [--think 0.5]
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    people: { type: 'string', default: '20' },
    over: { type: 'string', default: '30' },
    think: { type: 'string', default: '0.5' },
  },
})
const [minutes, people, overSeconds, thinkSeconds] = [values.minutes, values.people, values.over, values.think].map(
  Number,
) as [number, number, number, number]
const TASKS = 2
/** A slope needs rounds. */
const LEAST_ROUNDS = 6

const say = (line: string): void => {
  console.log(line)
}
await installParts(['Redis', 'S3 gateway', 'balancer'], say)
const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-soak-'))
const parts = await startParts({ withS3: true })
const tasks: LocalService[] = []
const endings: (() => Promise<unknown>)[] = []
try {
  const { redis, s3 } = parts
  if (s3 === null) throw new Error('The soak needs an object store')
  const secrets = {
    cookieSecrets: randomBytes(32).toString('hex'),
    sealSecrets: `s1:${randomBytes(32).toString('hex')}`,
    projectSecrets: randomBytes(32).toString('hex'),
  }
  const access = { url: redis.url, ...redis.service, caFile: redis.certificates?.caFile }
  for (let at = 1; at <= TASKS; at += 1) {
    const logFile = join(folder, `task-${String(at)}.log`)
    tasks.push(await startService({ env: { ...serviceEnv(access, s3, secrets), ...soakEnv(folder) }, logFile }))
  }
  const balancer = await startBalancer({
    targets: tasks.map(({ url }) => url),
    folder: join(folder, 'balancer'),
    logFile: join(folder, 'balancer.log'),
  })
  endings.push(async () => balancer.close(1_000))

  say(['journeys', 'task', ...MEASURES].map((name) => name.padStart(18)).join(''))
  const run = await soak(
    { url: balancer.url, tasks, redis, s3 },
    { minutes, leastRounds: LEAST_ROUNDS, people, overSeconds, thinkSeconds },
    ({ journeys, levels }) => {
      for (const [task, of] of levels.entries())
        say(
          [String(journeys), String(task + 1), ...MEASURES.map((measure) => amountOf(measure, of[measure]))]
            .map((text) => text.padStart(18))
            .join(''),
        )
    },
  )
  const growths = growthsOf(run)
  for (const measure of MEASURES) {
    const found = growths.filter((growth) => growth.measure === measure)
    const shown = found.map(({ growth }) => amountOf(measure, growth)).join(' and ')
    say(`${measure.padEnd(18)} grew by ${shown}; at most ${amountOf(measure, MOST_GROWTH[measure])}`)
  }
  const seen = MOST_GROWTH.heap / judgedJourneys(run) / 1024
  say(`${String(run.rounds.at(-1)?.journeys)} journeys; a leak of ${seen.toFixed(1)} KiB a journey would have failed`)
  const faults = faultsOf(run)
  for (const fault of faults) say(`  ${fault}`)
  say(faults.length === 0 ? 'level: nothing grows and nothing is left behind' : 'NOT level')
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  for (const end of endings) await end()
  for (const { process: task } of tasks) await task.stop(5_000)
  await parts.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
