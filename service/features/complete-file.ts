import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { storedNameOf } from '../domain/files/format-of.ts'
import { FILE_ROLES } from '../domain/files/formats.ts'
import type { Description } from '../domain/files/reading/description.ts'
import type { StoredFile, StoredObject, Workspace } from '../stores/workspace.ts'
import type { ValidFile } from '../work/jobs.ts'
import { readyFiles, type ReadyFile } from './current-files.ts'
import { headerOf, keepReading, openDescription, validateFile } from './readings.ts'
import { openProject } from './project/open-project.ts'
import { showDescribed } from './show-file.ts'
import { isAwaiting, tidy, withNextVersion } from './file-slots.ts'
import { uploadOf } from './uploads.ts'

const MOST_BESIDE = 40

/**
 * Validates what was uploaded, and makes it the current file of its role or a further file beside the current ones. A
 * project file is opened.
 */
export async function completeFile(ctx: RequestContext, fileId: string): Promise<unknown> {
  const before = await ctx.workspace.read()
  const opening = before.openings.find(({ id }) => id === fileId)
  if (opening !== undefined) return await openProject(ctx, before, opening)
  const file = ctx.ids.find(before.files, fileId)
  if (!isAwaiting(file)) return { file: await showDescribed(ctx, before, file) }
  const { read, object, uploads } = await ctx.holdFile(file.bytes, () => takeUpload(ctx, file))
  const ready = { ...file, object, header: headerOf(read.found) }
  const completed = { ...ready, ...(await keepReading(ctx, ready, read)) }
  const beside = await filesBeside(ctx, before, completed, read.found).catch(async (error: unknown) => {
    await tidy(ctx, [object])
    throw error
  })
  const unused: StoredObject[] = []
  const after = await ctx.workspace.update((workspace) => {
    unused.length = 0
    const present = ctx.ids.find(workspace.files, fileId)
    if (!isAwaiting(present)) {
      // Another request completed it in the meantime, maybe from other bytes. What that request acknowledged stays.
      unused.push(object)
      return workspace
    }
    const others = workspace.files.filter(({ id }) => id !== fileId)
    const isReplaced = ({ id, role, object: stored }: StoredFile): boolean =>
      role === file.role && stored !== undefined && !beside.has(id)
    unused.push(...others.filter(isReplaced).flatMap((other) => other.object ?? []))
    return withNextVersion(workspace, file.role, [...others.filter((other) => !isReplaced(other)), completed])
  })
  await tidy(ctx, [...unused, ...uploads])
  return { file: await showDescribed(ctx, after, ctx.ids.find(after.files, fileId)) }
}

/**
 * Fetches, reads and stores what was uploaded.
 * @throws Fault `no-data` when not all of it was, `unreadable-file` when it cannot be used
 */
async function takeUpload(
  ctx: RequestContext,
  file: StoredFile,
): Promise<{
  read: Omit<ValidFile, 'bytes'>
  object: StoredObject
  uploads: readonly Pick<StoredObject, 'name' | 'versionId'>[]
}> {
  const upload = await uploadOf(ctx, file)
  const { bytes, ...read } = await validateFile(ctx, file, upload.bytes)
  // The service writes the validated bytes itself, so a later write to the presigned upload changes nothing.
  const object = await ctx.objects.put(storedNameOf(file.role, file.filename), bytes, 'application/octet-stream')
  return { read, object, uploads: upload.objects }
}

/**
 * The current files of the role that the new one may stand beside and not in place of: they have the same header and
 * another name, and no month or no LGA in common. Whether it does is a question to their owner.
 * @throws Fault `too-large` when a task could not read them as one table
 */
async function filesBeside(
  ctx: RequestContext,
  workspace: Workspace,
  file: ReadyFile,
  found: Description,
): Promise<ReadonlySet<string>> {
  const earlier = readyFiles(workspace, file.role).filter(({ id }) => id !== file.id)
  if (file.role === 'boundaries' || earlier.length === 0 || earlier.length >= MOST_BESIDE) return new Set()
  const descriptions = await Promise.all(
    earlier.map(async (other) => ({ other, described: await openDescription(ctx, other) })),
  )
  const fits = descriptions.every(
    ({ other, described }) =>
      other.filename !== file.filename &&
      other.header === file.header &&
      (isApart(described.months, found.months) || isApart(described.areas, found.areas)),
  )
  if (fits) refuseMoreBytes(file, earlier)
  return new Set(fits ? earlier.map(({ id }) => id) : [])
}

/** @throws Fault `too-large` when the files have more bytes together than one of their role may have */
function refuseMoreBytes({ role, filename, object }: ReadyFile, earlier: readonly ReadyFile[]): void {
  const most = FILE_ROLES[role].mostBytes
  const bytes = earlier.reduce((sum, other) => sum + other.object.bytes, object.bytes)
  if (bytes <= most) return
  const names = earlier.map((other) => `"${other.filename}"`).join(', ')
  throw new Fault('too-large', say('files-together-too-large', { filename, earlier: names, most, bytes }))
}

/** Whether both lists name something and nothing in common. */
function isApart(some: readonly string[] = [], others: readonly string[] = []): boolean {
  const known = new Set(some)
  return some.length > 0 && others.length > 0 && !others.some((one) => known.has(one))
}
