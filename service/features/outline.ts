import type { RequestContext } from '../context.ts'
import type { Outline } from '../domain/chat/outline.ts'
import { isStale } from './current-files.ts'
import { openDatasetOutline } from './open-dataset.ts'

/** What this session has, in names: the one thing an interpreter of questions is told, by rules or by a model. */
export async function outlineOf(ctx: RequestContext): Promise<Outline> {
  const workspace = await ctx.workspace.read()
  const dataset = await openDatasetOutline(ctx, workspace)
  const analysis = workspace.analyses.at(-1)
  const plan = workspace.plans.at(-1)
  return {
    dataset: dataset && { version: workspace.datasetVersion, ...dataset },
    analysis:
      analysis === undefined
        ? null
        : {
            datasetVersion: analysis.datasetVersion,
            indicators: analysis.indicators,
            mode: analysis.mode,
            hasPca: analysis.hasPca,
            stale: isStale(analysis, workspace),
          },
    plan:
      plan === undefined
        ? null
        : { datasetVersion: plan.datasetVersion, options: plan.options, stale: isStale(plan, workspace) },
  }
}
