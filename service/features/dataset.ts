import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { JsonText, route, type Route } from '../route.ts'
import type { FileRole, StoredFile, StoredObject, Workspace } from '../stores/workspace.ts'

export function datasetRoutes(): Route[] {
  return [
    route({
      method: 'GET', url: '/api/dataset', status: 200, summary: 'The joined data: what matched, what did not, and how good they are',
      handle: async (ctx) => {
        const dataset = await openDataset(ctx)
        return { version: dataset.version, ...await ctx.work('describeDataset', dataset.packed) }
      }
    }),
    route({
      method: 'GET', url: '/api/dataset/shapes', status: 200, summary: 'The ward boundaries as GeoJSON, simplified for a picture',
      handle: async (ctx) => {
        const dataset = await openDataset(ctx)
        if (dataset.boundaries === undefined) throw new Fault('no-data', 'There are no boundaries. Upload a boundaries file to see a map.')
        return new JsonText(await ctx.work('mapShapes', dataset.packed))
      }
    })
  ]
}

export interface OpenedDataset {
  readonly version: number
  readonly wards: StoredObject
  readonly boundaries: StoredObject | undefined
  /** Read and joined, for the worker threads. */
  readonly packed: Uint8Array
}

/**
 * The session's current dataset. It is read and joined once a version and kept sealed; what is made of the files is
 * the same every time, so that it does not matter who made it first.
 * @throws Fault `no-data` without a ward table
 */
export async function openDataset(ctx: RequestContext): Promise<OpenedDataset> {
  const { wards, boundaries, version } = currentFiles(await ctx.workspace.read())
  const name = `datasets/${String(version)}`
  const kept = await ctx.objects.readSealed(name)
  if (kept !== null) return { version, wards: wards.object, boundaries: boundaries?.object, packed: kept }
  const packed = await ctx.work('prepareDataset', {
    wards: { filename: wards.filename, bytes: await ctx.objects.read(wards.object) },
    boundaries: boundaries === undefined ? null : { filename: boundaries.filename, bytes: await ctx.objects.read(boundaries.object) }
  })
  await ctx.objects.putSealed(name, packed)
  return { version, wards: wards.object, boundaries: boundaries?.object, packed }
}

interface CurrentFiles {
  readonly version: number
  readonly wards: ReadyFile
  readonly boundaries: ReadyFile | undefined
}

type ReadyFile = StoredFile & { readonly object: StoredObject }

function currentFiles({ files, datasetVersion }: Workspace): CurrentFiles {
  const current = (role: FileRole): ReadyFile | undefined => files.find((file): file is ReadyFile => file.role === role && file.object !== undefined)
  const wards = current('wards')
  if (wards === undefined) throw new Fault('no-data', 'There is no ward table yet. Upload one with role "wards" and complete it.')
  return { version: datasetVersion, wards, boundaries: current('boundaries') }
}
