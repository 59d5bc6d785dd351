import type { RequestContext } from '../context.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import { FILE_ROLES, type FileRole } from '../domain/files/formats.ts'
import type { Question } from '../domain/files/reading/question.ts'
import type { Reading } from '../domain/files/reading/reading.ts'
import type { StoredFile, Workspace } from '../stores/workspace.ts'
import { Given } from '../work/given.ts'
import type { JobName } from '../work/jobs.ts'
import { readyFiles, type ReadyFile } from './current-files.ts'
import { severalFilesQuestion } from './several-files.ts'

/** Most descriptions are smaller. These are shown even if the object store does not answer. */
const SMALL_DESCRIPTION_BYTES = 4 * 1024

const VALIDATIONS = {
  wards: 'validateWards',
  boundaries: 'validateBoundaries',
  facilities: 'validateFacilities',
} as const satisfies Readonly<Record<FileRole, JobName>>

/** What was found in a file: what its role says about it, and how it was read. */
export interface Description {
  readonly reading: Reading
  readonly questions: readonly Question[]
  /** The months of a facility table. */
  readonly months?: readonly string[]
  /** The states and LGAs of a table; empty if it has none. */
  readonly areas?: readonly string[]
  /** Of the names of its wards or boundaries in their order. */
  readonly rowsHash?: string
}

/**
 * Reads a file by the choices of its owner.
 * @returns what was found, and the bytes that were read
 * @throws Fault `unreadable-file`, `too-large`, or `invalid-input` when a choice does not fit the file
 */
export async function readFile(
  ctx: RequestContext,
  { role, filename, choices = {} }: StoredFile,
  bytes: Uint8Array,
): Promise<{ found: Description; bytes: Uint8Array }> {
  return await ctx.work(VALIDATIONS[role], { filename, choices, bytes: new Given(bytes) })
}

/** Keeps what was found: in the session's state when it is small, else in an object named by the file's content. */
export async function keepDescription(ctx: RequestContext, file: ReadyFile, found: Description): Promise<ReadyFile> {
  const description = Buffer.from(JSON.stringify(found))
  if (description.length <= SMALL_DESCRIPTION_BYTES) return { ...file, found }
  await ctx.derived.put('descriptions', descriptionOf(file), description)
  const { found: _earlier, ...kept } = file
  return kept
}

/** What was found in a file when it was read. If its object is missing, the file is read again. */
export async function descriptionOfFile(ctx: RequestContext, file: ReadyFile): Promise<Description> {
  if (file.found !== undefined) return file.found as Description
  const kept = await ctx.derived.read('descriptions', descriptionOf(file))
  if (kept !== null) return JSON.parse(kept.toString()) as Description
  const { found } = await readFile(ctx, file, await ctx.objects.read(file.object))
  await ctx.derived.put('descriptions', descriptionOf(file), Buffer.from(JSON.stringify(found)))
  return found
}

/** A file as its owner sees it, with what was found in it and what was settled for files with the same header. */
export async function showDescribed(
  ctx: RequestContext,
  workspace: Workspace,
  file: StoredFile,
): Promise<Record<string, unknown>> {
  const { object } = file
  if (object === undefined) return showFile(file)
  const found = await descriptionOfFile(ctx, { ...file, object })
  const ready = readyFiles(workspace, file.role)
  const several = ready.at(-1)?.id === file.id ? severalFilesQuestion(file, ready.slice(0, -1)) : null
  const offered = workspace.remembered.findLast(({ role, header }) => role === file.role && header === file.header)
  return {
    ...showFile(file),
    ...found,
    questions: [...(several === null ? [] : [several]), ...found.questions],
    choices: file.choices ?? {},
    // What a column of such a file can be taken for.
    roles: FILE_ROLES[file.role].columnRoles,
    ...(offered !== undefined &&
      offered.filename !== file.filename &&
      file.choices === undefined && { offered: { filename: offered.filename, choices: offered.choices } }),
  }
}

export function showFile({ id, role, filename, bytes, createdAt, object }: StoredFile): Record<string, unknown> {
  return {
    id,
    role,
    filename,
    bytes,
    createdAt: new Date(createdAt).toISOString(),
    state: object === undefined ? 'awaiting-upload' : 'ready',
    ...(object !== undefined && { sha256: object.sha256 }),
  }
}

function descriptionOf({ role, filename, object, choices }: ReadyFile): InputsHash {
  return hashOfInputs([role, filename, object.sha256, choices ?? {}])
}
