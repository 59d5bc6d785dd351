import type { AnalysisResult } from '../domain/ranking/analysis-result.ts'
import type { NetPlan } from '../domain/plan/net-plan.ts'
import type { ReportStamp } from '../domain/exports/report-html.ts'
import { readJson } from './own-json.ts'

/** The text of a file, piece by piece; called again it begins anew and gives the same. */
export type Pieces = () => Iterable<string>

type StoredResult = AnalysisResult & ReportStamp
type StampedPlan = NetPlan & { readonly id: string; readonly datasetVersion: number }

/**
 * What makes files on worker threads: bytes of stored JSON and packed datasets in, text out in pieces, so that a file is
 * never whole in memory beside what it is made of. `plan` is the JSON text of a stamped plan.
 */
export const exportJobs = {
  async exportRankings(input: { result: Uint8Array }): Promise<Pieces> {
    const { exportRankings } = await import('../domain/exports/export-rankings.ts')
    const result = readJson<StoredResult>(input.result)
    return () => exportRankings(result)
  },
  async exportPlan(input: { plan: Uint8Array }): Promise<Pieces> {
    const { exportPlan } = await import('../domain/exports/export-plan.ts')
    const plan = readJson<StampedPlan>(input.plan)
    return () => exportPlan(plan)
  },
  async exportMap(input: { packed: Uint8Array; result: Uint8Array; plan: Uint8Array | null }): Promise<Pieces> {
    const [{ exportMap }, { unpackDataset }] = await Promise.all([
      import('../domain/exports/export-map.ts'),
      import('../domain/dataset/pack-dataset.ts'),
    ])
    const dataset = unpackDataset(input.packed)
    const result = readJson<StoredResult>(input.result)
    const plan = input.plan && readJson<StampedPlan>(input.plan)
    return () => exportMap(dataset, result, plan)
  },
  async exportReport(input: { packed: Uint8Array; result: Uint8Array; plan: Uint8Array | null }): Promise<Pieces> {
    const [{ reportHtml }, { resultFeatures }, { unpackDataset }] = await Promise.all([
      import('../domain/exports/report-html.ts'),
      import('../domain/map/result-map.ts'),
      import('../domain/dataset/pack-dataset.ts'),
    ])
    const dataset = unpackDataset(input.packed)
    const result = readJson<StoredResult>(input.result)
    const plan = input.plan && readJson<StampedPlan>(input.plan)
    const wardsWithoutBoundary = dataset.unmatched.map(({ name }) => name)
    return () =>
      reportHtml({
        result,
        plan,
        map: dataset.boundaries && {
          bbox: dataset.boundaries.bbox,
          features: resultFeatures(dataset, result, { mostPoints: 40_000 }),
          wardsWithoutBoundary,
        },
      })
  },
} as const

export type ExportJobs = typeof exportJobs
export type ExportJobName = keyof ExportJobs
