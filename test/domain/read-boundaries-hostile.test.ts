import { deflateRawSync } from 'node:zlib'
import t from 'tap'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { Fault } from '../../service/domain/fault.ts'
import { drawnWards, gpkgFeatures, kmlOf, square, topoJsonOf } from '../support/boundary-files.ts'
import { gpkgGeometry, uint32, wkbCollection, wkbPolygon, writeGeoPackage } from '../support/geopackage.ts'
import { hostileZip } from '../support/hostile-zip.ts'

const MIB = 1024 * 1024
const WARDS = drawnWards()

t.setTimeout(120_000)

type Asserts = Pick<typeof t, 'match' | 'ok' | 'fail'>

/** Refuses each file within seconds and 200 MiB, as unreadable with an error or as too large. */
async function allRefused(test: Asserts, files: ReadonlyMap<string, readonly [Uint8Array, string, RegExp]>) {
  for (const [name, [bytes, filename, message]] of files) {
    const started = performance.now()
    const before = process.memoryUsage().rss
    const fault = await readBoundaries(bytes, filename).then(
      () => null,
      (error: unknown) => error,
    )
    if (!(fault instanceof Fault)) {
      test.fail(`${name}: ${fault === null ? 'accepted' : String((fault as Error).stack)}`)
      continue
    }
    test.match(fault, { kind: /^(?:unreadable-file|too-large)$/, message }, name)
    test.ok(fault.kind === 'too-large' || fault.errors.length > 0, `${name}: says where or what`)
    test.ok(performance.now() - started < 10_000, `${name}: within 10 s`)
    test.ok(process.memoryUsage().rss - before < 200 * MIB, `${name}: within 200 MiB`)
  }
}

function gpkg(geometry: Uint8Array, change = ''): Buffer {
  return writeGeoPackage([{ table: 'wards', features: [{ attributes: { WardName: 'A' }, geometry }] }], change)
}

const PLAIN = gpkgGeometry(wkbPolygon([square(4, 8)]))
/** A view that never ends, were it read. */
const ENDLESS =
  'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, x AS geom, x AS WardName FROM n'

t.test('a GeoPackage runs nothing, and what does not fit is refused', async (t) => {
  const replaced = (sql: string): Buffer => gpkg(PLAIN, `DROP TABLE wards; ${sql}`)
  const cut = gpkg(PLAIN)
  const looped = Buffer.from(writeGeoPackage([{ table: 'wards', features: gpkgFeatures(WARDS) }]))
  await allRefused(
    t,
    new Map<string, readonly [Uint8Array, string, RegExp]>([
      ['a layer that is an endless view', [replaced(`CREATE VIEW wards AS ${ENDLESS}`), 'b.gpkg', /not a plain table/]],
      [
        'a layer that is a virtual table',
        [replaced('CREATE VIRTUAL TABLE wards USING rtree(fid, a, b)'), 'b.gpkg', /not a plain table/],
      ],
      [
        'contents that are an endless view',
        [
          gpkg(
            PLAIN,
            `DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS
             WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS table_name, x AS data_type FROM n`,
          ),
          'b.gpkg',
          /not a GeoPackage/,
        ],
      ],
      [
        'a computed column',
        [
          replaced(
            `CREATE TABLE wards (fid INTEGER PRIMARY KEY, geom BLOB,
               WardName TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL);
             INSERT INTO wards (geom) VALUES (x'00')`,
          ),
          'b.gpkg',
          /computed columns/,
        ],
      ],
      ['a database that is cut off', [cut.subarray(0, cut.length - 8192), 'b.gpkg', /damaged/]],
      ['a header alone', [cut.subarray(0, 100), 'b.gpkg', /damaged/]],
      ['another database', [writeGeoPackage([], 'DROP TABLE gpkg_contents'), 'b.gpkg', /not a GeoPackage/]],
      ['no layer of features', [writeGeoPackage([]), 'b.gpkg', /no layer of features/]],
      ['more than 48 MiB', [Buffer.concat([cut, Buffer.alloc(49 * MIB)]), 'b.gpkg', /48 MiB/]],
      ['pages that are overwritten', [looped.fill(0xff, looped.length - 6000), 'b.gpkg', /damaged/]],
    ]),
  )
  const withTriggers = gpkg(
    PLAIN,
    `CREATE VIEW other AS ${ENDLESS}; CREATE TRIGGER a AFTER INSERT ON wards BEGIN SELECT * FROM other; END`,
  )
  t.equal((await readBoundaries(withTriggers, 'b.gpkg')).features, 1, 'views and triggers beside a layer do nothing')
})

t.test('well-known binary is not trusted with its counts', async (t) => {
  const count = Buffer.concat([Buffer.from([1]), uint32(6), uint32(0xffffffff)])
  const ring = Buffer.concat([Buffer.from([1]), uint32(3), uint32(1), uint32(0x0fffffff)])
  let deep: Buffer = wkbPolygon([square(4, 8)])
  for (let level = 0; level < 5_000; level += 1) deep = wkbCollection(7, [deep])
  const refused = (wkb: Uint8Array): [Uint8Array, string, RegExp] => [gpkg(gpkgGeometry(wkb)), 'b.gpkg', /feature 1/]
  await allRefused(
    t,
    new Map<string, readonly [Uint8Array, string, RegExp]>([
      ['2^32 - 1 members', refused(count)],
      ['2^28 points', refused(ring)],
      ['5,000 collections in each other', refused(deep)],
      ['a surface of curves', refused(Buffer.concat([Buffer.from([1]), uint32(10), uint32(0)]))],
      ['a byte order of 7', refused(Buffer.from([7, 0, 0, 0, 0]))],
      ['nothing', refused(Buffer.alloc(0))],
      ['no header', [gpkg(wkbPolygon([square(4, 8)])), 'b.gpkg', /no header/]],
    ]),
  )
})

t.test('TopoJSON is not trusted with its references', async (t) => {
  const topology = (change: object): Uint8Array => Buffer.from(JSON.stringify({ ...topoJsonOf(WARDS), ...change }))
  const polygons = (arcs: unknown): object => ({ objects: { wards: { type: 'Polygon', arcs } } })
  const arc = Array.from({ length: 100_000 }, () => [1, 1])
  await allRefused(
    t,
    new Map<string, readonly [Uint8Array, string, RegExp]>([
      ['an arc out of range', [topology(polygons([[13, 14]])), 'b.topojson', /does not have/]],
      ['a negative arc out of range', [topology(polygons([[-15]])), 'b.topojson', /does not have/]],
      ['half an arc', [topology(polygons([[0.5]])), 'b.topojson', /does not have/]],
      ['a name for an arc', [topology(polygons([['__proto__']])), 'b.topojson', /does not have/]],
      ['arcs that are no list', [topology({ arcs: 7 }), 'b.topojson', /damaged/]],
      ['a transform without a scale', [topology({ transform: {} }), 'b.topojson', /transform is damaged/]],
      [
        'one arc a hundred times over',
        [topology({ arcs: [arc], ...polygons([Array(100).fill(0)]) }), 'b.topojson', /more than 6000000 points/],
      ],
      ['no polygons', [topology({ objects: { roads: { type: 'LineString', arcs: [0] } } }), 'b.json', /no layer/]],
    ]),
  )
})

t.test('KML has no entities of its own, and is not followed to other files', async (t) => {
  const lol = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${String(level + 1)} "${`&l${String(level)};`.repeat(10)}">`,
  ).join('')
  const plain = kmlOf(WARDS)
  await allRefused(
    t,
    new Map<string, readonly [Uint8Array, string, RegExp]>([
      [
        'entities that multiply',
        [Buffer.from(`<!DOCTYPE kml [<!ENTITY l0 "lol">${lol}]>${plain.slice(38)}`), 'b.kml', /document type/],
      ],
      [
        'an entity from a file',
        [
          Buffer.from(`<!doctype kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>`),
          'b.kml',
          /document type/,
        ],
      ],
      ['tags too deep', [Buffer.from(`<kml>${'<Folder>'.repeat(100_000)}`), 'b.kml', /levels deep/]],
      ['two million tags', [Buffer.from(`<kml>${'<a/>'.repeat(2_000_000)}</kml>`), 'b.kml', /tags/]],
      ['a Placemark that does not end', [Buffer.from('<kml><Placemark><name>A</name></kml>'), 'b.kml', /does not end/]],
      ['a cut tag', [Buffer.from(plain.slice(0, -3)), 'b.kml', /ends within a tag/]],
      ['an unknown entity', [Buffer.from(plain.replace('Ward A', '&ward;')), 'b.kml', /not well-formed/]],
      ['coordinates that are none', [Buffer.from(plain.replace('4,8,0', 'x,8,0')), 'b.kml', /cannot be used/]],
    ]),
  )
})

t.test('lines and archives are not trusted with what they declare', async (t) => {
  const line = JSON.stringify({ type: 'Feature', properties: { WardName: 'A' }, geometry: null })
  await allRefused(
    t,
    new Map<string, readonly [Uint8Array, string, RegExp]>([
      ['a line that is cut', [Buffer.from(`${line}\n${line.slice(0, 20)}\n`), 'b.geojsonl', /line 2 is not one whole/]],
      ['lines that are no features', [Buffer.from(`${line}\n7\n`), 'b.geojsonl', /feature 2 is not/]],
      [
        'a KML of 200 MiB in a KMZ',
        [hostileZip([{ name: 'doc.kml', data: Buffer.alloc(200 * MIB, 0x20) }]), 'b.kmz', /larger than 160 MiB/],
      ],
      [
        'a GeoPackage with a false size',
        [hostileZip([{ name: 'a.gpkg', data: Buffer.alloc(10 * MIB), declaredSize: 100 }]), 'b.zip', /does not hold/],
      ],
      ['a gzip', [deflateRawSync(Buffer.alloc(10)), 'b.gz', /compressed archive/]],
      ['an archive in the archive', [hostileZip([{ name: 'a.kmz.zip', data: Buffer.alloc(1) }]), 'b.zip', /archive/]],
      [
        'a name that leads out',
        [hostileZip([{ name: 'a\\..\\..\\b.kml', data: Buffer.alloc(1) }]), 'b.zip', /leads out/],
      ],
    ]),
  )
})
