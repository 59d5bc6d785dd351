import { strToU8, zipSync } from 'fflate'
import t from 'tap'
import type { Boundaries } from '../../service/domain/files/boundaries.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { Fault } from '../../service/domain/fault.ts'
import { writeShapefile } from '../../service/sample/write-shapefile.ts'
import { drawnWards, geoJsonFeatures, gpkgFeatures, kmlOf, square, topoJsonOf } from '../support/boundary-files.ts'
import { gpkgGeometry, wkbPolygon, writeGeoPackage } from '../support/geopackage.ts'

const WARDS = drawnWards()
const COLLECTION = { type: 'FeatureCollection', features: geoJsonFeatures(WARDS) } as const

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

function zipped(files: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
    ),
  )
}

async function refusal(bytes: Uint8Array, filename: string): Promise<Fault> {
  try {
    await readBoundaries(bytes, filename)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('accepted')
}

/** The wards with their rings, to the millionth of a degree, however their rings are turned. */
function drawn({ keys, coordinates, ringEnds, polygonEnds, featureEnds }: Boundaries): object[] {
  const pointsOf = (ring: number): string =>
    Array.from({ length: (ringEnds[ring] ?? 0) - (ringEnds[ring - 1] ?? 0) }, (_, place) => {
      const at = ((ringEnds[ring - 1] ?? 0) + place) * 2
      return [coordinates[at], coordinates[at + 1]].map((degrees) => (degrees ?? NaN).toFixed(6)).join(' ')
    })
      .sort()
      .join()
  return Array.from(featureEnds, (end, feature) => ({
    code: keys.wardCode?.[feature],
    name: keys.wardName?.[feature],
    lga: keys.lga?.[feature],
    polygons: Array.from({ length: end - (featureEnds[feature - 1] ?? 0) }, (_, place) => {
      const polygon = (featureEnds[feature - 1] ?? 0) + place
      const first = polygonEnds[polygon - 1] ?? 0
      return Array.from({ length: (polygonEnds[polygon] ?? 0) - first }, (_, ring) => pointsOf(first + ring))
    }),
  }))
}

t.test('the same wards come out of every format, alone or in a ZIP', async (t) => {
  const plain = drawn(await readBoundaries(json(COLLECTION), 'wards.geojson'))
  t.equal(plain.length, 12)
  const lines = geoJsonFeatures(WARDS).map((feature) => JSON.stringify(feature))
  const gpkg = writeGeoPackage([{ table: 'wards', features: gpkgFeatures(WARDS) }])
  const shapefile = writeShapefile(
    'wards',
    ['WardCode', 'WardName', 'LGA'],
    WARDS.map(({ attributes, polygons }) => ({
      rings: polygons.flatMap(([outline, ...holes]) => [
        (outline ?? []).toReversed(),
        ...holes.map((hole) => hole.toReversed()),
      ]),
      values: Object.values(attributes),
    })),
  )
  const files: readonly (readonly [filename: string, bytes: Uint8Array, format: Boundaries['format']])[] = [
    ['wards.json', json(COLLECTION), 'geojson'],
    ['wards.geojsonl', Buffer.from(`${lines.join('\n')}\n`), 'geojson'],
    ['wards.geojson', Buffer.from(lines.map((line) => `\x1e${line}\n`).join('')), 'geojson'],
    ['wards.topojson', json(topoJsonOf(WARDS)), 'topojson'],
    ['wards.json', json(topoJsonOf(WARDS)), 'topojson'],
    ['wards.kml', Buffer.from(kmlOf(WARDS)), 'kml'],
    ['wards.kml', Buffer.from(kmlOf(WARDS, 'kml:')), 'kml'],
    ['wards.kmz', zipped({ 'doc.kml': kmlOf(WARDS) }), 'kml'],
    ['wards.gpkg', gpkg, 'geopackage'],
    ['wards.zip', shapefile, 'shapefile'],
    ['wards.zip', zipped({ 'a/wards.geojson': json(COLLECTION), 'a/readme.txt': 'x' }), 'geojson'],
    ['wards.zip', zipped({ 'wards.gpkg': gpkg }), 'geopackage'],
    ['wards.zip', zipped({ 'wards.topojson': json(topoJsonOf(WARDS)) }), 'topojson'],
  ]
  for (const [filename, bytes, format] of files) {
    const read = await readBoundaries(bytes, filename)
    t.equal(read.format, format, filename)
    t.strictSame(drawn(read), plain, `${filename} as ${format}`)
    t.strictSame(read.questions, [], `${filename} asks nothing`)
  }
})

t.test('KML gives the attributes that ArcGIS writes as a table into the description', async (t) => {
  const row = (name: string, value: string): string => `<tr bgcolor="#D4E4F3"><td>${name}</td><td>${value}</td></tr>`
  const table = `<html><table>${row('WardName', 'Apado')}\n${row('LGA', 'Ilorin')}</table></html>`
  const coordinates = square(4, 8).map(([x, y]) => `${String(x)},${String(y)}`)
  const kml =
    '<kml xmlns="http://www.opengis.net/kml/2.2"><!-- <Placemark> --><Placemark><name>7</name>' +
    `<description><![CDATA[${table}]]></description><Polygon><outerBoundaryIs><LinearRing><coordinates>` +
    `${coordinates.join(' ')}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>`
  const { keys, fields } = await readBoundaries(Buffer.from(kml), 'b.kml')
  t.strictSame([keys.wardName, keys.lga, fields], [['Apado'], ['Ilorin'], ['WardName', 'LGA', 'name']])
})

t.test('a single feature and heights are read, and points and lines are left out and listed', async (t) => {
  const [first] = COLLECTION.features
  t.equal((await readBoundaries(json(first), 'b.geojson')).features, 1)
  const mixed = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { WardName: 'A' },
        geometry: {
          type: 'GeometryCollection',
          geometries: [
            { type: 'Polygon', coordinates: [square(4, 8).map((point) => [...point, 350])] },
            { type: 'Point', coordinates: [4, 8] },
          ],
        },
      },
      { type: 'Feature', properties: { WardName: 'Well' }, geometry: { type: 'Point', coordinates: [1, 2] } },
    ],
  }
  const read = await readBoundaries(json(mixed), 'b.geojson')
  t.strictSame([...read.coordinates], square(4, 8).flat())
  t.match(
    read.findings.map(({ detail, count, examples }) => [detail, count, examples]),
    [
      [/without a polygon/, 1, ['Well']],
      [/Points and lines/, 2, ['2 × Point']],
    ],
  )
  const high = writeGeoPackage([
    {
      table: 'wards',
      features: [{ attributes: { WardName: 'A' }, geometry: gpkgGeometry(wkbPolygon([square(4, 8)], true)) }],
    },
  ])
  t.strictSame([...(await readBoundaries(high, 'b.gpkg')).coordinates], square(4, 8).flat())
})

t.test('coordinates are converted from the systems in which wards are published', async (t) => {
  // Computed by PROJ.
  const systems: readonly (readonly [code: string, point: readonly [number, number], degrees: readonly number[]])[] = [
    ['EPSG:32632', [4107.45154783316, 931368.0750587514], [4.5, 8.4]],
    ['urn:ogc:def:crs:EPSG::26331', [665240.5616512352, 928716.0562016661], [4.5, 8.4]],
    ['http://www.opengis.net/def/crs/EPSG/0/4263', [4.500776276047778, 8.399688575173185], [4.5, 8.4]],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', [4.5, 8.4], [4.5, 8.4]],
  ]
  for (const [name, [x, y], [longitude = NaN, latitude = NaN]] of systems) {
    const size = Math.abs(x) > 180 ? 1_000 : 0.01
    const feature = {
      type: 'Feature',
      properties: { WardName: 'A' },
      geometry: { type: 'Polygon', coordinates: [square(x, y, size)] },
    }
    const collection = { type: 'FeatureCollection', crs: { type: 'name', properties: { name } }, features: [feature] }
    const { coordinates } = await readBoundaries(json(collection), 'b.geojson')
    t.ok(Math.abs((coordinates[0] ?? NaN) - longitude) < 1e-7, `${name}: longitude`)
    t.ok(Math.abs((coordinates[1] ?? NaN) - latitude) < 1e-7, `${name}: latitude`)
    const unknown = { ...collection, crs: { properties: { name: 'EPSG:2193' } } }
    t.match(await refusal(json(unknown), 'b.geojson'), {
      message: /its crs member names no coordinate system that is known here \("EPSG:2193"\)/,
      errors: [{ detail: /crs member/ }],
    })
  }
  const utm = (srs: number): Uint8Array =>
    writeGeoPackage([
      {
        table: 'wards',
        srs,
        features: [
          {
            attributes: { WardName: 'A' },
            geometry: gpkgGeometry(wkbPolygon([square(4107.45154783316, 931368.0750587514, 1_000)])),
          },
        ],
      },
    ])
  const [longitude = NaN, latitude = NaN] = (await readBoundaries(utm(32632), 'b.gpkg')).coordinates
  t.ok(Math.abs(longitude - 4.5) < 1e-7 && Math.abs(latitude - 8.4) < 1e-7)
  t.match((await refusal(utm(-1), 'b.gpkg')).message, /coordinates cannot be used/, 'metres are not taken as degrees')
})

t.test('of several layers the one of wards is read where that is certain, and otherwise it is asked', async (t) => {
  const [one, two] = [WARDS.slice(0, 2), WARDS]
  const layer = (table: string, wards: typeof WARDS) => ({ table, features: gpkgFeatures(wards) })
  const read = async (names: readonly [string, string], choices = {}) =>
    await readBoundaries(writeGeoPackage([layer(names[0], one), layer(names[1], two)]), 'b.gpkg', choices)
  for (const names of [
    ['nga_admbnda_adm2', 'nga_admbnda_adm3'],
    ['lgas', 'wards_2023'],
    ['admin2', 'admin3'],
  ] as const) {
    const { features, reading, questions, findings } = await read(names)
    t.strictSame([features, reading.layer, reading.layers, questions], [12, names[1], names, []], names[1])
    t.match(findings, [{ kind: 'entry-ignored', count: 1, examples: [names[0]] }])
  }
  const unclear = await read(['areas', 'zones'])
  t.match(unclear.questions, [
    {
      id: 'sheet-or-layer:layer',
      kind: 'sheet-or-layer',
      affects: 'ranking',
      options: [
        { value: 'areas', label: 'areas (2 features)' },
        { value: 'zones', label: 'zones (12 features)' },
      ],
    },
  ])
  t.match(await read(['nga_adm3', 'nga_adm2']), { questions: [{ kind: 'sheet-or-layer' }] }, 'the deepest has fewer')
  for (const choices of [{ layer: 'areas' }, { answers: { 'sheet-or-layer:layer': 'areas' } }])
    t.match(await read(['areas', 'zones'], choices), { features: 2, questions: [], reading: { layer: 'areas' } })
  t.match((await read(['areas', 'zones'], { layer: 'none' })).questions, [{ kind: 'sheet-or-layer' }])
  const points = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: null }] }
  t.equal((await readBoundaries(zipped({ 'adm3.geojson': json(COLLECTION) }), 'b.zip')).questions.length, 0)
  t.match(await refusal(zipped({ 'x.geojson': json(points) }), 'b.zip'), { message: /no attribute names/ })
})

t.test('attributes are recognised under the names of the usual sources, and otherwise it is asked', async (t) => {
  const named = async (properties: Readonly<Record<string, (index: number) => unknown>>, choices = {}) => {
    const features = WARDS.map(({ polygons }, index) => ({
      type: 'Feature',
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, value(index)])),
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    }))
    const read = await readBoundaries(json({ type: 'FeatureCollection', features }), 'b.geojson', choices)
    return {
      roles: Object.fromEntries(
        read.reading.columns.flatMap(({ name, role }) => (role === 'ignore' ? [] : [[name, role]])),
      ),
      read,
    }
  }
  const name = (index: number): string => `Ward ${'ABCDEFGHIJKL'[index] ?? ''}`
  const area = (index: number): string => `Area ${String(index % 3)}`
  const code = (index: number): string => `NG00${String(index * 7)}`
  const count = (index: number): number => index + 1
  const same = (): string => 'Kwara'
  const cases: readonly (readonly [Readonly<Record<string, (index: number) => unknown>>, object])[] = [
    [{ shapeName: name, shapeISO: same, shapeID: code, shapeType: same }, { shapeName: 'ward name' }],
    [
      { NAME_1: same, NAME_2: area, NAME_3: name, GID_3: code, TYPE_3: same },
      { NAME_1: 'state', NAME_2: 'lga', NAME_3: 'ward name', GID_3: 'ward code' },
    ],
    [
      { ADM3_EN: name, ADM3_PCODE: code, ADM2_EN: area, ADM2_PCODE: area, ADM1_EN: same, ADM0_EN: same },
      {
        ADM3_EN: 'ward name',
        ADM3_PCODE: 'ward code',
        ADM2_EN: 'lga',
        ADM2_PCODE: 'lga code',
        ADM1_EN: 'state',
      },
    ],
    [
      { name, parentName: area, level: count, id: code },
      { name: 'ward name', parentName: 'lga', id: 'ward code' },
    ],
    [{ name, id: count }, { name: 'ward name' }],
    [{ name, id: same }, { name: 'ward name' }],
    [
      { wardname: name, wardcode: code, lganame: area, statename: same },
      { wardname: 'ward name', wardcode: 'ward code', lganame: 'lga', statename: 'state' },
    ],
    [{ WardName: name, name: area, code: count }, { WardName: 'ward name' }],
  ]
  for (const [properties, roles] of cases) {
    const found = await named(properties)
    t.strictSame(found.roles, roles, Object.keys(properties).join(', '))
    t.strictSame(found.read.questions, [])
  }
  const strange = { designation: name, secteur: area, number: count }
  const asked = await named(strange)
  t.match(asked.read.questions, [
    {
      id: 'column-roles:ward name',
      kind: 'column-roles',
      options: [{ value: 'designation', label: 'designation: Ward A, Ward B, Ward C' }, { value: 'secteur' }],
    },
  ])
  t.equal(asked.read.keys.wardName, null)
  const answered = await named(strange, { answers: { 'column-roles:ward name': 'designation' } })
  t.strictSame([answered.roles, answered.read.questions], [{ designation: 'ward name' }, []])
  const settled = await named(strange, { columns: { designation: 'ward name', secteur: 'lga', none: 'state' } })
  t.strictSame(settled.roles, { designation: 'ward name', secteur: 'lga' })
  t.match(settled.read.reading.columns, [
    { name: 'designation', guessed: false, sample: ['Ward A', 'Ward B', 'Ward C', 'Ward D', 'Ward E'] },
    { name: 'secteur', guessed: false },
    { name: 'number', guessed: true, role: 'ignore' },
  ])
  const other = await named({ WardName: area, label: name }, { columns: { label: 'ward name', WardName: 'ignore' } })
  t.strictSame(other.roles, { label: 'ward name' }, 'what is settled counts more than what is guessed')
})

t.test('a ward in several features is united, and different wards of one name are not', async (t) => {
  const place = (properties: object, west: number) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates: [square(west, 8)] },
  })
  const read = await readBoundaries(
    json({
      type: 'FeatureCollection',
      features: [
        place({ WardName: 'A', LGA: 'X' }, 1),
        place({ WardName: 'B', LGA: 'X' }, 2),
        place({ WardName: 'A', LGA: 'X' }, 5),
        place({ WardName: 'A', LGA: 'Y' }, 7),
      ],
    }),
    'b.geojson',
  )
  t.strictSame([read.features, read.keys.wardName, read.keys.lga], [3, ['A', 'B', 'A'], ['X', 'X', 'Y']])
  t.strictSame(
    [[...read.featureEnds], [...read.polygonEnds], [...read.ringEnds]],
    [
      [2, 3, 4],
      [1, 2, 3, 4],
      [5, 10, 15, 20],
    ],
  )
  t.strictSame(
    [0, 10, 20, 30].map((at) => read.coordinates[at]),
    [1, 5, 2, 7],
    'the parts of a ward lie together',
  )
  t.match(read.findings, [{ kind: 'geometry-united', count: 1, examples: ['A (2)'] }])
  const nameless = ['A', 'A', 'B'].map((WardName, west) => place({ WardName }, west))
  t.equal(
    (await readBoundaries(json({ type: 'FeatureCollection', features: nameless }), 'b.geojson')).features,
    3,
    'a name alone does not say that it is one ward',
  )
})

t.test('files that are not read are named as what they are, with what to do', async (t) => {
  const refused: readonly (readonly [filename: string, bytes: Uint8Array, message: RegExp])[] = [
    ['wards.tab', Buffer.from('!table\n!version 300'), /a MapInfo table; open it in QGIS/],
    ['wards.fgb', Buffer.from('fgb\x03fgb\0'), /a FlatGeobuf file/],
    ['map.tif', Buffer.from('II*\0\x08\0\0\0'), /a picture of a map/],
    ['map.pdf', Buffer.from('%PDF-1.7'), /a PDF document/],
    ['wards.rar', Buffer.from('Rar!\x1a\x07'), /a RAR archive; unpack it/],
    ['wards.7z', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), /a 7z archive/],
    ['plan.dxf', Buffer.from('0\nSECTION'), /a drawing/],
    ['wards.shp', Buffer.from('x'), /one part of a shapefile; put its \.shp, \.dbf and \.prj into one \.zip/],
    ['wards.csv', Buffer.from('WardName\nA'), /upload a table of wards as the ward table/],
    ['wards.kml', Buffer.from('hello'), /this is none of these/],
    ['wards.zip', zipped({ 'ng.gdb/a0001.gdbtable': 'x', 'ng.gdb/a0001.gdbtablx': 'x' }), /an Esri file geodatabase/],
    ['wards.zip', zipped({ 'map.tif': 'x' }), /a picture of a map/],
    ['wards.geojson', json({ geometryType: 'esriGeometryPolygon', features: [] }), /it is Esri JSON/],
    [
      'links.kml',
      Buffer.from('<kml><NetworkLink><href>http://x</href></NetworkLink></kml>'),
      /only links to other files/,
    ],
    ['gpx.kml', Buffer.from('<gpx></gpx>'), /this is none of these/],
  ]
  for (const [filename, bytes, message] of refused) {
    const fault = await refusal(bytes, filename)
    t.match(fault, { kind: 'unreadable-file', message }, filename)
    t.ok(fault.errors.length > 0, `${filename}: has errors`)
  }
})
