import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import type { DatasetOutline } from '../domain/chat/outline.ts'
import type { InputsHash } from '../domain/dataset/inputs-hash.ts'
import { Fault } from '../domain/fault.ts'
import { JsonText, jsonObject, route, type Route } from '../route.ts'
import type { StoredObject, Workspace } from '../stores/workspace.ts'
import { Given, type JobInput } from '../work/given.ts'
import type { FileBytes } from '../work/jobs.ts'
import {
  currentFile,
  currentFiles,
  hasWards,
  inputsOf,
  isStale,
  type CurrentFiles,
  type MadeFromData,
  type ReadyFile,
} from './current-files.ts'
import { DatasetReply, PositivityChoices, PositivityReply, ShapesReply } from './replies/dataset.ts'

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
      handle: (ctx) => describe(ctx),
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
      body: PositivityChoices,
      summary:
        'Measure test positivity from the facility table: an indicator of the wards, or without a ward table the ' +
        'wards themselves. Other choices add an indicator, the same measure it anew; makes a new version of the ' +
        'dataset',
      handle: (ctx, { body }) => measure(ctx, body),
    }),
    route({
      method: 'GET',
      url: '/api/dataset/shapes',
      status: 200,
      reply: ShapesReply,
      summary: 'The ward boundaries as GeoJSON, simplified for a picture',
      handle: async (ctx) => {
        const dataset = await openDataset(ctx)
        if (dataset.inputs.boundaries === undefined)
          throw new Fault('no-data', 'There are no boundaries. Upload a boundaries file to see a map.')
        return new JsonText(await ctx.work('mapShapes', dataset.packed))
      },
    }),
  ]
}

async function describe(ctx: RequestContext): Promise<unknown> {
  const dataset = await openDataset(ctx)
  return { version: dataset.version, ...(await ctx.work('describeDataset', dataset.packed)) }
}

async function settle(ctx: RequestContext, choices: Static<typeof SettledChoices>): Promise<unknown> {
  const dataset = await openDataset(ctx)
  const settled = await ctx.work('settleMatches', { packed: dataset.packed, choices })
  await ctx.workspace.update((current) => {
    if (isStale({ datasetVersion: dataset.version, dataset: dataset.content }, current))
      throw new Fault('stale', 'The data were changed while these matches were settled. Look at them again.')
    return { ...current, settled, datasetVersion: current.datasetVersion + 1 }
  })
  return describe(ctx)
}

async function measure(ctx: RequestContext, choices: Static<typeof PositivityChoices>): Promise<JsonText> {
  const before = await ctx.workspace.read()
  const facilities = currentFile(before, 'facilities')
  if (facilities === undefined)
    throw new Fault('no-data', 'There is no facility table yet. Upload one with role "facilities" and complete it.')
  const { json, column } = await ctx.work('measurePositivity', {
    facilities: { filename: facilities.filename, bytes: new Given(await ctx.objects.read(facilities.object)) },
    choices,
  })
  const measured = { column, object: await ctx.objects.put('positivity.json', json, 'application/json') }
  const { datasetVersion } = await ctx.workspace.update((current) => {
    if (currentFile(current, 'facilities')?.id !== facilities.id)
      throw new Fault('stale', 'The facility table was replaced while it was measured. Measure the present one.')
    const positivity = [...current.positivity.filter((other) => other.column !== column), measured]
    // Without a ward table the wards may be different now, and pairs were settled by their positions.
    const settled = currentFile(current, 'wards') === undefined ? { accepted: [], refused: [] } : current.settled
    return { ...current, positivity, settled, datasetVersion: current.datasetVersion + 1 }
  })
  return jsonObject({ version: datasetVersion, positivity: new JsonText(json) })
}

export interface OpenedDataset {
  readonly version: number
  /** The content that the version stands for. */
  readonly content: InputsHash
  /** The files that it was made of. Without a ward table, the wards are those of the facility table. */
  readonly inputs: {
    readonly wards: StoredObject | undefined
    readonly boundaries: StoredObject | undefined
    readonly facilities: StoredObject | undefined
  }
  /** The dataset, read and joined, for the worker threads. */
  readonly packed: Uint8Array
}

/**
 * The session's current dataset. It is read and joined once, and kept sealed under a name made from its sources. The
 * result is the same every time, so it does not matter which request made it.
 * @throws Fault `no-data` when there is neither a ward table nor measured positivity
 */
export async function openDataset(ctx: RequestContext): Promise<OpenedDataset> {
  const files = currentFiles(await ctx.workspace.read())
  const content = inputsOf(files)
  const packed = (await ctx.derived.read('datasets', content)) ?? (await prepare(ctx, files)).packed
  return {
    version: files.version,
    content,
    inputs: { wards: files.wards?.object, boundaries: files.boundaries?.object, facilities: files.facilities?.object },
    packed,
  }
}

/**
 * The names in the current dataset; null if there are no wards yet. They are kept beside it, because a question needs
 * nothing else to be understood.
 */
export async function openDatasetOutline(ctx: RequestContext, workspace: Workspace): Promise<DatasetOutline | null> {
  if (!hasWards(workspace)) return null
  const files = currentFiles(workspace)
  const outline = (await ctx.derived.read('outlines', inputsOf(files))) ?? (await prepare(ctx, files)).outline
  return JSON.parse(Buffer.from(outline).toString()) as DatasetOutline
}

async function prepare(ctx: RequestContext, files: CurrentFiles): Promise<{ packed: Uint8Array; outline: Uint8Array }> {
  const { wards, boundaries, settled, positivity } = files
  const prepared = await ctx.work('prepareDataset', {
    wards: await bytesOf(ctx, wards),
    boundaries: await bytesOf(ctx, boundaries),
    settled,
    positivity: await Promise.all(positivity.map(({ object }) => ctx.objects.read(object))),
  })
  const content = inputsOf(files)
  await Promise.all([
    ctx.derived.put('datasets', content, prepared.packed),
    ctx.derived.put('outlines', content, prepared.outline),
  ])
  return prepared
}

async function bytesOf(ctx: RequestContext, file: ReadyFile | undefined): Promise<JobInput<FileBytes> | null> {
  if (file === undefined) return null
  return { filename: file.filename, bytes: new Given(await ctx.objects.read(file.object)) }
}

/**
 * The dataset that a result was made from, even if it is no longer the current one.
 * @throws Fault `stale` when it was never kept in the form of this release and its files are gone
 */
export async function openDatasetOf(
  ctx: RequestContext,
  made: MadeFromData,
  workspace: Workspace,
): Promise<Uint8Array> {
  const kept = made.dataset === undefined ? null : await ctx.derived.read('datasets', made.dataset)
  if (kept !== null) return kept
  if (isStale(made, workspace))
    throw new Fault('stale', 'The data this was made from are gone. Analyse the present data.')
  return (await prepare(ctx, currentFiles(workspace))).packed
}
