import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as exportJobs from '../service/work/export-jobs.ts'
import type { FileToRead } from '../service/domain/files/reading/choices.ts'
import { notDrawn } from '../service/domain/certainty/stated-certainty.ts'
import * as jobs from '../service/work/jobs.ts'

/** One job of the bundled sample. */
export interface SampleJob {
  readonly name: string
  /** The message to a worker thread that starts it. */
  readonly request: object
  /** Runs the job on the calling thread. */
  readonly work: () => Promise<unknown>
}

/** The jobs of one person's work with the sample of 60 wards. Each uses the results of the jobs before it. */
export async function sampleJobs(root: string): Promise<readonly SampleJob[]> {
  const file = (filename: string): FileToRead => ({
    filename,
    choices: {},
    bytes: Uint8Array.from(readFileSync(join(root, 'service/sample', filename))),
  })
  const [wards, boundaries] = [file('wards.csv'), file('boundaries.zip')]
  const prepare = {
    wards: [(await jobs.validateWards(wards)).packed],
    boundaries: (await jobs.validateBoundaries(boundaries)).packed,
    settled: { accepted: [], refused: [] },
    answers: {},
    positivity: [],
  }
  const { packed } = await jobs.prepareDataset(prepare)
  const stamp = { id: 'a', createdAt: '2026-01-01T00:00:00.000Z', datasetVersion: 1 }
  const analysis = { packed, options: {}, stamp }
  const { json: result, basis } = await jobs.analyse(analysis)
  const certainty = Buffer.from(JSON.stringify(notDrawn('not drawn')))
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
  const exported = {
    file: 'exportResult',
    input: { kind: 'rankings.csv', result, certainty, planId: null },
  } as const
  return [
    ...Object.entries(inputs).map(([name, input]) => ({
      name,
      request: { name, input },
      work: async () => jobs[name as keyof typeof inputs](input as never),
    })),
    {
      name: exported.input.kind,
      request: exported,
      work: async () => [...(await exportJobs[exported.file](exported.input))()].length,
    },
  ]
}
