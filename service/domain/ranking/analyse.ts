import { agreementOf } from './agreement.ts'
import type {
  AnalysisOptions,
  AnalysisResult,
  MethodPlace,
  Mode,
  RankedWard,
  WardIndicator,
} from './analysis-result.ts'
import { caveatsOf } from './caveats.ts'
import { chooseIndicators } from './choose-indicators.ts'
import type { ChosenIndicator } from './choose-indicators.ts'
import { compositeScores } from './composite-scores.ts'
import { compareSeen } from './compare-seen.ts'
import { correlationCaveats, correlationMatrix } from './correlations.ts'
import { comparisonCaveats, heldBackColumn } from './held-back.ts'
import { ownWeights, weightCaveats, weightedScores, weightsOf } from './own-weights.ts'
import { dataQuality } from '../dataset/data-quality.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { namedMatches } from '../dataset/describe-dataset.ts'
import { rangeOf } from '../files/describe-wards.ts'
import { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { impute } from './impute.ts'
import type { ImputedColumn } from './impute.ts'
import { openQuestions, requireSettled } from '../dataset/open-questions.ts'
import { lgaRows } from './lga-rows.ts'
import { modelsOf } from './models.ts'
import { normalise } from './normalise.ts'
import { principalComponents } from './pca.ts'
import { rankWards, tiersOf } from './rank-wards.ts'
import { known } from '../files/ward-table.ts'

/** Of no ward. */
const NOWHERE = { score: NaN, rank: 0, tier: 'Medium' } as const

/** One indicator at every step of the method: as chosen, without gaps, and scaled to 0 to 1. */
interface PreparedIndicator extends ChosenIndicator, ImputedColumn {
  readonly normalised: Float64Array
}

/**
 * Ranks the wards of a dataset by composite score. The result holds every choice, every filled gap and every value,
 * so that any ward can be recomputed by hand. Costs wards × models, and the vertices once if there are gaps.
 * @throws Fault `invalid-input` with pointers when the options do not fit the data
 * @throws Fault `unsettled` with the questions that could change the ranking, while they are open
 * @throws Fault `too-large` when wards and models together need more memory than they may take
 */
export function analyse(dataset: Dataset, options: AnalysisOptions = {}): AnalysisResult {
  const { table } = dataset
  const mode = options.mode ?? 'standard'
  if (table.rows < 2) throw new Fault('invalid-input', say('cannot-rank-one-ward', {}))
  const questions = openQuestions(dataset).filter(({ affects }) => affects === 'ranking')
  // What concerns all rows is asked before anything is said of single columns.
  requireSettled(questions, [], 'question-before-ranking')
  const choice = chooseIndicators(table, options, mode)
  const names = choice.indicators.map(({ column }) => column.name)
  requireSettled(questions, heldBackNames(names, options), 'question-before-ranking')
  const weights = weightsOf(options, names, mode)
  const heldBack = heldBackColumn(table, options, choice.indicators)
  const imputed = impute(
    dataset,
    choice.indicators.map(({ column }) => column),
  )
  const indicators = choice.indicators.map((indicator, place): PreparedIndicator => {
    const filled = imputed[place] ?? { values: new Float64Array(), filled: new Map() }
    return {
      ...indicator,
      ...filled,
      normalised: refuseInfinite(normalise(filled.values, indicator.direction, mode), indicator, place),
    }
  })
  const models = modelsOf(indicators.length, mode)
  const normalised = indicators.map((indicator) => indicator.normalised)
  const { scores: methodScores, robustness } = compositeScores(normalised, models, mode)
  const byMethod = placesOf(methodScores, mode)
  const scores = weights === null ? methodScores : weightedScores(normalised, weights, mode)
  const places = weights === null ? byMethod : placesOf(scores, mode)
  const ranks = Uint32Array.from(places, ({ rank }) => rank)
  const pca = principalComponents(
    indicators.map(({ column, direction, values }) => ({ name: column.name, direction, values })),
    scores,
    mode,
  )
  const pcaRanks = pca.scores === null ? null : rankWards(pca.scores, mode)
  const agreement = pca.scores === null || pcaRanks === null ? null : agreementOf(scores, pca.scores, ranks, pcaRanks)
  const wards = Array.from(ranks.keys())
    .sort((one, other) => (ranks[one] ?? 0) - (ranks[other] ?? 0) || one - other)
    .map((row): RankedWard => ({
      wardCode: known(table.keys.wardCode?.[row]),
      wardName: table.labels[row] ?? '',
      lga: known(table.keys.lga?.[row]) ?? known(table.keys.lgaCode?.[row]),
      line: table.lines[row] ?? 0,
      ...(places[row] ?? NOWHERE),
      pcaScore: pca.scores?.[row] ?? null,
      pcaRank: pcaRanks?.[row] ?? null,
      robustness: robustness[row] ?? { topThirdShare: 0, medianRank: 0 },
      ...(weights !== null && { byMethod: byMethod[row] ?? NOWHERE }),
      indicators: indicators.map((indicator) => wardIndicator(indicator, row)),
    }))
  const changed = weights && ownWeights(weights, names, table.labels, places, byMethod)
  const correlations = correlationMatrix(normalised)
  const seen = new Map(table.labels.map((label, row) => [label, heldBack?.numbers?.[row] ?? NaN]))
  const comparison = heldBack && compareSeen(heldBack.name, wards, ({ wardName }) => seen.get(wardName) ?? NaN)
  const quality = dataQuality(dataset)
  const imputations = indicators.flatMap(({ filled }) => [...filled.values()])
  return {
    schemaVersion: 1,
    mode,
    parameters: {
      indicators: names,
      indicatorsDefaulted: choice.defaulted,
      directions: indicators
        .filter(({ guessed }) => !guessed)
        .map(({ column, direction }) => ({ name: column.name, direction })),
      ...(options.allowCopies === true && { allowCopies: true }),
    },
    indicators: indicators.map(({ column, direction, guessed, why, values }) => ({
      name: column.name,
      direction,
      guessed,
      why,
      missing: column.missing,
      ...(rangeOf(values) ?? { min: NaN, max: NaN }),
    })),
    leftOut: choice.leftOut,
    imputations,
    droppedRows: table.findings
      .filter(({ kind }) => kind === 'row-dropped')
      .map(({ detail, count, examples }) => `${detail} (${String(count)}: ${(examples ?? []).join(', ')})`),
    unmatchedWards: dataset.unmatched.map(({ name }) => name),
    acceptedMatches: namedMatches(dataset, dataset.settled.accepted),
    duplicateWards: table.duplicates,
    spelledDifferently: quality.spelledDifferently,
    positivity: table.positivity.map(({ reading: _reading, ...measured }) => measured),
    quality,
    ownWeights: changed,
    correlations,
    comparison,
    models: models.map((model) => model.map((place) => indicators[place]?.column.name ?? '')),
    pca: pca.result,
    agreement,
    wards,
    lgas: lgaRows(wards),
    caveats: caveatsOf(dataset, {
      mode,
      choice,
      models: models.length,
      imputations,
      pca: pca.result,
      agreement,
      ofChoices: [
        ...weightCaveats(changed, table.rows),
        ...correlationCaveats(names, correlations),
        ...comparisonCaveats(comparison, heldBack, choice.indicators),
      ],
    }),
  }
}

/** The columns whose open questions matter: those that rank, and the one that is compared. */
function heldBackNames(names: readonly string[], { compareWith }: AnalysisOptions): readonly string[] {
  return compareWith === undefined ? names : [...names, compareWith]
}

function placesOf(scores: Float64Array, mode: Mode): readonly MethodPlace[] {
  const ranks = rankWards(scores, mode)
  return tiersOf(ranks).map((tier, row) => ({ score: scores[row] ?? NaN, rank: ranks[row] ?? 0, tier }))
}

function wardIndicator({ column, values, filled, normalised }: PreparedIndicator, row: number): WardIndicator {
  const imputation = filled.get(row)
  const cell = { name: column.name, raw: values[row] ?? NaN, normalised: normalised[row] ?? NaN }
  return imputation === undefined ? cell : { ...cell, imputed: imputation.how }
}

/** Legacy's reciprocal has no value at −1e−10. The earlier system gave no ranking then either. */
function refuseInfinite(normalised: Float64Array, { column }: ChosenIndicator, place: number): Float64Array {
  if (normalised.every(Number.isFinite)) return normalised
  throw new Fault('invalid-input', say('no-inverse-in-legacy', { column: quoted(column.name) }), {
    errors: [{ said: say('no-reciprocal', { column: quoted(column.name) }), pointer: `/indicators/${String(place)}` }],
  })
}
