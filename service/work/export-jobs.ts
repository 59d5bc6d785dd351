import type { StatedCertainty } from '../domain/certainty/stated-certainty.ts'
import { EXPORTS, type ExportKindWith } from '../domain/exports/kinds.ts'
import type { StampedPlan, StampedResult } from '../domain/exports/stamped.ts'
import { readJson } from './own-json.ts'

/** A file, piece by piece: text or bytes. Each call starts from the beginning and gives the same file. */
export type Pieces = () => Iterable<string | Uint8Array>

// The jobs that make files, by their names. Bytes of stored JSON and packed datasets go in, and pieces come
// out, so that memory never holds a whole file beside its inputs. `plan` is the JSON text of a stamped plan, `certainty`
// that of how sure its order is.

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
