import { BoundariesBuilder } from './boundaries-builder.ts'
import type { Point, Polygon, Ring } from './boundaries-builder.ts'
import type { Boundaries } from './boundaries.ts'
import { keyPlaces } from './column-names.ts'
import type { KeyName } from './column-kinds.ts'
import { Fault } from '../fault.ts'
import { quoted } from '../fault-list.ts'
import { assumedWgs84, webMercator } from './read-prj.ts'
import type { CoordinateSystem } from './read-prj.ts'
import { placeOf, textBytes } from './read-text.ts'
import { unreadable } from './unreadable.ts'

const MOST_BRACKETS = 2_500_000
const MOST_COMMAS = 16_000_000
const DEEPEST = 64
const MOST_FIELDS = 2_000

type Json = Readonly<Record<string, unknown>>

/**
 * Reads ward boundaries from GeoJSON: a FeatureCollection of polygons and multipolygons, in WGS84 or Web Mercator.
 * @throws Fault `unreadable-file` when it is something else
 * @throws Fault `too-large` when it has too many features or points
 */
export function readGeoJson(bytes: Uint8Array, filename: string): Boundaries {
  const text = textBytes(bytes, filename, 'save it as UTF-8 GeoJSON')
  refuseSprawl(text, filename)
  const root = parse(text, filename)
  const features = isObject(root) && root['type'] === 'FeatureCollection' ? root['features'] : null
  if (!Array.isArray(features))
    throw unreadable(filename, `it is ${whatElse(root)}; export the wards as a GeoJSON FeatureCollection`)
  const system = systemOf(root as Json, filename)
  const fields = fieldsOf(features)
  const keys = keyPlaces(fields)
  const builder = new BoundariesBuilder(filename, system.reproject)
  features.forEach((feature: unknown, index) => {
    if (!isObject(feature) || feature['type'] !== 'Feature')
      throw unreadable(filename, `feature ${String(index + 1)} is not a GeoJSON Feature`)
    builder.feature(
      polygonsOf(feature['geometry'], index + 1, filename),
      keyValues(feature['properties'], fields, keys),
    )
  })
  return builder.finish({ format: 'geojson', sourceCrs: system.sourceCrs, fields, findings: system.findings })
}

/** Recognises the JSON of other map tools, so that the owner of the file knows what to change. */
function whatElse(root: unknown): string {
  const type = isObject(root) ? root['type'] : undefined
  if (type === 'Topology') return 'TopoJSON'
  if (type === 'FeatureCollection') return 'a GeoJSON FeatureCollection without features'
  if (typeof type === 'string') return `a ${quoted(type)} and not a FeatureCollection`
  return isObject(root) && ('geometryType' in root || 'spatialReference' in root)
    ? 'Esri JSON'
    : 'JSON, but not a GeoJSON FeatureCollection'
}

/** Every bracket of the text becomes an array or an object in memory, so too many are refused before parsing. */
function refuseSprawl(text: Buffer, filename: string): void {
  let brackets = 0
  let commas = 0
  let depth = 0
  let deepest = 0
  let inString = false
  for (let offset = 0; offset < text.length; offset += 1) {
    const byte = text[offset]
    if (inString) {
      if (byte === 0x5c) offset += 1
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x5b || byte === 0x7b) {
      brackets += 1
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1
    else if (byte === 0x2c) commas += 1
  }
  if (deepest > DEEPEST)
    throw unreadable(filename, `it is nested ${String(deepest)} levels deep; a map has ${String(DEEPEST)} at most`)
  if (brackets > MOST_BRACKETS || commas > MOST_COMMAS)
    throw new Fault(
      'too-large',
      `Cannot read ${filename}: it has more than ${String(MOST_BRACKETS)} points; simplify it or send a shapefile`,
    )
}

function parse(text: Buffer, filename: string): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : ''
    const position = /position (\d{1,10})/.exec(message)?.[1]
    const cutOff = message.startsWith('Unexpected end')
    const offset =
      position === undefined ? text.length : Buffer.byteLength(text.toString('utf8').slice(0, Number(position)))
    // The parser does not always give the position of the error.
    const isPlaced = position !== undefined || cutOff
    const found = {
      detail: cutOff ? 'the text ends too early' : isPlaced ? 'the text is not JSON here' : 'the text is not JSON',
      ...(isPlaced && placeOf(text, Math.min(offset, text.length))),
    }
    throw new Fault(
      'unreadable-file',
      `Cannot read ${filename}: it is not JSON` +
        (cutOff ? '; it may have been cut off on the way, so send it again' : ''),
      { errors: [found], cause },
    )
  }
}

function systemOf(root: Json, filename: string): CoordinateSystem {
  const crs = root['crs']
  if (crs === undefined || crs === null) return { ...assumedWgs84(''), sourceCrs: 'EPSG:4326', findings: [] }
  const properties = isObject(crs) ? crs['properties'] : null
  const name = isObject(properties) && typeof properties['name'] === 'string' ? properties['name'].slice(0, 100) : ''
  if (/(?:CRS84|EPSG:{1,2}(?:[\d.]{0,8}:)?4326)$/i.test(name)) return { reproject: null, sourceCrs: name, findings: [] }
  if (/EPSG:{1,2}(?:[\d.]{0,8}:)?(?:3857|900913)$/i.test(name)) return webMercator()
  throw unreadable(filename, `its coordinate system ${quoted(name)} is not known here; export it in WGS84 (EPSG:4326)`)
}

function fieldsOf(features: readonly unknown[]): string[] {
  const fields = new Set<string>()
  for (const feature of features) {
    if (!isObject(feature) || !isObject(feature['properties'])) continue
    for (const field of Object.keys(feature['properties']))
      if (fields.size < MOST_FIELDS) fields.add(field.slice(0, 200))
  }
  return [...fields]
}

function keyValues(
  properties: unknown,
  fields: readonly string[],
  keys: ReadonlyMap<KeyName, number>,
): ReadonlyMap<KeyName, string> {
  const values = new Map<KeyName, string>()
  for (const [key, place] of keys) {
    const field = fields[place] ?? ''
    const value: unknown = isObject(properties) && Object.hasOwn(properties, field) ? properties[field] : ''
    values.set(key, typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
  }
  return values
}

function polygonsOf(geometry: unknown, number: number, filename: string): readonly Polygon[] {
  if (geometry === null || geometry === undefined) return []
  const type = isObject(geometry) ? geometry['type'] : undefined
  const coordinates = isObject(geometry) ? geometry['coordinates'] : undefined
  if (type === 'Polygon') return [ringsOf(coordinates, number, filename)]
  if (type === 'MultiPolygon' && Array.isArray(coordinates))
    return coordinates.map((polygon: unknown) => ringsOf(polygon, number, filename))
  const what = typeof type === 'string' ? `is a ${quoted(type)}` : 'has no type'
  throw unreadable(filename, `feature ${String(number)} ${what}; wards are polygons`, { feature: number })
}

function ringsOf(polygon: unknown, number: number, filename: string): Polygon {
  const broken = (): Fault =>
    unreadable(filename, `feature ${String(number)} has coordinates that are not a polygon`, { feature: number })
  if (!Array.isArray(polygon)) throw broken()
  return polygon.map((ring: unknown): Ring => {
    if (!Array.isArray(ring)) throw broken()
    for (const point of ring as readonly unknown[]) {
      if (!Array.isArray(point) || typeof point[0] !== 'number' || typeof point[1] !== 'number') throw broken()
    }
    return ring as Point[]
  })
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
