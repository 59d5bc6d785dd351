import type { NetPlan } from '../domain/plan/net-plan.ts'
import type { WardView } from '../domain/query/ward-view.ts'
import type { AnalysisResult } from '../domain/ranking/analysis-result.ts'
import { readJson } from './own-json.ts'

/** What the joined view is made of: a packed dataset, and the JSON texts of a result and of a plan. */
export interface ViewInput {
  readonly packed: Uint8Array
  readonly result: Uint8Array | null
  readonly plan: Uint8Array | null
}

/** Opens the joined view of data, ranking and plan, for a job that asks it something. */
export async function openView({ packed, result, plan }: ViewInput): Promise<WardView> {
  const [{ viewWards }, { unpackDataset }] = await Promise.all([
    import('../domain/query/ward-view.ts'),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  return viewWards({
    dataset: unpackDataset(packed),
    result: result && readJson<AnalysisResult>(result),
    plan: plan && readJson<NetPlan>(plan),
  })
}
