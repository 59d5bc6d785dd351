import type { RequestContext } from '../../context.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import {
  PROJECT_KIND,
  PROJECT_LIMITS,
  type SavedFile,
  type SavedPlan,
  type SavedTurn,
} from '../../domain/project/contents.ts'
import type { SavedSession } from '../../domain/project/project-parts.ts'
import type { ChatTurn } from '../../stores/chat-log.ts'
import type {
  StoredAnalysis,
  StoredExport,
  StoredLock,
  StoredObject,
  StoredPlan,
  Workspace,
} from '../../stores/workspace.ts'
import { Given, type JobInput } from '../../work/given.ts'
import type { MadeFile } from '../../work/workshop.ts'
import { currentFiles, hasWards, inputsOf, isStale, type ReadyFile } from '../current-files.ts'
import { dateOf, plainName } from '../download-name.ts'
import { planJson } from '../plans.ts'
import { withoutFileIds } from '../several-files.ts'

/** Everything is in memory at a time, beside what it is packed into. */
const MOST_BYTES = 256 * 1024 * 1024
const MEDIA_TYPE = 'application/zip'

/** A project file that is stored in the session, and the name under which it is downloaded. */
export interface SavedProject {
  readonly entry: StoredExport
  readonly downloadName: string
}

/**
 * Writes everything of the session that can be made again elsewhere into one ZIP, and stores it.
 * @param hasChat whether the conversation is in it
 * @throws Fault `no-data` when the session has no files, `too-large` past 256 MiB
 */
export async function saveProject(ctx: RequestContext, before: Workspace, hasChat: boolean): Promise<SavedProject> {
  const id = ctx.ids.mint()
  const createdAt = ctx.now()
  const object = await makeProjectFile(ctx, before, hasChat, createdAt, async (content) =>
    ctx.objects.putMade(`exports/${id}/${PROJECT_KIND}`, content, MEDIA_TYPE),
  )
  const { datasetVersion } = before
  const dataset = hasWards(before) ? { dataset: inputsOf(currentFiles(before)) } : {}
  const name = plainName(readyFiles(before)[0]?.filename ?? '') || 'project'
  return {
    entry: { id, kind: PROJECT_KIND, datasetVersion, ...dataset, createdAt, object },
    downloadName: `${name}_${dateOf(createdAt)}.chatmrpt.zip`,
  }
}

/**
 * Makes the project file of a session.
 * @param createdAt milliseconds since 1970
 * @param take stores it
 * @throws Fault `no-data` when the session has no files, `too-large` past 256 MiB
 */
export async function makeProjectFile<T>(
  ctx: RequestContext,
  before: Workspace,
  hasChat: boolean,
  createdAt: number,
  take: (file: MadeFile) => Promise<T>,
): Promise<T> {
  const files = readyFiles(before)
  if (files.length === 0) throw new Fault('no-data', say('nothing-to-save', {}))
  const inputBytes = files.reduce((sum, { object }) => sum + object.bytes, 0)
  return await ctx.holdFile(inputBytes, async () =>
    ctx.make(
      'exportProject',
      {
        saved: await gather(ctx, before, files, hasChat),
        head: {
          program: ctx.program,
          savedAt: new Date(createdAt).toISOString(),
          dataVersion: before.datasetVersion,
        },
        key: ctx.projectKeys.newKey(),
      },
      take,
    ),
  )
}

function readyFiles({ files }: Workspace): readonly ReadyFile[] {
  return files.filter((file): file is ReadyFile => file.object !== undefined)
}

async function gather(
  ctx: RequestContext,
  workspace: Workspace,
  files: readonly ReadyFile[],
  hasChat: boolean,
): Promise<JobInput<SavedSession>> {
  const plans = workspace.plans.filter((plan) => !isStale(plan, workspace) || plan.locked !== undefined)
  const analyses = keptAnalyses(workspace, plans)
  const places = new Map(analyses.map(({ id }, place) => [id, place]))
  const kept = plans.filter(({ analysisId, locked }) => places.has(analysisId) || locked !== undefined)
  let gathered = 0
  const count = (bytes: number): void => {
    gathered += bytes
    if (gathered > MOST_BYTES) throw new Fault('too-large', say('project-sources-too-large', {}))
  }
  const read = async (object: StoredObject): Promise<Given> => {
    count(object.bytes)
    return new Given(await ctx.objects.read(object))
  }
  const planned = async (plan: StoredPlan): Promise<Given> => {
    const json = await planJson(ctx, plan)
    count(json.length)
    return new Given(json)
  }
  return {
    files: await inTurn(files, async ({ role, filename, choices, object }) => ({
      role,
      filename,
      ...choicesWithoutIds(choices),
      bytes: await read(object),
    })),
    settled: workspace.settled,
    positivity: await inTurn(workspace.positivity, async ({ object }) => read(object)),
    analyses: await inTurn(analyses, async ({ result }) => read(result)),
    plans: await inTurn(kept, async (plan) => ({
      analysis: places.get(plan.analysisId) ?? null,
      options: plan.options,
      ...(plan.name !== undefined && { name: plan.name }),
      ...(plan.locked !== undefined && savedLock(plan.locked)),
      json: await planned(plan),
    })),
    chat: hasChat ? (await ctx.chat.read()).map(savedTurn) : null,
  }
}

function savedLock({ at, by }: StoredLock): Pick<SavedPlan, 'lockedAt' | 'lockedBy'> {
  return { lockedAt: new Date(at).toISOString(), ...(by !== undefined && { lockedBy: by }) }
}

/** The analyses of the present data: those that plans rest on, then the newest, up to the most that a file holds. */
function keptAnalyses(workspace: Workspace, plans: readonly StoredPlan[]): readonly StoredAnalysis[] {
  const current = workspace.analyses.filter((analysis) => !isStale(analysis, workspace))
  const planned = new Set(plans.map(({ analysisId }) => analysisId))
  const wanted = [
    ...current.filter(({ id }) => planned.has(id)).reverse(),
    ...current.filter(({ id }) => !planned.has(id)).reverse(),
  ]
  const kept = new Set(wanted.slice(0, PROJECT_LIMITS.analyses))
  return current.filter((analysis) => kept.has(analysis))
}

function choicesWithoutIds(choices: ReadyFile['choices']): Pick<SavedFile, 'choices'> {
  if (choices?.answers === undefined) return choices === undefined ? {} : { choices }
  return { choices: { ...choices, answers: withoutFileIds(choices.answers) } }
}

/** A turn without its ids and without what only this session can go on from. */
function savedTurn({ at, message, mode, reply }: ChatTurn): SavedTurn {
  const { text, intent, basis, options, table } = reply
  return {
    at: new Date(at).toISOString(),
    message,
    mode,
    text,
    intent,
    basis,
    ...(options !== undefined && { options }),
    ...(table !== undefined && { table }),
  }
}

/** One after the other: each may be large. */
async function inTurn<From, To>(items: readonly From[], make: (item: From) => Promise<To>): Promise<To[]> {
  const made: To[] = []
  for (const item of items) made.push(await make(item))
  return made
}
