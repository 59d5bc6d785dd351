import { zipSync } from 'fflate'
import type { DrawnWard } from './boundary-files.ts'
import type { GpkgRing } from './geopackage.ts'

const WGS84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
const POLYGON = 5
const FIELD_BYTES = 60

/**
 * A zipped shapefile of wards after ESRI's technical description (1998) and dBASE III. Rings stand as they were drawn,
 * whichever way they run; the names of fields are at most ten bytes long.
 */
export function shapefileZip(wards: readonly DrawnWard[], layer = 'wards'): Uint8Array {
  const records = wards.map(({ polygons }) => polygonRecord(polygons.flat()))
  const all = boxOf(wards.flatMap(({ polygons }) => polygons.flat()))
  const lengths = records.map((record) => record.length + 8)
  let offset = 100
  const index = lengths.map((length) => {
    const entry = Buffer.alloc(8)
    entry.writeInt32BE(offset / 2, 0)
    entry.writeInt32BE((length - 8) / 2, 4)
    offset += length
    return entry
  })
  const shapes = records.map((record, place) => {
    const head = Buffer.alloc(8)
    head.writeInt32BE(place + 1, 0)
    head.writeInt32BE(record.length / 2, 4)
    return Buffer.concat([head, record])
  })
  return zipSync({
    [`${layer}.shp`]: Buffer.concat([mainHeader(offset, all), ...shapes]),
    [`${layer}.shx`]: Buffer.concat([mainHeader(100 + index.length * 8, all), ...index]),
    [`${layer}.dbf`]: dbase(wards.map(({ attributes }) => attributes)),
    [`${layer}.prj`]: Buffer.from(WGS84),
    [`${layer}.cpg`]: Buffer.from('UTF-8'),
  })
}

type Box = readonly [west: number, south: number, east: number, north: number]

function boxOf(rings: readonly GpkgRing[]): Box {
  const [xs, ys] = [0, 1].map((axis) => rings.flat().map((point) => point[axis] ?? NaN)) as [number[], number[]]
  // As arguments, the coordinates of large boundaries would be more than a call takes.
  const least = (of: readonly number[]): number => of.reduce((one, other) => Math.min(one, other), Infinity)
  const most = (of: readonly number[]): number => of.reduce((one, other) => Math.max(one, other), -Infinity)
  return [least(xs), least(ys), most(xs), most(ys)]
}

function mainHeader(bytes: number, box: Box): Buffer {
  const header = Buffer.alloc(100)
  header.writeInt32BE(9994, 0)
  header.writeInt32BE(bytes / 2, 24)
  header.writeInt32LE(1000, 28)
  header.writeInt32LE(POLYGON, 32)
  box.forEach((value, place) => header.writeDoubleLE(value, 36 + place * 8))
  return header
}

function polygonRecord(rings: readonly GpkgRing[]): Buffer {
  const points = rings.flat()
  const record = Buffer.alloc(44 + rings.length * 4 + points.length * 16)
  record.writeInt32LE(POLYGON, 0)
  boxOf(rings).forEach((value, place) => record.writeDoubleLE(value, 4 + place * 8))
  record.writeInt32LE(rings.length, 36)
  record.writeInt32LE(points.length, 40)
  let first = 0
  rings.forEach((ring, place) => {
    record.writeInt32LE(first, 44 + place * 4)
    first += ring.length
  })
  points.forEach(([x, y], place) => {
    record.writeDoubleLE(x, 44 + rings.length * 4 + place * 16)
    record.writeDoubleLE(y, 52 + rings.length * 4 + place * 16)
  })
  return record
}

function dbase(rows: readonly Readonly<Record<string, string>>[]): Buffer {
  const fields = Object.keys(rows[0] ?? {})
  const header = Buffer.alloc(32 + fields.length * 32 + 1)
  header.set([3, 124, 1, 1])
  header.writeUInt32LE(rows.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(1 + fields.length * FIELD_BYTES, 10)
  fields.forEach((field, place) => {
    header.write(field.slice(0, 10), 32 + place * 32, 'latin1')
    header.write('C', 43 + place * 32, 'latin1')
    header[48 + place * 32] = FIELD_BYTES
  })
  header[header.length - 1] = 0x0d
  const records = rows.map((row) => {
    const record = Buffer.alloc(1 + fields.length * FIELD_BYTES, ' ')
    fields.forEach((field, place) => record.write(row[field] ?? '', 1 + place * FIELD_BYTES, FIELD_BYTES, 'utf8'))
    return record
  })
  return Buffer.concat([header, ...records, Buffer.from([0x1a])])
}
