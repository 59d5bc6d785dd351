import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { UploadSlot } from './uploads.ts'
import type { StoredFile, StoredObject, StoredOpening, Workspace } from '../stores/workspace.ts'

/** The most slots that are given out and not yet completed. */
const MOST_AWAITING = 200
/** The most presigned posts that these slots have together. */
const MOST_POSTS = 2_000

export function isAwaiting(slot: StoredFile | StoredOpening): boolean {
  return ('object' in slot ? slot.object : 'opened' in slot ? slot.opened : undefined) === undefined
}

/**
 * Pairs were settled by their positions in the two files, so they end with either file. What was measured ends with its
 * table. Without a ward table, the wards are those of the facility table.
 */
export function withNextVersion(current: Workspace, role: FileRole, files: readonly StoredFile[]): Workspace {
  const hasWards = files.some((file) => file.role === 'wards' && !isAwaiting(file))
  const settled = role === 'facilities' && hasWards ? current.settled : { accepted: [], refused: [] }
  const positivity = role === 'facilities' ? [] : current.positivity
  return { ...current, settled, positivity, files, datasetVersion: current.datasetVersion + 1 }
}

/** Deletes bytes that nothing names any more. If this fails, they are deleted with the session. */
export async function tidy(
  ctx: RequestContext,
  objects: readonly Pick<StoredObject, 'name' | 'versionId'>[],
): Promise<void> {
  if (objects.length > 0)
    await ctx.objects.remove(objects).catch((error: unknown) => {
      ctx.warn(error, 'A replaced file was not deleted yet')
    })
}

/** @throws Fault `conflict` when too many files, or pieces of them, wait for their upload */
export function requireSlot(
  { files, openings }: Pick<Workspace, 'files' | 'openings'>,
  { pieces = 1 }: UploadSlot,
): void {
  const waiting = [...files, ...openings].filter(isAwaiting)
  if (waiting.length >= MOST_AWAITING || waiting.reduce((sum, slot) => sum + (slot.pieces ?? 1), pieces) > MOST_POSTS)
    throw new Fault('conflict', say('uploads-waiting', { count: waiting.length }))
}
