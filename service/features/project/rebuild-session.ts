import type { RequestContext } from '../../context.ts'
import { Fault, isFault } from '../../domain/fault.ts'
import { storedNameOf } from '../../domain/files/format-of.ts'
import { FILE_ROLES } from '../../domain/files/formats.ts'
import type { Contents, SavedFile, SavedPlan } from '../../domain/project/contents.ts'
import type { StoredFile, StoredPlan } from '../../stores/workspace.ts'
import { analyseDataset } from '../analyses.ts'
import { readyFiles } from '../current-files.ts'
import { measurePositivity } from '../dataset.ts'
import { describeCurrent } from '../describe-current.ts'
import { makePlan } from '../plans.ts'
import { headerOf, keepReading, validateFile } from '../readings.ts'
import { lockPlan } from '../scenarios.ts'
import { withFileIds } from '../several-files.ts'
import { refusal } from './check-contents.ts'

/** What a project file holds, and how its parts are fetched. */
export interface Source {
  readonly filename: string
  readonly contents: Contents
  /** Whether this service marked exactly these bytes. */
  readonly isMarked: boolean
  readonly unpack: (part: string) => Promise<Uint8Array>
}

/** What was computed again, to be compared with what the file recorded. */
export interface Computed {
  readonly of: string
  readonly part: string
  readonly json: Uint8Array
}

export interface Rebuilt {
  readonly computed: readonly Computed[]
  /** What did not come back, each with the reason. */
  readonly leftOut: readonly string[]
}

/**
 * Makes a session of a project file: every file is read and validated as if it were uploaded, then everything is
 * settled, measured, analysed and planned again in the order in which people do it. All ids are new.
 * @param ctx a staged context, whose workspace is empty
 * @param dataVersion the version of the rebuilt data
 * @throws Fault `unreadable-file` that names the part that cannot be used
 */
export async function rebuildSession(ctx: RequestContext, source: Source, dataVersion: number): Promise<Rebuilt> {
  const { filename, contents } = source
  for (const file of contents.files)
    await asPart(filename, `its file "${file.filename}"`, async () => addFile(ctx, source, file))
  for (const choices of contents.positivity)
    await asPart(filename, 'its test positivity', async () => measurePositivity(ctx, choices))
  await asPart(filename, 'its settled matches', async () => settle(ctx, contents))
  await ctx.workspace.update((workspace) => ({ ...workspace, datasetVersion: dataVersion }))
  const computed: Computed[] = []
  const analysisIds: string[] = []
  for (const [place, { options, part }] of contents.analyses.entries()) {
    const of = `analysis ${String(place + 1)}`
    const { analysis, json } = await asPart(filename, `its ${of}`, async () => analyseDataset(ctx, options))
    analysisIds.push(analysis.id)
    computed.push({ of, part, json })
  }
  const leftOut: string[] = []
  for (const [place, plan] of contents.plans.entries()) {
    const of = `plan ${plan.name === undefined ? String(place + 1) : `"${plan.name}"`}`
    const analysisId = plan.analysis === null ? undefined : analysisIds[plan.analysis]
    if (analysisId !== undefined) {
      const json = await asPart(filename, `its ${of}`, async () => addPlan(ctx, source, plan, analysisId))
      computed.push({ of, part: plan.part, json })
    } else if (source.isMarked) {
      await asPart(filename, `its ${of}`, async () => addEarlierPlan(ctx, source, plan, dataVersion - 1))
    } else {
      leftOut.push(`${of}: it was made from earlier data, which are not in the file, so it cannot be computed again`)
    }
  }
  return { computed, leftOut }
}

async function addFile(ctx: RequestContext, { unpack, filename: project }: Source, saved: SavedFile): Promise<void> {
  const { role, filename, choices, part } = saved
  const bytes = await unpack(part)
  if (bytes.length > FILE_ROLES[role].mostBytes)
    throw refusal(project, `"${filename}" is larger than a file of the role ${role} may be`)
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
async function settle(ctx: RequestContext, { settled }: Contents): Promise<void> {
  const { accepted, refused } = settled
  if (accepted.length + refused.length === 0) return
  const { wards, quality } = await describeCurrent(ctx)
  const boundaries = quality.boundaries ?? 0
  const isDistinct = (places: readonly number[]): boolean => new Set(places).size === places.length
  const isKnown = [...accepted, ...refused].every(({ row, feature }) => row < wards && feature < boundaries)
  const isOneToOne = isDistinct(accepted.map(({ row }) => row)) && isDistinct(accepted.map(({ feature }) => feature))
  if (!isKnown || !isOneToOne)
    throw new Fault('invalid-input', 'They name wards or boundaries that the files do not have, or one of them twice.')
  await ctx.workspace.update((workspace) => ({ ...workspace, settled }))
}

/** A locked plan is locked again as it was: of the date that this service recorded, or else of today. */
async function addPlan(
  ctx: RequestContext,
  { isMarked }: Source,
  { options, name, lockedAt }: SavedPlan,
  analysisId: string,
): Promise<Uint8Array> {
  const { plan, json } = await makePlan(ctx, analysisId, options, name)
  if (lockedAt !== undefined) {
    const at = isMarked ? Date.parse(lockedAt) : ctx.now()
    await lockPlan({ ...ctx, now: () => at }, plan.id)
  }
  return json
}

/** A locked plan whose data were replaced before it was saved: its figures are what this service recorded. */
async function addEarlierPlan(
  ctx: RequestContext,
  { unpack, filename }: Source,
  { options, name, lockedAt = '', part }: SavedPlan,
  datasetVersion: number,
): Promise<void> {
  const stamp = { id: ctx.ids.mint(), analysisId: ctx.ids.mint(), datasetVersion }
  const json = await ctx.work('restampPlan', { json: await unpack(part), filename, part, stamp })
  const object = await ctx.objects.put('net_plan.json', json, 'application/json')
  const plan: StoredPlan = {
    ...stamp,
    createdAt: ctx.now(),
    options,
    ...(name !== undefined && { name }),
    locked: { at: Date.parse(lockedAt), object },
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
    const found = `${part} cannot be used: ${error.message}`
    throw new Fault('unreadable-file', `Cannot open ${filename}: ${found}`, {
      errors: [{ detail: found }, ...error.errors],
      cause: error,
    })
  }
}
