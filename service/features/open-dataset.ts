import type { RequestContext } from '../context.ts'
import type { DatasetOutline } from '../domain/chat/outline.ts'
import type { InputsHash } from '../domain/dataset/inputs-hash.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { FileToRead } from '../domain/files/reading/choices.ts'
import type { Workspace } from '../stores/workspace.ts'
import { Given, type JobInput } from '../work/given.ts'
import {
  currentFiles,
  hasWards,
  inputsOf,
  isStale,
  type CurrentFiles,
  type MadeFromData,
  type ReadyFile,
} from './current-files.ts'
import { openReading } from './readings.ts'

export interface OpenedDataset {
  readonly version: number
  /** The content that the version stands for. */
  readonly content: InputsHash
  /** The files that it was made of. Without a ward table, the wards are those of the facility table. */
  readonly inputs: {
    readonly wards: readonly ReadyFile[]
    readonly boundaries: readonly ReadyFile[]
    readonly facilities: readonly ReadyFile[]
  }
  /** The dataset, read and joined, for the worker threads. */
  readonly packed: Uint8Array
}

/**
 * The session's current dataset. It is read and joined once, and kept sealed under a name made from its sources. The
 * result is the same every time, so it does not matter which request made it.
 * @throws Fault `no-data` when there is neither a ward table nor measured positivity
 */
export async function openDataset(ctx: RequestContext): Promise<OpenedDataset> {
  const files = currentFiles(await ctx.workspace.read())
  const content = inputsOf(files)
  const packed = (await ctx.derived.read('datasets', content)) ?? (await prepare(ctx, files)).packed
  return {
    version: files.version,
    content,
    inputs: {
      wards: files.wards,
      boundaries: files.boundaries === undefined ? [] : [files.boundaries],
      facilities: files.facilities,
    },
    packed,
  }
}

/**
 * The names in the current dataset; null if there are no wards yet. They are kept beside it, because a question needs
 * nothing else to be understood.
 */
export async function openDatasetOutline(ctx: RequestContext, workspace: Workspace): Promise<DatasetOutline | null> {
  if (!hasWards(workspace)) return null
  const files = currentFiles(workspace)
  const outline = (await ctx.derived.read('outlines', inputsOf(files))) ?? (await prepare(ctx, files)).outline
  return JSON.parse(Buffer.from(outline).toString()) as DatasetOutline
}

async function prepare(ctx: RequestContext, files: CurrentFiles): Promise<{ packed: Uint8Array; outline: Uint8Array }> {
  const { wards, boundaries, settled, positivity } = files
  const prepared = await ctx.work('prepareDataset', {
    wards: await Promise.all(wards.map((file) => openReading(ctx, file))),
    boundaries: boundaries === undefined ? null : await openReading(ctx, boundaries),
    settled,
    answers: wards.at(-1)?.choices?.answers ?? {},
    positivity: await Promise.all(positivity.map(({ object }) => ctx.objects.read(object))),
  })
  const content = inputsOf(files)
  await Promise.all([
    ctx.derived.put('datasets', content, prepared.packed),
    ctx.derived.put('outlines', content, prepared.outline),
  ])
  return prepared
}

/** A validated file as jobs take it: its bytes, and what its owner settled about their reading. */
export async function fileToRead(ctx: RequestContext, file: ReadyFile): Promise<JobInput<FileToRead>> {
  const { filename, choices = {}, object } = file
  return { filename, choices, bytes: new Given(await ctx.objects.read(object)) }
}

/**
 * The dataset that a result was made from, even if it is no longer the current one.
 * @throws Fault `stale` when it was never kept in the form of this release and its files are gone
 */
export async function openDatasetOf(
  ctx: RequestContext,
  made: MadeFromData,
  workspace: Workspace,
): Promise<Uint8Array> {
  const kept = made.dataset === undefined ? null : await ctx.derived.read('datasets', made.dataset)
  if (kept !== null) return kept
  if (isStale(made, workspace)) throw new Fault('stale', say('data-of-this-gone', {}))
  return (await prepare(ctx, currentFiles(workspace))).packed
}
