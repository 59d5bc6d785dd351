import type { StatedCertainty } from '../certainty/stated-certainty.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import { caveatCells, CAVEATS_HEADER } from './caveat-column.ts'
import { choiceColumns } from './choice-columns.ts'
import { certaintyColumns } from './certainty-columns.ts'
import { csvLine } from './csv-cell.ts'
import { timeColumns } from './time-columns.ts'

type Cell = string | number | null

/** A table of wards: its header, and its rows from the first one at every call. */
export interface WardTable {
  readonly header: readonly string[]
  readonly rows: () => Iterable<readonly Cell[]>
}

/**
 * The ranking as a table: one row per ward from most to least at risk, and how sure its rank is. Each indicator has
 * three columns: the value used, its normalised value, and how it was filled in if it was missing. What a person chose
 * and figures over time come last.
 */
export function rankingTable(result: AnalysisResult, certainty: StatedCertainty): WardTable {
  const sure = certaintyColumns(certainty, 'ranking')
  const added = [choiceColumns(result), timeColumns(result)]
  return {
    header: [
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
    ],
    *rows() {
      for (const [place, ward] of result.wards.entries())
        yield [
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
        ]
    },
  }
}

/**
 * Writes the ranking as rankings.csv, line by line. The caveats run down a column of their own. If the result has a
 * `datasetVersion`, it is in the last column.
 */
export function* exportRankings(
  result: AnalysisResult & { readonly datasetVersion?: string | number },
  certainty: StatedCertainty,
): Generator<string> {
  const version = result.datasetVersion === undefined ? [] : [result.datasetVersion]
  const { header, rows } = rankingTable(result, certainty)
  yield csvLine([...header, CAVEATS_HEADER, ...version.map(() => 'dataset_version')])
  const caveats = caveatCells([...result.caveats, ...certainty.caveats], result.wards.length)
  let place = 0
  for (const cells of rows()) {
    yield csvLine([...cells, caveats[place] ?? null, ...version])
    place += 1
  }
}
