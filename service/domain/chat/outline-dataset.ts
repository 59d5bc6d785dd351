import type { Dataset } from '../dataset/dataset.ts'
import { keyOf } from '../files/column-names.ts'
import { suggestColumns } from '../files/columns/suggest-columns.ts'
import type { DatasetOutline } from './outline.ts'

/** The names in a dataset. */
export function outlineDataset({ table, boundaries }: Dataset): DatasetOutline {
  const advice = suggestColumns(table)
  return {
    wards: table.labels,
    lgas: [...new Set(table.keys.lga)].filter((lga) => lga !== ''),
    states: [...new Set(table.keys.state)].filter((state) => state !== ''),
    hasBoundaries: boundaries !== null,
    columns: table.columns.map(({ name, type, indicator, numbers, categories }) => ({
      name,
      isKey: table.keyColumns.includes(name),
      indicator,
      hasNumbers: type === 'number',
      suggested: advice.get(name)?.suggested ?? false,
      kind: advice.get(name)?.kind ?? null,
      ...(categories !== null && keyOf(name) === null && { values: categories }),
      ...(numbers?.includes(0) === true && { hasZeros: true }),
      ...(numbers !== null && isFraction(numbers) && { isFraction: true }),
    })),
  }
}

/** Whether numbers lie between 0 and 1 and some lie between. A column of only 0 and 1 is a mark, not a share. */
function isFraction(numbers: Float64Array): boolean {
  return numbers.every((value) => !(value < 0 || value > 1)) && numbers.some((value) => value > 0 && value < 1)
}
