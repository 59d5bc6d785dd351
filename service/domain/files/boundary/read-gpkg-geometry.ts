import type { Shape } from './layer.ts'
import { readWkb } from './read-wkb.ts'
import { GeometryError } from './geometry-error.ts'
import { say } from '../../said.ts'

const EMPTY: Shape = { polygons: [], others: [] } as const
const EXTENDED = 0x20
const IS_EMPTY = 0x10
/** Bytes of the envelope by its indicator. */
const ENVELOPES: readonly number[] = [0, 32, 48, 48, 64] as const

/**
 * Reads a geometry as a GeoPackage stores it: a header of its own, then well-known binary.
 * @throws GeometryError when it is damaged or of a kind that is not read here
 */
export function readGpkgGeometry(blob: Uint8Array): Shape {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  if (bytes.length < 8 || bytes.toString('latin1', 0, 2) !== 'GP')
    throw new GeometryError(say('geometry-without-header', {}))
  const flags = bytes[3] ?? 0
  if ((flags & EXTENDED) !== 0) throw new GeometryError(say('geometry-of-extended-type', {}))
  const envelope = ENVELOPES[(flags >> 1) & 7]
  if (envelope === undefined) throw new GeometryError(say('header-damaged', {}))
  if ((flags & IS_EMPTY) !== 0) return EMPTY
  return readWkb(bytes.subarray(8 + envelope))
}
