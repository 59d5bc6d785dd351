import type { Dataset } from '../dataset/dataset.ts'
import { guessDirection } from '../files/directions.ts'
import type { DatasetOutline } from './outline.ts'

/** The names in a dataset. */
export function outlineDataset({ table, boundaries }: Dataset): DatasetOutline {
  return {
    wards: table.labels,
    lgas: [...new Set(table.keys.lga)].filter((lga) => lga !== ''),
    hasBoundaries: boundaries !== null,
    columns: table.columns.map(({ name, type, indicator }) => ({
      name,
      indicator,
      direction: type === 'number' ? guessDirection(name) : null,
    })),
  }
}
