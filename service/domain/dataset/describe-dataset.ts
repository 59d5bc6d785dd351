import { dataQuality } from './data-quality.ts'
import type { DataQuality } from './data-quality.ts'
import type { Dataset, Pair, Suggestion } from './dataset.ts'
import type { Question } from '../files/reading/question.ts'
import { describeColumns } from '../files/describe-wards.ts'
import type { ColumnDescription } from '../files/describe-wards.ts'

/** What the joined data hold, and what is wrong with them. */
export interface DatasetDescription {
  readonly wards: number
  /** Wards that have a boundary. */
  readonly matched: number
  readonly unmatched: readonly {
    readonly name: string
    readonly reason: string
    readonly suggestions: readonly Suggestion[]
  }[]
  /** What a person settled, by the names on both sides. */
  readonly accepted: readonly NamedMatch[]
  readonly refused: readonly NamedMatch[]
  readonly duplicates: readonly string[]
  readonly columns: readonly ColumnDescription[]
  readonly quality: DataQuality
  readonly questions: {
    readonly wards: readonly Question[]
    readonly boundaries: readonly Question[]
    /** About the join of both. The file of the wards takes the answers. */
    readonly join: readonly Question[]
  }
}

/** A ward's label and a boundary's name. */
export interface NamedMatch {
  readonly ward: string
  readonly boundary: string
}

/** Describes the joined data: wards, matches, gaps, and everything that was left out or assumed. */
export function describeDataset(dataset: Dataset): DatasetDescription {
  const { table } = dataset
  return {
    wards: table.rows,
    matched: dataset.matchedBy.filter((rule) => rule !== 'none').length,
    unmatched: dataset.unmatched.map(({ name, reason, suggestions }) => ({ name, reason, suggestions })),
    accepted: namedMatches(dataset, dataset.settled.accepted),
    refused: namedMatches(dataset, dataset.settled.refused),
    duplicates: table.duplicates,
    columns: describeColumns(table),
    quality: dataQuality(dataset),
    questions: {
      wards: table.questions,
      boundaries: dataset.boundaries?.questions ?? [],
      join: dataset.questions,
    },
  }
}

/** Settled pairs by their names. */
export function namedMatches({ table, boundaries }: Dataset, pairs: readonly Pair[]): readonly NamedMatch[] {
  const names = boundaries?.keys.wardName ?? boundaries?.keys.wardCode
  return pairs.map(({ row, feature }) => ({ ward: table.labels[row] ?? '', boundary: names?.[feature] ?? '' }))
}
