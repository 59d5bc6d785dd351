import { jsonOf, problemOf, type Exchange } from '../client.ts'
import { misfit } from '../expected-ranking.ts'
import type { Outcome } from '../outcome.ts'
import type { AnalysisRecord } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { mustBeStale, rankWithBoundaries } from './analyses.ts'
import { makePlan } from './plans.ts'

interface ExportReply {
  readonly export: { readonly id: string; readonly bytes: number }
  readonly download: { readonly url: string }
}

export function exportOperations(): Operation[] {
  return [
    {
      name: 'export the whole analysis',
      route: 'POST /api/exports',
      weight: 2,
      run: async (tab) => await exportAs(tab, 'analysis_results.json', false),
    },
    {
      name: 'export the ranking',
      route: 'POST /api/exports',
      heavy: true,
      weight: 2,
      run: async (tab) => await exportAs(tab, 'rankings.csv', true),
    },
    {
      name: 'export a plan',
      route: 'POST /api/exports',
      heavy: true,
      weight: 1,
      async run(tab) {
        if (tab.era.plans.length === 0) {
          const made = await makePlan(tab)
          if (made !== 'done') return made
        }
        return await exportAs(tab, 'itn_plan.csv', true)
      },
    },
    {
      name: 'export the map',
      route: 'POST /api/exports',
      heavy: true,
      weight: 1,
      async run(tab) {
        const known = await rankWithBoundaries(tab)
        return typeof known === 'string' ? known : await exportAs(tab, 'map.geojson', true, known)
      },
    },
    {
      name: 'export the report',
      route: 'POST /api/exports',
      heavy: true,
      weight: 1,
      run: async (tab) => await exportAs(tab, 'report.html', true),
    },
    {
      name: 'list the exports',
      route: 'GET /api/exports',
      weight: 2,
      run: async (tab) => await listExports(tab),
    },
  ]
}

type Kind = 'rankings.csv' | 'analysis_results.json' | 'itn_plan.csv' | 'map.geojson' | 'report.html'

const NAMES: Readonly<Record<Kind, string>> = {
  'rankings.csv': 'export the ranking',
  'analysis_results.json': 'export the whole analysis',
  'itn_plan.csv': 'export a plan',
  'map.geojson': 'export the map',
  'report.html': 'export the report',
}

/** @param chosen one of the session's analyses; any of them where it is left out */
async function exportAs(tab: Tab, kind: Kind, heavy: boolean, chosen?: AnalysisRecord): Promise<Outcome> {
  const { era, world, person } = tab
  const plan = kind === 'itn_plan.csv' ? pick(tab.random, era.plans) : undefined
  const known = chosen ?? plan?.analysis ?? pick(tab.random, era.analyses)
  if (known === undefined || (kind === 'itn_plan.csv' && plan === undefined)) return 'skipped'
  const name = NAMES[kind]
  const reply = await ask(
    tab,
    { name, route: 'POST /api/exports', heavy },
    { address: '/api/exports', body: { kind, analysisId: known.id, ...(plan !== undefined && { planId: plan.id }) } },
  )
  const span = { begin: reply.begin, end: reply.end }
  const must = mustBeStale(era.changes, known, reply)
  const right = must === true ? [409] : must === false ? [201] : [201, 409]
  if (reply.status === 201 && must === true)
    world.inspector.report({
      kind: 'history',
      detail: 'An old result was exported as current after new data were acknowledged',
      viewer: { user: person.user, era: era.number },
      request: 'POST /api/exports',
    })
  const made = jsonOf<ExportReply>(reply)
  const outcome = judge(tab, reply, right)
  if (reply.status !== 201 || made.export === undefined || made.download === undefined) {
    era.made.exports.push({
      ...span,
      key: undefined,
      outcome: reply.status >= 400 && reply.status < 500 ? 'refused' : 'unknown',
    })
    return reply.status === 409 && problemOf(reply) !== 'stale' ? 'refused' : outcome
  }
  world.canaries.register(made.export.id, {
    user: person.user,
    era: era.number,
    field: 'export id',
    version: era.exportIds.length,
  })
  era.exportIds.push(made.export.id)
  era.made.exports.push({ ...span, key: made.export.id, outcome: 'acknowledged' })
  const download = await world.client.send({
    user: person.user,
    era: era.number,
    operation: name,
    route: 'object store',
    method: 'GET',
    address: made.download.url,
  })
  const arrived = judge(tab, download, era.ending ? [200, 404, 403] : [200])
  if (download.status !== 200) return arrived
  const text = download.bytes.toString()
  const missing = known.edition.wardNames.filter((ward) => !text.includes(ward)).length
  const ranked = rankingIn(kind, download)
  const wrong =
    download.bytes.length !== made.export.bytes
      ? `${download.bytes.length} bytes arrived where ${made.export.bytes} were made`
      : ranked !== undefined
        ? misfit(known.edition.ranking, ranked)
        : missing > 0
          ? `${missing} wards are missing`
          : null
  if (wrong !== null)
    world.inspector.report({
      kind: 'wrong numbers',
      detail: `Downloaded ${kind}: ${wrong}`,
      viewer: { user: person.user, era: era.number },
      request: 'GET (presigned download)',
    })
  return arrived
}

export async function listExports(tab: Tab, fresh = false): Promise<Outcome> {
  const reply = await ask(
    tab,
    { name: 'list the exports', route: 'GET /api/exports' },
    { address: '/api/exports', fresh },
  )
  const outcome = judge(tab, reply, [200])
  if (outcome === 'done')
    tab.era.listed.exports.push({
      begin: reply.begin,
      end: reply.end,
      keys: (jsonOf<{ exports: { id: string }[] }>(reply).exports ?? []).map(({ id }) => id),
    })
  return outcome
}

/** The wards with their scores; undefined for the kinds that show less. */
function rankingIn(kind: Kind, download: Exchange): readonly Record<string, unknown>[] | undefined {
  if (kind === 'rankings.csv') return rowsOf(download.bytes.toString())
  if (kind === 'analysis_results.json') return jsonOf<{ wards: Record<string, unknown>[] }>(download).wards ?? []
  if (kind === 'map.geojson')
    return (jsonOf<{ features: { properties: Record<string, unknown> }[] }>(download).features ?? []).map(
      ({ properties }) => properties,
    )
  return undefined
}

/** The CSV's columns that say where a ward stands; canaries hold no comma and no quote. */
function rowsOf(csv: string): Record<'wardName' | 'score' | 'rank' | 'tier', unknown>[] {
  const [header = '', ...lines] = csv.trimEnd().split(/\r?\n/)
  const at = (name: string): number => header.split(',').indexOf(name)
  return lines.map((line) => {
    const cells = line.split(',')
    return {
      wardName: cells[at('ward_name')],
      score: Number(cells[at('score')]),
      rank: Number(cells[at('rank')]),
      tier: cells[at('tier')],
    }
  })
}
