import type { AnalysesReply, Analysis, AnalysisReply } from '../features/replies/analyses.ts'
import type { Dataset, Settled, Shapes } from '../features/replies/dataset.ts'
import type { FilesReply } from '../features/replies/files.ts'
import type { PlanReply, PlansReply } from '../features/replies/plans.ts'
import { call, callSession, Problem } from './http.ts'
import type { Choice } from './indicators/choices.ts'
import type { Tabs } from './shell/tabs.ts'
import type { State } from './state.ts'
import { wardsOf } from './wards/ward.ts'

/** What the page asks of the service, and how its state follows. All throw a `Problem`. */
export type Acts = ReturnType<typeof makeActs>

export function makeActs(state: State, tabs: Tabs) {
  /** The version of the data whose boundaries are shown. */
  let shapesOf: number | undefined

  state.session.watch((session) => {
    if (session === null) shapesOf = undefined
  })

  /** Starts a session where there is none. */
  async function ensureSession(signal: AbortSignal): Promise<void> {
    if (state.session.value === null) state.session.set(await callSession('POST', signal))
  }

  /** Shows what the session holds on the server; false without a session. */
  async function restore(signal: AbortSignal): Promise<boolean> {
    const current = await callSession('GET', signal).catch((error: unknown) => orNull(error, 'no-session'))
    if (current === null) return false
    state.session.set(current)
    await refresh(signal)
    return true
  }

  /** Reads files, data, the latest ranking and its latest plan again. */
  async function refresh(signal: AbortSignal): Promise<void> {
    await refreshData(signal)
    const { analyses } = (await call('GET', '/api/analyses', { signal })) as AnalysesReply
    const latest = [...analyses].sort((one, other) => other.createdAt.localeCompare(one.createdAt))[0]
    if (latest === undefined || state.dataset.value === null) return
    if (latest.id !== state.ranking.value?.analysis.id) await showRanking(latest.id, signal)
    await refreshPlans(signal)
    // A plan without a net only told how many nets all wards need.
    const newest = state.plans.value.find(
      ({ analysisId, options }) => analysisId === latest.id && options.totalNets > 0,
    )
    if (newest !== undefined) await showPlan(newest.id, signal)
  }

  async function refreshData(signal: AbortSignal): Promise<void> {
    const { files } = (await call('GET', '/api/files', { signal })) as FilesReply
    const dataset = (await call('GET', '/api/dataset', { signal }).catch((error: unknown) =>
      orNull(error, 'no-data'),
    )) as Dataset | null
    state.files.set(files)
    state.dataset.set(dataset)
    markStale()
    await refreshShapes(signal)
  }

  /** The boundaries of the data as they are joined now. */
  async function refreshShapes(signal: AbortSignal): Promise<void> {
    const dataset = state.dataset.value
    // A ranking of the data before is shown with the boundaries that it was made with.
    const isKept = state.isStale.value && state.shapes.value !== null
    if (dataset?.version === shapesOf || isKept) return
    const shapes =
      (dataset?.quality.boundaries ?? null) === null
        ? null
        : ((await call('GET', '/api/dataset/shapes', { signal }).catch((error: unknown) =>
            orNull(error, 'not-found', 'no-data'),
          )) as Shapes | null)
    shapesOf = dataset?.version
    state.shapes.set(shapes)
  }

  function markStale(): void {
    const { ranking, dataset, isStale } = state
    isStale.set(ranking.value !== null && ranking.value.analysis.datasetVersion !== dataset.value?.version)
  }

  async function rank(choice: Choice, signal: AbortSignal): Promise<void> {
    const { analysis } = (await call('POST', '/api/analyses', { body: choice, signal })) as AnalysisReply
    await showAnalysis(analysis, signal)
    tabs.tell('changed')
  }

  async function showRanking(id: string, signal: AbortSignal): Promise<void> {
    await showAnalysis(((await call('GET', `/api/analyses/${id}`, { signal })) as AnalysisReply).analysis, signal)
  }

  async function showAnalysis(analysis: Analysis, signal: AbortSignal): Promise<void> {
    const { selected, ranking, plan, certainty } = state
    const chosen = selected.value?.name
    if (analysis.datasetVersion === state.dataset.value?.version) {
      state.isStale.set(false)
      await refreshShapes(signal)
    }
    plan.set(null)
    certainty.set(null)
    const wards = wardsOf(analysis, state.shapes.value)
    // Before the ranking, which may bring a ward of the address with it.
    selected.set(wards.find(({ name }) => name === chosen) ?? null)
    ranking.set({ analysis, wards })
    state.isStale.set(analysis.stale || analysis.datasetVersion !== state.dataset.value?.version)
  }

  async function refreshPlans(signal: AbortSignal): Promise<void> {
    state.plans.set(((await call('GET', '/api/itn-plans', { signal })) as PlansReply).plans)
  }

  async function showPlan(id: string, signal: AbortSignal): Promise<void> {
    const { plan } = (await call('GET', `/api/itn-plans/${id}`, { signal })) as PlanReply
    if (plan.analysisId !== state.ranking.value?.analysis.id) await showRanking(plan.analysisId, signal)
    state.plan.set(plan)
  }

  /** Joins or separates wards and boundaries, which makes new data. */
  async function settle(choices: readonly Settled[], what: 'accept' | 'refuse', signal: AbortSignal): Promise<void> {
    const send = (): Promise<unknown> => call('POST', '/api/dataset/matches', { body: { [what]: choices }, signal })
    // A choice of names holds for the data as they are now, too.
    await send().catch((error: unknown) => {
      orNull(error, 'stale')
      return send()
    })
    await refreshData(signal)
    tabs.tell('changed')
  }

  return { ensureSession, restore, refresh, refreshData, rank, showRanking, refreshPlans, showPlan, settle }
}

/**
 * Null for a problem that only says that there is nothing yet.
 * @throws the error again if it is another one
 */
export function orNull(error: unknown, ...kinds: string[]): null {
  if (error instanceof Problem && kinds.includes(error.kind)) return null
  throw error
}
