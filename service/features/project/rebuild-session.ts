import type { RequestContext } from '../../context.ts'
import { Fault, isFault } from '../../domain/fault.ts'
import { say } from '../../domain/said.ts'
import { storedNameOf } from '../../domain/files/format-of.ts'
import { FILE_ROLES } from '../../domain/files/formats.ts'
import type { Contents, SavedFile, SavedPlan } from '../../domain/project/contents.ts'
import type { StoredFile, StoredLock, StoredPlan } from '../../stores/workspace.ts'
import { analyseDataset } from '../analyses.ts'
import { readyFiles } from '../current-files.ts'
import { measurePositivity } from '../dataset.ts'
import { describeCurrent } from '../describe-current.ts'
import { makePlan, shownLock } from '../plans.ts'
import { headerOf, keepReading, validateFile } from '../readings.ts'
import { lockPlan } from '../scenarios.ts'
import { withFileIds } from '../several-files.ts'
import { refusal } from './check-contents.ts'
import { compareInBatches, recordedIn, type Compared, type Results } from './compare-results.ts'
import type { Staged } from './staged-context.ts'

/** A project file whose inputs are stored already. */
export interface Source {
  readonly filename: string
  readonly contents: Contents
  /** Whether this service marked exactly these bytes. */
  readonly isMarked: boolean
  /** The recorded results by the names of their parts. */
  readonly results: Results
}

/** What was found while a session was made again. */
export interface Rebuilt extends Compared {
  /** What did not come back, each with the reason. */
  readonly leftOut: readonly string[]
}

/**
 * Reads and validates the files of a project as if they were uploaded, and stores them.
 * @param unpack gives the bytes of a part
 * @throws Fault `unreadable-file` that names the file that cannot be used
 */
export async function addFiles(
  ctx: RequestContext,
  filename: string,
  { files }: Contents,
  unpack: (part: string) => Promise<Uint8Array>,
): Promise<void> {
  for (const file of files)
    await asPart(filename, `its file "${file.filename}"`, async () =>
      addFile(ctx, filename, file, await unpack(file.part)),
    )
}

/**
 * Makes the rest of a session of a project file: everything is settled, measured, analysed and planned again in the
 * order in which people do it, and compared with what the file recorded. All ids are new.
 * @param staged with the files of the project
 * @param dataVersion the version of the rebuilt data
 * @throws Fault `unreadable-file` that names the part that cannot be used
 */
export async function rebuildSession(staged: Staged, source: Source, dataVersion: number): Promise<Rebuilt> {
  const { filename, contents } = source
  const step = async <T>(part: string, use: (ctx: RequestContext) => Promise<T>): Promise<T> =>
    asPart(filename, part, async () => staged.step(use))
  for (const choices of contents.positivity)
    await step('its test positivity', async (ctx) => measurePositivity(ctx, choices))
  await step('its settled matches', async (ctx) => settle(ctx, contents, dataVersion))
  const comparison = compareInBatches(staged, filename, source.results)
  const analysisIds: string[] = []
  for (const [place, { options, part }] of contents.analyses.entries()) {
    const of = `analysis ${String(place + 1)}`
    const { analysis, json } = await step(`its ${of}`, async (ctx) => analyseDataset(ctx, options))
    analysisIds.push(analysis.id)
    await comparison.add(of, part, json)
  }
  const leftOut: string[] = []
  for (const [place, plan] of contents.plans.entries()) {
    const of = `plan ${plan.name === undefined ? String(place + 1) : `"${plan.name}"`}`
    const analysisId = plan.analysis === null ? undefined : analysisIds[plan.analysis]
    if (analysisId !== undefined) {
      const json = await step(`its ${of}`, async (ctx) => addPlan(ctx, source, plan, analysisId))
      await comparison.add(of, plan.part, json)
      if (plan.lockedBy !== undefined && !source.isMarked)
        leftOut.push(`${of}: who locked it, since nothing vouches for what the file says`)
    } else if (source.isMarked) {
      await step(`its ${of}`, async (ctx) => addEarlierPlan(ctx, source, plan, dataVersion - 1))
    } else {
      leftOut.push(`${of}: it was made from earlier data, which are not in the file, so it cannot be computed again`)
    }
  }
  return { ...(await comparison.end()), leftOut }
}

async function addFile(
  ctx: RequestContext,
  project: string,
  { role, filename, choices }: SavedFile,
  bytes: Uint8Array,
): Promise<void> {
  if (bytes.length > FILE_ROLES[role].mostBytes)
    throw refusal(project, say('file-of-project-too-large', { filename, role }))
  const earlier = readyFiles(await ctx.workspace.read(), role)
  const slot: StoredFile = {
    id: ctx.ids.mint(),
    role,
    filename,
    bytes: bytes.length,
    createdAt: ctx.now(),
    ...(choices !== undefined && {
      choices: { ...choices, ...(choices.answers && { answers: withFileIds(choices.answers, earlier) }) },
    }),
  }
  const { bytes: validated, ...read } = await validateFile(ctx, slot, bytes)
  const object = await ctx.objects.put(storedNameOf(role, filename), validated, 'application/octet-stream')
  const ready = { ...slot, object, header: headerOf(read.found) }
  const completed = { ...ready, ...(await keepReading(ctx, ready, read)) }
  await ctx.workspace.update((workspace) => ({ ...workspace, files: [...workspace.files, completed] }))
}

/** Pairs are places in the files, so they must be places that the files have. */
async function settle(ctx: RequestContext, { settled }: Contents, datasetVersion: number): Promise<void> {
  const { accepted, refused } = settled
  if (accepted.length + refused.length > 0) await refuseUnknown(ctx, settled)
  await ctx.workspace.update((workspace) => ({ ...workspace, settled, datasetVersion }))
}

async function refuseUnknown(ctx: RequestContext, { accepted, refused }: Contents['settled']): Promise<void> {
  const { wards, quality } = await describeCurrent(ctx)
  const boundaries = quality.boundaries ?? 0
  const isDistinct = (places: readonly number[]): boolean => new Set(places).size === places.length
  const isKnown = [...accepted, ...refused].every(({ row, feature }) => row < wards && feature < boundaries)
  const isOneToOne = isDistinct(accepted.map(({ row }) => row)) && isDistinct(accepted.map(({ feature }) => feature))
  if (!isKnown || !isOneToOne) throw new Fault('invalid-input', say('they-name-unknown', {}))
}

/**
 * A locked plan is locked again as it was: with the date and the name that this service recorded, or else today and
 * without a name. The person who opens the file did not decide the plan, so theirs is never taken.
 */
async function addPlan(
  ctx: RequestContext,
  { isMarked }: Source,
  { options, name, lockedAt, lockedBy }: SavedPlan,
  analysisId: string,
): Promise<Uint8Array> {
  const { plan, json } = await makePlan(ctx, analysisId, options, name)
  if (lockedAt !== undefined) {
    await lockPlan(ctx, plan.id, isMarked ? recordedLock(lockedAt, lockedBy) : { at: ctx.now() })
  }
  return json
}

/** When and by whom this service recorded that a plan was locked. */
function recordedLock(lockedAt: string, lockedBy: string | undefined): StoredLock {
  return { at: Date.parse(lockedAt), ...(lockedBy !== undefined && { by: lockedBy }), isFromProject: true }
}

/** A locked plan whose data were replaced before it was saved: its figures are what this service recorded. */
async function addEarlierPlan(
  ctx: RequestContext,
  { results, filename }: Source,
  { options, name, lockedAt = '', lockedBy, part }: SavedPlan,
  datasetVersion: number,
): Promise<void> {
  const made = { id: ctx.ids.mint(), analysisId: ctx.ids.mint(), datasetVersion }
  const lock = recordedLock(lockedAt, lockedBy)
  const stamp = { ...made, ...shownLock(lock) }
  const json = await ctx.work('restampPlan', { recorded: recordedIn(results, part), filename, stamp })
  const object = await ctx.objects.put('net_plan.json', json, 'application/json')
  const plan: StoredPlan = {
    ...made,
    createdAt: ctx.now(),
    options,
    ...(name !== undefined && { name }),
    locked: { ...lock, object },
  }
  await ctx.workspace.update((workspace) => ({ ...workspace, plans: [...workspace.plans, plan] }))
}

/** Faults that say that the service cannot do it now. All others are the file's. */
const OF_THE_SERVICE: ReadonlySet<string> = new Set([
  'busy',
  'too-many',
  'no-session',
  'session-full',
  'session-store-unavailable',
  'object-store-unavailable',
])

/** Does one step of the rebuilding. What does not fit is the fault of the file. */
async function asPart<T>(filename: string, part: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!isFault(error) || OF_THE_SERVICE.has(error.kind)) throw error
    const found = say('part-unusable', { part, why: error.said })
    throw new Fault('unreadable-file', say('cannot-open', { filename, found }), {
      errors: [{ said: found }, ...error.errors],
      cause: error,
    })
  }
}
