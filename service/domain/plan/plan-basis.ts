import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { openQuestions } from '../dataset/open-questions.ts'
import { isPackedAs, packArrays, unpackArrays } from '../dataset/pack-arrays.ts'
import type { Question } from '../files/reading/question.ts'
import { EARLIER_LETTERS, upgradeBasis } from './earlier-basis.ts'
import type { EarlierBasis } from './earlier-basis.ts'
import { planColumns, unusableColumns } from './plan-columns.ts'
import type { PlanColumn, UnusableColumn } from './plan-columns.ts'

/** The parts of a ward that a plan needs. */
export type PlanWard = Pick<RankedWard, 'wardCode' | 'wardName' | 'lga' | 'rank' | 'pcaRank'>

/**
 * What a bed-net plan needs of an analysis and its data. It is small enough to be read again at every move of a slider.
 */
export interface PlanBasis {
  /** Wards from most to least at risk. */
  readonly wards: readonly PlanWard[]
  readonly columns: readonly PlanColumn[]
  readonly unusable: readonly UnusableColumn[]
  /** Why there is no PCA ranking; empty when there is one. */
  readonly pcaReasons: readonly string[]
  /** The caveats of the ranking. A plan that follows it carries them. */
  readonly caveats: readonly string[]
  /** The open questions about the files, and what was answered to those about plans. */
  readonly questions: readonly Question[]
  readonly answers: Readonly<Record<string, string>>
}

const LETTERS = 'NETPLAN4'

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
    columns: planColumns(table, rows),
    unusable: unusableColumns(table),
    pcaReasons: result.pca.reasons,
    caveats: result.caveats,
    questions: openQuestions(dataset),
    answers: table.reading.answers ?? {},
  }
}

/**
 * Packs a basis as bytes, to be sealed and stored. The wards are one text in it, because searching each of their values
 * for the mark of an array would cost more than the plan.
 */
export function packBasis(basis: PlanBasis): Uint8Array {
  return packArrays(LETTERS, { ...basis, wards: JSON.stringify(basis.wards) })
}

/** Whether `unpackBasis` reads these bytes. Another release may have written another form. */
export function isPackedBasis(bytes: Uint8Array): boolean {
  return isPackedAs(LETTERS, bytes) || isPackedAs(EARLIER_LETTERS, bytes)
}

/**
 * Reads what `packBasis` wrote, also in release 0.1.0.
 * @throws Error when the bytes are anything else
 */
export function unpackBasis(bytes: Uint8Array): PlanBasis {
  if (isPackedAs(EARLIER_LETTERS, bytes)) return upgradeBasis(unpackArrays(EARLIER_LETTERS, bytes) as EarlierBasis)
  const { wards, ...basis } = unpackArrays(LETTERS, bytes) as Omit<PlanBasis, 'wards'> & { readonly wards: string }
  return { ...basis, wards: JSON.parse(wards) as PlanBasis['wards'] }
}
