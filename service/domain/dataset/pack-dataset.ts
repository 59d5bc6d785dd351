import type { Dataset } from './dataset.ts'
import { packArrays, unpackArrays } from './pack-arrays.ts'
import { boundariesFit, wardsFit } from './pack-files.ts'

const LETTERS = 'WARDSET3'

/** Packs a dataset as bytes, to be sealed and stored. */
export function packDataset(dataset: Dataset): Uint8Array {
  return packArrays(LETTERS, dataset)
}

/**
 * Reads what `packDataset` wrote.
 * @throws Error when the bytes are anything else: then something else stored them
 */
export function unpackDataset(bytes: Uint8Array): Dataset {
  const dataset = unpackArrays(LETTERS, bytes) as Dataset
  refuseMisfits(dataset)
  return dataset
}

/** Checks that every array has one element per row or per feature. */
function refuseMisfits({ table, boundaries, featureOfRow, matchedBy }: Dataset): void {
  const rowsFit = wardsFit(table) && featureOfRow.length === table.rows && matchedBy.length === table.rows
  const featuresFit =
    boundaries === null ||
    (boundariesFit(boundaries) && featureOfRow.every((feature) => feature >= -1 && feature < boundaries.features))
  if (!rowsFit || !featuresFit) throw new Error('the packed dataset contradicts itself')
}
