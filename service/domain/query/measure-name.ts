import type { Measure } from './ward-query.ts'

/** The name of a measure's column in an answer, by which it can be ordered: `mean of elevation`. */
export function measureName({ measure, column, weight, with: other, q, part }: Measure): string {
  switch (measure) {
    case 'count':
      return column === undefined ? 'count' : `count of ${column}`
    case 'share':
      return `share of ${column ?? 'wards'}${part === undefined ? '' : ' of a part'}`
    case 'weightedMean':
      return `mean of ${column ?? ''} weighted by ${weight ?? ''}`
    case 'quantile':
      return `${String(q ?? '')} quantile of ${column ?? ''}`
    case 'correlation':
      return `correlation of ${column ?? ''} and ${other ?? ''}`
    default:
      return `${measure} of ${column ?? ''}`
  }
}

/** The name of the column with the number of wards that a correlation rests on. It follows that of the correlation. */
export function pairsName(measure: Measure): string {
  return `n of ${measureName(measure)}`
}
