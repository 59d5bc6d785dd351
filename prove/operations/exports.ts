import { jsonOf, problemOf } from '../client.ts'
import { misfit } from '../expected-ranking.ts'
import { ask, judge, pick, type Operation, type Outcome, type Tab } from '../world.ts'
import { mustBeStale } from './analyses.ts'

interface ExportReply {
  readonly export: { readonly id: string, readonly bytes: number }
  readonly download: { readonly url: string }
}

export function exportOperations(): Operation[] {
  return [
    {
      name: 'export the whole analysis', route: 'POST /api/exports', weight: 2,
      run: async (tab) => await exportAs(tab, 'analysis_results.json', false),
    },
    {
      name: 'export the ranking', route: 'POST /api/exports', heavy: true, weight: 2,
      run: async (tab) => await exportAs(tab, 'rankings.csv', true),
    },
    {
      name: 'list the exports', route: 'GET /api/exports', weight: 2,
      run: async (tab) => await listExports(tab),
    },
  ]
}

async function exportAs(tab: Tab, kind: 'rankings.csv' | 'analysis_results.json', heavy: boolean): Promise<Outcome> {
  const { era, world, person } = tab
  const known = pick(tab.random, era.analyses)
  if (known === undefined) return 'skipped'
  const name = heavy ? 'export the ranking' : 'export the whole analysis'
  const reply = await ask(tab, { name, route: 'POST /api/exports', heavy }, { address: '/api/exports', body: { kind, analysisId: known.id } })
  const span = { begin: reply.begin, end: reply.end }
  const must = mustBeStale(era.changes, known, reply)
  const right = must === true ? [409] : must === false ? [201] : [201, 409]
  if (reply.status === 201 && must === true) world.inspector.report({ kind: 'history', detail: 'An old result was exported as current after new data were acknowledged', viewer: { user: person.user, era: era.number }, request: 'POST /api/exports' })
  const made = jsonOf<ExportReply>(reply)
  const outcome = judge(tab, reply, right)
  if (reply.status !== 201 || made.export === undefined || made.download === undefined) {
    era.made.exports.push({ ...span, key: undefined, outcome: reply.status >= 400 && reply.status < 500 ? 'refused' : 'unknown' })
    return reply.status === 409 && problemOf(reply) !== 'stale' ? 'refused' : outcome
  }
  world.canaries.register(made.export.id, { user: person.user, era: era.number, field: 'export id', version: era.exportIds.length })
  era.exportIds.push(made.export.id)
  era.made.exports.push({ ...span, key: made.export.id, outcome: 'acknowledged' })
  const download = await world.client.send({ user: person.user, era: era.number, operation: name, route: 'object store', method: 'GET', address: made.download.url })
  const arrived = judge(tab, download, era.ending ? [200, 404, 403] : [200])
  if (download.status !== 200) return arrived
  const rows = kind === 'rankings.csv' ? rowsOf(download.bytes.toString()) : jsonOf<{ wards: Record<string, unknown>[] }>(download).wards ?? []
  const wrong = download.bytes.length === made.export.bytes ? misfit(known.edition.ranking, rows) : `${download.bytes.length} bytes arrived where ${made.export.bytes} were made`
  if (wrong !== null) world.inspector.report({ kind: 'wrong numbers', detail: `Downloaded ${kind}: ${wrong}`, viewer: { user: person.user, era: era.number }, request: 'GET (presigned download)' })
  return arrived
}

export async function listExports(tab: Tab, fresh = false): Promise<Outcome> {
  const reply = await ask(tab, { name: 'list the exports', route: 'GET /api/exports' }, { address: '/api/exports', fresh })
  const outcome = judge(tab, reply, [200])
  if (outcome === 'done') tab.era.listed.exports.push({ begin: reply.begin, end: reply.end, keys: (jsonOf<{ exports: { id: string }[] }>(reply).exports ?? []).map(({ id }) => id) })
  return outcome
}

/** The CSV's columns that say where a ward stands; canaries hold no comma and no quote. */
function rowsOf(csv: string): Record<'wardName' | 'score' | 'rank' | 'tier', unknown>[] {
  const [header = '', ...lines] = csv.trimEnd().split(/\r?\n/)
  const at = (name: string): number => header.split(',').indexOf(name)
  return lines.map((line) => {
    const cells = line.split(',')
    return { wardName: cells[at('ward_name')], score: Number(cells[at('score')]), rank: Number(cells[at('rank')]), tier: cells[at('tier')] }
  })
}
