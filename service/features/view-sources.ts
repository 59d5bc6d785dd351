import type { RequestContext } from '../context.ts'
import { MISSING } from '../domain/chat/needs.ts'
import { Fault } from '../domain/fault.ts'
import { say, type PlainKind } from '../domain/said.ts'
import { neededSources } from '../domain/query/needed-sources.ts'
import type { StoredAnalysis, StoredPlan, Workspace } from '../stores/workspace.ts'
import { isStale } from './current-files.ts'
import { openDataset, openDatasetOutline } from './open-dataset.ts'
import { planJson } from './plans.ts'
import { staleFault } from './tools/tool-result.ts'

/** The analysis and the plan that somebody named. Without a name, the newest ones are meant. */
export interface Chosen {
  readonly analysisId?: string
  readonly planId?: string
}

/** What the joined view of the session's wards is made of, as jobs take it. */
export interface ViewSources {
  readonly datasetVersion: number
  readonly packed: Uint8Array
  /** Null unless one of the names needs it. */
  readonly result: Uint8Array | null
  readonly plan: Uint8Array | null
  /** The ids of the analysis and the plan that are used. */
  readonly used: Chosen
}

/**
 * Opens the current data, and of an analysis and a plan what these names need.
 * @param names of columns and fields
 * @throws Fault `no-data` when there are no wards, or a name needs an analysis or a plan that is not there
 * @throws Fault `not-found` when there is no such analysis or plan, `stale` when the data were changed since
 * @throws Fault `invalid-input` when the plan was made from another analysis
 */
export async function openViewSources(
  ctx: RequestContext,
  names: readonly string[],
  chosen: Chosen = {},
): Promise<ViewSources> {
  const workspace = await ctx.workspace.read()
  const { analysis, plan } = madeOf(ctx, workspace, chosen)
  const outline = await openDatasetOutline(ctx, workspace)
  if (outline === null) throw new Fault('no-data', say(MISSING.data, {}))
  const needed = neededSources(
    names,
    outline.columns.map(({ name }) => name),
  )
  const ranked = needed.size === 0 ? undefined : current(analysis, workspace, MISSING.analysis)
  const planned = needed.has('plan') ? current(plan, workspace, MISSING.plan) : undefined
  const [dataset, result, planBytes] = await Promise.all([
    openDataset(ctx),
    ranked && ctx.objects.read(ranked.result),
    planned && planJson(ctx, planned),
  ])
  // The files may have changed since the analysis and the plan were chosen.
  if (ranked !== undefined && ranked.datasetVersion !== dataset.version)
    throw staleFault(ranked, { datasetVersion: dataset.version })
  return {
    datasetVersion: dataset.version,
    packed: dataset.packed,
    result: result ?? null,
    plan: planBytes ?? null,
    used: { ...(ranked && { analysisId: ranked.id }), ...(planned && { planId: planned.id }) },
  }
}

/** The chosen analysis and plan, or else the newest analysis and its newest plan. What is chosen must not be stale. */
function madeOf(
  ctx: RequestContext,
  workspace: Workspace,
  { analysisId, planId }: Chosen,
): { analysis: StoredAnalysis | undefined; plan: StoredPlan | undefined } {
  const { analyses, plans } = workspace
  const chosenPlan = planId === undefined ? undefined : ctx.ids.find(plans, planId)
  const wanted = analysisId ?? chosenPlan?.analysisId
  const analysis = wanted === undefined ? analyses.at(-1) : ctx.ids.find(analyses, wanted)
  if (chosenPlan !== undefined && chosenPlan.analysisId !== analysis?.id)
    throw new Fault('invalid-input', say('analysis-and-plan-unfit', {}), {
      errors: [{ said: say('plan-of-other-analysis', {}), pointer: '/planId' }],
    })
  if (wanted !== undefined && analysis !== undefined && isStale(analysis, workspace))
    throw staleFault(analysis, workspace)
  return { analysis, plan: chosenPlan ?? plans.findLast((plan) => plan.analysisId === analysis?.id) }
}

function current<Made extends StoredAnalysis | StoredPlan>(
  made: Made | undefined,
  workspace: Workspace,
  missing: PlainKind,
): Made {
  if (made === undefined) throw new Fault('no-data', say(missing, {}))
  if (isStale(made, workspace)) throw staleFault(made, workspace)
  return made
}
