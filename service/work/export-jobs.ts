import type { StatedCertainty } from '../domain/certainty/stated-certainty.ts'
import { EXPORTS, type ExportKindWith } from '../domain/exports/kinds.ts'
import type { StampedPlan, StampedResult } from '../domain/exports/stamped.ts'
import type { FileKey } from '../domain/project/project-mark.ts'
import type { SavedSession } from '../domain/project/project-parts.ts'
import type { ManifestHead } from '../domain/project/write-project.ts'
import { readJson } from './own-json.ts'

/** The text or the bytes of a file, piece by piece. Each call starts from the beginning and gives the same. */
export type Pieces = () => Iterable<string | Uint8Array>

// The jobs that make files, by their names. Bytes of stored JSON and packed datasets go in, and pieces come
// out, so that memory never holds a whole file beside its inputs. `plan` is the JSON text of a stamped plan,
// `certainty` that of how sure its order is.

export async function exportResult(input: {
  kind: ExportKindWith<{ readonly madeOf: 'result' }>
  result: Uint8Array
  certainty: Uint8Array
  planId: string | null
}): Promise<Pieces> {
  const make = await EXPORTS[input.kind].load()
  const result = readJson<StampedResult>(input.result)
  const certainty = readJson<StatedCertainty>(input.certainty)
  return () => make(result, certainty, input.planId)
}

export async function exportPlan(input: {
  kind: ExportKindWith<{ readonly madeOf: 'plan' }>
  plan: Uint8Array
  certainty: Uint8Array
  /** A sentence that goes before the plan's caveats; null for none. */
  note: string | null
}): Promise<Pieces> {
  const make = await EXPORTS[input.kind].load()
  const stored = readJson<StampedPlan>(input.plan)
  const plan = input.note === null ? stored : { ...stored, caveats: [input.note, ...stored.caveats] }
  const certainty = readJson<StatedCertainty>(input.certainty)
  return () => make(plan, certainty)
}

export async function exportDataset(input: {
  kind: ExportKindWith<{ readonly madeOf: 'dataset' }>
  packed: Uint8Array
  result: Uint8Array
  plan: Uint8Array | null
  certainty: Uint8Array
}): Promise<Pieces> {
  const [make, { unpackDataset }] = await Promise.all([
    EXPORTS[input.kind].load(),
    import('../domain/dataset/pack-dataset.ts'),
  ])
  const dataset = unpackDataset(input.packed)
  const result = readJson<StampedResult>(input.result)
  const plan = input.plan && readJson<StampedPlan>(input.plan)
  const certainty = readJson<StatedCertainty>(input.certainty)
  return () => make(dataset, result, plan, certainty)
}

/** A session as a project file. The bytes of its files are given away: they are the largest that a request holds. */
export async function exportProject(input: {
  saved: SavedSession
  head: ManifestHead
  /** Of this one file. The secret behind it does not leave its own thread. */
  key: FileKey
}): Promise<Pieces> {
  const [{ projectParts }, { writeProject }] = await Promise.all([
    import('../domain/project/project-parts.ts'),
    import('../domain/project/write-project.ts'),
  ])
  const pieces = writeProject(input.head, projectParts(input.saved), input.key)
  return () => pieces
}
