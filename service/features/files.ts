import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { FILE_ROLES, type FileRole } from '../domain/files/formats.ts'
import { FileRoleSchema } from '../domain/files/role-schema.ts'
import { route, type Route } from '../route.ts'
import type { StoredFile } from '../stores/workspace.ts'
import { completeFile } from './complete-file.ts'
import { showDescribed, showFile } from './show-file.ts'
import { isAwaiting, MOST_AWAITING, tidy, uploadName, withNextVersion } from './file-slots.ts'
import { Filename } from './filename.ts'
import { announceProject } from './project/project-slots.ts'
import { CompletedReply, FileReply, FilesReply, UploadReply } from './replies/files.ts'
import { ReadingBody } from './replies/reading.ts'
import { settleReading } from './settle-reading.ts'

const NewFile = Type.Object(
  {
    role: Type.Union([FileRoleSchema, Type.Literal('project')]),
    filename: Filename,
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
      summary: 'Announce a file, or a project file, and get a presigned upload for it',
      handle: (ctx, { body: { role, ...file } }) =>
        role === 'project' ? announceProject(ctx, file) : announceFile(ctx, { role, ...file }),
    }),
    route({
      method: 'POST',
      url: '/api/files/:fileId/complete',
      status: 200,
      reply: CompletedReply,
      summary:
        'Validate what was uploaded and make it the current file of its role. The contents of a project file take the ' +
        'place of everything that the session has, and what differs from its recorded figures is said',
      handle: (ctx, { params }) => completeFile(ctx, params['fileId'] ?? ''),
    }),
    route({
      method: 'GET',
      url: '/api/files',
      status: 200,
      reply: FilesReply,
      summary: 'The current files, and those waiting for their upload',
      handle: async (ctx) => {
        const workspace = await ctx.workspace.read()
        return { files: await Promise.all(workspace.files.map((file) => showDescribed(ctx, workspace, file))) }
      },
    }),
    route({
      method: 'PUT',
      url: '/api/files/:fileId/reading',
      status: 200,
      reply: FileReply,
      body: ReadingBody,
      summary:
        'Settle how a file is read and answer its questions: what is given replaces the earlier choice, null takes it ' +
        'back. The same bytes are read again; makes a new version of the dataset',
      handle: (ctx, { params, body }) => settleReading(ctx, params['fileId'] ?? '', body),
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
    if ([...current.files, ...current.openings].filter(isAwaiting).length >= MOST_AWAITING)
      throw new Fault(
        'conflict',
        `${String(MOST_AWAITING)} files are already waiting for their upload. Complete or delete some first.`,
      )
    return { ...current, files: [...current.files, file] }
  })
  return { file: showFile(file), upload: await ctx.objects.presignUpload(uploadName(file), bytes) }
}

async function removeFile(ctx: RequestContext, fileId: string): Promise<void> {
  let removed: StoredFile | undefined
  await ctx.workspace.update((current) => {
    const openings = current.openings.filter(({ id }) => id !== fileId)
    if (openings.length < current.openings.length) return { ...current, openings }
    const file = ctx.ids.find(current.files, fileId)
    removed = file
    const files = current.files.filter((other) => other.id !== fileId)
    return isAwaiting(file) ? { ...current, files } : withNextVersion(current, file.role, files)
  })
  await tidy(ctx, removed?.object)
}
