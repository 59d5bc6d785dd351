import { strToU8, unzipSync, zipSync } from 'fflate'
import t from 'tap'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { Fault } from '../../service/domain/fault.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { geoJsonFeatures, kmlOf, square, type DrawnWard } from '../support/boundary-files.ts'
import { cellsOf, HEADER, INVENTED, type TrueWard } from '../support/invented-wards.ts'
import type { GpkgRing } from '../support/geopackage.ts'
import { shapefileZip } from '../support/shapefile.ts'
import { BOUNDARY_CONTAINERS, writeBoundaries } from '../support/written-boundaries.ts'

type End = 'right' | 'asked' | 'refused'

interface InventedCase {
  readonly filename: string
  readonly bytes: Uint8Array
  readonly ends: readonly End[]
  readonly says?: RegExp
  /** The rows of wards that have no boundary. */
  readonly without?: readonly number[]
  /** The ward table, where it is not the plain one. */
  readonly table?: string
  /** Answers to the questions of the join, after which all is right. */
  readonly answers?: Readonly<Record<string, string>>
}

const SIZE = 0.1
/** The south-western corner of a ward: a grid of four columns in the middle of Zamfara. */
function cornerOf(ward: number): readonly [number, number] {
  return [5.6 + SIZE * (ward % 4), 11.6 + SIZE * Math.floor(ward / 4)]
}

function drawn(one: TrueWard, ward: number, ring = square(...cornerOf(ward), SIZE)): DrawnWard {
  const attributes = { WardCode: one.code, WardName: one.name, LGA: one.lga, State: one.state }
  return { attributes, polygons: [[ring]] }
}

const DRAWN = INVENTED.map((one, ward) => drawn(one, ward))
const TABLE = [HEADER, ...INVENTED.map(cellsOf)].map((row) => row.join(',')).join('\n')

function moved(wards: readonly DrawnWard[], move: (x: number, y: number) => readonly number[]): DrawnWard[] {
  return wards.map(({ attributes, polygons }) => ({
    attributes,
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => move(x, y)) as unknown as GpkgRing)),
  }))
}

function renamed(names: Readonly<Record<string, string>>): DrawnWard[] {
  return DRAWN.map(({ attributes, polygons }) => ({
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [names[name] ?? name, value])),
    polygons,
  }))
}

function geoJson(wards: readonly DrawnWard[], more: object = {}): Uint8Array {
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', ...more, features: geoJsonFeatures(wards) }))
}

function asGeoJson(wards: readonly DrawnWard[], ends: readonly End[], more: object = {}): InventedCase {
  return { filename: 'wards.geojson', bytes: geoJson(wards, more), ends }
}

/** The shapefile without some of its parts, or with others. */
function shapefile(
  wards: readonly DrawnWard[],
  ends: readonly End[],
  change: (parts: Record<string, Uint8Array>) => void = () => undefined,
): InventedCase {
  const parts = unzipSync(shapefileZip(wards))
  change(parts)
  return { filename: 'wards.zip', bytes: zipSync(parts), ends }
}

const RADIUS = 6_378_137
/** Metres of the web's Mercator projection, by its definition. */
function mercator(x: number, y: number): readonly number[] {
  const [longitude, latitude] = [(x * Math.PI) / 180, (y * Math.PI) / 180]
  return [RADIUS * longitude, RADIUS * Math.log(Math.tan(Math.PI / 4 + latitude / 2))]
}
const MERCATOR =
  'PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],' +
  'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],' +
  'PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],' +
  'PARAMETER["false_northing",0],UNIT["metre",1],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 ' +
  '+lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","3857"]]'

const swapped = moved(DRAWN, (x, y) => [y, x])
const SWAPPED = { 'place-of-boundaries:coordinates': 'swapped' } as const
/** The wards of a state beside, of which some have the same names. */
const BESIDE = INVENTED.slice(0, 5).map((one, ward) =>
  drawn({ ...one, code: `KB${String(ward)}`, lga: `${one.lga} Yamma`, state: 'Kebbi' }, ward + 40),
)

const CASES: Readonly<Record<string, InventedCase>> = {
  ...Object.fromEntries(
    BOUNDARY_CONTAINERS.map((container): [string, InventedCase] => [
      `wards as ${container}`,
      { ...writeBoundaries(DRAWN, container), ends: ['right'] },
    ]),
  ),
  'points with heights': asGeoJson(
    moved(DRAWN, (x, y) => [x, y, 312.5]),
    ['right'],
  ),
  'rings clockwise': asGeoJson(
    DRAWN.map(({ attributes, polygons }) => ({
      attributes,
      polygons: polygons.map((rings) => rings.map((ring) => ring.toReversed())),
    })),
    ['right'],
  ),
  'a hole in a ward': asGeoJson(
    DRAWN.map((ward, at) =>
      at === 5 ? { ...ward, polygons: [[...(ward.polygons[0] ?? []), square(5.73, 11.73, 0.02).toReversed()]] } : ward,
    ),
    ['right'],
  ),
  'a ward of two parts': asGeoJson(
    DRAWN.map((ward, at) => (at === 0 ? { ...ward, polygons: [...ward.polygons, [square(6.8, 12.8, 0.02)]] } : ward)),
    ['right'],
  ),
  'a ward in two features': asGeoJson([...DRAWN, { ...DRAWN[0]!, polygons: [[square(6.8, 12.8, 0.02)]] }], ['right']),
  'a point among polygons': {
    filename: 'wards.geojson',
    bytes: Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          ...geoJsonFeatures(DRAWN),
          { type: 'Feature', properties: { WardName: 'HQ' }, geometry: { type: 'Point', coordinates: [5.7, 11.7] } },
        ],
      }),
    ),
    ends: ['right'],
  },
  'metres with a crs member': asGeoJson(moved(DRAWN, mercator), ['right'], {
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } },
  }),
  'metres without a word': { ...asGeoJson(moved(DRAWN, mercator), ['refused']), says: /degree|coordinate|EPSG/i },
  'metres with a .prj': shapefile(moved(DRAWN, mercator), ['right'], (parts) => {
    parts['wards.prj'] = strToU8(MERCATOR)
  }),
  'metres without a .prj': {
    ...shapefile(moved(DRAWN, mercator), ['refused'], (parts) => {
      delete parts['wards.prj']
    }),
    says: /prj|degree|coordinate/i,
  },
  'no .prj, degrees': shapefile(DRAWN, ['right'], (parts) => {
    delete parts['wards.prj']
  }),
  'no .cpg': shapefile(DRAWN, ['right'], (parts) => {
    delete parts['wards.cpg']
  }),
  'no .shx': shapefile(DRAWN, ['right'], (parts) => {
    delete parts['wards.shx']
  }),
  'no .dbf': {
    ...shapefile(DRAWN, ['refused'], (parts) => {
      delete parts['wards.dbf']
    }),
    says: /\.dbf/,
  },
  'a folder of a Mac beside the shapefile': shapefile(DRAWN, ['right'], (parts) => {
    parts['__MACOSX/._wards.shp'] = strToU8('x')
  }),
  'names of GADM': asGeoJson(renamed({ WardCode: 'GID_3', WardName: 'NAME_3', LGA: 'NAME_2', State: 'NAME_1' }), [
    'right',
  ]),
  'names of OCHA': asGeoJson(
    renamed({ WardCode: 'ADM3_PCODE', WardName: 'ADM3_EN', LGA: 'ADM2_EN', State: 'ADM1_EN' }),
    ['right'],
  ),
  'names that nobody knows': asGeoJson(renamed({ WardCode: 'a', WardName: 'b', LGA: 'c', State: 'd' }), [
    'asked',
    'right',
  ]),
  'wards of the state beside, of the same names': asGeoJson([...DRAWN, ...BESIDE], ['right']),
  'a ward twice, of other shapes': asGeoJson([...DRAWN, drawn(INVENTED[3]!, 60)], ['right', 'asked', 'refused']),
  'three wards missing': { ...asGeoJson(DRAWN.slice(3), ['right']), without: [0, 1, 2] },
  'exchanged axes, with states in both files': {
    ...asGeoJson(swapped, ['asked']),
    says: /The states that are named lie elsewhere.*with exchanged axes they would fit/,
    answers: SWAPPED,
  },
  'exchanged axes, with states in the boundaries alone': {
    ...asGeoJson(swapped, ['asked']),
    table: INVENTED.reduce(
      (text, one) => `${text}\n${one.name},${one.lga},${String(one.rainfall)},${String(one.tpr)}`,
      'WardName,LGA,rainfall,tpr_u5',
    ),
    answers: SWAPPED,
  },
  'exchanged axes in KML': {
    filename: 'wards.kml',
    bytes: Buffer.from(kmlOf(swapped)),
    ends: ['asked'],
    answers: SWAPPED,
  },
  'exchanged axes in a shapefile': { ...shapefile(swapped, ['asked']), answers: SWAPPED },
  'a table of wards as boundaries': {
    filename: 'wards.csv',
    bytes: Buffer.from(TABLE),
    ends: ['refused'],
    says: /./,
  },
  'GeoJSON that is cut off': {
    filename: 'wards.geojson',
    bytes: geoJson(DRAWN).subarray(0, 900),
    ends: ['refused'],
    says: /JSON/,
  },
}

/** The south-western corner of the first polygon of each ward's boundary; null without one. */
function cornersOf({ boundaries, featureOfRow }: Dataset): readonly (string | null)[] {
  if (boundaries === null) return []
  const { coordinates, ringEnds, polygonEnds, featureEnds } = boundaries
  return Array.from(featureOfRow, (feature) => {
    if (feature === -1) return null
    const polygon = feature === 0 ? 0 : (featureEnds[feature - 1] ?? 0)
    const ring = polygon === 0 ? 0 : (polygonEnds[polygon - 1] ?? 0)
    const points = coordinates.subarray(ring === 0 ? 0 : 2 * (ringEnds[ring - 1] ?? 0), 2 * (ringEnds[ring] ?? 0))
    return [0, 1].map((axis) => Math.min(...points.filter((_, at) => at % 2 === axis)).toFixed(5)).join(' ')
  })
}

async function joined({ filename, bytes, table = TABLE }: InventedCase, answers = {}): Promise<Dataset | Fault> {
  const wards = await readWards(Buffer.from(table), 'wards.csv')
  return readBoundaries(bytes, filename).then(
    (boundaries) => joinWards(wards, boundaries, undefined, answers),
    (error: unknown) => {
      if (error instanceof Fault) return error
      throw error
    },
  )
}

function isRight(dataset: Dataset, { without = [] }: InventedCase): boolean {
  const corners = INVENTED.map((_, ward) =>
    without.includes(ward)
      ? null
      : cornerOf(ward)
          .map((degrees) => degrees.toFixed(5))
          .join(' '),
  )
  return JSON.stringify(cornersOf(dataset)) === JSON.stringify(corners)
}

t.test('boundaries as people make them lie where they are, are asked about or refused', async (t) => {
  const ends = new Map<string, number>()
  for (const [name, one] of Object.entries(CASES)) {
    const outcome = await joined(one)
    const isRefused = outcome instanceof Fault
    const questions = isRefused ? [] : [...(outcome.boundaries?.questions ?? []), ...outcome.questions]
    const said = isRefused
      ? `${outcome.message} ${JSON.stringify(outcome.errors)}`
      : JSON.stringify([outcome.boundaries?.findings, questions])
    const end = isRefused ? 'refused' : questions.length > 0 ? 'asked' : isRight(outcome, one) ? 'right' : 'wrong'
    const isMeant = end !== 'wrong' && one.ends.includes(end)
    t.ok(isMeant, `${name}: ${end}`, isMeant ? {} : { said: said.slice(0, 700) })
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (one.says !== undefined) t.match(said, one.says, `${name}: it is said`)
    if (one.answers === undefined) continue
    const settled = await joined(one, one.answers)
    t.ok(!(settled instanceof Fault) && isRight(settled, one), `${name}: right by the answer`)
  }
  t.comment([...ends].map(([end, count]) => `${String(count)} ${end}`).join(', '))
})
