import { parseShp } from 'shpjs'
import type { Fault } from '../../fault.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say, type PlainKind, type Said } from '../../said.ts'
import { assumedWgs84, readPrj } from './coordinate-system.ts'
import type { Layer, LayerFeature, Point, Polygon, Ring, Shape } from './layer.ts'
import { hasOutlineWithin, nestRings } from './nest-rings.ts'
import { readDbf } from './read-dbf.ts'
import { tooLarge, unreadable } from '../unreadable.ts'

const POLYGON = 5
const POLYGON_TYPES: readonly number[] = [POLYGON, 15, 25]
const SHAPE_TYPES: Readonly<Record<number, PlainKind>> = {
  1: 'shp-points',
  3: 'shp-lines',
  8: 'shp-points',
  11: 'shp-points',
  13: 'shp-lines',
  18: 'shp-points',
  21: 'shp-points',
  23: 'shp-lines',
  28: 'shp-points',
  31: 'shp-patches',
} as const
const MOST_RINGS = 2_000
/**
 * The rings of a shape are compared with each other to find the outline of each hole. The work is the sum of the
 * squares of their numbers.
 */
const MOST_RING_PAIRS = 100_000_000
const HEADER = 100
const RECORD_HEADER = 8

/** The files of a shapefile, without the endings of their common name. An index (.shx) is not needed. */
export interface ShapefileParts {
  readonly name: string
  readonly shp: Buffer
  readonly dbf: Buffer
  readonly prj: string | null
  readonly cpg: string | null
}

/** What a .shp holds by its header, such as points; null for polygons. */
export function othersIn(shp: Buffer, filename: string): Said | null {
  if (shp.length < HEADER || shp.readInt32BE(0) !== 9994) throw unreadable(filename, say('shp-not-shapefile', {}))
  const type = shp.readInt32LE(32)
  if (POLYGON_TYPES.includes(type)) return null
  const kind = SHAPE_TYPES[type]
  return kind === undefined ? say('shp-of-type', { type }) : say(kind, {})
}

/**
 * A shapefile of polygons as a layer. The parser trusts the lengths in a header, so every length is checked against the
 * bytes before a record is read, and records are read one at a time. Each pass goes over the vertices once.
 * @throws Fault `unreadable-file` when a part is damaged
 * @throws Fault `too-large` when it has too many rings
 */
export function shapefileLayer(parts: ShapefileParts, settled: string | undefined, filename: string): Layer {
  return {
    name: parts.name.split('/').at(-1) ?? parts.name,
    format: 'shapefile',
    features: parts.dbf.length < 8 ? 0 : parts.dbf.readUInt32LE(4),
    open: async () => {
      const table = readDbf(parts.dbf, parts.cpg, settled, filename)
      const system = parts.prj === null ? assumedWgs84(say('no-prj', {})) : await readPrj(parts.prj, filename)
      let misturned = 0
      let deleted = 0
      return {
        fields: table.fields,
        system,
        encoding: table.encoding.name,
        findings: [...table.encoding.findings, ...system.findings],
        *read(): Generator<LayerFeature> {
          misturned = 0
          deleted = 0
          const budget = { ringPairs: 0 }
          let record = 0
          for (const content of records(parts.shp, filename)) {
            const at = record
            record += 1
            if (at >= table.count) continue
            if (table.isDeleted(at)) {
              deleted += 1
              continue
            }
            yield {
              attribute: (place) => table.value(at, place),
              shape: () => {
                const shape = shapeOf(content, budget, filename)
                misturned += shape.misturned
                return shape
              },
            }
          }
          if (record !== table.count)
            throw unreadable(filename, say('dbf-and-shp-differ', { records: table.count, shapes: record }))
        },
        leftOut: () => leftOut(misturned, deleted),
      }
    },
  }
}

function leftOut(misturned: number, deleted: number): Finding[] {
  const found: Finding[] = []
  if (misturned > 0) found.push(makeFinding('geometry-united', say('rings-by-place', {}), { count: misturned }))
  if (deleted > 0) found.push(makeFinding('geometry-dropped', say('features-deleted', {}), { count: deleted }))
  return found
}

/** Reads the contents of the records of a .shp. Each is checked to lie within the file. */
function* records(shp: Buffer, filename: string): Generator<Buffer> {
  const contents = othersIn(shp, filename)
  if (contents !== null) throw unreadable(filename, say('shp-of-others', { contents }))
  const end = shp.readInt32BE(24) * 2
  if (end !== shp.length) throw cutOff(filename, say('declares-bytes', { declared: end, bytes: shp.length }))
  let offset = HEADER
  let number = 0
  while (offset < end) {
    number += 1
    if (offset + 12 > end) throw cutOff(filename, say('ends-within-record', { number }))
    const length = shp.readInt32BE(offset + 4) * 2
    const start = offset + RECORD_HEADER
    if (length < 4 || start + length > end) throw cutOff(filename, say('record-does-not-fit', { number }))
    yield shp.subarray(start, start + length)
    offset = start + length
  }
}

function cutOff(filename: string, found: Said): Fault {
  return unreadable(filename, say('shp-cut-off', { found }))
}

function shapeOf(content: Buffer, budget: { ringPairs: number }, filename: string): Shape & { misturned: number } {
  if (content.length < 8 || content.readInt32LE(0) === 0) return { polygons: [], others: [], misturned: 0 }
  budget.ringPairs += content.length < 44 ? 0 : Math.min(MOST_RINGS, content.readUInt32LE(36)) ** 2
  if (budget.ringPairs > MOST_RING_PAIRS) throw tooLarge(filename, say('shapes-of-many-rings', {}))
  return { ...polygonsOf(content, filename), others: [] }
}

/** Reads one record as polygons. The parser gets it as a file of its own, without heights and measures. */
function polygonsOf(content: Buffer, filename: string): { polygons: readonly Polygon[]; misturned: number } {
  const damaged = (): Fault => cutOff(filename, say('record-lengths-contradict', {}))
  if (content.length < 44 || !POLYGON_TYPES.includes(content.readInt32LE(0))) throw damaged()
  const rings = content.readInt32LE(36)
  const points = content.readInt32LE(40)
  if (rings < 0 || points < 0 || 44 + rings * 4 + points * 16 > content.length) throw damaged()
  if (rings > MOST_RINGS) throw tooLarge(filename, say('shape-of-many-rings', { rings, most: MOST_RINGS }))
  if (rings === 0 || points === 0) return { polygons: [], misturned: 0 }
  let filled = 0
  for (let ring = 0; ring < rings; ring += 1) {
    const start = content.readInt32LE(44 + ring * 4)
    const next = ring + 1 < rings ? content.readInt32LE(48 + ring * 4) : points
    if ((ring === 0 && start !== 0) || next < start || next > points) throw damaged()
    if (next > start) filled += 1
  }
  const length = 44 + rings * 4 + points * 16
  const file = Buffer.alloc(HEADER + RECORD_HEADER + length)
  file.writeInt32LE(POLYGON, 32)
  file.writeInt32BE(length / 2, HEADER + 4)
  content.copy(file, HEADER + RECORD_HEADER, 0, length)
  file.writeInt32LE(POLYGON, HEADER + RECORD_HEADER)
  const shape = parseShp(new DataView(file.buffer, file.byteOffset, file.byteLength))[0]
  const read = shape === undefined || shape === null ? [] : shape.coordinates
  const polygons = (shape?.type === 'Polygon' ? [read] : read) as readonly Polygon[]
  const lost = filled - polygons.reduce((sum, polygon) => sum + polygon.length, 0)
  // The parser goes by direction. Where that leaves rings over, or outlines within outlines, the file does not follow
  // it.
  if (lost === 0 && (polygons.length < 2 || !hasOutlineWithin(polygons))) return { polygons, misturned: 0 }
  const nested = nestRings(ringsOf(content, rings, points), filename)
  return { polygons: nested, misturned: Math.max(lost, polygons.length - nested.length) }
}

function ringsOf(content: Buffer, rings: number, points: number): Ring[] {
  return Array.from({ length: rings }, (_, ring) => {
    const start = content.readInt32LE(44 + ring * 4)
    const next = ring + 1 < rings ? content.readInt32LE(48 + ring * 4) : points
    return Array.from({ length: next - start }, (_, point): Point => {
      const at = 44 + rings * 4 + (start + point) * 16
      return [content.readDoubleLE(at), content.readDoubleLE(at + 8)]
    })
  }).filter((ring) => ring.length > 0)
}
