import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { KEPT_LIMITS, PIECE_BYTES } from '../domain/project/kept-limits.ts'
import { isRecentSignIn } from '../domain/recent-sign-in.ts'
import { jsonObject, route, type JsonText, type Route } from '../route.ts'
import type { FileToSave } from '../stores/project-content.ts'
import type { SavedProject } from '../stores/project-versions.ts'
import type { Workspace } from '../stores/workspace.ts'
import type { MadeFile } from '../work/workshop.ts'
import { openKeptProject } from './project/open-project.ts'
import { makeProjectFile } from './project/save-project.ts'
import { KeptReply, KeptReplies, OpenedKeptReply } from './replies/kept-projects.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\x00-\\x1f\\x7f]+$',
  description: 'What the person calls it; two projects may have one name',
})
const Chat = Type.Boolean({ description: 'With the conversation' })
const NewProject = Type.Object({ name: Name, chat: Type.Optional(Chat) }, closed)
const Change = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: 'The version that the change was made from' }),
    name: Type.Optional(Name),
    save: Type.Optional(Type.Literal(true, { description: 'Save the session as the next version' })),
    chat: Type.Optional(Chat),
  },
  closed,
)
const Duplicate = Type.Object({ name: Type.Optional(Name) }, closed)

/**
 * The projects that a person who is signed in keeps: each holds what a project file holds.
 * @param keepDays how long a project is kept after its last use
 */
export function projectRoutes(keepDays: number): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/projects',
      status: 200,
      reply: KeptReplies,
      summary: 'The projects of the person who is signed in, the last used first',
      handle: async (ctx) => {
        const projects = await ctx.projects.list()
        const { project } = await ctx.workspace.read()
        // Another device may have deleted it.
        const open = projects.some(({ id }) => id === project?.id) ? project : null
        return { projects: projects.map(show), open, limits: { ...KEPT_LIMITS, keepDays } }
      },
    }),
    route({
      method: 'POST',
      url: '/api/projects',
      status: 201,
      reply: KeptReply,
      body: NewProject,
      summary: 'Save the session as a new project',
      handle: async (ctx, { body }) => ({ project: show(await saveNew(ctx, body)) }),
    }),
    route({
      method: 'POST',
      url: '/api/projects/:projectId/open',
      status: 200,
      reply: OpenedKeptReply,
      summary:
        'Open a project in the place of everything in the session, and compare its figures with the recorded ones',
      handle: (ctx, { params }) => open(ctx, params['projectId'] ?? ''),
    }),
    route({
      method: 'PATCH',
      url: '/api/projects/:projectId',
      status: 200,
      reply: KeptReply,
      body: Change,
      summary: 'Give a project another name, or save the session as its next version, or both',
      handle: async (ctx, { params, body }) => ({ project: show(await change(ctx, params['projectId'] ?? '', body)) }),
    }),
    route({
      method: 'POST',
      url: '/api/projects/:projectId/duplicate',
      status: 201,
      reply: KeptReply,
      body: Duplicate,
      summary: 'Keep a copy of a project beside it',
      handle: async (ctx, { params, body }) => ({
        project: show(await duplicate(ctx, params['projectId'] ?? '', body.name)),
      }),
    }),
    route({
      method: 'DELETE',
      url: '/api/projects/:projectId',
      status: 204,
      summary: 'Delete a project, within five minutes after signing in',
      handle: (ctx, { params }) => remove(ctx, params['projectId'] ?? ''),
    }),
  ]
}

async function saveNew(ctx: RequestContext, { name, chat = false }: Static<typeof NewProject>): Promise<SavedProject> {
  const before = await ctx.workspace.read()
  const saved = await makeProjectFile(ctx, before, chat, ctx.now(), async (file) =>
    ctx.projects.create(name, toSave(file)),
  )
  await remember(ctx, saved)
  ctx.metrics.savedProject('saved', 1)
  return saved
}

/**
 * Opens a kept project as an uploaded project file is opened: nothing in it is believed, everything is computed again.
 * @throws Fault as `openProject` does
 */
async function open(ctx: RequestContext, id: string): Promise<JsonText> {
  const project = await ctx.projects.find(id)
  const before = await ctx.workspace.read()
  const opened = await openKeptProject(ctx, before, {
    name: project.name,
    bytes: project.content.bytes,
    project: { id, version: project.version },
    read: async (gone) => ctx.projects.readWhole(project, gone),
  })
  const used = await ctx.projects.touch(project)
  if (used.version > project.version) await remember(ctx, used)
  ctx.metrics.savedProject('opened', 1)
  return jsonObject({ project: show(used), opened })
}

/** @throws Fault `conflict` when another device has changed the project since `version` */
async function change(
  ctx: RequestContext,
  id: string,
  { version, name, save, chat }: Static<typeof Change>,
): Promise<SavedProject> {
  if (name === undefined && save === undefined) throw new Fault('invalid-input', say('project-change-empty', {}))
  if (chat !== undefined && save === undefined)
    throw new Fault('invalid-input', say('conversation-not-saved', {}), {
      errors: [{ pointer: '/chat', said: say('goes-with-save', {}) }],
    })
  const project = await ctx.projects.find(id)
  if (project.version !== version)
    throw new Fault('conflict', say('project-of-other-version', { present: project.version, made: version }))
  const before = await ctx.workspace.read()
  const isOpen = before.project?.id === id && before.project.version === version
  const named = { ...(name !== undefined && { name }) }
  if (save === undefined) {
    const renamed = await ctx.projects.change(project, named)
    if (isOpen) await remember(ctx, renamed)
    ctx.metrics.savedProject('renamed', 1)
    return renamed
  }
  if (!isOpen) throw new Fault('conflict', say('session-of-other-version', { version }))
  const saved = await makeProjectFile(ctx, before, chat ?? false, ctx.now(), async (file) =>
    ctx.projects.change(project, { ...named, file: toSave(file) }),
  )
  await remember(ctx, saved)
  ctx.metrics.savedProject('saved-again', 1)
  return saved
}

async function duplicate(ctx: RequestContext, id: string, name: string | undefined): Promise<SavedProject> {
  const project = await ctx.projects.find(id)
  const { bytes } = project.content
  const copied = await ctx.holdFile(Math.min(bytes, PIECE_BYTES), async () =>
    ctx.projects.create(name ?? `Copy of ${project.name}`.slice(0, 100), {
      bytes,
      body: () => ctx.projects.read(project),
    }),
  )
  ctx.metrics.savedProject('duplicated', 1)
  return copied
}

/** @throws Fault `sign-in-again` when the person signed in more than five minutes ago */
async function remove(ctx: RequestContext, id: string): Promise<void> {
  const project = await ctx.projects.find(id)
  if (!isRecentSignIn(ctx.signedInAt(), ctx.now())) {
    ctx.audit('step-up-refused', { project: id })
    throw new Fault('sign-in-again', say('sign-in-again-for-projects', {}))
  }
  await ctx.projects.remove(project)
  ctx.audit('project-deleted', { project: id })
  await ctx.workspace.update(({ project: open, ...rest }) => ({
    ...rest,
    ...(open && open.id !== id && { project: open }),
  }))
  ctx.metrics.savedProject('deleted', 1)
}

/** Notes which version of which project the session is the working copy of. */
async function remember(ctx: RequestContext, { id, version }: SavedProject): Promise<Workspace> {
  return await ctx.workspace.update((current) => ({ ...current, project: { id, version } }))
}

function toSave({ bytes, body }: MadeFile): FileToSave {
  return { bytes, body: body instanceof Uint8Array ? () => once(body) : body }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function show({
  id,
  version,
  name,
  createdAt,
  savedAt,
  usedAt,
  content,
}: SavedProject): Static<typeof KeptReply>['project'] {
  return {
    id,
    version,
    name,
    bytes: content.bytes,
    createdAt: new Date(createdAt).toISOString(),
    savedAt: new Date(savedAt).toISOString(),
    usedAt: new Date(usedAt).toISOString(),
  }
}
