import type { Imputation } from './analysis-result.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { queenNeighbours } from './queen-neighbours.ts'
import type { Neighbours } from './queen-neighbours.ts'
import { known } from '../files/ward-table.ts'
import type { WardColumn } from '../files/ward-table.ts'

/** A column without gaps. `filled` says by row how each gap was filled. */
export interface ImputedColumn {
  readonly values: Float64Array
  readonly filled: ReadonlyMap<number, Imputation>
}

/**
 * Fills each gap of numeric columns with the mean of the values that the ward's queen neighbours had in the file. Only
 * values of the file are used, so no filled value feeds another. Where no neighbour has a value, and everywhere without
 * boundaries, the column mean is used. Every column must have at least one value. Costs the vertices once, and
 * gaps × neighbours.
 */
export function impute(dataset: Dataset, columns: readonly WardColumn[]): readonly ImputedColumn[] {
  const needed = columns.some(({ missing }) => missing > 0)
  const neighbours =
    needed && dataset.boundaries !== null ? rowNeighbours(dataset, queenNeighbours(dataset.boundaries)) : () => []
  return columns.map((column) => imputeColumn(dataset, column, neighbours))
}

/** The rows whose boundaries touch a row's boundary. */
function rowNeighbours(dataset: Dataset, { starts, list }: Neighbours): (row: number) => readonly number[] {
  const rowOfFeature = new Int32Array(starts.length - 1).fill(-1)
  dataset.featureOfRow.forEach((feature, row) => {
    if (feature !== -1) rowOfFeature[feature] = row
  })
  return (row) => {
    const feature = dataset.featureOfRow[row] ?? -1
    if (feature === -1) return []
    return [...list.subarray(starts[feature], starts[feature + 1])]
      .map((other) => rowOfFeature[other] ?? -1)
      .filter((other) => other !== -1)
  }
}

function imputeColumn(
  { table }: Dataset,
  column: WardColumn,
  neighbours: (row: number) => readonly number[],
): ImputedColumn {
  const original = column.numbers ?? new Float64Array(table.rows).fill(NaN)
  const values = original.slice()
  const filled = new Map<number, Imputation>()
  const columnMean = mean([...original].filter((value) => !Number.isNaN(value)))
  original.forEach((value, row) => {
    if (!Number.isNaN(value)) return
    const sources = neighbours(row).filter((other) => !Number.isNaN(original[other] ?? NaN))
    const imputed = sources.length > 0 ? mean(sources.map((other) => original[other] ?? NaN)) : columnMean
    values[row] = imputed
    filled.set(row, {
      ward: table.labels[row] ?? '',
      wardCode: known(table.keys.wardCode?.[row]),
      column: column.name,
      value: imputed,
      how: sources.length > 0 ? `spatial_neighbor_mean(${String(sources.length)})` : 'global_mean_fallback',
      neighbours: sources.map((other) => table.labels[other] ?? ''),
    })
  })
  return { values, filled }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
