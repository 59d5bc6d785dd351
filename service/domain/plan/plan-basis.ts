import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'
import { YES_NO_URBAN } from '../files/column-kinds.ts'
import { bareName, planKindOf } from '../files/column-names.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { isPackedAs, packArrays, unpackArrays } from '../dataset/pack-arrays.ts'
import type { WardColumn, WardTable } from '../files/ward-table.ts'

/**
 * A column that a plan can use: one value per ward, NaN where it is missing. Yes and no, or 1 and 0 in a column called
 * `Urban`, are 100 and 0.
 */
export interface PlanColumn {
  readonly name: string
  readonly isYesNo: boolean
  readonly values: Float64Array
}

/** The parts of a ward that a plan needs. */
export type PlanWard = Pick<RankedWard, 'wardCode' | 'wardName' | 'lga' | 'rank' | 'pcaRank'>

/**
 * What a bed-net plan needs of an analysis and its data. It is small enough to be read again at every move of a slider.
 */
export interface PlanBasis {
  /** Wards from most to least at risk. */
  readonly wards: readonly PlanWard[]
  readonly columns: readonly PlanColumn[]
  /** Columns with the name of a population or an urban share that cannot be used, and why. */
  readonly unusable: readonly { readonly name: string; readonly reason: string }[]
  /** Why there is no PCA ranking; empty when there is one. */
  readonly pcaReasons: readonly string[]
}

const LETTERS = 'NETPLAN3'
const MOST_CELLS = 500_000
const YES_NO: ReadonlyMap<string, number> = new Map([
  ['yes', 100],
  ['y', 100],
  ['true', 100],
  ['urban', 100],
  ['no', 0],
  ['n', 0],
  ['false', 0],
  ['rural', 0],
])

/** Takes from a dataset and its result what plans are made from: the ranks, and the columns that a plan could use. */
export function planBasis(dataset: Dataset, result: AnalysisResult): PlanBasis {
  const { table } = dataset
  const rowOfLine = new Map(Array.from(table.lines, (line, row) => [line, row]))
  const rows = result.wards.map(({ line }) => rowOfLine.get(line) ?? -1)
  return {
    wards: result.wards.map(({ wardCode, wardName, lga, rank, pcaRank }) => ({
      wardCode,
      wardName,
      lga,
      rank,
      pcaRank,
    })),
    columns: planColumns(table).map(({ name, values, isYesNo }) => ({
      name,
      isYesNo,
      values: Float64Array.from(rows, (row) => values[row] ?? NaN),
    })),
    unusable: table.columns
      .filter((column) => planKindOf(column.name) !== null && planColumn(column) === null)
      .map(({ name, type, reason }) => ({
        name,
        reason:
          type === 'text' && reason === 'it holds text'
            ? 'it holds text other than yes and no'
            : (reason ?? 'it holds no numbers'),
      })),
    pcaReasons: result.pca.reasons,
  }
}

/**
 * Packs a basis as bytes, to be sealed and stored. The wards are one text in it, because searching each of their values
 * for the mark of an array would cost more than the plan.
 */
export function packBasis(basis: PlanBasis): Uint8Array {
  return packArrays(LETTERS, { ...basis, wards: JSON.stringify(basis.wards) })
}

/** Whether the bytes have the form of this release. Another release may have written another form. */
export function isPackedBasis(bytes: Uint8Array): boolean {
  return isPackedAs(LETTERS, bytes)
}

/**
 * Reads what `packBasis` wrote.
 * @throws Error when the bytes are anything else
 */
export function unpackBasis(bytes: Uint8Array): PlanBasis {
  const { wards, ...basis } = unpackArrays(LETTERS, bytes) as Omit<PlanBasis, 'wards'> & { readonly wards: string }
  return { ...basis, wards: JSON.parse(wards) as PlanBasis['wards'] }
}

/** Population and urban share first, then other numbers, up to half a million cells. A table can have 2,000 columns. */
function planColumns(table: WardTable): readonly PlanColumn[] {
  const usable = table.columns.flatMap((column) => planColumn(column) ?? [])
  const expected = usable.filter(({ name }) => planKindOf(name) !== null)
  const others = usable.filter(({ name }) => planKindOf(name) === null)
  return [...expected, ...others].slice(0, Math.max(expected.length, Math.floor(MOST_CELLS / table.rows)))
}

function planColumn({ name, numbers, categories, codes }: WardColumn): PlanColumn | null {
  if (numbers !== null) {
    const isYesNo =
      bareName(name) === YES_NO_URBAN && numbers.every((value) => Number.isNaN(value) || value === 0 || value === 1)
    return { name, isYesNo, values: isYesNo ? numbers.map((value) => value * 100) : numbers }
  }
  if (categories === null || codes === null || !categories.every((category) => YES_NO.has(category.toLowerCase())))
    return null
  return {
    name,
    isYesNo: true,
    values: Float64Array.from(codes, (code) => YES_NO.get(categories[code]?.toLowerCase() ?? '') ?? NaN),
  }
}
