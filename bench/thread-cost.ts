import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDist } from '../build/make-dist.ts'
import { onThread } from '../build/on-thread.ts'
import { sampleJobs } from '../build/sample-jobs.ts'
import { loopBounds } from '../service/work/loop-jobs.ts'
import { report } from './figure.ts'

/**
 * What the thread of one job costs beside the job: CPU of the whole process, for jobs of the bundled sample (60 wards).
 * A job's own work is what it takes where it was done before; the first time in a thread it takes longer, which counts
 * as the thread's cost. The build's threads have a compile cache, as the image's. A second mean is over the jobs that
 * are never done on the event loop, however small.
 * Usage: node bench/thread-cost.ts [rounds]. Ends with 1 when a job of the build is over the bound.
 */
const rounds = Number(process.argv[2] ?? 5)
const THREADS_A_ROUND = 8
const MOST_MS = 65

const root = join(import.meta.dirname, '..')
await makeDist(root)

/** Milliseconds of CPU: a job's own, and what its thread takes beside them. */
interface Figure {
  readonly name: string
  readonly work: number
  readonly dist: number
  readonly sources: number
}

/** CPU milliseconds of this process for one of `times` runs. */
async function cpuOf(times: number, run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  for (let turn = 0; turn < times; turn += 1) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / times
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN

const built = join(root, 'dist/worker.js')
const source = join(root, 'service/work/worker.ts')
const bare = new URL(
  `data:text/javascript,${encodeURIComponent(
    "import { parentPort } from 'node:worker_threads'; parentPort.once('message', () => parentPort.postMessage({}))",
  )}`,
)

const cache = mkdtempSync(join(tmpdir(), 'chatmrpt-bench-cache-'))
const samples = await sampleJobs(root)
for (const { work } of samples) for (let turn = 0; turn < 20; turn += 1) await work()

/** Threads take the cache from the environment as it is when they start. */
async function onBuilt(request: object): Promise<void> {
  process.env['NODE_COMPILE_CACHE'] = cache
  await onThread(built, request)
  delete process.env['NODE_COMPILE_CACHE']
}

try {
  for (const { request } of samples) await onBuilt(request)
  const bareCosts: number[] = []
  const costs = samples.map((job) => ({ job, work: [] as number[], built: [] as number[], source: [] as number[] }))
  for (let round = 0; round < rounds; round += 1) {
    bareCosts.push(await cpuOf(THREADS_A_ROUND, async () => onThread(bare, {})))
    for (const { job, ...of } of costs) {
      of.work.push(await cpuOf(20, job.work))
      of.built.push(await cpuOf(THREADS_A_ROUND, async () => onBuilt(job.request)))
      of.source.push(await cpuOf(2, async () => onThread(source, job.request)))
    }
  }
  const figures = costs.map(({ job: { name }, ...of }): Figure => {
    const work = median(of.work)
    return { name, work, dist: median(of.built) - work, sources: median(of.source) - work }
  })
  const mean = (of: readonly Figure[], what: 'work' | 'dist' | 'sources'): number =>
    of.reduce((sum, figure) => sum + figure[what], 0) / of.length
  const onLoop = new Set<string>(loopBounds().map(([name]) => name))
  const always = figures.filter(({ name }) => !onLoop.has(name))
  const line = (name: string, ...values: readonly number[]): string =>
    name.padEnd(20) + values.map((value) => value.toFixed(1).padStart(12)).join('')
  console.log(`CPU milliseconds a job, median of ${rounds} rounds; a bare thread takes ${median(bareCosts).toFixed(1)}`)
  console.log(`${''.padEnd(20)}    own work beside: dist     sources`)
  for (const { name, work, dist, sources } of figures) console.log(line(name, work, dist, sources))
  for (const [name, of] of [
    ['mean', figures],
    ['mean, never on loop', always],
  ] as const)
    console.log(line(name, mean(of, 'work'), mean(of, 'dist'), mean(of, 'sources')))
  const name = "a thread beside its job's own work, CPU"
  report({ name: `${name}, mean of all jobs`, value: mean(figures, 'dist'), unit: 'ms', most: MOST_MS })
  report({ name: `${name}, mean of those never on the loop`, value: mean(always, 'dist'), unit: 'ms', most: MOST_MS })
  report({ name: `${name}, the dearest job`, value: Math.max(...figures.map(({ dist }) => dist)), unit: 'ms' })
} finally {
  rmSync(cache, { recursive: true, force: true })
}
