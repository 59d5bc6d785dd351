import { feature as toFeature } from 'topojson-client'
import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import { LAID_DOWN_WGS84 } from './coordinate-system.ts'
import { geoJsonShape } from './geojson-shape.ts'
import type { FoundLayers, Shape } from './layer.ts'
import { isObject } from './parse-json.ts'
import type { Json } from './parse-json.ts'
import { featureLayer, fieldsOf } from './feature-layer.ts'
import { tooLarge, unreadable } from '../unreadable.ts'

/** Each reference to an arc repeats its points, so the points that all references make are counted first. */
const MOST_POINTS = 6_000_000
const POLYGONS: ReadonlySet<unknown> = new Set(['Polygon', 'MultiPolygon', 'GeometryCollection'])

/**
 * The objects of a TopoJSON topology as layers. TopoJSON is in WGS84 degrees.
 * @throws Fault `unreadable-file` when its arcs or references are damaged
 * @throws Fault `too-large` when its references make too many points
 */
export function topoJsonLayers(topology: Json, filename: string): FoundLayers {
  const arcs = topology['arcs']
  const objects = topology['objects']
  if (!Array.isArray(arcs) || !arcs.every(isArc) || !isObject(objects))
    throw unreadable(filename, say('topojson-damaged', {}))
  if (!hasTransform(topology)) throw unreadable(filename, say('topojson-transform-damaged', {}))
  const lengths = arcs.map((arc: readonly unknown[]) => arc.length)
  const budget = { points: 0 }
  const geometryOf = (member: unknown, number: number): unknown => {
    try {
      return toFeature(topology as never, member as never).geometry
    } catch (cause) {
      throw unreadable(filename, say('feature-damaged', { number }), { cause })
    }
  }
  const layers = Object.entries(objects).flatMap(([name, object]) => {
    if (!isObject(object)) throw unreadable(filename, say('topojson-object-damaged', { name: quoted(name) }))
    const members = membersOf(object)
    if (!members.some((member) => isObject(member) && POLYGONS.has(member['type']))) return []
    for (const [index, member] of members.entries()) countPoints(member, index + 1, lengths, budget, filename)
    const features = members.map((member) => ({
      type: 'Feature',
      properties: isObject(member) ? { id: member['id'], ...(member['properties'] as object | undefined) } : {},
      member,
    }))
    const shape = (one: Json, number: number): Shape =>
      geoJsonShape(geometryOf(one['member'], number), number, filename)
    return [
      featureLayer(
        {
          name,
          format: 'topojson',
          features,
          system: LAID_DOWN_WGS84,
          fields: fieldsOf(features).filter((field) => field !== 'id' || features.some((one) => hasId(one.properties))),
          shape,
        },
        filename,
      ),
    ]
  })
  return { layers, findings: [] }
}

function hasId(properties: { readonly id?: unknown }): boolean {
  return properties.id !== undefined
}

function isArc(arc: unknown): boolean {
  return (
    Array.isArray(arc) &&
    arc.every((point) => Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'number')
  )
}

function hasTransform({ transform }: Json): boolean {
  if (transform === undefined) return true
  const isPair = (value: unknown): boolean =>
    Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number')
  return isObject(transform) && isPair(transform['scale']) && isPair(transform['translate'])
}

function membersOf(object: Json): readonly unknown[] {
  return object['type'] === 'GeometryCollection' && Array.isArray(object['geometries'])
    ? object['geometries']
    : [object]
}

/** Checks every reference to an arc in a geometry, and adds up the points that they make. */
function countPoints(
  geometry: unknown,
  number: number,
  lengths: readonly number[],
  budget: { points: number },
  filename: string,
): void {
  const waiting: unknown[] = isObject(geometry) ? [geometry['arcs'], geometry['geometries']] : []
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (Array.isArray(next)) for (const one of next as readonly unknown[]) waiting.push(one)
    else if (isObject(next)) waiting.push(next['arcs'], next['geometries'])
    else if (next !== undefined && next !== null) {
      const arc = typeof next === 'number' && Number.isInteger(next) ? lengths[next < 0 ? ~next : next] : undefined
      if (arc === undefined) throw unreadable(filename, say('arc-missing', { number }))
      budget.points += arc
      if (budget.points > MOST_POINTS) throw tooLarge(filename, say('too-many-points-of-arcs', { most: MOST_POINTS }))
    }
  }
}
