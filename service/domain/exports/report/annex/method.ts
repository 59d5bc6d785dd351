import { number, paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** How the scores were made, and what the second opinion says. */
export function* methodText({ result: { indicators, models, pca, mode, ownWeights } }: ReportInput): Generator<string> {
  yield paragraph(
    mode === 'standard'
      ? 'Each indicator is scaled to 0 to 1 between its least and greatest value here; 1 is riskiest. ' +
          'For an inverse indicator the greatest value is safest. ' +
          'A model is the plain mean of a subset of two or more indicators; ' +
          `there are ${String(models.length)}. A ward's score is the median over the models, ` +
          'its rank is 1 + the number of wards with a greater score, ' +
          'and its tier is the third of the ranking it falls into.'
      : 'Legacy mode: as the earlier system computed it, ' +
          'with the reciprocal for inverse indicators and ties broken by row.',
  )
  if (ownWeights) yield paragraph("Here the score is the weighted mean by a person's own weights instead.")
  yield* table(
    ['indicator', 'direction', 'direction was', 'because', 'least', 'greatest', 'missing'],
    indicators,
    ({ name, direction, guessed, why, min, max, missing }) => [
      name,
      direction,
      guessed ? 'guessed from the name' : 'chosen',
      why,
      min,
      max,
      missing,
    ],
  )
  yield paragraph(
    pca.suitable
      ? `Second opinion by principal components: KMO ${number(pca.kmo ?? NaN)}, ` +
          `Bartlett's p ${(pca.bartlett?.p ?? NaN).toPrecision(3)}, ${String(pca.scored)} components scored.`
      : `No second opinion by principal components: ${pca.reasons.join('; ')}.`,
  )
}
