import type { Dataset } from './dataset.ts'
import { packArrays, unpackArrays } from './pack-arrays.ts'

const LETTERS = 'WARDSET3'

/** A dataset as bytes, to be sealed and stored. */
export function packDataset(dataset: Dataset): Uint8Array {
  return packArrays(LETTERS, dataset)
}

/** Reads what `packDataset` wrote. Throws an Error for anything else: such bytes were stored by something else. */
export function unpackDataset(bytes: Uint8Array): Dataset {
  const dataset = unpackArrays(LETTERS, bytes) as Dataset
  refuseMisfits(dataset)
  return dataset
}

/** Every per-row and per-feature array must be as long as there are rows and features. */
function refuseMisfits({ table, boundaries, featureOfRow, matchedBy }: Dataset): void {
  const perRow = [
    table.labels,
    table.lines,
    table.keys.wardName,
    featureOfRow,
    matchedBy,
    ...table.columns.flatMap(({ numbers, codes }) => [numbers, codes]),
  ]
  const rowsFit = perRow.every((values) => values === null || values.length === table.rows)
  const featuresFit =
    boundaries === null ||
    (boundaries.featureEnds.length === boundaries.features &&
      featureOfRow.every((feature) => feature >= -1 && feature < boundaries.features))
  if (!rowsFit || !featuresFit) throw new Error('the packed dataset contradicts itself')
}
