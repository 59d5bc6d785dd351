import { zipSync } from 'fflate'
import type { ZipOptions, Zippable } from 'fflate'

/** One ring as longitude and latitude pairs, its last point equal to its first; outlines run clockwise. */
export type ShapeRing = readonly (readonly [number, number])[]

/** A polygon with its attributes, in the order of the fields. */
export interface ShapeRecord {
  readonly rings: readonly ShapeRing[]
  readonly values: readonly string[]
}

/** The WGS84 description that goes into a .prj file. */
const WGS84_PRJ =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

const POLYGON = 5
// The same bytes on every machine and day: the ZIP's own dates are fixed.
const ZIP_OPTIONS: ZipOptions = { level: 9, mtime: '2024-01-01T00:00:00', os: 0 }

/** A zipped shapefile of polygons: .shp, .shx, .dbf, .prj and .cpg under one name. Equal input gives equal bytes. */
export function writeShapefile(name: string, fields: readonly string[], records: readonly ShapeRecord[]): Uint8Array {
  const { shp, shx } = writeShapes(records)
  const files: Zippable = {
    [`${name}.shp`]: [shp, ZIP_OPTIONS],
    [`${name}.shx`]: [shx, ZIP_OPTIONS],
    [`${name}.dbf`]: [writeDbf(fields, records), ZIP_OPTIONS],
    [`${name}.prj`]: [Buffer.from(WGS84_PRJ), ZIP_OPTIONS],
    [`${name}.cpg`]: [Buffer.from('UTF-8'), ZIP_OPTIONS],
  }
  return zipSync(files)
}

function writeShapes(records: readonly ShapeRecord[]): { shp: Buffer; shx: Buffer } {
  const contents = records.map(({ rings }) => writePolygon(rings))
  const size = contents.reduce((sum, content) => sum + 8 + content.length, 100)
  const shp = header(size, records)
  const shx = header(100 + records.length * 8, records)
  const shpFile = Buffer.alloc(size)
  const shxFile = Buffer.alloc(100 + records.length * 8)
  shp.copy(shpFile)
  shx.copy(shxFile)
  let offset = 100
  contents.forEach((content, index) => {
    shpFile.writeInt32BE(index + 1, offset)
    shpFile.writeInt32BE(content.length / 2, offset + 4)
    content.copy(shpFile, offset + 8)
    shxFile.writeInt32BE(offset / 2, 100 + index * 8)
    shxFile.writeInt32BE(content.length / 2, 104 + index * 8)
    offset += 8 + content.length
  })
  return { shp: shpFile, shx: shxFile }
}

function header(size: number, records: readonly ShapeRecord[]): Buffer {
  const bytes = Buffer.alloc(100)
  bytes.writeInt32BE(9994, 0)
  bytes.writeInt32BE(size / 2, 24)
  bytes.writeInt32LE(1000, 28)
  bytes.writeInt32LE(POLYGON, 32)
  writeBox(
    bytes,
    36,
    records.flatMap(({ rings }) => rings),
  )
  return bytes
}

function writePolygon(rings: readonly ShapeRing[]): Buffer {
  const points = rings.flat()
  const bytes = Buffer.alloc(44 + rings.length * 4 + points.length * 16)
  bytes.writeInt32LE(POLYGON, 0)
  writeBox(bytes, 4, rings)
  bytes.writeInt32LE(rings.length, 36)
  bytes.writeInt32LE(points.length, 40)
  let start = 0
  rings.forEach((ring, index) => {
    bytes.writeInt32LE(start, 44 + index * 4)
    start += ring.length
  })
  points.forEach(([x, y], index) => {
    bytes.writeDoubleLE(x, 44 + rings.length * 4 + index * 16)
    bytes.writeDoubleLE(y, 52 + rings.length * 4 + index * 16)
  })
  return bytes
}

function writeBox(bytes: Buffer, offset: number, rings: readonly ShapeRing[]): void {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of rings.flat()) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  for (const [index, edge] of [west, south, east, north].entries()) bytes.writeDoubleLE(edge, offset + index * 8)
}

function writeDbf(fields: readonly string[], records: readonly ShapeRecord[]): Buffer {
  const widths = fields.map((_, field) =>
    Math.max(1, ...records.map(({ values }) => Buffer.byteLength(values[field] ?? ''))),
  )
  const headerLength = 33 + fields.length * 32
  const recordLength = 1 + widths.reduce((sum, width) => sum + width, 0)
  const bytes = Buffer.alloc(headerLength + records.length * recordLength + 1, ' ')
  bytes.fill(0, 0, headerLength)
  bytes.set([3, 124, 1, 1], 0)
  bytes.writeUInt32LE(records.length, 4)
  bytes.writeUInt16LE(headerLength, 8)
  bytes.writeUInt16LE(recordLength, 10)
  fields.forEach((field, index) => {
    bytes.write(field.slice(0, 10), 32 + index * 32, 'latin1')
    bytes.write('C', 43 + index * 32, 'latin1')
    bytes.writeUInt8(Math.min(254, widths[index] ?? 1), 48 + index * 32)
  })
  bytes[headerLength - 1] = 0x0d
  records.forEach(({ values }, record) => {
    let offset = headerLength + record * recordLength + 1
    fields.forEach((_, field) => {
      bytes.write(values[field] ?? '', offset, 'utf8')
      offset += widths[field] ?? 1
    })
  })
  bytes[bytes.length - 1] = 0x1a
  return bytes
}
