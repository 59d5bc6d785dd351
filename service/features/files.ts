import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import { Fault } from '../domain/fault.ts'
import { storedNameOf } from '../domain/files/format-of.ts'
import { FILE_ROLES, type FileRole } from '../domain/files/formats.ts'
import { FileRoleSchema } from '../domain/files/role-schema.ts'
import { route, type Route } from '../route.ts'
import type { StoredFile, StoredObject, Workspace } from '../stores/workspace.ts'
import { Given } from '../work/given.ts'
import type { JobName } from '../work/jobs.ts'
import type { ReadyFile } from './current-files.ts'
import { FileReply, FilesReply, UploadReply } from './replies/files.ts'

/** Most descriptions are smaller. These are shown even if the object store does not answer. */
const SMALL_DESCRIPTION_BYTES = 4 * 1024
const VALIDATIONS = {
  wards: 'validateWards',
  boundaries: 'validateBoundaries',
  facilities: 'validateFacilities',
} as const satisfies Readonly<Record<FileRole, JobName>>
/** The most slots that are given out and not yet completed. Each is one presigned upload. */
const MOST_AWAITING = 200

const NewFile = Type.Object(
  {
    role: FileRoleSchema,
    filename: Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '^[^\\x00-\\x1f\\x7f/\\\\]+$',
      description: 'Without a path; its ending tells the format',
    }),
    bytes: Type.Integer({ minimum: 0, description: 'Size of the file' }),
  },
  { additionalProperties: false },
)

export function fileRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/files',
      status: 201,
      reply: UploadReply,
      body: NewFile,
      summary: 'Announce a file and get a presigned upload for it',
      handle: (ctx, { body }) => announceFile(ctx, body),
    }),
    route({
      method: 'POST',
      url: '/api/files/:fileId/complete',
      status: 200,
      reply: FileReply,
      summary: 'Validate what was uploaded and make it the current file of its role',
      handle: (ctx, { params }) => completeFile(ctx, params['fileId'] ?? ''),
    }),
    route({
      method: 'GET',
      url: '/api/files',
      status: 200,
      reply: FilesReply,
      summary: 'The current files, and those awaiting their upload',
      handle: async (ctx) => {
        const { files } = await ctx.workspace.read()
        return { files: await Promise.all(files.map((file) => showDescribed(ctx, file))) }
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/files/:fileId',
      status: 204,
      summary: 'Remove a file; results made from it become stale',
      handle: (ctx, { params }) => removeFile(ctx, params['fileId'] ?? ''),
    }),
  ]
}

async function announceFile(
  ctx: RequestContext,
  { role, filename, bytes }: { role: FileRole; filename: string; bytes: number },
): Promise<unknown> {
  const limit = FILE_ROLES[role].mostBytes
  if (bytes > limit)
    throw new Fault(
      'too-large',
      `Cannot take ${filename}: it has ${String(bytes)} bytes, and a ${role} file may have up to ${String(limit)}.`,
    )
  const file: StoredFile = { id: ctx.ids.mint(), role, filename, bytes, createdAt: ctx.now() }
  // The write refuses a session that has ended, so no upload is signed for one.
  await ctx.workspace.update((current) => {
    if (current.files.filter(isAwaiting).length >= MOST_AWAITING)
      throw new Fault(
        'conflict',
        `${String(MOST_AWAITING)} files await their upload already. Complete or delete some first.`,
      )
    return { ...current, files: [...current.files, file] }
  })
  return { file: show(file), upload: await ctx.objects.presignUpload(uploadName(file), bytes) }
}

async function completeFile(ctx: RequestContext, fileId: string): Promise<unknown> {
  const file = ctx.ids.find((await ctx.workspace.read()).files, fileId)
  if (!isAwaiting(file)) return { file: await showDescribed(ctx, file) }
  const upload = await ctx.objects.readUpload(uploadName(file), file.bytes).catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'not-found')
      throw new Fault('no-data', `${file.filename} has not been uploaded yet. Post it to the upload's url first.`)
    throw error
  })
  if (upload.bytes.length !== file.bytes) {
    const detail = `${String(upload.bytes.length)} bytes arrived where ${String(file.bytes)} were announced`
    throw new Fault('unreadable-file', `Cannot use ${file.filename}: ${detail}. Upload it again.`, {
      errors: [{ detail }],
    })
  }
  const { found, bytes } = await ctx.work(VALIDATIONS[file.role], {
    filename: file.filename,
    bytes: new Given(upload.bytes),
  })
  // The service writes the validated bytes itself, so a later write to the presigned upload changes nothing.
  const object = await ctx.objects.put(storedNameOf(file.role, file.filename), bytes, 'application/octet-stream')
  const description = Buffer.from(JSON.stringify(found))
  const isSmall = description.length <= SMALL_DESCRIPTION_BYTES
  const completed: ReadyFile = { ...file, object, ...(isSmall && { found }) }
  if (!isSmall) await ctx.derived.put('descriptions', descriptionOf(completed), description)
  let current: StoredFile = completed
  let unused: StoredObject | undefined
  await ctx.workspace.update((workspace) => {
    const present = ctx.ids.find(workspace.files, fileId)
    if (!isAwaiting(present)) {
      // Another request completed it in the meantime, maybe from other bytes. What that request acknowledged stays.
      current = present
      unused = object
      return workspace
    }
    const others = workspace.files.filter((other) => other.id !== fileId)
    unused = others.find((other) => other.role === file.role && !isAwaiting(other))?.object
    return withNextVersion(workspace, file.role, [
      ...others.filter((other) => other.role !== file.role || isAwaiting(other)),
      completed,
    ])
  })
  await tidy(ctx, unused)
  await tidy(ctx, { name: uploadName(file), versionId: upload.versionId })
  return { file: current === completed ? show(completed, found) : await showDescribed(ctx, current) }
}

async function removeFile(ctx: RequestContext, fileId: string): Promise<void> {
  let removed: StoredFile | undefined
  await ctx.workspace.update((current) => {
    const file = ctx.ids.find(current.files, fileId)
    removed = file
    const files = current.files.filter((other) => other.id !== fileId)
    return isAwaiting(file) ? { ...current, files } : withNextVersion(current, file.role, files)
  })
  await tidy(ctx, removed?.object)
}

/** Deletes bytes that nothing names any more. If this fails, they are deleted with the session. */
async function tidy(ctx: RequestContext, object: Pick<StoredObject, 'name' | 'versionId'> | undefined): Promise<void> {
  if (object !== undefined)
    await ctx.objects.remove(object).catch((error: unknown) => {
      ctx.warn(error, 'A replaced file was not deleted yet')
    })
}

/**
 * Pairs were settled by their positions in the two files, so they end with either file. What was measured ends with its
 * table. Without a ward table, the wards are those of the facility table.
 */
function withNextVersion(current: Workspace, role: FileRole, files: readonly StoredFile[]): Workspace {
  const hasWards = files.some((file) => file.role === 'wards' && !isAwaiting(file))
  const settled = role === 'facilities' && hasWards ? current.settled : { accepted: [], refused: [] }
  const positivity = role === 'facilities' ? [] : current.positivity
  return { ...current, settled, positivity, files, datasetVersion: current.datasetVersion + 1 }
}

function isAwaiting(file: StoredFile): boolean {
  return file.object === undefined
}

function uploadName(file: StoredFile): string {
  return `uploads/${file.id}`
}

/**
 * The description of a file may be a megabyte. If it is not small, it is in an object named by the file's content. If
 * that object is missing, the description is made again.
 */
async function showDescribed(ctx: RequestContext, file: StoredFile): Promise<Record<string, unknown>> {
  const { object, found } = file
  if (object === undefined || found !== undefined) return show(file, found)
  const ready = { ...file, object }
  const kept = await ctx.derived.read('descriptions', descriptionOf(ready))
  if (kept !== null) return show(file, JSON.parse(kept.toString()))
  const again = await ctx.work(VALIDATIONS[file.role], {
    filename: file.filename,
    bytes: await ctx.objects.read(object),
  })
  await ctx.derived.put('descriptions', descriptionOf(ready), Buffer.from(JSON.stringify(again.found)))
  return show(file, again.found)
}

function descriptionOf({ role, filename, object }: ReadyFile): InputsHash {
  return hashOfInputs([role, filename, object.sha256])
}

function show({ id, role, filename, bytes, createdAt, object }: StoredFile, found?: unknown): Record<string, unknown> {
  return {
    id,
    role,
    filename,
    bytes,
    createdAt: new Date(createdAt).toISOString(),
    state: object === undefined ? 'awaiting-upload' : 'ready',
    ...(object !== undefined && { sha256: object.sha256 }),
    ...(found as Record<string, unknown> | undefined),
  }
}
