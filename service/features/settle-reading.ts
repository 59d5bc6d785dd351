import { isDeepStrictEqual } from 'node:util'
import type { RequestContext } from '../context.ts'
import { Fault, type FaultDetail } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { FileRole } from '../domain/files/formats.ts'
import type { ReadingChoices } from '../domain/files/reading/choices.ts'
import type { Question } from '../domain/files/reading/question.ts'
import { pointerPart } from '../domain/schema-refusals.ts'
import type { RememberedReading, StoredFile, StoredObject, Workspace } from '../stores/workspace.ts'
import { readyFiles, type ReadyFile } from './current-files.ts'
import { describeCurrent } from './describe-current.ts'
import { keepReading, openDescription, validateStored } from './readings.ts'
import { showDescribed } from './show-file.ts'
import { isAwaiting, tidy, withNextVersion } from './file-slots.ts'
import type { ReadingBody } from './replies/reading.ts'
import { isAlone, severalFilesQuestion } from './several-files.ts'

const MOST_REMEMBERED = 10
const ONLY_OF_TABLES = ['sheet', 'decimal', 'thousands', 'missing', 'headerRow'] as const
const ONLY_OF_BOUNDARIES = ['layer'] as const
/** A session keeps 64 KiB of state in all. */
const MOST_CHOICES_BYTES = 12 * 1024

/**
 * Settles how a file is read, and answers its questions. A file that still awaits its upload keeps the choices until it
 * is completed, so that a file that could not be read can be completed with other choices.
 * @throws Fault `invalid-input` when a choice does not fit the file, or an answer no question; nothing is changed
 */
export async function settleReading(ctx: RequestContext, fileId: string, body: ReadingBody): Promise<unknown> {
  const before = await ctx.workspace.read()
  const file = ctx.ids.find(before.files, fileId)
  refuseForeign(file.role, body)
  const choices = merged(file.choices ?? {}, body)
  if (Buffer.byteLength(JSON.stringify(choices)) > MOST_CHOICES_BYTES)
    throw new Fault('invalid-input', say('more-choices-than-taken', {}))
  // Nothing changes, so results made from the data stay what they are.
  if (isDeepStrictEqual(choices, file.choices ?? {})) return { file: await showDescribed(ctx, before, file) }
  const settled: StoredFile = { ...file, choices }
  const { object } = file
  const again = object && (await readAgain(ctx, before, { ...file, object }, choices, body.answers ?? {}))
  const completed = again?.file ?? settled
  const isSameOrder =
    object !== undefined && (await openDescription(ctx, { ...file, object })).rowsHash === again?.rowsHash
  const earlier = readyFiles(before, file.role).filter(({ id }) => id !== fileId)
  const removed = isAlone(choices.answers ?? {}, earlier) ? earlier : []
  const unused: StoredObject[] = []
  const after = await ctx.workspace.update((workspace) => {
    unused.length = 0
    const present = ctx.ids.find(workspace.files, fileId)
    if (JSON.stringify(present) !== JSON.stringify(file)) throw new Fault('conflict', say('file-changed-elsewhere', {}))
    const gone = new Set(removed.map(({ id }) => id))
    unused.push(...removed.map((other) => other.object))
    const files = workspace.files
      .filter(({ id }) => !gone.has(id))
      .map((other) => (other.id === fileId ? completed : other))
    if (isAwaiting(file)) return { ...workspace, files }
    const next = withNextVersion(workspace, file.role, files)
    // Pairs were settled by positions: they hold while the same wards stand in the same order.
    const settled = isSameOrder ? workspace.settled : next.settled
    return { ...next, settled, remembered: remember(workspace, completed) }
  })
  await tidy(ctx, unused)
  return { file: await showDescribed(ctx, after, completed) }
}

/** @throws Fault `invalid-input` with a pointer to each choice that files of this role do not have */
function refuseForeign(role: FileRole, body: ReadingBody): void {
  const foreign = role === 'boundaries' ? ONLY_OF_TABLES : ONLY_OF_BOUNDARIES
  const errors = foreign
    .filter((name) => (body[name] ?? null) !== null)
    .map((name) => ({ pointer: `/${name}`, said: say('choice-not-of-role', { role }) }))
  if (errors.length > 0) throw new Fault('invalid-input', say('choice-unfit', {}), { errors })
}

/**
 * Reads a file by its new choices.
 * @param file as it was
 * @throws Fault `invalid-input` with a pointer to each answer that no question takes
 */
async function readAgain(
  ctx: RequestContext,
  workspace: Workspace,
  file: ReadyFile,
  choices: ReadingChoices,
  given: NonNullable<ReadingBody['answers']>,
): Promise<{ file: ReadyFile; rowsHash: string | undefined }> {
  const settled: ReadyFile = { ...file, choices }
  const read = await validateStored(ctx, settled)
  const answers = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null)
  if (answers.length > 0) {
    const options = new Map(
      [...(await openQuestions(ctx, workspace, file)), ...read.found.questions].map((question) => [
        question.id,
        question.options.map(({ value }) => value),
      ]),
    )
    refuseUnasked(answers, options, file.choices?.answers ?? {})
  }
  const { found: _earlier, ...rest } = settled
  return { file: { ...rest, ...(await keepReading(ctx, settled, read)) }, rowsHash: read.found.rowsHash }
}

/** The questions that the file takes answers to: its own, those of its role, and for wards those of the join. */
async function openQuestions(ctx: RequestContext, workspace: Workspace, file: ReadyFile): Promise<readonly Question[]> {
  const { questions } = await openDescription(ctx, file)
  const ready = readyFiles(workspace, file.role)
  const isLatest = ready.at(-1)?.id === file.id
  const several = isLatest ? severalFilesQuestion(file, ready.slice(0, -1)) : null
  const joined = isLatest && file.role === 'wards' ? (await describeCurrent(ctx)).questions : []
  return [...questions, ...(several === null ? [] : [several]), ...joined]
}

/** An answer must be an option of an open question; a question that was answered before takes another answer. */
function refuseUnasked(
  answers: readonly (readonly [id: string, answer: string])[],
  options: ReadonlyMap<string, readonly string[]>,
  before: Readonly<Record<string, string>>,
): void {
  const errors = answers.flatMap(([id, answer]): FaultDetail[] => {
    const pointer = `/answers/${pointerPart(id)}`
    const allowed = options.get(id)
    if (allowed?.includes(answer) === true) return []
    if (allowed !== undefined) return [{ pointer, said: say('must-be-one-of', { values: allowed }) }]
    return Object.hasOwn(before, id) ? [] : [{ pointer, said: say('not-a-question', {}) }]
  })
  if (errors.length > 0) throw new Fault('invalid-input', say('answer-unfit', {}), { errors })
}

/** Replaces what is given, and takes back what is null. Columns and answers are merged one by one. */
function merged(before: ReadingChoices, { columns, answers, ...rest }: ReadingBody): ReadingChoices {
  const plain = Object.entries({ ...before, ...rest }).filter(([, value]) => value !== null)
  const { columns: _columns, answers: _answers, ...kept } = Object.fromEntries(plain) as ReadingChoices
  const roles = mergedPart(before.columns, columns)
  const answered = mergedPart(before.answers, answers)
  return { ...kept, ...(roles && { columns: roles }), ...(answered && { answers: answered }) }
}

function mergedPart<Value>(
  before: Readonly<Record<string, Value>> = {},
  given: Readonly<Record<string, Value | null>> = {},
): Readonly<Record<string, Value>> | null {
  const entries = Object.entries({ ...before, ...given }).filter((entry): entry is [string, Value] => entry[1] !== null)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** Answers are about one file's values and are not offered for another. */
function remember(workspace: Workspace, { role, header, filename, choices = {} }: StoredFile): RememberedReading[] {
  const { answers: _answers, ...offered } = choices
  const others = workspace.remembered.filter((one) => one.role !== role || one.header !== header)
  if (header === undefined || Object.keys(offered).length === 0) return others
  return [...others, { role, header, filename, choices: offered }].slice(-MOST_REMEMBERED)
}
