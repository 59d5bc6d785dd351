import type { Boundaries } from '../files/boundaries.ts'
import type { WardTable } from '../files/ward-table.ts'
import { packArrays, unpackArrays } from './pack-arrays.ts'

const WARDS = 'WARDTAB1'
const BOUNDARIES = 'BOUNDAR1'

/** Packs a ward table as bytes, to be sealed and stored, so that its file need not be read again. */
export function packWards(table: WardTable): Uint8Array {
  return packArrays(WARDS, table)
}

/**
 * Reads what `packWards` wrote.
 * @throws Error when the bytes are anything else: then something else stored them
 */
export function unpackWards(bytes: Uint8Array): WardTable {
  const table = unpackArrays(WARDS, bytes) as WardTable
  if (!wardsFit(table)) throw new Error('the packed ward table contradicts itself')
  return table
}

/** Packs boundaries as bytes, to be sealed and stored, so that their file need not be read again. */
export function packBoundaries(boundaries: Boundaries): Uint8Array {
  return packArrays(BOUNDARIES, boundaries)
}

/**
 * Reads what `packBoundaries` wrote.
 * @throws Error when the bytes are anything else: then something else stored them
 */
export function unpackBoundaries(bytes: Uint8Array): Boundaries {
  const boundaries = unpackArrays(BOUNDARIES, bytes) as Boundaries
  if (!boundariesFit(boundaries)) throw new Error('the packed boundaries contradict themselves')
  return boundaries
}

/** Whether every array of a table has one element per row. */
export function wardsFit({ rows, labels, lines, keys, columns }: WardTable): boolean {
  const keyed: readonly (readonly string[] | null)[] = Object.values(keys)
  const perRow = [labels, lines, ...keyed, ...columns.flatMap(({ numbers, codes }) => [numbers, codes])]
  return perRow.every((values) => values === null || values.length === rows)
}

/** Whether every key has one element per feature, and features, polygons and rings end with what they consist of. */
export function boundariesFit(boundaries: Boundaries): boolean {
  const { features, keys, featureEnds, polygonEnds, ringEnds, coordinates } = boundaries
  return (
    Object.values(keys).every((values: readonly string[] | null) => values === null || values.length === features) &&
    featureEnds.length === features &&
    featureEnds.at(-1) === polygonEnds.length &&
    polygonEnds.at(-1) === ringEnds.length &&
    (ringEnds.at(-1) ?? NaN) * 2 === coordinates.length
  )
}
