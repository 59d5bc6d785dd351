import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { MapScope } from '../domain/map/shown-wards.ts'
import type { AnalysisOptions } from '../domain/ranking/analysis-result.ts'
import { jsonObject, route, withFields, type JsonText, type Route } from '../route.ts'
import type { StoredAnalysis, Workspace } from '../stores/workspace.ts'
import { isStale, type ReadyFile } from './current-files.ts'
import { openDataset, openDatasetOf } from './open-dataset.ts'
import { requireOneTable } from './require-one-table.ts'
import { AnalysesReply, AnalysisReply, MapReply, WardReply, WardsReply } from './replies/analyses.ts'

export const AnalysisOptionsSchema = Type.Object(
  {
    indicators: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 100 })),
    directions: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.Union([Type.Literal('direct'), Type.Literal('inverse')])),
    ),
    mode: Type.Optional(Type.Union([Type.Literal('standard'), Type.Literal('legacy')])),
    weights: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.Number(), {
        maxProperties: 100,
        description:
          'A weight above 0 for each indicator, 1 in sum: wards are ranked by the weighted mean. Without `indicators`, ' +
          'these are the indicators',
      }),
    ),
    allowCopies: Type.Optional(
      Type.Boolean({ description: 'Take indicators that repeat each other, which are refused otherwise' }),
    ),
    compareWith: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'A column that is not an indicator, such as cases per 1,000, to compare the ranking with',
      }),
    ),
  },
  { additionalProperties: false },
)

const WardQuery = Type.Object(
  {
    sort: Type.Optional(Type.String({ maxLength: 50 })),
    tier: Type.Optional(Type.String({ maxLength: 20 })),
    lga: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)

export function analysisRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/analyses',
      status: 201,
      reply: AnalysisReply,
      body: AnalysisOptionsSchema,
      summary: 'Rank the wards by the chosen indicators',
      handle: async (ctx, { body }) => jsonObject({ analysis: (await analyseDataset(ctx, body)).shown }),
    }),
    route({
      method: 'GET',
      url: '/api/analyses',
      status: 200,
      reply: AnalysesReply,
      summary: 'The analyses of this session, newest first',
      handle: async (ctx) => {
        const workspace = await ctx.workspace.read()
        return { analyses: workspace.analyses.map((analysis) => show(analysis, workspace)).reverse() }
      },
    }),
    route({
      method: 'GET',
      url: '/api/analyses/:analysisId',
      status: 200,
      reply: AnalysisReply,
      summary: 'A whole analysis, with all that is needed to recompute it',
      handle: async (ctx, { params }) => {
        const workspace = await ctx.workspace.read()
        const analysis = ctx.ids.find(workspace.analyses, params['analysisId'] ?? '')
        return jsonObject({ analysis: withResult(analysis, workspace, await ctx.objects.read(analysis.result)) })
      },
    }),
    route({
      method: 'GET',
      url: '/api/analyses/:analysisId/wards',
      status: 200,
      reply: WardsReply,
      query: WardQuery,
      summary: 'The ranking, page by page',
      handle: async (ctx, { params, query }) => {
        const workspace = await ctx.workspace.read()
        const analysis = ctx.ids.find(workspace.analyses, params['analysisId'] ?? '')
        const { limit, ...rest } = query
        const page = await ctx.work('wardPage', {
          result: await ctx.objects.read(analysis.result),
          query: { ...rest, ...(limit !== undefined && { limit: Number(limit) }) },
        })
        return { ...page, datasetVersion: analysis.datasetVersion, stale: isStale(analysis, workspace) }
      },
    }),
    route({
      method: 'GET',
      url: '/api/analyses/:analysisId/wards/:ward',
      status: 200,
      reply: WardReply,
      summary:
        "Why a ward has its rank: each indicator's part, and the models that rank it highest and lowest. Name the ward " +
        'by its label, its code, or its name if no other ward has it',
      handle: async (ctx, { params }) => {
        const workspace = await ctx.workspace.read()
        const analysis = ctx.ids.find(workspace.analyses, params['analysisId'] ?? '')
        const explained = await ctx.work('explainWard', {
          result: await ctx.objects.read(analysis.result),
          ward: params['ward'] ?? '',
        })
        return { ...explained, datasetVersion: analysis.datasetVersion, stale: isStale(analysis, workspace) }
      },
    }),
    route({
      method: 'GET',
      url: '/api/analyses/:analysisId/map',
      status: 200,
      reply: MapReply,
      summary: "The boundaries with their wards' results, as GeoJSON simplified for display",
      handle: async (ctx, { params }) => {
        const workspace = await ctx.workspace.read()
        const analysis = ctx.ids.find(workspace.analyses, params['analysisId'] ?? '')
        return mapOf(ctx, analysis, workspace)
      },
    }),
  ]
}

/**
 * The analysis on the boundaries that it was made with, as GeoJSON: all wards, or those of a scope.
 * @throws Fault `no-data` when there are no boundaries, `invalid-input` when the analysis has no such LGA
 */
export async function mapOf(
  ctx: RequestContext,
  analysis: StoredAnalysis,
  workspace: Workspace,
  scope: MapScope = {},
): Promise<JsonText> {
  const [result, packed] = await Promise.all([
    ctx.objects.read(analysis.result),
    openDatasetOf(ctx, analysis, workspace),
  ])
  const state = {
    analysisId: analysis.id,
    datasetVersion: analysis.datasetVersion,
    stale: isStale(analysis, workspace),
  }
  return withFields(state, await ctx.work('resultMap', { packed, result, scope }))
}

export interface MadeAnalysis {
  readonly analysis: StoredAnalysis
  /** The result as it is in its file. */
  readonly json: Uint8Array
  /** The same result as it is in the service's replies. */
  readonly shown: JsonText
}

/**
 * Analyses the current dataset and stores the result.
 * @throws Fault `no-data` when there is no dataset
 * @throws Fault `invalid-input` when the options do not fit the data
 * @throws Fault `stale` when the data are changed during the analysis
 * @throws Fault `conflict` when another request changes the session at the same time
 * @throws Fault `session-full` when the session has no room for the result
 */
export async function analyseDataset(ctx: RequestContext, options: AnalysisOptions): Promise<MadeAnalysis> {
  requireOneTable(await ctx.workspace.read(), 'wards')
  const dataset = await openDataset(ctx)
  const id = ctx.ids.mint()
  const createdAt = ctx.now()
  const { json, basis, indicators, hasPca } = await ctx.work('analyse', {
    packed: dataset.packed,
    options,
    stamp: {
      analysisId: id,
      createdAt: new Date(createdAt).toISOString(),
      datasetVersion: dataset.version,
      inputs: Object.fromEntries(Object.entries(dataset.inputs).map(([role, files]) => [role, inputOf(files)])),
    },
  })
  const [result] = await Promise.all([
    ctx.objects.put('analysis_results.json', json, 'application/json'),
    ctx.objects.putSealed(basisName(id), basis),
  ])
  const analysis: StoredAnalysis = {
    id,
    datasetVersion: dataset.version,
    dataset: dataset.content,
    mode: options.mode ?? 'standard',
    createdAt,
    result,
    indicators,
    hasPca,
  }
  const workspace = await ctx.workspace.update((current) => {
    if (isStale(analysis, current)) throw new Fault('stale', say('analysis-overtaken', {}))
    // An outline shows only the newest one, and names may be long.
    const earlier = current.analyses.map((other) => ({ ...other, indicators: [] }))
    return { ...current, analyses: [...earlier, analysis] }
  })
  return { analysis, json, shown: withResult(analysis, workspace, json) }
}

/** The latest file of a role and how it was read, with the others that are one table with it; null if there is none. */
function inputOf(files: readonly ReadyFile[]): Record<string, unknown> | null {
  const [latest, ...earlier] = files
    .map(({ filename, object: { sha256 }, choices }) => ({ sha256, filename, ...(choices && { choices }) }))
    .reverse()
  if (latest === undefined) return null
  return { ...latest, ...(earlier.length > 0 && { together: earlier.reverse() }) }
}

/** Where the basis of an analysis's plans is stored. It is sealed, because only the service reads it. */
export function basisName(analysisId: string): string {
  return `plan-basis/${analysisId}`
}

/** The result as it is in its file, with what may change beside it. */
function withResult(analysis: StoredAnalysis, workspace: Workspace, result: Uint8Array): JsonText {
  return withFields({ id: analysis.id, state: 'done', stale: isStale(analysis, workspace) }, result)
}

function show(analysis: StoredAnalysis, workspace: Workspace): Record<string, unknown> {
  const { id, datasetVersion, mode, createdAt } = analysis
  return {
    id,
    state: 'done',
    datasetVersion,
    mode,
    createdAt: new Date(createdAt).toISOString(),
    stale: isStale(analysis, workspace),
  }
}
