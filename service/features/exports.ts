import { Type, type Static } from 'typebox'
import type { RequestContext } from '../context.ts'
import { notDrawn } from '../domain/certainty/stated-certainty.ts'
import { ExportKindSchema } from '../domain/exports/kind-schema.ts'
import { EXPORTS, isMadeOf, kindsByPlan, type ExportKind } from '../domain/exports/kinds.ts'
import { lockerWords } from '../domain/exports/lock-words.ts'
import { Fault } from '../domain/fault.ts'
import { say, type Said } from '../domain/said.ts'
import { PROJECT_KIND } from '../domain/project/contents.ts'
import { route, type Route } from '../route.ts'
import type {
  MadeContent,
  StoredAnalysis,
  StoredExport,
  StoredObject,
  StoredPlan,
  Workspace,
} from '../stores/workspace.ts'
import { isStale, type MadeFromData } from './current-files.ts'
import { downloadName } from './download-name.ts'
import { openDatasetOf } from './open-dataset.ts'
import { planJson, shownLock } from './plans.ts'
import { saveProject } from './project/save-project.ts'
import { ExportsReply, ExportReply } from './replies/exports.ts'
import { usualCertainty } from './usual-certainty.ts'

const NewExport = Type.Object(
  {
    kind: Type.Union([ExportKindSchema, Type.Literal(PROJECT_KIND)]),
    analysisId: Type.Optional(Type.String({ maxLength: 200, description: 'May be left out when a plan is named' })),
    planId: Type.Optional(
      Type.String({
        maxLength: 200,
        description: `Needed for ${listed('required')}; adds what it gives to ${listed('optional')}`,
      }),
    ),
    chat: Type.Optional(Type.Boolean({ description: `With the conversation; of ${PROJECT_KIND} alone` })),
  },
  { additionalProperties: false },
)

function listed(plan: 'required' | 'optional'): string {
  return kindsByPlan(plan).join(' and ')
}

export function exportRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/exports',
      status: 200,
      reply: ExportsReply,
      summary: 'The exports of this session, newest first',
      handle: async (ctx) => {
        const workspace = await ctx.workspace.read()
        return { exports: workspace.exports.map((entry) => show(entry, workspace)).reverse() }
      },
    }),
    route({
      method: 'POST',
      url: '/api/exports',
      status: 201,
      reply: ExportReply,
      body: NewExport,
      summary: 'Make a file of a result, or a project file of the whole session, and get a download for it',
      handle: (ctx, { body }) => exportAny(ctx, body),
    }),
  ]
}

export interface MadeExport {
  readonly export: ShownExport
  readonly download: { readonly url: string; readonly expiresAt: string }
}

type ResultRequest = Omit<Static<typeof NewExport>, 'kind' | 'chat'> & { readonly kind: ExportKind }

async function exportAny(ctx: RequestContext, { kind, chat, ...rest }: Static<typeof NewExport>): Promise<MadeExport> {
  const refuse = (pointer: string, said: Said): Fault =>
    new Fault('invalid-input', say('cannot-export', { kind }), { errors: [{ said, pointer }] })
  if (kind !== PROJECT_KIND) {
    if (chat !== undefined) throw refuse('/chat', say('conversation-of-project', { kind: PROJECT_KIND }))
    return await exportResult(ctx, { kind, ...rest })
  }
  for (const name of Object.keys(rest)) throw refuse(`/${name}`, say('project-holds-all', { kind }))
  return await exportProject(ctx, chat ?? false)
}

/**
 * Saves the session as a project file and signs a URL to download it.
 * @throws Fault `no-data` when the session has no files, `stale` when they are changed meanwhile
 */
async function exportProject(ctx: RequestContext, hasChat: boolean): Promise<MadeExport> {
  const before = await ctx.workspace.read()
  const { entry, downloadName: name } = await saveProject(ctx, before, hasChat)
  const workspace = await ctx.workspace.update((current) => {
    refuseStale(entry, current)
    return { ...current, exports: [...current.exports, entry] }
  })
  return { export: show(entry, workspace), download: await ctx.objects.presignDownload(entry.object, name) }
}

/**
 * Makes an export and signs a URL to download it.
 * @throws Fault `not-found` when there is no such analysis or plan
 * @throws Fault `stale` when the data were changed since the analysis, unless the file is made of a locked plan alone
 * @throws Fault `invalid-input` when kind, analysis and plan do not fit together
 * @throws Fault `conflict` when another request changes the session at the same time
 * @throws Fault `session-full` when the session has no room for the export
 */
export async function exportResult(ctx: RequestContext, request: ResultRequest): Promise<MadeExport> {
  const { kind } = request
  const before = await ctx.workspace.read()
  const { analysis, plan } = sourcesOf(ctx, before, request)
  const isKept = keepsLock(kind, plan)
  if (!isKept) refuseStale(analysis, before)
  const id = ctx.ids.mint()
  const entry: StoredExport = {
    id,
    kind,
    analysisId: analysis.id,
    ...(plan !== undefined && { planId: plan.id }),
    datasetVersion: analysis.datasetVersion,
    ...(analysis.dataset !== undefined && { dataset: analysis.dataset }),
    createdAt: ctx.now(),
    object: await makeFile(ctx, id, kind, analysis, plan, before),
  }
  // Written directly before the URL is signed. The write refuses a session that has ended, a result that has become
  // stale, and a result that was lost in a failover.
  const workspace = await ctx.workspace.update((current) => {
    if (!isKept) refuseStale(entry, current)
    // What the file of a locked plan says of the data must still be so.
    else if (isStale(entry, current) !== isStale(entry, before))
      throw new Fault('conflict', say('export-overtaken', {}))
    ctx.ids.find(current.analyses, analysis.id)
    return { ...current, exports: [...current.exports, entry] }
  })
  const name = downloadName(kind, workspace, entry.createdAt)
  return { export: show(entry, workspace), download: await ctx.objects.presignDownload(entry.object, name) }
}

/**
 * The analysis and the plan that an export is made of. What does not fit together is refused and never silently left
 * out.
 */
function sourcesOf(
  ctx: RequestContext,
  workspace: Workspace,
  { kind, analysisId, planId }: ResultRequest,
): { analysis: StoredAnalysis; plan: StoredPlan | undefined } {
  const refuse = (pointer: string, said: Said): Fault =>
    new Fault('invalid-input', say('cannot-export', { kind }), { errors: [{ said, pointer }] })
  const plan = planId === undefined ? undefined : ctx.ids.find(workspace.plans, planId)
  if (EXPORTS[kind].plan === 'required' && plan === undefined)
    throw refuse('/planId', say('export-needs-plan', { kind }))
  if (plan !== undefined && EXPORTS[kind].plan === 'none') throw refuse('/planId', say('export-without-plan', { kind }))
  const wanted = analysisId ?? plan?.analysisId
  if (wanted === undefined) throw refuse('/analysisId', say('name-the-analysis', {}))
  const analysis = ctx.ids.find(workspace.analyses, wanted)
  if (plan !== undefined && plan.analysisId !== analysis.id) throw refuse('/planId', say('plan-of-other-analysis', {}))
  return { analysis, plan }
}

/** Makes and stores a file in one step: the thread writes while the store receives. */
async function makeFile(
  ctx: RequestContext,
  id: string,
  kind: ExportKind,
  analysis: StoredAnalysis,
  stored: StoredPlan | undefined,
  workspace: Workspace,
): Promise<StoredObject> {
  const store = (content: MadeContent): Promise<StoredObject> =>
    ctx.objects.putMade(`exports/${id}/${kind}`, content, EXPORTS[kind].mediaType)
  const certainty = await certaintyOf(ctx, kind, analysis, stored, workspace)
  const plan = stored === undefined ? null : await planJson(ctx, stored)
  if (isMadeOf(kind, 'plan')) {
    if (plan === null) throw new Error(`Cannot make ${kind} without a plan`)
    return ctx.make('exportPlan', { kind, plan, certainty, note: lockNote(stored, workspace) }, store)
  }
  const result = await ctx.objects.read(analysis.result)
  if (isMadeOf(kind, 'result'))
    return ctx.make('exportResult', { kind, result, certainty, planId: stored?.id ?? null }, store)
  const packed = await openDatasetOf(ctx, analysis, workspace)
  return ctx.make('exportDataset', { kind, packed, result, plan, certainty }, store)
}

/** A locked plan keeps its figures whatever happens to the data, and so do the files that are made of it alone. */
function keepsLock(kind: ExportKind, plan: StoredPlan | undefined): boolean {
  return isMadeOf(kind, 'plan') && plan?.locked !== undefined
}

/** What a file of a locked plan says before anything else; null for a plan that is not locked. */
function lockNote(plan: StoredPlan | undefined, workspace: Workspace): string | null {
  if (plan?.locked === undefined) return null
  const lock = shownLock(plan.locked)
  const locked = `This plan was locked at ${String(lock.lockedAt)}${lockerWords(lock)}.`
  if (!isStale(plan, workspace)) return locked
  const { datasetVersion } = plan
  return `${locked} It was made from data version ${String(datasetVersion)}, not from the current data.`
}

/**
 * The draws of a locked plan need what plans are made of, which a later release may not read once the data are gone.
 */
async function certaintyOf(
  ctx: RequestContext,
  kind: ExportKind,
  analysis: StoredAnalysis,
  plan: StoredPlan | undefined,
  workspace: Workspace,
): Promise<Uint8Array> {
  try {
    return await usualCertainty(ctx, analysis, EXPORTS[kind].plan === 'none' ? undefined : plan, workspace)
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'stale' || !keepsLock(kind, plan)) throw error
    return Buffer.from(JSON.stringify(notDrawn('How sure the order is was not computed: its data are gone.')))
  }
}

function refuseStale(made: MadeFromData, workspace: Workspace): void {
  if (isStale(made, workspace)) throw new Fault('stale', say('data-of-this-replaced', {}))
}

type ShownExport = Omit<StoredExport, 'object' | 'createdAt' | 'dataset'> & {
  readonly bytes: number
  readonly createdAt: string
  readonly stale: boolean
}

function show(entry: StoredExport, workspace: Workspace): ShownExport {
  const { id, kind, analysisId, planId, datasetVersion, createdAt, object } = entry
  return {
    id,
    kind,
    ...(analysisId !== undefined && { analysisId }),
    ...(planId !== undefined && { planId }),
    bytes: object.bytes,
    datasetVersion,
    createdAt: new Date(createdAt).toISOString(),
    stale: isStale(entry, workspace),
  }
}
