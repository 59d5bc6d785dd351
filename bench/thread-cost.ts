import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { makeDist } from '../build/make-dist.ts'
import { jobs } from '../service/work/jobs.ts'
import { exportJobs } from '../service/work/export-jobs.ts'
import type { JobReply } from '../service/work/worker.ts'

/**
 * What the thread of one job costs beside the job: CPU of the whole process, for jobs of the bundled sample (60 wards).
 * A job's own work is what it takes where it was done before; the first time in a thread it takes longer, which counts
 * as the thread's cost. Usage: node bench/thread-cost.ts [rounds]. Ends with 1 when a job of the build is over the bound.
 */
const rounds = Number(process.argv[2] ?? 5)
const THREADS_A_ROUND = 8
const MOST_MS = 65

const root = join(import.meta.dirname, '..')
await makeDist(root)

interface BenchJob {
  readonly name: string
  readonly request: object
  /** The job itself, on this thread. */
  readonly work: () => Promise<unknown>
}

/** Each job gets what the one before it made, as a session's do. */
async function sampleJobs(): Promise<readonly BenchJob[]> {
  const file = (filename: string): { filename: string; bytes: Uint8Array } => ({
    filename,
    bytes: Uint8Array.from(readFileSync(join(root, 'service/sample', filename))),
  })
  const [wards, boundaries] = [file('wards.csv'), file('boundaries.zip')]
  const prepare = { wards, boundaries, settled: { accepted: [], refused: [] }, positivity: [] }
  const { packed } = await jobs.prepareDataset(prepare)
  const stamp = { id: 'a', createdAt: '2026-01-01T00:00:00.000Z', datasetVersion: 1 }
  const analysis = { packed, options: {}, stamp }
  const { json: result, basis } = await jobs.analyse(analysis)
  const inputs = {
    validateWards: wards,
    validateBoundaries: boundaries,
    prepareDataset: prepare,
    describeDataset: packed,
    mapShapes: packed,
    analyse: analysis,
    wardPage: { result, query: {} },
    explainWard: { result, ward: 'Unguwar Lemo' },
    resultMap: { packed, result },
    planNets: { basis, options: { totalNets: 10_000 }, stamp },
  } as const
  const made = Object.entries(inputs).map(([name, input]) => ({
    name,
    request: { name, input },
    work: async () => jobs[name as keyof typeof inputs](input as never),
  }))
  const exported = { name: 'exportRankings', input: { result } } as const
  return [
    ...made,
    {
      name: exported.name,
      request: { file: exported.name, input: exported.input },
      work: async () => [...(await exportJobs.exportRankings(exported.input))()].length,
    },
  ]
}

/** Starts a thread, gives it one job, and ends it: what the workshop does. */
async function onThread(script: URL | string, request: object): Promise<void> {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 384 } })
  try {
    const reply = await new Promise<JobReply>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
      worker.postMessage(request)
    })
    if ('fault' in reply || 'bug' in reply) throw new Error(`A job failed: ${JSON.stringify(reply)}`)
  } finally {
    await worker.terminate()
  }
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

const benchJobs = await sampleJobs()
for (const { work } of benchJobs) for (let turn = 0; turn < 20; turn += 1) await work()

const bareCosts: number[] = []
const costs = benchJobs.map((job) => ({ job, work: [] as number[], built: [] as number[], source: [] as number[] }))
for (let round = 0; round < rounds; round += 1) {
  bareCosts.push(await cpuOf(THREADS_A_ROUND, async () => onThread(bare, {})))
  for (const { job, ...of } of costs) {
    of.work.push(await cpuOf(20, job.work))
    of.built.push(await cpuOf(THREADS_A_ROUND, async () => onThread(built, job.request)))
    of.source.push(await cpuOf(2, async () => onThread(source, job.request)))
  }
}

console.log(`CPU milliseconds a job, median of ${rounds} rounds; a bare thread ${median(bareCosts).toFixed(0)}`)
console.log(`${'job'.padEnd(20)} own work   dist/: whole, beside own work   sources: whole, beside own work`)
for (const { job, ...of } of costs) {
  const [work, dist, sources] = [median(of.work), median(of.built), median(of.source)]
  const isOver = dist - work > MOST_MS
  console.log(
    `${job.name.padEnd(20)} ${work.toFixed(1).padStart(8)}   ${dist.toFixed(0).padStart(12)}, ${(dist - work).toFixed(0).padStart(4)}${isOver ? ' OVER' : ''}   ${sources.toFixed(0).padStart(20)}, ${(sources - work).toFixed(0)}`,
  )
  if (isOver) process.exitCode = 1
}
console.log(`the bound beside own work: ${MOST_MS} ms`)
