import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { changesFigures, type WordedFinding } from '../dataset/finding-caveats.ts'
import { openQuestions } from '../dataset/open-questions.ts'
import type { Question } from '../files/reading/question.ts'
import { known } from '../files/ward-table.ts'
import { planColumns, unusableColumns } from './plan-columns.ts'
import type { PlanColumn, UnusableColumn } from './plan-columns.ts'

/** The parts of a ward that a plan needs. */
export type PlanWard = Pick<RankedWard, 'wardCode' | 'wardName' | 'lga' | 'rank' | 'tier' | 'pcaRank'> & {
  /** Null if the data do not say it. */
  readonly state: string | null
}

/**
 * What a bed-net plan needs of an analysis and its data. It is small enough to be read again at every move of a slider.
 */
export interface PlanBasis {
  /** Wards from most to least at risk. */
  readonly wards: readonly PlanWard[]
  readonly columns: readonly PlanColumn[]
  readonly unusable: readonly UnusableColumn[]
  /** The names of the columns that hold measured test positivity, in percent. */
  readonly positivity: readonly string[]
  /** Why there is no PCA ranking; empty when there is one. */
  readonly pcaReasons: readonly string[]
  /** The caveats of the ranking. A plan that follows it carries them. */
  readonly caveats: readonly string[]
  /** The findings that could change a figure made of the columns that they name. */
  readonly columnFindings: readonly WordedFinding[]
  /** The open questions about the files, and what was answered to those about plans. */
  readonly questions: readonly Question[]
  readonly answers: Readonly<Record<string, string>>
}

/** Takes from a dataset and its result what plans are made from: the ranks, and the columns that a plan could use. */
export function planBasis(dataset: Dataset, result: AnalysisResult): PlanBasis {
  const { table } = dataset
  const rowOfLine = new Map(Array.from(table.lines, (line, row) => [line, row]))
  const rows = result.wards.map(({ line }) => rowOfLine.get(line) ?? -1)
  return {
    wards: result.wards.map(({ wardCode, wardName, lga, rank, tier, pcaRank }, place) => ({
      wardCode,
      wardName,
      lga,
      state: known(table.keys.state?.[rows[place] ?? -1]),
      rank,
      tier,
      pcaRank,
    })),
    columns: planColumns(table, rows),
    unusable: unusableColumns(table),
    positivity: table.positivity.map(({ column }) => column),
    pcaReasons: result.pca.reasons,
    caveats: result.caveats,
    columnFindings: table.findings
      .filter((finding) => finding.columns !== undefined && changesFigures(finding))
      .map(({ said: _said, examplesSaid: _examplesSaid, ...worded }) => worded),
    questions: openQuestions(dataset),
    answers: table.reading.answers ?? {},
  }
}
