import { isMadeOf, type ExportKind } from '../service/domain/exports/kinds.ts'
import type { AnalysisResult } from '../service/domain/ranking/analysis-result.ts'
import * as exportJobs from '../service/work/export-jobs.ts'
import { bytesIn } from '../service/work/given.ts'
import * as jobs from '../service/work/jobs.ts'
import type { ExportJobName, JobName } from '../service/work/load-job.ts'
import { loopBounds } from '../service/work/loop-jobs.ts'
import { measureFile } from '../service/work/measure-file.ts'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { stateCertainty } from '../test/support/stated-certainty.ts'

/**
 * What each job that may be done on the event loop costs at the bound of its input, in CPU of this process once it is
 * warm: the median of many runs, whatever else the machine does. The aim is 10 ms.
 * Usage: node bench/loop-jobs.ts [runs]
 */
const runs = Number(process.argv[2] ?? 40)
const indicators = [1, 2, 3, 4, 5, 6].map((at) => `indicator_${String(at)}`)

interface Material {
  readonly packed: Uint8Array
  readonly result: Uint8Array
  readonly basis: Uint8Array
  readonly plan: Uint8Array
  readonly certainty: Uint8Array
  readonly ward: string
}

/** Everything that is made of a state of so many wards, as the service stores it. */
async function materialOf(wards: number): Promise<Material> {
  const { csv, shapefile } = makeLargeDataset({ wards, columns: 24 })
  const { packed } = await jobs.prepareDataset({
    wards: [(await jobs.validateWards({ filename: 'wards.csv', bytes: csv, choices: {} })).packed],
    boundaries: (await jobs.validateBoundaries({ filename: 'boundaries.zip', bytes: shapefile, choices: {} })).packed,
    settled: { accepted: [], refused: [] },
    answers: {},
    positivity: [],
  })
  const stamp = { analysisId: 'a', createdAt: new Date(0).toISOString(), datasetVersion: 1, inputs: {} }
  const { json: result, basis } = await jobs.analyse({ packed, options: { indicators }, stamp })
  const options = { totalNets: 100_000, populationColumn: 'indicator_7' }
  const plan = await jobs.planNets({ basis, options, stamp: { id: 'p', datasetVersion: 1 } })
  const read = JSON.parse(Buffer.from(result).toString()) as AnalysisResult
  const certainty = Buffer.from(JSON.stringify(stateCertainty(read, null, { seed: 1, draws: 100 })))
  return { packed, result, basis, plan, certainty, ward: read.wards[0]?.wardName ?? '' }
}

const MADE_FROM = { datasetVersion: 1, analysisId: 'a' }

/** A list of all wards with a field of each source, in an order of its own. */
const QUERY = {
  where: [{ column: 'indicator_1', op: '>', value: 10 }],
  select: ['ward', 'lga', 'indicator_2', 'score', 'nets'],
  orderBy: [{ by: 'indicator_2', direction: 'descending' }],
  limit: 500,
}

const CHART = { kind: 'scatter', x: 'indicator_1', y: 'score' } as const

/** The job that makes a kind of export. */
function exportJobOf(kind: ExportKind): ExportJobName {
  return isMadeOf(kind, 'result') ? 'exportResult' : isMadeOf(kind, 'plan') ? 'exportPlan' : 'exportDataset'
}

function isJob(name: JobName | ExportKind): name is JobName {
  return name in jobs
}

/** The input of each job, of one state's material. */
function inputOf(name: JobName | ExportKind, { packed, result, basis, plan, certainty, ward }: Material): unknown {
  if (!isJob(name)) {
    if (isMadeOf(name, 'result')) return { kind: name, result, certainty, planId: null }
    if (isMadeOf(name, 'plan')) return { kind: name, plan, certainty, note: null }
    return { kind: name, packed, result, plan, certainty }
  }
  switch (name) {
    case 'describeDataset':
    case 'mapShapes':
      return packed
    case 'variableMap':
      return { packed, variable: 'indicator_1' }
    case 'planNets':
      return { basis, options: { totalNets: 100_000, populationColumn: 'indicator_7' }, stamp: {} }
    case 'wardPage':
      return { result, query: { limit: 100 } }
    case 'explainWard':
      return { result, ward }
    case 'resultMap':
      return { packed, result }
    case 'answerFromData':
      return { call: { tool: 'describe_data' }, packed, madeFrom: MADE_FROM }
    case 'answerFromResult':
      return { call: { tool: 'list_wards', limit: 10 }, result, madeFrom: MADE_FROM, plan }
    case 'certaintyWithoutNets':
      return certainty
    case 'askWards':
    case 'answerQuery':
      return { query: QUERY, packed, result, plan, madeFrom: MADE_FROM }
    case 'chartWards':
    case 'answerChart':
      return { chart: CHART, packed, result, plan, madeFrom: MADE_FROM }
    case 'answerPlan':
      return { plan, madeFrom: MADE_FROM, before: null }
    default:
      throw new Error(`Say what ${name} is given: it is done on the event loop`)
  }
}

/** The most wards whose input fits the bound. */
async function materialAtBound(
  name: JobName | ExportKind,
  bound: number,
): Promise<{ material: Material; wards: number }> {
  const sample = 200
  const perWard = bytesIn(inputOf(name, await materialOf(sample))) / sample
  const wards = Math.floor((0.98 * bound) / perWard)
  return { material: await materialOf(wards), wards }
}

for (const [name, bound] of loopBounds()) {
  const { material, wards } = await materialAtBound(name, bound)
  const input = inputOf(name, material) as never
  const run = async (): Promise<void> => {
    if (isJob(name)) await jobs[name](input)
    else measureFile(await exportJobs[exportJobOf(name)](input))
  }
  const milliseconds: number[] = []
  for (let count = 0; count < runs; count += 1) {
    const before = process.threadCpuUsage()
    await run()
    const { user, system } = process.threadCpuUsage(before)
    milliseconds.push((user + system) / 1_000)
  }
  const sorted = milliseconds.slice(5).sort((one, other) => one - other)
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1).padStart(6)
  console.log(
    `${name.padEnd(18)} ${String(bound / 1024).padStart(5)} KiB ${String(wards).padStart(5)} wards  median ` +
      `${at(0.5)} ms, p90 ${at(0.9)} ms of CPU`,
  )
}
