import type { AnalysisResult, RankedWard } from '../ranking/analysis-result.ts'
import type { FIELDS, FieldName } from './fields.ts'
import { byRow, type RowOfLabel } from './by-label.ts'
import { listedColumn, type ViewColumn } from './view-column.ts'

/** The fields of the view that an analysis gives. */
export type RankingField = {
  [Name in FieldName]: (typeof FIELDS)[Name]['from'] extends 'analysis' ? Name : never
}[FieldName]

const TIERS = ['High', 'Medium', 'Low'] as const

const NUMBERS: Readonly<Record<Exclude<RankingField, 'tier'>, (ward: RankedWard) => number | null>> = {
  rank: ({ rank }) => rank,
  score: ({ score }) => score,
  topThirdShare: ({ robustness }) => robustness.topThirdShare,
  medianRank: ({ robustness }) => robustness.medianRank,
  pcaRank: ({ pcaRank }) => pcaRank,
  pcaScore: ({ pcaScore }) => pcaScore,
}

/** What an analysis says of the wards of these rows. A ward that it left out has no value. */
export function rankingFields(
  rowOf: RowOfLabel,
  { wards }: AnalysisResult,
): (field: RankingField, name: string) => ViewColumn {
  const ofRow = byRow(rowOf, wards)
  return (field, name) => {
    if (field === 'tier')
      return listedColumn(
        name,
        TIERS,
        ofRow.map((ward) => ward?.tier ?? null),
      )
    const read = NUMBERS[field]
    const numbers = Float64Array.from(ofRow, (ward) => (ward === undefined ? NaN : (read(ward) ?? NaN)))
    return { name, type: 'number', numbers }
  }
}
