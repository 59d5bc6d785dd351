import type { CoordinateSystem } from './coordinate-system.ts'
import { geoJsonShape } from './geojson-shape.ts'
import type { BoundariesFormat, Layer, Shape } from './layer.ts'
import { isObject } from './parse-json.ts'
import type { Json } from './parse-json.ts'
import { unreadable } from '../unreadable.ts'
import { say } from '../../said.ts'

const MOST_FIELDS = 2_000
const LONGEST_FIELD = 200

/** A layer of GeoJSON features that are in memory. `number` of a feature counts from 1. */
export function featureLayer(
  source: {
    readonly name: string
    readonly format: BoundariesFormat
    readonly features: readonly unknown[]
    readonly system: CoordinateSystem
    readonly fields?: readonly string[]
    readonly shape?: (feature: Json, number: number) => Shape
  },
  filename: string,
): Layer {
  const { name, format, features, system } = source
  const shapeOf = source.shape ?? ((feature, number) => geoJsonShape(feature['geometry'], number, filename))
  return {
    name,
    format,
    features: features.length,
    open: () => {
      const fields = source.fields ?? fieldsOf(features)
      return {
        fields,
        system,
        encoding: null,
        findings: system.findings,
        *read() {
          for (const [index, feature] of features.entries()) {
            const number = index + 1
            if (!isObject(feature) || feature['type'] !== 'Feature')
              throw unreadable(filename, say('no-geojson-feature', { number }))
            yield {
              attribute: (place: number) => textOf(feature['properties'], fields[place] ?? ''),
              shape: () => shapeOf(feature, number),
            }
          }
        },
      }
    },
  }
}

/** All names of properties, in the order in which they appear. */
export function fieldsOf(features: readonly unknown[]): string[] {
  const fields = new Set<string>()
  for (const feature of features) {
    if (!isObject(feature) || !isObject(feature['properties'])) continue
    for (const field of Object.keys(feature['properties']))
      if (fields.size < MOST_FIELDS) fields.add(field.slice(0, LONGEST_FIELD))
  }
  return [...fields]
}

function textOf(properties: unknown, field: string): string {
  const value: unknown = isObject(properties) && Object.hasOwn(properties, field) ? properties[field] : ''
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
