import type { RequestContext } from '../context.ts'
import { hashOfInputs, type InputsHash } from '../domain/dataset/inputs-hash.ts'
import { bareName } from '../domain/files/column-names.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { Description } from '../domain/files/reading/description.ts'
import type { StoredFile } from '../stores/workspace.ts'
import { Given } from '../work/given.ts'
import type { ValidFile } from '../work/jobs.ts'
import type { JobName } from '../work/load-job.ts'
import type { ReadyFile } from './current-files.ts'

const VALIDATIONS = {
  wards: 'validateWards',
  boundaries: 'validateBoundaries',
  facilities: 'validateFacilities',
} as const satisfies Readonly<Record<FileRole, JobName>>
/** Most descriptions are smaller. These are shown even if the object store does not answer. */
const SMALL_DESCRIPTION_BYTES = 4 * 1024
/** A file that takes more when it is packed is read again: a task would hold too much of it at a time. */
const MOST_PACKED_BYTES = 32 * 1024 * 1024

/**
 * Reads a file on a thread, as its owner settled.
 * @throws Fault `unreadable-file`, `too-large` as its reader finds; `invalid-input` when a choice does not fit the file
 */
export async function validateFile(
  ctx: RequestContext,
  { role, filename, choices = {} }: StoredFile,
  bytes: Uint8Array,
): Promise<ValidFile> {
  return await ctx.work(VALIDATIONS[role], { filename, choices, bytes: new Given(bytes) })
}

/** Reads a stored file on a thread, as its owner settled, when there is room for it. Throws as `validateFile` does. */
export async function validateStored(ctx: RequestContext, file: ReadyFile): Promise<Omit<ValidFile, 'bytes'>> {
  return ctx.holdFile(file.object.bytes, async () => {
    const { bytes: _bytes, ...read } = await validateFile(ctx, file, await ctx.objects.read(file.object))
    return read
  })
}

/**
 * Keeps what was read from a file, so that it need not be read again. Each part is named by the file's content.
 * @returns the description if it is small enough to be kept in the workspace
 */
export async function keepReading(
  ctx: RequestContext,
  file: ReadyFile,
  { found, packed }: Omit<ValidFile, 'bytes'>,
): Promise<Pick<StoredFile, 'found'>> {
  const description = Buffer.from(JSON.stringify(found))
  const isSmall = description.length <= SMALL_DESCRIPTION_BYTES
  await Promise.all([
    !isSmall && ctx.derived.put('descriptions', readingOf(file), description),
    packed !== null && packed.length <= MOST_PACKED_BYTES && ctx.derived.put('readings', readingOf(file), packed),
  ])
  return isSmall ? { found } : {}
}

/**
 * The description of a file. It may be a megabyte: if it is not small, it is in an object of its own. If that object
 * is missing, the file is read again.
 */
export async function openDescription(ctx: RequestContext, file: ReadyFile): Promise<Description> {
  // Release 0.1.0 kept descriptions without a reading.
  if (isDescription(file.found)) return file.found
  const kept = await ctx.derived.read('descriptions', readingOf(file))
  return kept === null ? (await readAgain(ctx, file)).found : (JSON.parse(kept.toString()) as Description)
}

/** A table of wards or boundaries, packed. If they were not kept, their file is read again. */
export async function openReading(ctx: RequestContext, file: ReadyFile): Promise<Given> {
  const kept = await ctx.derived.read('readings', readingOf(file))
  if (kept !== null) return new Given(kept)
  const { packed } = await readAgain(ctx, file)
  if (packed === null) throw new Error(`Nothing of a file of ${file.role} is packed`)
  return new Given(packed)
}

async function readAgain(ctx: RequestContext, file: ReadyFile): Promise<Omit<ValidFile, 'bytes'>> {
  const read = await validateStored(ctx, file)
  await keepReading(ctx, file, read)
  return read
}

/** Names what was read from a file by all that decides how it is read. */
function readingOf({ role, filename, object, choices }: ReadyFile): InputsHash {
  return hashOfInputs([role, filename, object.sha256, choices ?? {}])
}

function isDescription(found: unknown): found is Description {
  return typeof found === 'object' && found !== null && 'reading' in found
}

/** The names of a file's columns, as a hash: files with the same header are read alike. */
export function headerOf({ reading }: Description): InputsHash {
  return hashOfInputs(reading.columns.map(({ name }) => bareName(name)).sort())
}
