import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { route, type Route } from '../route.ts'
import type { StoredAnalysis, StoredExport, StoredObject, Workspace } from '../stores/workspace.ts'
import { isStale } from './analyses.ts'

const MOST_EXPORTS = 500

const NewExport = Type.Object({
  kind: Type.Union([Type.Literal('rankings.csv'), Type.Literal('analysis_results.json')]),
  analysisId: Type.String({ maxLength: 200 })
}, { additionalProperties: false })

export function exportRoutes(): Route[] {
  return [
    route({
      method: 'GET', url: '/api/exports', status: 200, summary: 'The exports of this session, newest first',
      handle: async (ctx) => {
        const workspace = await ctx.workspace.read()
        return { exports: workspace.exports.map((entry) => show(entry, workspace)).reverse() }
      }
    }),
    route({
      method: 'POST', url: '/api/exports', status: 201, body: NewExport, summary: 'Make a file of a result and get a download for it',
      handle: (ctx, { body }) => exportResult(ctx, body)
    })
  ]
}

async function exportResult(ctx: RequestContext, { kind, analysisId }: Static<typeof NewExport>): Promise<unknown> {
  const analysis = ctx.ids.find((await ctx.workspace.read()).analyses, analysisId)
  const id = ctx.ids.mint()
  const entry: StoredExport = {
    id, kind, analysisId,
    datasetVersion: analysis.datasetVersion,
    createdAt: ctx.now(),
    object: kind === 'rankings.csv' ? await rankingsOf(ctx, analysis, id) : analysis.result
  }
  // Written right before the URL is signed: it refuses a session that has ended and a result that has become stale.
  const workspace = await ctx.workspace.update((current) => {
    if (isStale(entry, current)) throw new Fault('stale', 'The analysis was made from data that have been replaced since. Analyse the present data first.')
    if (current.exports.length >= MOST_EXPORTS) throw new Fault('conflict', `A session keeps up to ${String(MOST_EXPORTS)} exports. Start a new session.`)
    return { ...current, exports: [...current.exports, entry] }
  })
  return { export: show(entry, workspace), download: await ctx.objects.presignDownload(entry.object, kind) }
}

async function rankingsOf(ctx: RequestContext, analysis: StoredAnalysis, exportId: string): Promise<StoredObject> {
  const csv = await ctx.work('exportRankings', await ctx.objects.read(analysis.result))
  return ctx.objects.put(`exports/${exportId}/rankings.csv`, csv, 'text/csv; charset=utf-8')
}

function show(entry: StoredExport, workspace: Workspace): Record<string, unknown> {
  const { id, kind, analysisId, datasetVersion, createdAt, object } = entry
  return { id, kind, analysisId, bytes: object.bytes, datasetVersion, createdAt: new Date(createdAt).toISOString(), stale: isStale(entry, workspace) }
}
