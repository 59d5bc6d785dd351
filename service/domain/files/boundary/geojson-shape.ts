import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import type { Point, Polygon, Ring, Shape } from './layer.ts'
import { isObject } from './parse-json.ts'
import { unreadable } from '../unreadable.ts'

const OTHERS: ReadonlySet<string> = new Set(['Point', 'MultiPoint', 'LineString', 'MultiLineString'])

/**
 * The polygons of a GeoJSON geometry, also of those in a GeometryCollection. Points and lines are named in `others`.
 * @throws Fault `unreadable-file` when it is no geometry, or its coordinates are not those of polygons
 */
export function geoJsonShape(geometry: unknown, number: number, filename: string): Shape {
  const polygons: Polygon[] = []
  const others: string[] = []
  const waiting: unknown[] = [geometry]
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (next === null || next === undefined) continue
    const type = isObject(next) ? next['type'] : undefined
    const coordinates = isObject(next) ? next['coordinates'] : undefined
    const members = isObject(next) ? next['geometries'] : undefined
    if (type === 'Polygon') polygons.push(ringsOf(coordinates, number, filename))
    else if (type === 'MultiPolygon' && Array.isArray(coordinates))
      for (const polygon of coordinates as readonly unknown[]) polygons.push(ringsOf(polygon, number, filename))
    else if (type === 'GeometryCollection' && Array.isArray(members))
      waiting.push(...(members.toReversed() as unknown[]))
    else if (typeof type === 'string' && OTHERS.has(type)) others.push(type)
    else
      throw unreadable(
        filename,
        typeof type === 'string'
          ? say('feature-no-polygon', { number, type: quoted(type) })
          : say('feature-without-type', { number }),
      )
  }
  return { polygons, others }
}

function ringsOf(polygon: unknown, number: number, filename: string): Polygon {
  const broken = (): Error => unreadable(filename, say('coordinates-no-polygon', { number }))
  if (!Array.isArray(polygon)) throw broken()
  return polygon.map((ring: unknown): Ring => {
    if (!Array.isArray(ring)) throw broken()
    for (const point of ring as readonly unknown[]) {
      if (!Array.isArray(point) || typeof point[0] !== 'number' || typeof point[1] !== 'number') throw broken()
    }
    return ring as Point[]
  })
}
