import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { requireSettled } from '../domain/dataset/open-questions.ts'
import type { PositivityChoices } from '../domain/files/positivity.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { JsonText, jsonObject, route, type Route } from '../route.ts'
import { currentFile, isStale, usedFiles } from './current-files.ts'
import { describeCurrent } from './describe-current.ts'
import { fileToRead, openDataset } from './open-dataset.ts'
import { requireOneTable } from './require-one-table.ts'
import { DatasetReply, PositivityChoices as PositivityBody, PositivityReply, ShapesReply } from './replies/dataset.ts'

const Matches = Type.Array(
  Type.Object(
    {
      ward: Type.String({ minLength: 1, maxLength: 500, description: 'The ward as the dataset shows it' }),
      boundary: Type.String({
        minLength: 1,
        maxLength: 500,
        description: "The boundary's name, or `Name (code)` where several have it",
      }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 500 },
)

const SettledChoices = Type.Object(
  { accept: Type.Optional(Matches), refuse: Type.Optional(Matches) },
  { additionalProperties: false },
)

export function datasetRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/dataset',
      status: 200,
      reply: DatasetReply,
      summary: 'The joined data: what matched, what did not, and how good they are',
      handle: (ctx) => describeCurrent(ctx),
    }),
    route({
      method: 'POST',
      url: '/api/dataset/matches',
      status: 200,
      reply: DatasetReply,
      body: SettledChoices,
      summary: 'Accept or refuse likely boundaries of wards; makes a new version of the dataset',
      handle: (ctx, { body }) => settle(ctx, body),
    }),
    route({
      method: 'POST',
      url: '/api/dataset/positivity',
      status: 200,
      reply: PositivityReply,
      body: PositivityBody,
      summary:
        'Measure test positivity from the facility table. It becomes an indicator of the wards; without a ward table, ' +
        'the wards of the facility table are the wards. Other choices add another indicator, the same choices ' +
        'measure it again. Makes a new version of the dataset',
      handle: (ctx, { body }) => measurePositivity(ctx, body),
    }),
    route({
      method: 'GET',
      url: '/api/dataset/shapes',
      status: 200,
      reply: ShapesReply,
      summary: 'The ward boundaries as GeoJSON, simplified for display',
      handle: async (ctx) => {
        const dataset = await openDataset(ctx)
        if (dataset.inputs.boundaries.length === 0) throw new Fault('no-data', say('no-boundaries-to-show', {}))
        return new JsonText(await ctx.work('mapShapes', dataset.packed))
      },
    }),
  ]
}

async function settle(ctx: RequestContext, choices: Static<typeof SettledChoices>): Promise<unknown> {
  const dataset = await openDataset(ctx)
  const settled = await ctx.work('settleMatches', { packed: dataset.packed, choices })
  await ctx.workspace.update((current) => {
    if (isStale({ datasetVersion: dataset.version, dataset: dataset.content }, current))
      throw new Fault('stale', say('matches-overtaken', {}))
    return { ...current, settled, datasetVersion: current.datasetVersion + 1 }
  })
  return describeCurrent(ctx)
}

/**
 * Measures test positivity from the current facility table and makes it an indicator.
 * @throws Fault `no-data` without a facility table, `unsettled` while a question about it is open
 * @throws Fault `stale` when the table is changed meanwhile
 */
export async function measurePositivity(ctx: RequestContext, choices: PositivityChoices): Promise<JsonText> {
  const before = await ctx.workspace.read()
  const facilities = usedFiles(before, 'facilities')
  if (facilities.length === 0) throw new Fault('no-data', say('no-facility-table', {}))
  requireOneTable(before, 'facilities')
  const bytes = facilities.reduce((sum, { object }) => sum + object.bytes, 0)
  const { json, column, questions } = await ctx.holdFile(bytes, async () =>
    ctx.work('measurePositivity', {
      facilities: await Promise.all(facilities.map((file) => fileToRead(ctx, file))),
      choices,
    }),
  )
  requireSettled(questions, [], 'question-before-measuring')
  const measured = { column, object: await ctx.objects.put('positivity.json', json, 'application/json') }
  const { datasetVersion } = await ctx.workspace.update((current) => {
    // The same files, read in the same way.
    if (JSON.stringify(usedFiles(current, 'facilities')) !== JSON.stringify(facilities))
      throw new Fault('stale', say('measurement-overtaken', {}))
    const positivity = [...current.positivity.filter((other) => other.column !== column), measured]
    // Without a ward table the wards may be different now, and pairs were settled by their positions.
    const settled = currentFile(current, 'wards') === undefined ? { accepted: [], refused: [] } : current.settled
    return { ...current, positivity, settled, datasetVersion: current.datasetVersion + 1 }
  })
  return jsonObject({ version: datasetVersion, positivity: new JsonText(json) })
}
