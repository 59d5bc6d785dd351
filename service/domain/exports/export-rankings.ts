import type { StatedCertainty } from '../certainty/stated-certainty.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import { caveatCells, CAVEATS_HEADER } from './caveat-column.ts'
import { choiceColumns } from './choice-columns.ts'
import { certaintyColumns } from './certainty-columns.ts'
import { csvLine } from './csv-cell.ts'
import { timeColumns } from './time-columns.ts'

/**
 * Writes the ranking as rankings.csv, line by line: a header, then one row per ward from most to least at risk. Each
 * indicator has three columns: the value used, its normalised value, and how it was filled in if it was missing.
 * How sure a rank is stands beside it. The caveats run down a column of their own. If the result has a `datasetVersion`, it is in the last column.
 */
export function* exportRankings(
  result: AnalysisResult & { readonly datasetVersion?: string | number },
  certainty: StatedCertainty,
): Generator<string> {
  const version = result.datasetVersion === undefined ? [] : [result.datasetVersion]
  const added = [choiceColumns(result), timeColumns(result)]
  const sure = certaintyColumns(certainty, 'ranking')
  const header = [
    'rank',
    'tier',
    'score',
    'ward_code',
    'ward_name',
    'lga',
    'top_third_share',
    'median_model_rank',
    'pca_score',
    'pca_rank',
    ...sure.header,
    ...result.indicators.flatMap(({ name }) => [name, `${name} (normalised)`, `${name} (imputed)`]),
    ...added.flatMap(({ header }) => header),
    CAVEATS_HEADER,
    ...version.map(() => 'dataset_version'),
  ]
  yield csvLine(header)
  const caveats = caveatCells([...result.caveats, ...certainty.caveats], result.wards.length)
  for (const [place, ward] of result.wards.entries()) {
    yield csvLine([
      ward.rank,
      ward.tier,
      ward.score,
      ward.wardCode,
      ward.wardName,
      ward.lga,
      ward.robustness.topThirdShare,
      ward.robustness.medianRank,
      ward.pcaScore,
      ward.pcaRank,
      ...sure.cellsOf(ward.wardName),
      ...ward.indicators.flatMap(({ raw, normalised, imputed }) => [raw, normalised, imputed ?? null]),
      ...added.flatMap(({ cellsOf }) => cellsOf(ward, place)),
      caveats[place] ?? null,
      ...version,
    ])
  }
}
