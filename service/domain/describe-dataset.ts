import type { Dataset, Pair, Suggestion } from './dataset.ts'
import { describeColumn } from './describe-wards.ts'
import type { ColumnDescription } from './describe-wards.ts'
import type { Finding } from './finding.ts'

/** What the joined data amount to, and what is the matter with them. */
export interface DatasetDescription {
  readonly wards: number
  /** Wards that have a boundary. */
  readonly matched: number
  readonly unmatched: readonly { readonly name: string; readonly reason: string; readonly suggestions: readonly Suggestion[] }[]
  /** What was settled by hand, by the names both sides have. */
  readonly accepted: readonly NamedMatch[]
  readonly refused: readonly NamedMatch[]
  readonly duplicates: readonly string[]
  readonly columns: readonly ColumnDescription[]
  readonly quality: DatasetQuality
}

/** A ward's label and a boundary's name. */
export interface NamedMatch {
  readonly ward: string
  readonly boundary: string
}

/** Counts to judge the data by, and every finding of both files and of their join. */
export interface DatasetQuality {
  readonly boundaries: number | null
  readonly matchedByCode: number
  readonly matchedByName: number
  readonly matchedByHand: number
  readonly unusedBoundaries: readonly string[]
  readonly candidates: number
  readonly missingCells: number
  /** Missing cells over all cells of the candidate indicators, 0 to 1. */
  readonly missingShare: number
  readonly findings: readonly Finding[]
}

/** Says what the joined data hold: wards, matches, gaps, and all that was left out or assumed on the way. */
export function describeDataset(dataset: Dataset): DatasetDescription {
  const { table, boundaries } = dataset
  const candidates = table.columns.filter(({ indicator }) => indicator)
  const missingCells = candidates.reduce((sum, { missing }) => sum + missing, 0)
  const cells = candidates.length * table.rows
  const names = boundaries?.keys.wardName ?? boundaries?.keys.wardCode
  return {
    wards: table.rows,
    matched: dataset.matchedBy.filter((rule) => rule !== 'none').length,
    unmatched: dataset.unmatched.map(({ name, reason, suggestions }) => ({ name, reason, suggestions })),
    accepted: namedMatches(dataset, dataset.settled.accepted),
    refused: namedMatches(dataset, dataset.settled.refused),
    duplicates: table.duplicates,
    columns: table.columns.map(describeColumn),
    quality: {
      boundaries: boundaries?.features ?? null,
      matchedByCode: dataset.matchedBy.filter((rule) => rule === 'code').length,
      matchedByName: dataset.matchedBy.filter((rule) => rule === 'name').length,
      matchedByHand: dataset.matchedBy.filter((rule) => rule === 'accepted').length,
      unusedBoundaries: dataset.unusedFeatures.map((feature) => names?.[feature] ?? ''),
      candidates: candidates.length,
      missingCells,
      missingShare: cells === 0 ? 0 : missingCells / cells,
      findings: [...table.findings, ...(boundaries?.findings ?? []), ...dataset.findings],
    },
  }
}

/** Settled pairs by name, for people. */
export function namedMatches({ table, boundaries }: Dataset, pairs: readonly Pair[]): readonly NamedMatch[] {
  const names = boundaries?.keys.wardName ?? boundaries?.keys.wardCode
  return pairs.map(({ row, feature }) => ({ ward: table.labels[row] ?? '', boundary: names?.[feature] ?? '' }))
}
