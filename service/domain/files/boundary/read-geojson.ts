import { quoted } from '../../quoted.ts'
import { say, type Said } from '../../said.ts'
import { textBytes } from '../read-text.ts'
import { LAID_DOWN_WGS84, systemNamed } from './coordinate-system.ts'
import type { CoordinateSystem } from './coordinate-system.ts'
import { refuseSprawl } from './count-json.ts'
import { featureLayer } from './feature-layer.ts'
import type { FoundLayers } from './layer.ts'
import { isObject, parseJson, parseLines } from './parse-json.ts'
import type { Json } from './parse-json.ts'
import { topoJsonLayers } from './read-topojson.ts'
import { unreadable } from '../unreadable.ts'

const GEOMETRIES: ReadonlySet<unknown> = new Set(['Polygon', 'MultiPolygon', 'GeometryCollection'])

/**
 * Reads GeoJSON as one layer: a FeatureCollection, a single Feature, a geometry, or one feature a line. TopoJSON has a
 * layer for each of its objects.
 * @throws Fault `unreadable-file` when it is something else
 * @throws Fault `too-large` when it has too many features or points
 */
export async function readGeoJson(bytes: Uint8Array, filename: string): Promise<FoundLayers> {
  const text = textBytes(bytes, filename, 'save-as-utf-8-geojson')
  refuseSprawl(text, filename)
  const lines = parseLines(text, filename)
  const root = lines === null ? parseJson(text, filename) : { type: 'FeatureCollection', features: lines }
  if (isObject(root) && root['type'] === 'Topology') return topoJsonLayers(root, filename)
  const features = featuresOf(root)
  if (features === null) throw unreadable(filename, say('it-is-other-json', { kind: whatElse(root) }))
  const system = await systemOf(root as Json, filename)
  const name = filename.replace(/\.[^.]*$/, '')
  return { layers: [featureLayer({ name, format: 'geojson', features, system }, filename)], findings: [] }
}

function featuresOf(root: unknown): readonly unknown[] | null {
  if (!isObject(root)) return null
  if (root['type'] === 'FeatureCollection') return Array.isArray(root['features']) ? root['features'] : null
  if (root['type'] === 'Feature') return [root]
  return GEOMETRIES.has(root['type']) ? [{ type: 'Feature', properties: {}, geometry: root }] : null
}

/** Recognises the JSON of other map tools, so that the owner of the file knows what to change. */
function whatElse(root: unknown): Said {
  const type = isObject(root) ? root['type'] : undefined
  if (type === 'FeatureCollection') return say('collection-without-features', {})
  if (typeof type === 'string') return say('other-geojson', { type: quoted(type) })
  return isObject(root) && ('geometryType' in root || 'spatialReference' in root)
    ? say('esri-json', {})
    : say('json-no-collection', {})
}

/** The system that a `crs` member names. GeoJSON without one is in WGS84 degrees. */
async function systemOf(root: Json, filename: string): Promise<CoordinateSystem> {
  const crs = root['crs']
  if (crs === undefined || crs === null) return LAID_DOWN_WGS84
  const properties = isObject(crs) ? crs['properties'] : null
  const name = isObject(properties) ? (properties['name'] ?? properties['code']) : undefined
  const text = typeof name === 'string' ? name : typeof name === 'number' ? String(name) : ''
  return await systemNamed(text, filename, 'crs-unknown')
}
