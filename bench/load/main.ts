import { parseArgs } from 'node:util'
import { machineSeconds } from '../machine-time.ts'
import { runCrowd, type Arrival } from './crowd.ts'
import { judge, type LoadRun, type Outcome } from './judge.ts'
import { makeStates } from './own-state.ts'
import { tableOf } from './table.ts'
import { serveTasks, type Served } from './two-tasks.ts'

/**
 * The plan's load test, `npm run load`: people with a 275-ward state each make their whole journey on two tasks of half
 * a core and 1 GiB behind the balancer, first arriving evenly over a minute, then all in the same second. Prints a
 * table and a verdict of each. Ends with 0 when both pass, 1 when one fails, 2 when one is inconclusive and none fails.
 * Usage: npm run load -- [--people 100] [--tasks 2] [--over 60] [--think 2] [--only even|together]
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100' },
    tasks: { type: 'string', default: '2' },
    over: { type: 'string', default: '60' },
    think: { type: 'string', default: '2' },
    only: { type: 'string' },
  },
})
const [people, tasks, overSeconds, thinkSeconds] = [values.people, values.tasks, values.over, values.think].map(
  Number,
) as [number, number, number, number]
const EXIT_CODES = { pass: 0, inconclusive: 2, fail: 1 } as const satisfies Record<Outcome, number>

async function load(served: Served, arrival: Arrival): Promise<LoadRun> {
  const made = makeStates(people)
  const [used, before] = [served.followProcessors(), machineSeconds()]
  const figures = await runCrowd(served.url, made, arrival)
  const processorSeconds = used()
  const own = Object.values(processorSeconds).reduce((sum, seconds) => sum + seconds, 0)
  return { ...figures, processorSeconds, otherSeconds: Math.max(0, machineSeconds() - before - own) }
}

const outcomes: Outcome[] = []
for (const { name, isPaced, ...arrival } of [
  { name: 'even', isPaced: true, overSeconds, thinkSeconds },
  { name: 'together', isPaced: false, overSeconds: 0, thinkSeconds },
]) {
  if (values.only !== undefined && values.only !== name) continue
  // Each crowd meets tasks that have just started, as after a deployment.
  const served = await serveTasks(tasks)
  try {
    const manner = isPaced ? `arriving evenly over ${overSeconds} s` : 'all in the same second'
    console.log(`\n${people} people, ${manner}, think time ${thinkSeconds} s; ${tasks} tasks of 0.5 CPU and 1 GiB\n`)
    const run = await load(served, arrival)
    for (const line of tableOf(run)) console.log(line)
    console.log(`${'peak RSS of a task'.padEnd(24)}${served.peakRssMiB().toFixed(0)} MiB`)
    const { outcome, reasons } = judge(run, isPaced)
    for (const reason of reasons) console.log(`  ${reason}`)
    console.log(`${outcome}: ${manner}`)
    outcomes.push(outcome)
  } finally {
    await served.stop()
  }
}
const worst = (['fail', 'inconclusive', 'pass'] as const).find((outcome) => outcomes.includes(outcome))
process.exitCode = worst === undefined ? 3 : EXIT_CODES[worst]
