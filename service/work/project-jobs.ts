import type { PartFacts } from '../domain/project/contents.ts'
import type { Difference } from '../domain/project/find-differences.ts'
import type { PackedResult } from '../domain/project/read-project.ts'
import type { Mark } from '../domain/project/project-mark.ts'
import { readJson, writeJson } from './own-json.ts'
import type { Stamp } from './stamp.ts'
import { say } from '../domain/said.ts'

/** A project file. Its bytes move from job to job: they may be too large to be copied for each. */
export interface ProjectFile {
  readonly bytes: Uint8Array
  readonly filename: string
}

/** What a project file says of itself before anything in it is believed. */
export interface ReadProject {
  /** The JSON text of its small parts; null for one that it does not have. */
  readonly manifest: string
  readonly contents: string
  readonly chat: string | null
  /** Every part as it was found, the manifest apart. */
  readonly parts: readonly PartFacts[]
  /** Whether the mark was made with `key` of exactly these bytes. */
  readonly isMarked: boolean
  /** Of the whole file, in base64url. */
  readonly sha256: string
  readonly bytes: Uint8Array
}

/** Which key the file needs; null when it carries no mark. */
export async function readProjectMark({ bytes, filename }: ProjectFile): Promise<{
  readonly mark: Mark | null
  readonly bytes: Uint8Array
}> {
  const { readLayout } = await import('../domain/project/read-project.ts')
  return { mark: readLayout(bytes, filename).mark, bytes }
}

/** Unpacks and hashes every part, and checks the mark with the key of the file. */
export async function readProject(input: ProjectFile & { key: string | null }): Promise<ReadProject> {
  // Only threads that open project files load Node's cryptography.
  const [{ hash }, { factsOf, readLayout, unpackPart }, { isMarked }, { CHAT, CONTENTS, MANIFEST }] = await Promise.all(
    [
      import('node:crypto'),
      import('../domain/project/read-project.ts'),
      import('../domain/project/project-mark.ts'),
      import('../domain/project/contents.ts'),
    ],
  )
  const { bytes, filename, key } = input
  const layout = readLayout(bytes, filename)
  const text = (name: string): string => new TextDecoder().decode(unpackPart(bytes, layout, name, filename))
  return {
    manifest: text(MANIFEST),
    contents: text(CONTENTS),
    chat: layout.parts.has(CHAT) ? text(CHAT) : null,
    parts: await factsOf(bytes, layout, filename),
    isMarked: layout.mark !== null && key !== null && isMarked(layout.mark, key, layout.covered),
    sha256: hash('sha256', bytes, 'base64url'),
    bytes,
  }
}

/** One part, unpacked. */
export async function unpackProjectPart(input: ProjectFile & { part: string }): Promise<{
  readonly part: Uint8Array
  readonly bytes: Uint8Array
}> {
  const { readLayout, unpackPart } = await import('../domain/project/read-project.ts')
  const { bytes, filename } = input
  return { part: unpackPart(bytes, readLayout(bytes, filename), input.part, filename), bytes }
}

/** The recorded results, still packed. The rest of the file is let go. */
export async function keepProjectResults({ bytes, filename }: ProjectFile): Promise<readonly PackedResult[]> {
  const { packedResults, readLayout } = await import('../domain/project/read-project.ts')
  return packedResults(bytes, readLayout(bytes, filename))
}

/** The recorded figures beside those that were computed again. `of` says what they are figures of. */
export async function compareRecorded(input: {
  readonly filename: string
  readonly made: readonly { readonly of: string; readonly recorded: PackedResult; readonly json: Uint8Array }[]
  /** How many differences are listed. */
  readonly most: number
}): Promise<{ readonly differences: readonly Difference[]; readonly count: number }> {
  const [{ unpackData }, { findDifferences }] = await Promise.all([
    import('../domain/project/read-project.ts'),
    import('../domain/project/find-differences.ts'),
  ])
  const text = (json: Uint8Array): string => new TextDecoder().decode(json)
  const differences: Difference[] = []
  let count = 0
  for (const { of, recorded, json } of input.made) {
    const before = text(unpackData(recorded.packed, recorded, input.filename))
    const found = findDifferences(of, before, text(json), input.most - differences.length)
    differences.push(...found.shown)
    count += found.count
  }
  return { differences, count }
}

/**
 * The recorded figures of a locked plan, for another session: with `stamp` in the place of its ids.
 * @throws Fault `unreadable-file` when they are not the figures of a plan
 */
export async function restampPlan(input: { recorded: PackedResult; filename: string; stamp: Stamp }) {
  const [{ unpackData }, { Value }, { Plan }, { unreadable }] = await Promise.all([
    import('../domain/project/read-project.ts'),
    import('typebox/value'),
    import('../features/replies/plans.ts'),
    import('../domain/files/unreadable.ts'),
  ])
  const plan = readJson<Record<string, unknown>>(unpackData(input.recorded.packed, input.recorded, input.filename))
  // A stored plan does not say whether it is stale, and one of an earlier release does not say who locked it.
  if (!Value.Check(Plan, { lockedBy: null, ...plan, stale: true }))
    throw unreadable(input.filename, say('no-figures-of-plan', { name: input.recorded.name }))
  return writeJson({ ...plan, ...input.stamp })
}
