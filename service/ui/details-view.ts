import { counted, figure, fold, h, longTable, table } from './dom.ts'
import { bar, tierBadge } from './ranking-view.ts'
import type { Analysis, Imputation, RankedWard } from '../features/replies/analyses.ts'

/**
 * Why one ward has its rank: each indicator's value and where it lies between the least and most at risk.
 * @param wards how many were ranked
 */
export function wardDetails(ward: RankedWard, wards: number) {
  return h(
    'div',
    { class: 'why' },
    h('h3', {}, ward.wardName, ' ', tierBadge(ward.tier)),
    h(
      'p',
      {},
      `Rank ${String(ward.rank)} of ${String(wards)}, score ${ward.score.toFixed(3)}. In the top third in ` +
        `${String(Math.round(ward.robustness.topThirdShare * 100))} % of the models; median rank ` +
        `${figure(ward.robustness.medianRank)}.`,
    ),
    ward.indicators === undefined
      ? null
      : table(
          `Indicators of ${ward.wardName}`,
          ['Indicator', 'Value', 'Risk within this area'],
          ward.indicators.map((indicator) => [
            indicator.name,
            indicator.imputed === undefined
              ? figure(indicator.raw)
              : h('span', {}, figure(indicator.raw), h('span', { class: 'quiet' }, ' filled in')),
            h('span', { class: 'number' }, bar(indicator.normalised), indicator.normalised.toFixed(2)),
          ]),
        ),
  )
}

/** What a reader of the ranking must know: caveats are open, filled-in values are shown on demand. */
export function analysisDetails(analysis: Analysis) {
  return [
    analysis.caveats.length === 0
      ? null
      : h(
          'div',
          { class: 'caveats' },
          h('h3', {}, 'Keep in mind'),
          h('ul', {}, ...analysis.caveats.map((caveat) => h('li', {}, caveat))),
        ),
    analysis.imputations.length === 0
      ? h('p', { class: 'quiet' }, 'No value was filled in.')
      : fold(
          `${counted(analysis.imputations.length, 'missing value')} filled in`,
          longTable(
            'Values that were filled in',
            ['Ward', 'Indicator', 'Value', 'How'],
            analysis.imputations,
            (imputation) => [imputation.ward, imputation.column, figure(imputation.value), howOf(imputation)],
          ),
        ),
  ].filter((part) => part !== null)
}

function howOf({ neighbours }: Imputation) {
  return neighbours.length === 0
    ? 'mean of the column'
    : `mean of ${counted(neighbours.length, 'neighbour')}: ${neighbours.join(', ')}`
}
