import type { RequestContext } from '../../context.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import { PROJECT_LIMITS } from '../../domain/project/contents.ts'
import type { StoredOpening } from '../../stores/workspace.ts'
import { requireSlot } from '../file-slots.ts'
import { presignSlot, sendingOf, type Sending } from '../uploads.ts'

/**
 * Gives out a slot for a project file, with a presigned upload.
 * @throws Fault `too-large` past 256 MiB, `conflict` when too many files wait for their upload
 */
export async function announceProject(
  ctx: RequestContext,
  { filename, bytes, ...sending }: { readonly filename: string; readonly bytes: number } & Sending,
): Promise<unknown> {
  if (bytes > PROJECT_LIMITS.fileBytes)
    throw new Fault('too-large', say('project-upload-too-large', { filename, bytes, most: PROJECT_LIMITS.fileBytes }))
  const slot: StoredOpening = {
    id: ctx.ids.mint(),
    filename,
    bytes,
    createdAt: ctx.now(),
    ...sendingOf(sending, bytes),
  }
  await ctx.workspace.update((current) => {
    requireSlot(current, slot)
    return { ...current, openings: [...current.openings, slot] }
  })
  return { file: showOpening(slot), upload: await presignSlot(ctx, slot) }
}

/** A project file as its owner sees it. */
export function showOpening({
  id,
  filename,
  bytes,
  createdAt,
  pieces,
  announced,
  opened,
}: StoredOpening): Record<string, unknown> {
  return {
    id,
    role: 'project',
    filename,
    bytes,
    createdAt: new Date(createdAt).toISOString(),
    state: opened === undefined ? 'awaiting-upload' : 'ready',
    ...(opened === undefined ? { pieces, announced } : { sha256: opened.sha256 }),
  }
}
