import { expectedPlan, planMisfit, type PlanRow } from '../../prove/expected-plan.ts'
import { misfit } from '../../prove/expected-ranking.ts'
import { fileMisfit } from '../../prove/operations/exports.ts'
import { formOf } from '../../prove/operations/files.ts'
import { EXPORT_KINDS, EXPORTS, type ExportKind } from '../../service/domain/exports/kinds.ts'
import { INDICATORS, type OwnState } from './own-state.ts'
import { createVisitor, GivenUp, type Crowd, type Visitor } from './visitor.ts'

const TOTAL_NETS = 2_000_000
const PAGE = 100
const TOP = 5

type Row = Readonly<Record<'wardName' | 'score' | 'rank' | 'tier', unknown>>

/** The steps of a journey in order; a name may stand twice. */
export const STEPS = [
  ...['session', 'wards', 'boundaries', 'dataset', 'shapes', 'analysis', 'page', 'why', 'result map', 'plan'],
  ...EXPORT_KINDS,
  ...['question', 'question', 'end'],
] as const

/**
 * One person's whole work on their state: two files, the data, their map, an analysis, a page of the ranking, why a
 * ward ranks first, the map, a plan, each export with its download, two questions, the end of the session. All figures
 * are compared with what follows from the state; what does not fit is reported to the inspector.
 * @throws GivenUp when the journey cannot go on
 */
export async function visit(crowd: Crowd, state: OwnState): Promise<void> {
  const visitor = createVisitor(crowd, state.user)
  const next = async <T>(name: string, action: () => Promise<T>): Promise<T> => {
    await visitor.think()
    return await visitor.step(name, action)
  }
  await visitor.step('session', async () => visitor.start())
  await next('wards', async () => uploadFile(visitor, 'wards', state.filename, state.csv))
  await next('boundaries', async () => uploadFile(visitor, 'boundaries', 'boundaries.zip', state.boundaries))
  await next('dataset', async () => {
    const { wards } = await visitor.ask<{ wards: number }>('/api/dataset')
    visitor.hold(wards === state.ranking.length ? null : `the data have ${String(wards)} wards`)
  })
  await next('shapes', async () => {
    const { features } = await visitor.ask<{ features: unknown[] }>('/api/dataset/shapes')
    visitor.hold(features?.length === state.ranking.length ? null : `the map has ${String(features?.length)} wards`)
  })
  const analysisId = await next('analysis', async () => rankWards(visitor, state))
  await readRanking(visitor, next, state, analysisId)
  const planId = await next('plan', async () => planNets(visitor, state, analysisId))
  for (const kind of EXPORT_KINDS)
    await next(kind, async () => exportFile(visitor, state, { kind, analysisId, planId }))
  await next('question', async () => {
    const text = await askChat(visitor, 'Which five wards are most at risk?')
    const missing = state.ranking.slice(0, TOP).filter(({ wardName }) => !text.includes(wardName))
    visitor.hold(missing.length === 0 ? null : `${missing.length} of the first five wards are missing`)
  })
  await next('question', async () => {
    const text = await askChat(visitor, 'Why is the first one so high?')
    const first = state.ranking[0]?.wardName ?? ''
    visitor.hold(text.includes(first) ? null : `not ${first}, the first, is explained: ${text.slice(0, 300)}`)
  })
  await next('end', async () => visitor.end())
}

async function uploadFile(visitor: Visitor, role: string, filename: string, bytes: Buffer): Promise<void> {
  const { file, upload } = await visitor.ask<{
    file: { id: string }
    upload: { url: string; fields: Record<string, string> }
  }>('/api/files', { role, filename, bytes: bytes.length }, 201)
  const id = visitor.own(file?.id, 'file id')
  if (upload === undefined) throw new GivenUp('A file was announced and no upload was signed')
  await visitor.send({ method: 'POST', address: upload.url, ...formOf(upload.fields, bytes) }, 204)
  await visitor.ask(`/api/files/${id}/complete`, {})
}

async function rankWards(visitor: Visitor, { ranking }: OwnState): Promise<string> {
  const body = { indicators: Object.keys(INDICATORS), directions: INDICATORS }
  const { analysis } = await visitor.ask<{ analysis: { id: string; wards: Row[] } }>('/api/analyses', body, 201)
  visitor.hold(misfit(ranking, analysis?.wards ?? []))
  return visitor.own(analysis?.id, 'analysis id')
}

/** A page of the ranking, why its first ward ranks first, and the map. */
async function readRanking(
  visitor: Visitor,
  next: Visitor['step'],
  { ranking }: OwnState,
  analysisId: string,
): Promise<void> {
  const address = `/api/analyses/${analysisId}`
  await next('page', async () => {
    const { wards } = await visitor.ask<{ wards: Row[] }>(`${address}/wards?limit=${PAGE}`)
    visitor.hold(misfit(ranking.slice(0, PAGE), wards ?? []))
  })
  await next('why', async () => {
    const { ward } = await visitor.ask<{ ward: Row }>(`${address}/wards/${ranking[0]?.wardName ?? ''}`)
    visitor.hold(misfit(ranking.slice(0, 1), ward === undefined ? [] : [ward]))
  })
  await next('result map', async () => {
    const { features } = await visitor.ask<{ features: { properties: Row }[] }>(`${address}/map`)
    const shown = features?.map(({ properties }) => properties)
    visitor.hold(misfit(ranking, shown ?? []))
  })
}

async function planNets(visitor: Visitor, state: OwnState, analysisId: string): Promise<string> {
  const body = { analysisId, totalNets: TOTAL_NETS }
  const { plan } = await visitor.ask<{ plan: { id: string; wards: PlanRow[] } }>('/api/itn-plans', body, 201)
  visitor.hold(planMisfit(expectedPlan(state, TOTAL_NETS), plan?.wards ?? []))
  return visitor.own(plan?.id, 'plan id')
}

async function exportFile(
  visitor: Visitor,
  state: OwnState,
  { kind, analysisId, planId }: { kind: ExportKind; analysisId: string; planId: string },
): Promise<void> {
  const body = { kind, analysisId, ...(EXPORTS[kind].plan === 'required' && { planId }) }
  const made = await visitor.ask<{ export: { id: string; bytes: number }; download: { url: string } }>(
    '/api/exports',
    body,
    201,
  )
  visitor.own(made.export?.id, 'export id')
  const download = await visitor.send({ method: 'GET', address: made.download?.url ?? '' }, 200)
  visitor.hold(
    download.bytes.length === made.export?.bytes
      ? fileMisfit(kind, download, state)
      : `${download.bytes.length} bytes arrived where ${String(made.export?.bytes)} were made`,
  )
}

async function askChat(visitor: Visitor, message: string): Promise<string> {
  const { turn, reply } = await visitor.ask<{ turn: { id: string }; reply: { text: string } }>('/api/chat', { message })
  visitor.own(turn?.id, 'turn id')
  return reply?.text ?? ''
}
