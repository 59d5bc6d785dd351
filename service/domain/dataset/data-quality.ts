import { boundaryLabels } from './boundary-labels.ts'
import type { Dataset } from './dataset.ts'
import { rangeOf } from '../files/describe-wards.ts'
import type { Finding } from '../files/finding.ts'
import { outliersOf } from './outliers.ts'
import type { Outliers } from './outliers.ts'
import { spelledDifferently } from './spelled-differently.ts'
import type { DifferingName } from './spelled-differently.ts'

/** What a person should know of a candidate indicator before it ranks anything. */
export interface ColumnQuality {
  readonly name: string
  readonly missing: number
  /** 0 to 1. */
  readonly missingShare: number
  readonly min: number
  readonly max: number
  /** The same value in every ward that has one, so it does not tell wards apart. */
  readonly constant: boolean
  /** Values far from the rest. They are shown and never changed. */
  readonly outliers: Outliers
}

/** The data-quality report: counts to judge the data by, and every finding on the files and on their join. */
export interface DataQuality {
  readonly wards: number
  readonly boundaries: number | null
  /** What the boundary file said about its coordinates; null without boundaries. */
  readonly sourceCrs: string | null
  readonly matchedByCode: number
  /** Spelled the same in both files. */
  readonly matchedByName: number
  /** Spelled differently, but the same in normal form. Each is in `spelledDifferently`. */
  readonly matchedByNameForm: number
  readonly matchedByHand: number
  readonly spelledDifferently: readonly DifferingName[]
  readonly unmatchedWards: readonly string[]
  readonly unusedBoundaries: readonly string[]
  /** Wards shown under another name than the table's, because theirs repeats. */
  readonly renamedDuplicates: readonly string[]
  readonly candidates: number
  readonly missingCells: number
  /** Missing cells over all cells of the candidate indicators, 0 to 1. */
  readonly missingShare: number
  readonly columns: readonly ColumnQuality[]
  readonly findings: readonly Finding[]
}

/** Reports on joined data. Costs n·log n for each candidate indicator. */
export function dataQuality(dataset: Dataset): DataQuality {
  const { table, boundaries, matchedBy } = dataset
  const count = (rule: Dataset['matchedBy'][number]): number => matchedBy.filter((one) => one === rule).length
  const names = boundaries === null ? [] : boundaryLabels(boundaries)
  const columns = table.columns
    .filter(({ indicator }) => indicator)
    .map(({ name, missing, numbers }): ColumnQuality => {
      const { min, max } = (numbers && rangeOf(numbers)) ?? { min: NaN, max: NaN }
      return {
        name,
        missing,
        missingShare: missing / table.rows,
        min,
        max,
        constant: min === max,
        outliers: outliersOf(numbers ?? new Float64Array(), table.labels),
      }
    })
  const missingCells = columns.reduce((sum, { missing }) => sum + missing, 0)
  return {
    wards: table.rows,
    boundaries: boundaries?.features ?? null,
    sourceCrs: boundaries?.sourceCrs ?? null,
    matchedByCode: count('code'),
    matchedByName: count('name'),
    matchedByNameForm: count('name-form'),
    matchedByHand: count('accepted'),
    spelledDifferently: spelledDifferently(dataset),
    unmatchedWards: dataset.unmatched.map(({ name }) => name),
    unusedBoundaries: dataset.unusedFeatures.map((feature) => names[feature] ?? ''),
    renamedDuplicates: table.duplicates,
    candidates: columns.length,
    missingCells,
    missingShare: columns.length === 0 ? 0 : missingCells / (columns.length * table.rows),
    columns,
    findings: [...table.findings, ...(boundaries?.findings ?? []), ...dataset.findings],
  }
}
