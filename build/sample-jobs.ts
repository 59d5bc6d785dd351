import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJobs } from '../service/work/export-jobs.ts'
import { jobs } from '../service/work/jobs.ts'

/** One job of the bundled sample. */
export interface SampleJob {
  readonly name: string
  /** What a worker thread is sent for it. */
  readonly request: object
  /** The job itself, on the thread that calls. */
  readonly work: () => Promise<unknown>
}

/** The jobs of one person's way through the sample, 60 wards; each gets what those before it made. */
export async function sampleJobs(root: string): Promise<readonly SampleJob[]> {
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
  const exported = { file: 'exportRankings', input: { result } } as const
  return [
    ...Object.entries(inputs).map(([name, input]) => ({
      name,
      request: { name, input },
      work: async () => jobs[name as keyof typeof inputs](input as never),
    })),
    {
      name: exported.file,
      request: exported,
      work: async () => [...(await exportJobs[exported.file](exported.input))()].length,
    },
  ]
}
