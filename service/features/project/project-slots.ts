import type { RequestContext } from '../../context.ts'
import { Fault } from '../../domain/fault.ts'
import { PROJECT_LIMITS } from '../../domain/project/contents.ts'
import type { StoredObject, StoredOpening } from '../../stores/workspace.ts'
import { MOST_AWAITING, isAwaiting } from '../file-slots.ts'

/**
 * Gives out a slot for a project file, with a presigned upload.
 * @throws Fault `too-large` past 256 MiB, `conflict` when too many files wait for their upload
 */
export async function announceProject(
  ctx: RequestContext,
  { filename, bytes }: { readonly filename: string; readonly bytes: number },
): Promise<unknown> {
  if (bytes > PROJECT_LIMITS.fileBytes)
    throw new Fault(
      'too-large',
      `Cannot take ${filename}: it has ${String(bytes)} bytes, and a project file may have up to ` +
        `${String(PROJECT_LIMITS.fileBytes)}.`,
    )
  const slot: StoredOpening = { id: ctx.ids.mint(), filename, bytes, createdAt: ctx.now() }
  await ctx.workspace.update((current) => {
    const waiting = [...current.files, ...current.openings].filter(isAwaiting)
    if (waiting.length >= MOST_AWAITING)
      throw new Fault(
        'conflict',
        `${String(MOST_AWAITING)} files are already waiting for their upload. Complete or delete some first.`,
      )
    return { ...current, openings: [...current.openings, slot] }
  })
  return { file: showOpening(slot), upload: await ctx.objects.presignUpload(uploadNameOf(slot), bytes) }
}

/** A project file as its owner sees it. */
export function showOpening({ id, filename, bytes, createdAt, opened }: StoredOpening): Record<string, unknown> {
  return {
    id,
    role: 'project',
    filename,
    bytes,
    createdAt: new Date(createdAt).toISOString(),
    state: opened === undefined ? 'awaiting-upload' : 'ready',
    ...(opened !== undefined && { sha256: opened.sha256 }),
  }
}

/**
 * What was uploaded to the slot.
 * @throws Fault `no-data` when nothing was, `unreadable-file` when it is not as long as it was announced
 */
export async function uploadOf(
  ctx: RequestContext,
  slot: StoredOpening,
): Promise<{ readonly bytes: Uint8Array; readonly object: Pick<StoredObject, 'name' | 'versionId'> }> {
  const { filename } = slot
  const name = uploadNameOf(slot)
  const { bytes, versionId } = await ctx.objects.readUpload(name, slot.bytes).catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'not-found')
      throw new Fault('no-data', `${filename} has not been uploaded yet. Post it to the upload's url first.`)
    throw error
  })
  if (bytes.length === slot.bytes) return { bytes, object: { name, versionId } }
  const arrived = `${String(bytes.length)} bytes arrived where ${String(slot.bytes)} were announced`
  throw new Fault('unreadable-file', `Cannot open ${filename}: ${arrived}. Upload it again.`, {
    errors: [{ detail: arrived }],
  })
}

function uploadNameOf({ id }: StoredOpening): string {
  return `uploads/${id}`
}
