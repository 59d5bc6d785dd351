import type { Answer, MadeFrom } from '../domain/chat/answer.ts'
import type { InputOf } from '../domain/chat/tools.ts'
import type { NetPlan } from '../domain/plan/net-plan.ts'
import type { QueryAnswer, WardQuery } from '../domain/query/ward-query.ts'
import type { WardView } from '../domain/query/ward-view.ts'
import type { AnalysisResult } from '../domain/ranking/analysis-result.ts'
import { readJson } from './own-json.ts'

/** What the joined view is made of: a packed dataset, and the JSON texts of a result and of a plan. */
export interface ViewInput {
  readonly packed: Uint8Array
  readonly result: Uint8Array | null
  readonly plan: Uint8Array | null
}

// What is asked of the joined view of data, ranking and plan.

/** The answer to a query, with the caveats of the ranking or the plan that it takes fields from. */
export async function askWards(
  input: ViewInput & { readonly query: WardQuery },
): Promise<QueryAnswer & { readonly caveats: readonly string[] }> {
  const [{ askWards }, { viewCaveats }, view] = await Promise.all([
    import('../domain/query/ask-wards.ts'),
    import('../domain/query/view-caveats.ts'),
    openView(input),
  ])
  return { ...askWards(view, input.query), caveats: viewCaveats(view) }
}

/** The same as a reply of the chat. */
export async function answerQuery(
  input: ViewInput & { readonly query: InputOf<'query_wards'>; readonly madeFrom: MadeFrom },
): Promise<Answer> {
  const [{ answerQuery }, view] = await Promise.all([import('../domain/chat/answers/query.ts'), openView(input)])
  return answerQuery(view, input.query, input.madeFrom)
}

async function openView({ packed, result, plan }: ViewInput): Promise<WardView> {
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
