import type { Dataset } from '../dataset/dataset.ts'
import { suggestColumns } from '../files/columns/suggest-columns.ts'
import type { DatasetOutline } from './outline.ts'

/** The names in a dataset. */
export function outlineDataset({ table, boundaries }: Dataset): DatasetOutline {
  const advice = suggestColumns(table)
  return {
    wards: table.labels,
    lgas: [...new Set(table.keys.lga)].filter((lga) => lga !== ''),
    hasBoundaries: boundaries !== null,
    columns: table.columns.map(({ name, type, indicator }) => ({
      name,
      isKey: table.keyColumns.includes(name),
      indicator,
      hasNumbers: type === 'number',
      suggested: advice.get(name)?.suggested ?? false,
      kind: advice.get(name)?.kind ?? null,
    })),
  }
}
