import { jsonOf, problemOf, type Exchange } from '../client.ts'
import { INDICATORS, rankingByWeights, WEIGHTS } from '../made-data.ts'
import { misfit } from '../expected-ranking.ts'
import type { Span } from '../history.ts'
import type { Outcome } from '../outcome.ts'
import type { AnalysisRecord } from '../person.ts'
import { uploadBoundaries } from './files.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'

/** A row of a ranking; that of a person's own weights has the place by the method beside it. */
interface WardRow {
  readonly wardName?: unknown
  readonly score?: unknown
  readonly rank?: unknown
  readonly tier?: unknown
  readonly byMethod?: Omit<WardRow, 'byMethod'>
}
interface AnalysisReply {
  readonly analysis: {
    readonly id: string
    readonly datasetVersion: number
    readonly stale: boolean
    readonly inputs: { readonly wards: { readonly sha256: string } }
    readonly wards: readonly WardRow[]
  }
}
interface ListReply {
  readonly analyses: readonly { readonly id: string; readonly stale: boolean }[]
}

const BY_WEIGHTS = "rank the wards by a person's own weights"

export function analysisOperations(): Operation[] {
  return [
    {
      name: 'rank the wards',
      route: 'POST /api/analyses',
      heavy: true,
      weight: 1,
      run: async (tab) => await rank(tab),
    },
    {
      name: BY_WEIGHTS,
      route: 'POST /api/analyses',
      heavy: true,
      weight: 1,
      run: async (tab) => await rank(tab, true),
    },
    {
      name: 'list the analyses',
      route: 'GET /api/analyses',
      weight: 3,
      run: async (tab) => await listAnalyses(tab),
    },
    {
      name: 'read an analysis',
      route: 'GET /api/analyses/{analysisId}',
      weight: 4,
      async run(tab) {
        const known = pick(tab.random, tab.era.analyses)
        if (known === undefined) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/analyses/${known.id}` })
        const outcome = judge(tab, reply, [200])
        if (outcome !== 'done') return outcome
        const { analysis } = jsonOf<AnalysisReply>(reply)
        compare(tab, reply, known, analysis?.wards ?? [])
        checkStale(tab, reply, known, analysis?.stale)
        return outcome
      },
    },
    {
      name: 'page through the ranking',
      route: 'GET /api/analyses/{analysisId}/wards',
      heavy: true,
      weight: 2,
      async run(tab) {
        const known = pick(tab.random, tab.era.analyses)
        if (known === undefined) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/analyses/${known.id}/wards?sort=-score` })
        const outcome = judge(tab, reply, [200])
        if (outcome !== 'done') return outcome
        const page = jsonOf<{ wards: WardRow[]; stale: boolean }>(reply)
        compare(tab, reply, known, page.wards ?? [])
        checkStale(tab, reply, known, page.stale)
        return outcome
      },
    },
    {
      name: 'ask why a ward ranks where it does',
      route: 'GET /api/analyses/{analysisId}/wards/{ward}',
      heavy: true,
      weight: 1,
      async run(tab) {
        const known = pick(tab.random, tab.era.analyses)
        const ward = pick(tab.random, known?.edition.ranking ?? [])
        if (known === undefined || ward === undefined) return 'skipped'
        const reply = await ask(tab, this, { address: `/api/analyses/${known.id}/wards/${ward.wardName}` })
        const outcome = judge(tab, reply, [200])
        if (outcome !== 'done') return outcome
        const shown = jsonOf<{ ward: WardRow; stale: boolean }>(reply)
        compare(
          tab,
          reply,
          { ...known, edition: { ...known.edition, ranking: [ward] } },
          shown.ward === undefined ? [] : [shown.ward],
        )
        checkStale(tab, reply, known, shown.stale)
        return outcome
      },
    },
    {
      name: 'see the ranking on a map',
      route: 'GET /api/analyses/{analysisId}/map',
      heavy: true,
      weight: 1,
      run: seeMap,
    },
  ]
}

/** The ranking of an analysis with boundaries, on those boundaries. */
async function seeMap(tab: Tab): Promise<Outcome> {
  const known = await rankWithBoundaries(tab)
  if (typeof known === 'string') return known
  const reply = await ask(
    tab,
    { name: 'see the ranking on a map', route: 'GET /api/analyses/{analysisId}/map', heavy: true },
    { address: `/api/analyses/${known.id}/map` },
  )
  const outcome = judge(tab, reply, [200])
  if (outcome !== 'done') return outcome
  const map = jsonOf<{ features: { properties: WardRow }[]; stale: boolean }>(reply)
  compare(
    tab,
    reply,
    known,
    (map.features ?? []).map(({ properties }) => properties),
  )
  checkStale(tab, reply, known, map.stale)
  return outcome
}

/** An analysis with boundaries, or the outcome where there is none. */
export async function rankWithBoundaries(tab: Tab): Promise<AnalysisRecord | Outcome> {
  const { era } = tab
  if (era.editions.length === 0) return 'skipped'
  const outlined = era.files.some(({ role, state }) => role === 'boundaries' && state === 'ready')
    ? 'done'
    : await uploadBoundaries(tab)
  if (outlined !== 'done') return outlined
  const since = performance.now()
  const ranked = await rank(tab)
  return era.analyses.findLast(({ begin }) => begin >= since) ?? ranked
}

async function rank(tab: Tab, byWeights = false): Promise<Outcome> {
  const { era, world, person } = tab
  if (era.editions.length === 0) return 'skipped'
  const reply = await ask(
    tab,
    { name: byWeights ? BY_WEIGHTS : 'rank the wards', route: 'POST /api/analyses', heavy: true },
    { address: '/api/analyses', body: byWeights ? { weights: WEIGHTS } : { indicators: INDICATORS } },
  )
  // The data may be replaced during the analysis.
  const replaced =
    reply.status === 409 &&
    problemOf(reply) === 'stale' &&
    era.changes.some(({ begin, end }) => begin < reply.end && end > reply.begin)
  const outcome = judge(tab, reply, replaced ? [201, 409] : [201])
  const span = { begin: reply.begin, end: reply.end }
  const { analysis } = jsonOf<AnalysisReply>(reply)
  if (reply.status !== 201 || analysis === undefined) {
    era.made.analyses.push({
      ...span,
      key: undefined,
      outcome: reply.status >= 400 && reply.status < 500 ? 'refused' : 'unknown',
    })
    return outcome
  }
  const edition = era.editions.find(({ sha256 }) => sha256 === analysis.inputs.wards.sha256)
  world.canaries.register(analysis.id, {
    user: person.user,
    era: era.number,
    field: 'analysis id',
    version: era.analyses.length,
  })
  era.made.analyses.push({ ...span, key: analysis.id, outcome: 'acknowledged' })
  if (edition === undefined) {
    world.inspector.report({
      kind: 'wrong numbers',
      detail: 'The analysis was made from a table that this session never uploaded',
      viewer: { user: person.user, era: era.number },
      request: 'POST /api/analyses',
    })
    return outcome
  }
  const ranking = byWeights ? rankingByWeights(edition) : edition.ranking
  const record: AnalysisRecord = {
    ...span,
    id: analysis.id,
    edition: { ...edition, ranking },
    datasetVersion: analysis.datasetVersion,
  }
  era.analyses.push(record)
  era.reads.push({ ...span, value: edition.filename })
  era.versions.push({ ...span, version: analysis.datasetVersion, edition: edition.version })
  compare(tab, reply, record, analysis.wards)
  if (byWeights) {
    const ofMethod = analysis.wards.map(({ wardName, byMethod }) => ({ ...byMethod, wardName }))
    compare(tab, reply, { ...record, edition }, ofMethod)
  }
  return outcome
}

export async function listAnalyses(tab: Tab, fresh = false): Promise<Outcome> {
  const reply = await ask(
    tab,
    { name: 'list the analyses', route: 'GET /api/analyses' },
    { address: '/api/analyses', fresh },
  )
  const outcome = judge(tab, reply, [200])
  if (outcome === 'done') {
    const { analyses = [] } = jsonOf<ListReply>(reply)
    tab.era.listed.analyses.push({ begin: reply.begin, end: reply.end, keys: analyses.map(({ id }) => id) })
    for (const { id, stale } of analyses) {
      const known = tab.era.analyses.find((record) => record.id === id)
      if (known !== undefined) checkStale(tab, reply, known, stale)
    }
  }
  return outcome
}

/** Every figure must follow from the edition of the data that was analysed. */
function compare(
  { world, person, era }: Tab,
  reply: Exchange,
  { edition }: AnalysisRecord,
  wards: readonly WardRow[],
): void {
  const wrong = misfit(edition.ranking, wards)
  if (wrong !== null)
    world.inspector.report({
      kind: 'wrong numbers',
      detail: wrong,
      viewer: { user: person.user, era: era.number },
      request: `${reply.method} ${reply.address}`,
      ...(reply.requestId !== undefined && { requestId: reply.requestId }),
    })
}

/** Stale when a later change was acknowledged, and not before a change was requested. */
function checkStale(
  { world, person, era }: Tab,
  reply: Exchange,
  made: AnalysisRecord,
  shown: boolean | undefined,
): void {
  const must = mustBeStale(era.changes, made, reply)
  if (must === null || shown === must) return
  world.inspector.report({
    kind: 'history',
    detail: must
      ? 'An old result was shown as current after new data were acknowledged'
      : 'A result was called stale though the data had not changed',
    viewer: { user: person.user, era: era.number },
    request: `${reply.method} ${reply.address}`,
    ...(reply.requestId !== undefined && { requestId: reply.requestId }),
  })
}

/** Whether a result has to be reported as stale at a time; null when both are right. */
export function mustBeStale(changes: readonly Span[], made: Span, at: Span): boolean | null {
  if (changes.some(({ begin, end }) => begin > made.end && end < at.begin)) return true
  return changes.some(({ begin, end }) => end > made.begin && begin < at.end) ? null : false
}
