import { number, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** Every ward, from most to least at risk, with the values that it was ranked by. */
export function rankingTable({ result }: ReportInput): Iterable<string> {
  const hasPca = result.pca.suitable
  const header = [
    'rank',
    'ward',
    'LGA',
    'tier',
    'score',
    'in top third of models',
    'median model rank',
    ...(hasPca ? ['PCA rank'] : []),
    ...result.indicators.map(({ name }) => name),
  ]
  return table(header, result.wards, (ward) => [
    ward.rank,
    ward.wardName,
    ward.lga,
    ward.tier,
    ward.score,
    `${number(100 * ward.robustness.topThirdShare)} %`,
    ward.robustness.medianRank,
    ...(hasPca ? [ward.pcaRank] : []),
    ...ward.indicators.map(({ raw, imputed }) => (imputed === undefined ? raw : `${number(raw)} (filled in)`)),
  ])
}
