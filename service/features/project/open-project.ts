import type { RequestContext } from '../../context.ts'
import { Fault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import type { Manifest, SavedTurn } from '../../domain/project/contents.ts'
import type { Difference } from '../../domain/project/find-differences.ts'
import type { Mark } from '../../domain/project/project-mark.ts'
import { jsonObject, JsonText } from '../../route.ts'
import type { ChatTurn, StoredReply } from '../../stores/chat-log.ts'
import type { StoredObject, StoredOpening, Workspace } from '../../stores/workspace.ts'
import { Given } from '../../work/given.ts'
import { isAwaiting, tidy } from '../file-slots.ts'
import { checkChat, checkContents, checkManifest } from './check-contents.ts'
import { uploadOf } from '../uploads.ts'
import { showOpening } from './project-slots.ts'
import { addFiles, rebuildSession } from './rebuild-session.ts'
import { stageSession, type Staged } from './staged-context.ts'

/** What is said about a project file once it is open. */
interface Report {
  readonly verified: boolean
  /** Why it is not verified; null when it is. */
  readonly why: string | null
  readonly savedAt: string
  readonly program: Manifest['program']
  readonly differences: readonly Difference[]
  readonly differencesInAll: number
  readonly leftOut: readonly string[]
}

/**
 * Opens an uploaded project file: its contents take the place of everything that the session has, in one step at the
 * end. Until then, and when anything fails, the session stays as it is. The conversation follows in a second step,
 * which a repeated request makes up for.
 * @throws Fault `unreadable-file`, `too-large` when the file cannot be used; `no-data` when it was not uploaded
 * @throws Fault `conflict` when the session is changed meanwhile
 */
export async function openProject(ctx: RequestContext, before: Workspace, slot: StoredOpening): Promise<JsonText> {
  const { slot: opened, report } =
    slot.opened !== undefined
      ? await finish(ctx, slot)
      : await openFile(ctx, before, slot, emptied(before), async (own) => uploadOf(own, slot))
  return jsonObject({ file: showOpening(opened), project: report })
}

/** A project that its person saved before, and where it is kept. */
export interface KeptFile {
  readonly name: string
  readonly bytes: number
  readonly project: NonNullable<Workspace['project']>
  /** Fetches the file. */
  readonly read: (signal: AbortSignal) => Promise<Uint8Array>
}

/**
 * Opens a project that is kept for its person, as `openProject` opens an uploaded one. Gives what was found.
 * @throws Fault as `openProject` does
 */
export async function openKeptProject(ctx: RequestContext, before: Workspace, kept: KeptFile): Promise<JsonText> {
  const slot: StoredOpening = { id: ctx.ids.mint(), filename: kept.name, bytes: kept.bytes, createdAt: ctx.now() }
  const begin = { ...emptied(before), project: kept.project }
  const fetch = async (own: RequestContext): ReturnType<Fetch> => ({ bytes: await kept.read(own.signal), objects: [] })
  return (await openFile(ctx, before, slot, begin, fetch)).report
}

type Fetch = (ctx: RequestContext) => ReturnType<typeof uploadOf>

/** @param begin the session without what the project takes the place of */
async function openFile(
  ctx: RequestContext,
  before: Workspace,
  slot: StoredOpening,
  begin: Workspace,
  fetch: Fetch,
): Promise<Finished> {
  try {
    const opened = await ctx.holdFile(slot.bytes, async () => takeFile(ctx, before, slot, begin, fetch))
    return await finish(ctx, opened)
  } catch (error) {
    if (error instanceof Fault && ['unreadable-file', 'too-large'].includes(error.kind))
      ctx.metrics.projectOpened('refused')
    throw error
  }
}

/** Reads and rebuilds a project file, and puts it into the place of the session's data. */
async function takeFile(
  ctx: RequestContext,
  before: Workspace,
  slot: StoredOpening,
  begin: Workspace,
  fetch: Fetch,
): Promise<StoredOpening> {
  const { filename } = slot
  const staged = stageSession(ctx, begin)
  try {
    const { manifest, contents, chat, isMarked, why, sha256, results, uploads } = await staged.step(async (own) =>
      readFile(own, filename, fetch),
    )
    // One version is for plans of earlier data, which are stale from the start.
    const dataVersion = before.datasetVersion + 2
    const rebuilt = await rebuildSession(staged, { filename, contents, isMarked, results }, dataVersion)
    const report: Report = {
      verified: isMarked,
      why,
      savedAt: manifest.savedAt,
      program: manifest.program,
      differences: rebuilt.differences,
      differencesInAll: rebuilt.differencesInAll,
      leftOut: [
        ...rebuilt.leftOut,
        ...(chat !== null && !isMarked ? ['the conversation: only a verified file brings one back'] : []),
      ],
    }
    const hasChat = chat !== null && isMarked
    if (hasChat) await keepChat(ctx, slot.id, chat, dataVersion)
    const kept = await staged.step(async (own) => keepReport(own, report))
    const opened: StoredOpening = { ...slot, opened: { sha256, report: kept, hasChat } }
    const committed = await commit(ctx, before, staged.workspace(), opened)
    if (committed !== opened) {
      await discard(ctx, staged)
      return committed
    }
    const outcome = isMarked ? 'verified' : 'unverified'
    ctx.metrics.projectOpened(rebuilt.differencesInAll > 0 ? 'different' : outcome)
    await tidy(ctx, [...objectsOf(before), ...uploads])
    return committed
  } catch (error) {
    // A write that was not answered may have been made, and then the session needs its objects.
    if (!(error instanceof Fault && error.kind === 'session-store-unavailable')) await discard(ctx, staged)
    throw error
  }
}

/** Checks everything in the file, and stores the files in it. Of the rest only the packed results are kept. */
async function readFile(ctx: RequestContext, filename: string, fetch: Fetch) {
  const upload = await fetch(ctx)
  // The bytes move from job to job and back.
  const { mark, ...marked } = await ctx.work('readProjectMark', { bytes: new Given(upload.bytes), filename })
  const key = mark === null ? null : ctx.projectKeys.keyOf(mark)
  const read = await ctx.work('readProject', { bytes: new Given(marked.bytes), filename, key })
  let { bytes } = read
  const manifest = checkManifest(filename, read.manifest, read.parts)
  const contents = checkContents(filename, read.contents, read.parts)
  const chat = read.chat === null ? null : checkChat(filename, read.chat)
  await addFiles(ctx, filename, contents, async (part) => {
    const unpacked = await ctx.work('unpackProjectPart', { bytes: new Given(bytes), filename, part })
    bytes = unpacked.bytes
    return unpacked.part
  })
  const results = await ctx.work('keepProjectResults', { bytes: new Given(bytes), filename })
  return {
    manifest,
    contents,
    chat,
    isMarked: read.isMarked,
    why: read.isMarked ? null : reasonOf(mark, key),
    sha256: read.sha256,
    results: new Map(results.map((result) => [result.name, result])),
    uploads: upload.objects,
  }
}

/** The session without what the project takes the place of. Uploads that wait go on waiting. */
function emptied({ project: _, ...before }: Workspace): Workspace {
  return {
    ...before,
    files: before.files.filter(isAwaiting),
    settled: { accepted: [], refused: [] },
    positivity: [],
    analyses: [],
    plans: [],
    exports: [],
  }
}

function reasonOf(mark: Mark | null, key: string | null): string {
  if (mark === null) return 'It carries no mark, so anybody may have made or changed it.'
  return key === null
    ? 'It was marked by another service, or with a key that this one no longer keeps.'
    : 'It was changed after it was saved.'
}

async function keepReport(ctx: RequestContext, report: Report): Promise<StoredObject> {
  return await ctx.objects.put('opened_project.json', Buffer.from(JSON.stringify(report)), 'application/json')
}

/** Where a conversation waits until it takes its place. It is sealed, because only the service reads it. */
function chatName(id: string): string {
  return `opened-chat/${id}`
}

async function keepChat(
  ctx: RequestContext,
  id: string,
  saved: readonly SavedTurn[],
  datasetVersion: number,
): Promise<void> {
  const turns = saved.map(({ at, message, mode, intent, ...reply }): ChatTurn => ({
    id: ctx.ids.mint(),
    at: Date.parse(at),
    message,
    mode,
    datasetVersion,
    call: null,
    reply: { ...reply, intent: intent as StoredReply['intent'] },
  }))
  await ctx.objects.putSealed(chatName(id), Buffer.from(JSON.stringify(turns)))
}

/**
 * Puts the rebuilt session into the place of the present one.
 * @returns the opening as the session has it: another request may have been quicker
 * @throws Fault `conflict` when the session is no longer what it was
 */
async function commit(
  ctx: RequestContext,
  before: Workspace,
  rebuilt: Workspace,
  opened: StoredOpening,
): Promise<StoredOpening> {
  const { openings } = await ctx.workspace.update((current) => {
    const present = current.openings.find(({ id }) => id === opened.id)
    if (present?.opened !== undefined) return current
    if (JSON.stringify(current) !== JSON.stringify(before))
      throw new Fault('conflict', say('session-changed-while-opened', {}))
    const waiting = before.openings.filter((other) => isAwaiting(other) && other.id !== opened.id)
    return { ...rebuilt, openings: [...waiting, opened] }
  })
  return ctx.ids.find(openings, opened.id)
}

/** What was stored for a session that did not come about. */
async function discard(ctx: RequestContext, { objects }: Staged): Promise<void> {
  await tidy(ctx, objects)
}

/** Everything that nothing names any more once the session has other contents. */
function objectsOf({ files, positivity, analyses, plans, exports, openings }: Workspace): readonly StoredObject[] {
  return [
    ...files.flatMap(({ object }) => object ?? []),
    ...positivity.map(({ object }) => object),
    ...analyses.map(({ result }) => result),
    ...plans.flatMap(({ locked }) => locked?.object ?? []),
    ...exports.map(({ object }) => object),
    ...openings.flatMap(({ opened }) => opened?.report ?? []),
  ]
}

interface Finished {
  readonly slot: StoredOpening
  /** The JSON of what was found. */
  readonly report: JsonText
}

/** Brings the conversation back, if that is still to be done, and tells what was found. */
async function finish(ctx: RequestContext, slot: StoredOpening): Promise<Finished> {
  const { opened } = slot
  if (opened === undefined) throw new Error('A project that is not open cannot be told of')
  if (opened.hasChat) {
    const turns = await ctx.objects.readSealed(chatName(slot.id))
    if (turns !== null) await ctx.chat.replace(JSON.parse(turns.toString()) as ChatTurn[])
    await ctx.workspace.update((current) => ({
      ...current,
      openings: current.openings.map((other) =>
        other.id === slot.id && other.opened !== undefined
          ? { ...other, opened: { ...other.opened, hasChat: false } }
          : other,
      ),
    }))
  }
  return { slot, report: new JsonText(await ctx.objects.read(opened.report)) }
}
