import type { Dataset } from '../dataset/dataset.ts'
import { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { mapShapes } from './map-shapes.ts'
import type { MapFeature, MapShapes } from './map-shapes.ts'
import type { WardColumn } from '../files/ward-table.ts'

/** The boundaries with one column's cells. `value` is null if the cell is missing or no ward was joined. */
export interface VariableMap extends Omit<MapShapes, 'features'> {
  readonly variable: string
  readonly features: readonly (Omit<MapFeature, 'properties'> & {
    readonly properties: MapFeature['properties'] & { readonly value: number | string | null }
  })[]
  readonly wardsWithoutBoundary: readonly string[]
}

/**
 * Puts a column on the boundaries.
 * @throws Fault `invalid-input` when there is no such column or its values are not kept
 * @throws Fault `no-data` when the dataset has no boundaries
 */
export function variableMap(dataset: Dataset, variable: string): VariableMap {
  const column = dataset.table.columns.find(({ name }) => name === variable)
  if (column === undefined) throw new Fault('invalid-input', say('no-column-in-data', { column: quoted(variable) }))
  if (column.numbers === null && column.codes === null)
    throw new Fault('invalid-input', say('too-many-texts-to-map', { column: quoted(variable) }))
  const { features, ...shapes } = mapShapes(dataset)
  const rowOfFeature = new Map<number, number>()
  dataset.featureOfRow.forEach((feature, row) => rowOfFeature.set(feature, row))
  return {
    ...shapes,
    variable,
    features: features.map((feature, at) => ({
      ...feature,
      properties: { ...feature.properties, value: valueOf(column, rowOfFeature.get(at)) },
    })),
    wardsWithoutBoundary: dataset.unmatched.map(({ name }) => name),
  }
}

function valueOf({ numbers, categories, codes }: WardColumn, row: number | undefined): number | string | null {
  if (row === undefined) return null
  const number = numbers?.[row] ?? NaN
  return Number.isNaN(number) ? (categories?.[codes?.[row] ?? 255] ?? null) : number
}
