import { EXPORTS, type ExportKind } from '../../service/domain/exports/kinds.ts'
import { jsonOf, problemOf, type Exchange } from '../client.ts'
import { misfit } from '../expected-ranking.ts'
import type { Edition } from '../made-data.ts'
import type { Outcome } from '../outcome.ts'
import type { AnalysisRecord } from '../person.ts'
import { readWorkbook, recordsOf } from '../workbook-rows.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { mustBeStale, rankWithBoundaries } from './analyses.ts'
import { makePlan } from './plans.ts'

interface ExportReply {
  readonly export: { readonly id: string; readonly bytes: number }
  readonly download: { readonly url: string }
}

type Row = Readonly<Record<string, unknown>>

/** How people export one kind, and what the file must hold. */
interface ExportHabit {
  readonly name: string
  /** Made on a worker thread. */
  readonly isHeavy: boolean
  readonly weight: number
  /** Makes what the file needs beside any analysis, or the analysis it needs; an outcome where that is not possible. */
  readonly prepare?: (tab: Tab) => Promise<AnalysisRecord | Outcome | undefined>
  /** What is wrong with the file, or null. */
  readonly check: (download: Exchange, from: Pick<AnalysisRecord, 'edition'>) => string | null
}

const HABITS: Readonly<Record<ExportKind, ExportHabit>> = {
  'analysis_results.json': {
    name: 'export the whole analysis',
    isHeavy: true,
    weight: 2,
    check: holdsRanking((download) => jsonOf<{ wards: Row[] }>(download).wards ?? []),
  },
  'rankings.csv': {
    name: 'export the ranking',
    isHeavy: true,
    weight: 2,
    check: holdsRanking((download) => rowsOf(download.bytes.toString())),
  },
  'itn_plan.csv': { name: 'export a plan', isHeavy: true, weight: 1, prepare: havePlan, check: namesEveryWard },
  'rankings.xlsx': {
    name: 'export the ranking as a workbook',
    isHeavy: true,
    weight: 1,
    check: holdsRanking((download) => wardRecords(download).map((row) => ({ ...row, wardName: row['ward_name'] }))),
  },
  'itn_plan.xlsx': {
    name: 'export a plan as a workbook',
    isHeavy: true,
    weight: 1,
    prepare: havePlan,
    check(download, { edition }) {
      const names = new Set(wardRecords(download).map((row) => row['ward_name']))
      const missing = edition.wardNames.filter((ward) => !names.has(ward)).length
      return missing > 0 ? `${missing} wards are missing` : null
    },
  },
  'map.geojson': {
    name: 'export the map',
    isHeavy: true,
    weight: 1,
    prepare: rankWithBoundaries,
    check: holdsRanking((download) =>
      (jsonOf<{ features: { properties: Row }[] }>(download).features ?? []).map(({ properties }) => properties),
    ),
  },
  'report.html': { name: 'export the report', isHeavy: true, weight: 1, check: namesEveryWard },
} as const

export function exportOperations(): Operation[] {
  return [
    ...Object.entries(HABITS).map(([kind, { name, isHeavy, weight, prepare }]): Operation => ({
      name,
      route: 'POST /api/exports',
      ...(isHeavy && { heavy: true }),
      weight,
      async run(tab) {
        const prepared = await prepare?.(tab)
        return typeof prepared === 'string' ? prepared : await exportAs(tab, kind as ExportKind, prepared)
      },
    })),
    {
      name: 'list the exports',
      route: 'GET /api/exports',
      weight: 2,
      run: async (tab) => await listExports(tab),
    },
  ]
}

/** @param chosen one of the session's analyses; any of them where it is left out */
async function exportAs(tab: Tab, kind: ExportKind, chosen?: AnalysisRecord): Promise<Outcome> {
  const { era, world, person } = tab
  const { name, isHeavy, check } = HABITS[kind]
  const needsPlan = EXPORTS[kind].plan === 'required'
  const plan = needsPlan ? pick(tab.random, era.plans) : undefined
  const known = chosen ?? plan?.analysis ?? pick(tab.random, era.analyses)
  if (known === undefined || (needsPlan && plan === undefined)) return 'skipped'
  const reply = await ask(
    tab,
    { name, route: 'POST /api/exports', heavy: isHeavy },
    { address: '/api/exports', body: { kind, analysisId: known.id, ...(plan !== undefined && { planId: plan.id }) } },
  )
  const span = { begin: reply.begin, end: reply.end }
  // The file of a locked plan is made whatever happened to the data; while the lock is being set, either is right.
  const keeps = needsPlan && plan?.lock !== undefined
  const isKept = keeps && plan.lock !== undefined && plan.lock.end < reply.begin
  const must = isKept ? false : keeps ? null : mustBeStale(era.changes, known, reply)
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
  const wrong =
    download.bytes.length !== made.export.bytes
      ? `${download.bytes.length} bytes arrived where ${made.export.bytes} were made`
      : check(download, known)
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

/** What is wrong with a downloaded file of some data, or null. */
export function fileMisfit(kind: ExportKind, download: Exchange, edition: Edition): string | null {
  return HABITS[kind].check(download, { edition })
}

async function havePlan(tab: Tab): Promise<Outcome | undefined> {
  const made = tab.era.plans.length === 0 ? await makePlan(tab) : 'done'
  return made === 'done' ? undefined : made
}

/** The wards of a workbook, which are on its first sheet. */
function wardRecords({ bytes }: Exchange): readonly Row[] {
  const [wards] = readWorkbook(bytes)
  return wards === undefined ? [] : recordsOf(wards)
}

/** For files that show what the wards' scores are. */
function holdsRanking(rowsIn: (download: Exchange) => readonly Row[]): ExportHabit['check'] {
  return (download, { edition }) => misfit(edition.ranking, rowsIn(download))
}

/** For files that show less. */
function namesEveryWard(download: Exchange, { edition }: Pick<AnalysisRecord, 'edition'>): string | null {
  const text = download.bytes.toString()
  const missing = edition.wardNames.filter((ward) => !text.includes(ward)).length
  return missing > 0 ? `${missing} wards are missing` : null
}

/** The CSV's columns with a ward's rank and score; canaries hold no comma and no quote. */
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
