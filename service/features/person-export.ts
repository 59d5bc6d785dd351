import { crc32 } from 'node:zlib'
import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { PIECE_BYTES } from '../domain/project/kept-limits.ts'
import { packFiles, type FileToPack } from '../domain/project/pack-files.ts'
import { FileStream, route, type Route } from '../route.ts'
import type { SavedProject } from '../stores/project-versions.ts'

const MEDIA_TYPE = 'application/zip'

/** Everything that is kept for a person beyond a session, as one file. */
export function personExportRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/person/export',
      status: 200,
      mediaType: MEDIA_TYPE,
      reply: Type.String({ format: 'binary', description: 'A ZIP: projects.json, and each project as a project file' }),
      summary: 'Download all that is kept for the person who is signed in',
      handle: exportPerson,
    }),
  ]
}

async function exportPerson(ctx: RequestContext): Promise<FileStream> {
  const projects = await ctx.projects.list()
  const made = new Date(ctx.now()).toISOString()
  const list = Buffer.from(JSON.stringify({ made, projects: projects.map(listed) }, null, 2))
  const files: FileToPack[] = [
    { name: 'projects.json', bytes: list.length, crc: crc32(list), body: () => piecesOf([list]) },
    ...projects.map((project, at) => ({
      name: fileName(at),
      bytes: project.content.bytes,
      crc: project.content.crc,
      body: () => readLive(ctx, project),
    })),
  ]
  ctx.audit('person-exported')
  ctx.metrics.savedProject('exported', projects.length)
  const { bytes, body } = packFiles(files)
  return new FileStream(`chatmrpt_${made.slice(0, 10)}.zip`, MEDIA_TYPE, bytes, Math.min(bytes, PIECE_BYTES), body)
}

function listed(project: SavedProject, at: number): Record<string, unknown> {
  const { name, version, createdAt, savedAt, usedAt, content } = project
  return {
    file: fileName(at),
    name,
    version,
    bytes: content.bytes,
    createdAt: new Date(createdAt).toISOString(),
    savedAt: new Date(savedAt).toISOString(),
    usedAt: new Date(usedAt).toISOString(),
  }
}

function fileName(at: number): string {
  return `projects/${String(at + 1).padStart(2, '0')}.chatmrpt.zip`
}

/** The file of a project, if the session still lives when its turn comes: a logout ends a download that goes on. */
async function* readLive(ctx: RequestContext, project: SavedProject): AsyncGenerator<Uint8Array> {
  await ctx.workspace.read()
  yield* ctx.projects.read(project)
}

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
