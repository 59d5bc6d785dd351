import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { FILE_ROLES, type FileRole } from '../domain/files/formats.ts'
import { FileRoleSchema } from '../domain/files/role-schema.ts'
import { route, type Route } from '../route.ts'
import type { StoredFile } from '../stores/workspace.ts'
import { completeFile } from './complete-file.ts'
import { showDescribed, showFile } from './show-file.ts'
import { isAwaiting, requireSlot, tidy, withNextVersion } from './file-slots.ts'
import { Filename } from './filename.ts'
import { announceProject } from './project/project-slots.ts'
import { CompletedReply, FileReply, FilesReply, PiecesReply, UploadReply } from './replies/files.ts'
import { ReadingBody } from './replies/reading.ts'
import { settleReading } from './settle-reading.ts'
import { presignSlot, SENDING, sendingOf, showPieces, type Sending } from './uploads.ts'

const NewFile = Type.Object(
  {
    role: Type.Union([FileRoleSchema, Type.Literal('project')]),
    filename: Filename,
    bytes: Type.Integer({ minimum: 0, description: 'Size of the file' }),
    ...SENDING,
  },
  { additionalProperties: false },
)

export function fileRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/files',
      status: 201,
      limit: 'upload',
      reply: UploadReply,
      body: NewFile,
      summary: 'Announce a file, or a project file, and get a presigned upload for it, or one for each of its pieces',
      handle: (ctx, { body: { role, ...file } }) =>
        role === 'project' ? announceProject(ctx, file) : announceFile(ctx, { role, ...file }),
    }),
    route({
      method: 'POST',
      url: '/api/files/:fileId/complete',
      status: 200,
      limit: 'upload',
      reply: CompletedReply,
      summary:
        'Validate what was uploaded and make it the current file of its role. The contents of a project file take the ' +
        'place of everything that the session has, and what differs from its recorded figures is said',
      handle: (ctx, { params }) => completeFile(ctx, params['fileId'] ?? ''),
    }),
    route({
      method: 'GET',
      url: '/api/files/:fileId/pieces',
      status: 200,
      reply: PiecesReply,
      summary: 'Which pieces of an upload have arrived, and new presigned posts for the others',
      handle: async (ctx, { params }) => {
        const { files, openings } = await ctx.workspace.read()
        return await showPieces(ctx, ctx.ids.find([...files, ...openings], params['fileId'] ?? ''))
      },
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
  { role, filename, bytes, ...sending }: { role: FileRole; filename: string; bytes: number } & Sending,
): Promise<unknown> {
  const limit = FILE_ROLES[role].mostBytes
  if (bytes > limit) throw new Fault('too-large', say('upload-too-large', { filename, bytes, role, most: limit }))
  const file: StoredFile = {
    id: ctx.ids.mint(),
    role,
    filename,
    bytes,
    createdAt: ctx.now(),
    ...sendingOf(sending, bytes),
  }
  // The write refuses a session that has ended, so no upload is signed for one.
  await ctx.workspace.update((current) => {
    requireSlot(current, file)
    return { ...current, files: [...current.files, file] }
  })
  return { file: showFile(file), upload: await presignSlot(ctx, file) }
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
  await tidy(ctx, removed?.object === undefined ? [] : [removed.object])
}
