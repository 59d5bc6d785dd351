import { createHash } from 'node:crypto'
import t from 'tap'
import { zipSync } from 'fflate'
import type { Boundaries } from '../../service/domain/files/boundaries.ts'
import { describeBoundaries } from '../../service/domain/files/describe-boundaries.ts'
import { Fault } from '../../service/domain/fault.ts'
import { queenNeighbours } from '../../service/domain/ranking/queen-neighbours.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { unzipSync } from 'fflate'
import { writeShapefile } from '../../service/sample/write-shapefile.ts'
import type { ShapeRing } from '../../service/sample/write-shapefile.ts'
import { hostileZip } from '../support/hostile-zip.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'

const MIB = 1024 * 1024
const WEB_MERCATOR =
  'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",' +
  'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],' +
  'PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],' +
  'PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],' +
  'PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]'

type Files = Record<string, Uint8Array>

/** A clockwise square of the given size. */
function square(west: number, south: number, size = 1): ShapeRing {
  return [
    [west, south],
    [west, south + size],
    [west + size, south + size],
    [west + size, south],
    [west, south],
  ]
}

function shapefile(
  change: (files: Files) => Files = (files) => files,
  rings: readonly (readonly ShapeRing[])[] = [[square(8, 11)], [square(9, 11)]],
): Uint8Array {
  const records = rings.map((ring, index) => ({ rings: ring, values: [`C${index + 1}`, `Ward ${index + 1}`] }))
  return zipSync(change(unzipSync(writeShapefile('wards', ['WardCode', 'WardName'], records))))
}

function without(ending: string): (files: Files) => Files {
  return (files) => Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith(ending)))
}

/** The shapefile with one of its files changed in place. */
function altered(ending: string, change: (bytes: Buffer) => void): Uint8Array {
  return shapefile((files) => {
    const bytes = Buffer.from(files[`wards.${ending}`] ?? [])
    change(bytes)
    return { ...files, [`wards.${ending}`]: bytes }
  })
}

function geojson(...features: readonly object[]): Uint8Array {
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
}

function feature(name: string, geometry: object | null): object {
  return { type: 'Feature', properties: { WardName: name }, geometry }
}

async function refusal(bytes: Uint8Array, filename = 'boundaries.zip'): Promise<Fault> {
  try {
    await readBoundaries(bytes, filename)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('accepted')
}

function shapes({ ringEnds, polygonEnds, featureEnds }: Boundaries): number[][] {
  return [[...ringEnds], [...polygonEnds], [...featureEnds]]
}

function neighbourNames(boundaries: Boundaries): string[][] {
  const { starts, list } = queenNeighbours(boundaries)
  return Array.from({ length: boundaries.features }, (_, at) =>
    [...list.subarray(starts[at], starts[at + 1])].map((other) => boundaries.keys.wardName?.[other] ?? ''),
  )
}

t.test('readBoundaries() reads a zipped shapefile, also inside a folder, and says what it ignored', async (t) => {
  const plain = await readBoundaries(shapefile(), 'boundaries.zip')
  t.strictSame(describeBoundaries(plain), {
    features: 2,
    crs: 'EPSG:4326',
    sourceCrs: 'GCS_WGS_1984',
    fields: ['WardCode', 'WardName'],
    bbox: [8, 11, 10, 12],
    points: 10,
    findings: [],
    reading: plain.reading,
    questions: [],
    rowsHash: createHash('sha256').update('["Ward 1","Ward 2"]').digest('base64url'),
  })
  t.match(plain.reading, { layer: 'wards', encoding: 'utf-8', columns: [{ role: 'ward code' }, { role: 'ward name' }] })
  t.strictSame(plain.keys.wardName, ['Ward 1', 'Ward 2'])
  const inFolder = shapefile((files) => ({
    ...Object.fromEntries(Object.entries(files).map(([name, data]) => [`map/${name.replace('.shp', '.SHP')}`, data])),
    'map/readme.txt': Buffer.from('x'),
    '__MACOSX/._wards.shp': Buffer.from('x'),
  }))
  const nested = await readBoundaries(inFolder, 'boundaries.zip')
  t.strictSame(nested.coordinates, plain.coordinates)
  t.match(nested.findings, [{ kind: 'entry-ignored', count: 1, examples: ['map/readme.txt'] }])
})

t.test(
  'readBoundaries() distinguishes outlines and holes by their direction, in shapefiles of several rings',
  async (t) => {
    const outer = square(0, 0, 10)
    const hole = square(2, 2, 2).toReversed()
    const island = square(20, 20, 2)
    const read = await readBoundaries(shapefile(undefined, [[outer, hole, island], [square(10, 0, 10)]]), 'b.zip')
    t.strictSame(shapes(read), [
      [5, 10, 15, 20],
      [2, 3, 4],
      [2, 3],
    ])
  },
)

t.test(
  'readBoundaries() reads GeoJSON polygons and multipolygons, closes open rings, drops empty features and says so',
  async (t) => {
    const ring = square(8, 11).map((point) => [...point, 350])
    const read = await readBoundaries(
      geojson(
        feature('A', { type: 'Polygon', coordinates: [ring.slice(0, 4), square(8.2, 11.2, 0.1)] }),
        feature('B', { type: 'MultiPolygon', coordinates: [[square(1, 1)], [square(5, 5)]] }),
        feature('C', null),
      ),
      'b.geojson',
    )
    t.strictSame(shapes(read), [
      [5, 10, 15, 20],
      [2, 3, 4],
      [1, 3],
    ])
    t.match(read.findings, [{ kind: 'geometry-dropped', count: 1, examples: ['C'] }])
  },
)

t.test('readBoundaries() converts Web Mercator to degrees, and says so', async (t) => {
  const metres = (degrees: number): number => (degrees * 20037508.342789244) / 180
  const project = (ring: ShapeRing): ShapeRing =>
    ring.map(
      ([x, y]) => [metres(x), (Math.log(Math.tan(((90 + y) * Math.PI) / 360)) * 20037508.342789244) / Math.PI] as const,
    )
  const rings = [[project(square(8, 11))], [project(square(9, 11))]]
  const read = await readBoundaries(
    shapefile((files) => ({ ...files, 'wards.prj': Buffer.from(WEB_MERCATOR) }), rings),
    'b.zip',
  )
  for (const [index, edge] of [8, 11, 10, 12].entries()) t.ok(Math.abs((read.bbox[index] ?? 0) - edge) < 1e-9)
  t.match(read.findings, [{ kind: 'crs-transformed' }])
  const collection = {
    type: 'FeatureCollection',
    crs: { properties: { name: 'urn:ogc:def:crs:EPSG::3857' } },
    features: rings.map((polygon, index) => feature(`W${index}`, { type: 'Polygon', coordinates: polygon })),
  }
  t.strictSame((await readBoundaries(Buffer.from(JSON.stringify(collection)), 'b.json')).coordinates, read.coordinates)
  t.strictSame(neighbourNames(read), [['Ward 2'], ['Ward 1']])
})

t.test('readBoundaries() takes degrees without a .prj as WGS84 and says so, and refuses metres', async (t) => {
  t.match((await readBoundaries(shapefile(without('.prj')), 'b.zip')).findings, [{ kind: 'crs-assumed' }])
  t.match(
    (await refusal(shapefile(without('.prj'), [[square(500_000, 1_200_000)]]))).message,
    /coordinates cannot be used/,
  )
  t.match(
    (await refusal(shapefile((files) => ({ ...files, 'wards.prj': Buffer.from('LOCAL_CS["x",1]') })))).message,
    /names no coordinate system that is known here/,
  )
})

t.test('readBoundaries() reads attributes in the encoding of the .cpg, and reports a guess', async (t) => {
  const inLatin1 = (cpg: string | null): Uint8Array =>
    shapefile((files) => {
      const dbf = Buffer.from(files['wards.dbf'] ?? [])
      dbf[dbf.indexOf('Ward 1') + 4] = 0xe9
      const { 'wards.cpg': _, ...rest } = files
      return { ...rest, 'wards.dbf': dbf, ...(cpg === null ? {} : { 'wards.cpg': Buffer.from(cpg) }) }
    })
  for (const cpg of ['ISO-8859-1', 'ANSI 1252', '1252', 'ISO 88591'])
    t.equal((await readBoundaries(inLatin1(cpg), 'b.zip')).keys.wardName?.[0], 'Wardé1', cpg)
  for (const cpg of ['UTF-8', 'rubbish', null]) {
    const read = await readBoundaries(inLatin1(cpg), 'b.zip')
    t.equal(read.keys.wardName?.[0], 'Wardé1')
    t.match(read.findings, [{ kind: 'encoding-assumed' }])
  }
})

t.test('readBoundaries() refuses archives that are damaged, tricky or incomplete, with the reason', async (t) => {
  const dbf = (await refusal(shapefile(without('.dbf')))).message
  t.equal(
    dbf,
    'Cannot read boundaries.zip: the .dbf file that belongs to wards.shp is missing; ' +
      'a shapefile is .shp, .shx and .dbf together',
  )
  t.strictSame(
    (await readBoundaries(shapefile(without('.shx')), 'b.zip')).coordinates,
    (await readBoundaries(shapefile(), 'b.zip')).coordinates,
    'the index is not needed',
  )
  t.match((await refusal(shapefile(without('.shp')))).message, /holds no \.shp file; found/)
  t.match(
    (await refusal(shapefile((files) => ({ ...files, 'b.shp': Buffer.from('x') })))).message,
    /its \.shp is not a shapefile/,
  )
  t.match((await refusal(shapefile().subarray(0, 400))).message, /not a complete ZIP file/)
  t.match((await refusal(new Uint8Array())).message, /0 bytes/)
  t.match((await refusal(Buffer.from('hello'))).message, /this is none of these/)
  const data = Buffer.from('x')
  for (const name of ['../a.shp', 'a/../../b.shp', '/etc/a.shp', 'C:/a.shp', 'a\\..\\b.shp'])
    t.match((await refusal(hostileZip([{ name, data }]))).message, /leads out of the archive/, name)
  t.match((await refusal(hostileZip([{ name: 'a.shp', data, mode: 0o120777 }]))).message, /symbolic link/)
  t.match((await refusal(hostileZip([{ name: 'inner.zip', data }]))).message, /archive within the archive/)
  t.match(
    (
      await refusal(
        hostileZip([
          { name: 'a.shp', data },
          { name: 'a.shp', data },
        ]),
      )
    ).message,
    /twice/,
  )
  t.equal(
    (
      await refusal(
        hostileZip(Array.from({ length: 60_000 }, (_, index) => ({ name: `${index}.txt`, data: new Uint8Array() }))),
      )
    ).kind,
    'too-large',
  )
})

t.test(
  'readBoundaries() refuses an archive over the limit before unpacking it, even if it declares a false size',
  async (t) => {
    const zeros = Buffer.alloc(200 * MIB)
    const bombs = [
      hostileZip([{ name: 'wards.shp', data: zeros }]),
      hostileZip([{ name: 'wards.shp', data: zeros, declaredSize: 4_000 }]),
      hostileZip([{ name: 'wards.shp', data: new Uint8Array(), declaredSize: 0xfffffff0 }]),
    ]
    const before = process.memoryUsage().rss
    for (const bomb of bombs) t.match((await refusal(bomb)).kind, /too-large|unreadable-file/)
    t.ok(process.memoryUsage().rss - before < 100 * MIB, 'the process grew by less than 100 MiB')
  },
)

t.test('readBoundaries() does not trust lengths in a shapefile that do not fit its bytes', async (t) => {
  const hostile = new Map<string, Uint8Array>([
    ['a file length of 2^31', altered('shp', (shp) => shp.writeInt32BE(0x7fffffff, 24))],
    ['a record length of 2^31', altered('shp', (shp) => shp.writeInt32BE(0x7fffffff, 104))],
    ['a negative record length', altered('shp', (shp) => shp.writeInt32BE(-4, 104))],
    ['2^28 parts', altered('shp', (shp) => shp.writeInt32LE(2 ** 28, 144))],
    ['negative parts', altered('shp', (shp) => shp.writeInt32LE(-1, 144))],
    ['2^31 points', altered('shp', (shp) => shp.writeInt32LE(0x7fffffff, 148))],
    ['a part that begins late', altered('shp', (shp) => shp.writeInt32LE(3, 152))],
    ['NaN coordinates', altered('shp', (shp) => shp.writeDoubleLE(NaN, 156))],
    ['infinite coordinates', altered('shp', (shp) => shp.writeDoubleLE(-Infinity, 164))],
    ['points instead of polygons', altered('shp', (shp) => shp.writeInt32LE(1, 32))],
    [
      'a cut .shp',
      shapefile((files) => ({ ...files, 'wards.shp': (files['wards.shp'] ?? new Uint8Array()).subarray(0, 180) })),
    ],
    ['2^32 - 1 attribute records', altered('dbf', (dbf) => dbf.writeUInt32LE(0xffffffff, 4))],
    ['fewer attribute records than shapes', altered('dbf', (dbf) => dbf.writeUInt32LE(1, 4))],
    ['records of no length', altered('dbf', (dbf) => dbf.writeUInt16LE(0, 10))],
    ['a header past the end', altered('dbf', (dbf) => dbf.writeUInt16LE(0xffff, 8))],
    ['fields wider than records', altered('dbf', (dbf) => dbf.writeUInt8(254, 48))],
  ])
  for (const [name, bytes] of hostile) {
    const started = performance.now()
    t.equal((await refusal(bytes)).kind, 'unreadable-file', name)
    t.ok(performance.now() - started < 2_000, `${name}: within 2 s`)
  }
})

t.test('readBoundaries() refuses shapes whose rings would take minutes to sort into outlines and holes', async (t) => {
  const rings = Array.from({ length: 2_000 }, (_, ring) =>
    ring % 2 === 0 ? square(ring / 100, 0, 0.001) : square(ring / 100, 0, 0.001).toReversed(),
  )
  const bytes = shapefile(
    undefined,
    Array.from({ length: 30 }, () => rings),
  )
  const started = performance.now()
  t.match(await refusal(bytes), { kind: 'too-large', message: /too many rings/ })
  t.ok(performance.now() - started < 10_000)
  t.match(await refusal(shapefile(undefined, [[...rings, square(50, 0)]])), {
    kind: 'too-large',
    message: /2001 rings/,
  })
})

t.test('readBoundaries() refuses files that are not GeoJSON, with line and column', async (t) => {
  t.match((await refusal(Buffer.from('{"type":"FeatureCollection",\n"features":[1 2]}'), 'b.geojson')).errors, [
    { line: 2, column: 15 },
  ])
  t.match((await refusal(Buffer.from('{"type":"FeatureCollection","features":['), 'b.geojson')).errors, [
    { line: 1, detail: 'the text ends too early' },
  ])
  t.match((await refusal(Buffer.from('[1,2]'), 'b.json')).message, /not a GeoJSON FeatureCollection/)
  for (const [root, found] of [
    [{ type: 'LineString', coordinates: [] }, 'it is a "LineString" and not a FeatureCollection'],
    [{ geometryType: 'esriGeometryPolygon', features: [] }, 'it is Esri JSON'],
    [{ type: 'FeatureCollection' }, 'without features'],
  ] as const) {
    const { message } = await refusal(Buffer.from(JSON.stringify(root)), 'b.json')
    t.ok(message.includes(found) && message.endsWith('export the wards as a GeoJSON FeatureCollection'), message)
  }
  t.match((await refusal(Buffer.from('['.repeat(100_000)), 'b.json')).message, /nested/)
  t.equal((await refusal(Buffer.from(`[${'[],'.repeat(5_000_000)}[]]`), 'b.json')).kind, 'too-large')
  t.match(
    (await refusal(geojson(feature('A', { type: 'Point', coordinates: [1, 2] })), 'b.json')).message,
    /it holds no ward polygon, only Point; wards are polygons/,
  )
  t.match(
    (await refusal(geojson(feature('A', { type: 'Polygon', coordinates: [[[null, 1]]] })), 'b.json')).message,
    /not a polygon/,
  )
  t.match(
    (
      await refusal(
        geojson({
          type: 'Feature',
          properties: JSON.parse('{"__proto__":1,"number":2}') as object,
          geometry: { type: 'Polygon', coordinates: [square(1, 1)] },
        }),
        'b.json',
      )
    ).message,
    /no attribute names or numbers the wards; found "__proto__", "number"/,
  )
})

t.test(
  'queenNeighbours() finds features that share a vertex, exactly or within 1e-6 degrees, and no others',
  async (t) => {
    const read = await readBoundaries(
      geojson(
        ...[
          [0, 0],
          [1, 0],
          [1, 1],
          [5, 5],
          [2.0000009, 0],
          [-1.0000011, 0],
        ].map(([x = 0, y = 0], index) => feature(`W${index}`, { type: 'Polygon', coordinates: [square(x, y)] })),
      ),
      'b.geojson',
    )
    t.strictSame(neighbourNames(read), [['W1', 'W2'], ['W0', 'W2', 'W4'], ['W0', 'W1', 'W4'], [], ['W1', 'W2'], []])
  },
)

t.test('queenNeighbours() handles a million vertices in seconds', async (t) => {
  const { features, coordinates, ...rest } = await readBoundaries(
    makeLargeDataset({ wards: 110_000 / 3, columns: 4 }).shapefile,
    'large.zip',
  )
  const copies = 3
  const points = coordinates.length / 2
  const many: Boundaries = {
    ...rest,
    features: features * copies,
    coordinates: Float64Array.from(
      { length: coordinates.length * copies },
      (_, index) => (coordinates[index % coordinates.length] ?? 0) + Math.floor(index / coordinates.length) * 40,
    ),
    ringEnds: Uint32Array.from(
      { length: rest.ringEnds.length * copies },
      (_, index) =>
        (rest.ringEnds[index % rest.ringEnds.length] ?? 0) + Math.floor(index / rest.ringEnds.length) * points,
    ),
    polygonEnds: Uint32Array.from({ length: rest.polygonEnds.length * copies }, (_, index) => index + 1),
    featureEnds: Uint32Array.from({ length: features * copies }, (_, index) => index + 1),
  }
  const started = performance.now()
  const { starts } = queenNeighbours(many)
  t.ok(performance.now() - started < 10_000)
  t.ok(many.coordinates.length / 2 > 950_000)
  t.ok((starts.at(-1) ?? 0) / many.features > 7, 'a grid cell touches eight others, fewer at the edge')
})
