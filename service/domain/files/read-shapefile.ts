import { parseShp } from 'shpjs'
import { BoundariesBuilder } from './boundaries-builder.ts'
import type { Polygon } from './boundaries-builder.ts'
import type { Boundaries } from './boundaries.ts'
import { Fault } from '../fault.ts'
import { listed } from '../fault-list.ts'
import type { Finding } from './finding.ts'
import { readDbf } from './read-dbf.ts'
import { assumedWgs84, readPrj } from './read-prj.ts'
import { readZip } from './read-zip.ts'
import { unreadable } from './unreadable.ts'

const UNPACKED = { totalBytes: 160 * 1024 * 1024 } as const
const PART = /\.(?:shp|shx|dbf|prj|cpg)$/i
const POLYGON = 5
const POLYGON_TYPES: readonly number[] = [POLYGON, 15, 25]
const MOST_RINGS = 2_000
/**
 * The rings of a shape are compared with each other to find the outline of each hole. The work is the sum of the
 * squares of their numbers.
 */
const MOST_RING_PAIRS = 100_000_000
const HEADER = 100

interface Parts {
  readonly shp: Buffer
  readonly dbf: Buffer
  readonly prj: string | null
  readonly cpg: string | null
  readonly findings: readonly Finding[]
}

/**
 * Reads ward boundaries from a zipped shapefile. The parser trusts the lengths in a header, so every length is checked
 * against the bytes before a record is read, and records are read one at a time. Passes over the vertices once.
 * @throws Fault `unreadable-file` when a part is missing or damaged
 * @throws Fault `too-large` when it has too many features, rings or points
 */
export async function readShapefile(bytes: Uint8Array, filename: string): Promise<Boundaries> {
  const parts = await unpack(bytes, filename)
  const table = readDbf(parts.dbf, parts.cpg, filename)
  const system =
    parts.prj === null
      ? assumedWgs84('There is no .prj file: the coordinates lie in the range of degrees and were taken as WGS84.')
      : readPrj(parts.prj, filename)
  const builder = new BoundariesBuilder(filename, system.reproject)
  let record = 0
  let lostRings = 0
  for (const shape of shapes(parts.shp, filename)) {
    const keyed = table.records[record]
    if (keyed === undefined) break
    lostRings += shape.lostRings
    builder.feature(shape.polygons, keyed)
    record += 1
  }
  const shapeCount = record === table.records.length ? countShapes(parts.shp, filename) : record
  if (shapeCount !== table.records.length) {
    throw unreadable(
      filename,
      `its .dbf has ${String(table.records.length)} records ` +
        `where its .shp has ${String(shapeCount)} shapes; export both again`,
    )
  }
  const lost: Finding[] =
    lostRings === 0
      ? []
      : [{ kind: 'geometry-dropped', detail: 'Holes that do not lie in a polygon were left out.', count: lostRings }]
  return builder.finish({
    format: 'shapefile',
    sourceCrs: system.sourceCrs,
    fields: table.fields,
    findings: [...parts.findings, ...table.findings, ...system.findings, ...lost],
  })
}

async function unpack(bytes: Uint8Array, filename: string): Promise<Parts> {
  const { files, others } = await readZip(bytes, filename, UNPACKED, (name) => PART.test(name) && !isHidden(name))
  const names = [...files.keys()].filter((name) => /\.shp$/i.test(name))
  const [shpName, ...rest] = names
  if (shpName === undefined)
    throw unreadable(
      filename,
      `it holds no .shp file; found ${listed([...files.keys(), ...others]) || 'nothing'}; ` +
        'boundaries are a shapefile in a .zip, or a .geojson file by itself',
    )
  if (rest.length > 0)
    throw unreadable(filename, `it holds several shapefiles, ${listed(names)}; send the one with the wards`)
  const base = shpName.slice(0, -4).toLowerCase()
  const part = (ending: string): Buffer | undefined =>
    [...files].find(([name]) => name.toLowerCase() === `${base}.${ending}`)?.[1]
  const required = (ending: string): Buffer => {
    const found = part(ending)
    if (found === undefined)
      throw unreadable(
        filename,
        `the .${ending} file that belongs to ${shpName} is missing; ` + 'a shapefile is .shp, .shx and .dbf together',
      )
    return found
  }
  required('shx')
  const ignored = others.filter((name) => !isHidden(name))
  return {
    shp: required('shp'),
    dbf: required('dbf'),
    prj: part('prj')?.toString('utf8') ?? null,
    cpg: part('cpg')?.toString('latin1') ?? null,
    findings:
      ignored.length === 0
        ? []
        : [
            {
              kind: 'entry-ignored',
              detail: 'Files that are not part of the shapefile were ignored.',
              count: ignored.length,
              examples: ignored.slice(0, 10),
            },
          ],
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('__MACOSX/') || (name.split('/').at(-1) ?? '').startsWith('.')
}

interface Shape {
  readonly polygons: readonly Polygon[]
  readonly lostRings: number
}

function* shapes(shp: Buffer, filename: string): Generator<Shape> {
  let ringPairs = 0
  for (const content of records(shp, filename)) {
    ringPairs += content.length < 44 ? 0 : Math.min(MOST_RINGS, content.readUInt32LE(36)) ** 2
    if (ringPairs > MOST_RING_PAIRS)
      throw new Fault(
        'too-large',
        `Cannot read ${filename}: its shapes have too many rings; leave out the smallest islands and holes`,
      )
    yield content.length < 8 || content.readInt32LE(0) === 0
      ? { polygons: [], lostRings: 0 }
      : polygonsOf(content, filename)
  }
}

function countShapes(shp: Buffer, filename: string): number {
  let count = 0
  for (const _ of records(shp, filename)) count += 1
  return count
}

/** Reads the contents of the records of a .shp. Each is checked to lie within the file. */
function* records(shp: Buffer, filename: string): Generator<Buffer> {
  if (shp.length < HEADER || shp.readInt32BE(0) !== 9994) throw unreadable(filename, `its .shp is not a shapefile`)
  const type = shp.readInt32LE(32)
  if (!POLYGON_TYPES.includes(type))
    throw unreadable(filename, `its shapes are of type ${String(type)}, not polygons (5, 15 or 25)`)
  const end = shp.readInt32BE(24) * 2
  if (end !== shp.length) throw cutOff(filename, `declares ${String(end)} bytes and has ${String(shp.length)}`)
  let offset = HEADER
  let number = 0
  while (offset < end) {
    number += 1
    if (offset + 12 > end) throw cutOff(filename, `ends within record ${String(number)}`)
    const length = shp.readInt32BE(offset + 4) * 2
    if (length < 4 || offset + 8 + length > end)
      throw cutOff(filename, `has a record ${String(number)} that does not fit the file`)
    yield shp.subarray(offset + 8, offset + 8 + length)
    offset += 8 + length
  }
}

function cutOff(filename: string, found: string): Fault {
  return unreadable(filename, `its .shp ${found}; it may have been cut off, so export it again`)
}

/** Reads one record as polygons. The parser gets it as a file of its own, without heights and measures. */
function polygonsOf(content: Buffer, filename: string): Shape {
  const damaged = (): Fault => cutOff(filename, 'has a record whose lengths contradict each other')
  if (content.length < 44 || !POLYGON_TYPES.includes(content.readInt32LE(0))) throw damaged()
  const rings = content.readInt32LE(36)
  const points = content.readInt32LE(40)
  if (rings < 0 || points < 0 || 44 + rings * 4 + points * 16 > content.length) throw damaged()
  if (rings > MOST_RINGS)
    throw new Fault(
      'too-large',
      `Cannot read ${filename}: a shape has ${String(rings)} rings; at most ${String(MOST_RINGS)} can be read`,
    )
  if (rings === 0 || points === 0) return { polygons: [], lostRings: 0 }
  let filled = 0
  for (let ring = 0; ring < rings; ring += 1) {
    const start = content.readInt32LE(44 + ring * 4)
    const next = ring + 1 < rings ? content.readInt32LE(48 + ring * 4) : points
    if ((ring === 0 && start !== 0) || next < start || next > points) throw damaged()
    if (next > start) filled += 1
  }
  const length = 44 + rings * 4 + points * 16
  const file = Buffer.alloc(HEADER + 8 + length)
  file.writeInt32LE(POLYGON, 32)
  file.writeInt32BE(length / 2, HEADER + 4)
  content.copy(file, HEADER + 8, 0, length)
  file.writeInt32LE(POLYGON, HEADER + 8)
  const shape = parseShp(new DataView(file.buffer, file.byteOffset, file.byteLength))[0]
  if (shape === undefined || shape === null) return { polygons: [], lostRings: filled }
  const polygons = (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates) as readonly Polygon[]
  return { polygons, lostRings: filled - polygons.reduce((sum, polygon) => sum + polygon.length, 0) }
}
