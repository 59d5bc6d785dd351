import type { RequestContext } from '../context.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { StoredFile, StoredObject, StoredOpening, Workspace } from '../stores/workspace.ts'

/** The most slots that are given out and not yet completed. Each is one presigned upload. */
export const MOST_AWAITING = 200

export function isAwaiting(slot: StoredFile | StoredOpening): boolean {
  return ('object' in slot ? slot.object : 'opened' in slot ? slot.opened : undefined) === undefined
}

export function uploadName(file: StoredFile): string {
  return `uploads/${file.id}`
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
  object: Pick<StoredObject, 'name' | 'versionId'> | undefined,
): Promise<void> {
  if (object !== undefined)
    await ctx.objects.remove(object).catch((error: unknown) => {
      ctx.warn(error, 'A replaced file was not deleted yet')
    })
}
