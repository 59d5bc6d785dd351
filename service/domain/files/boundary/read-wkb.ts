import type { Point, Polygon, Ring, Shape } from './layer.ts'
import { GeometryError } from './geometry-error.ts'
import { say } from '../../said.ts'

const DEEPEST = 8
const TYPES: Readonly<Record<number, string>> = {
  1: 'Point',
  2: 'LineString',
  3: 'Polygon',
  4: 'MultiPoint',
  5: 'MultiLineString',
  6: 'MultiPolygon',
  7: 'GeometryCollection',
} as const
/** Extended WKB marks heights, measures and a system by the highest bits of the type. */
const EXTENDED = { z: 0x80000000, m: 0x40000000, srid: 0x20000000 } as const

/**
 * Reads a geometry in well-known binary, ISO or extended, as its polygons. Points and lines are named in `others`.
 * Every count is checked against the bytes that are left before anything is made of it.
 * @throws GeometryError when it is damaged or of a kind that is not read here
 */
export function readWkb(bytes: Buffer): Shape {
  const polygons: Polygon[] = []
  const others: string[] = []
  const end = geometry(bytes, 0, 0, polygons, others)
  if (end > bytes.length) throw new GeometryError(say('geometry-ends-early', {}))
  return { polygons, others }
}

/** Reads the geometry at an offset, and returns the offset after it. */
function geometry(bytes: Buffer, at: number, depth: number, polygons: Polygon[], others: string[]): number {
  if (depth > DEEPEST) throw new GeometryError(say('geometry-too-deep', {}))
  if (at + 5 > bytes.length || (bytes[at] ?? 2) > 1) throw new GeometryError(say('geometry-without-byte-order', {}))
  const isLittle = bytes[at] === 1
  const integer = (offset: number): number => {
    if (offset + 4 > bytes.length) throw new GeometryError(say('geometry-ends-early', {}))
    return isLittle ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset)
  }
  const double = (offset: number): number => (isLittle ? bytes.readDoubleLE(offset) : bytes.readDoubleBE(offset))
  const code = integer(at + 1)
  const plain = code % 0x10000
  const kind = TYPES[plain % 1000]
  const iso = Math.floor(plain / 1000)
  if (kind === undefined || iso > 3) throw new GeometryError(say('geometry-of-type', { code }))
  const hasZ = (code & EXTENDED.z) !== 0 || iso === 1 || iso === 3
  const hasM = (code & EXTENDED.m) !== 0 || iso === 2 || iso === 3
  const width = 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0)
  const start = at + 5 + ((code & EXTENDED.srid) === 0 ? 0 : 4)
  const count = kind === 'Point' ? 1 : integer(start)
  const body = kind === 'Point' ? start : start + 4
  const sizeOf = kind === 'Point' || kind === 'LineString' ? width : kind === 'Polygon' ? 4 : 5
  if (body + count * sizeOf > bytes.length) throw new GeometryError(say('geometry-count-too-large', {}))
  if (kind === 'Point' || kind === 'LineString') {
    others.push(kind)
    return body + count * width
  }
  if (kind !== 'Polygon') {
    let next = body
    for (let member = 0; member < count; member += 1) next = geometry(bytes, next, depth + 1, polygons, others)
    return next
  }
  let next = body
  const rings: Ring[] = []
  for (let ring = 0; ring < count; ring += 1) {
    const points = integer(next)
    next += 4
    if (next + points * width > bytes.length) throw new GeometryError(say('geometry-ring-too-large', {}))
    const first = next
    rings.push(
      Array.from({ length: points }, (_, point): Point => [
        double(first + point * width),
        double(first + point * width + 8),
      ]),
    )
    next += points * width
  }
  if (rings.length > 0) polygons.push(rings)
  return next
}
