import { drawCaveats, hasNets } from '../../../certainty/stated-certainty.ts'
import { list, paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'
import { shownPercent } from '../shown.ts'

/**
 * How sure each ward's place is, and what made the ranks vary; null if it was not computed, which the first page says.
 */
export function certaintyTables({ certainty }: ReportInput): Iterable<string> | null {
  return certainty.draws === 0 ? null : tables(certainty)
}

function* tables(certainty: ReportInput['certainty']): Generator<string> {
  const { seed, draws, wards, sources, otherByMean } = certainty
  yield paragraph(
    `${String(draws)} rankings were drawn (seed ${String(seed)}) of what an analyst could as well have chosen. ` +
      'The rank of a ward lies between the two ranks in 90 of 100 draws.',
  )
  yield list(drawCaveats(certainty))
  yield '<h3>What makes the ranks vary</h3>'
  yield* table(['source', 'share of the variance %', 'standard error'], sources, ({ name, share, error }) => [
    name,
    100 * share,
    100 * error,
  ])
  if (otherByMean.length > 0)
    yield paragraph(
      `By the plain mean of the indicators, the tier of these wards is another: ${otherByMean.join(', ')}.`,
    )
  yield '<h3>Wards</h3>'
  const withNets = hasNets(certainty)
  yield* table(
    [
      'rank',
      'ward',
      'LGA',
      'rank from',
      'to',
      'rank by the mean',
      'chance of High',
      ...(withNets ? ['chance of nets'] : []),
      'verdict',
    ],
    wards,
    (ward) => [
      ward.rank,
      ward.wardName,
      ward.lga,
      ward.rankLow,
      ward.rankHigh,
      ward.meanRank,
      shownPercent(ward.chanceHigh),
      ...(withNets ? [ward.chanceNets === null ? null : shownPercent(ward.chanceNets)] : []),
      ward.verdict,
    ],
  )
}
