import { paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** What other thresholds of urban share would do; null without a plan or an urban share. */
export function thresholdTables({ plan }: ReportInput): Iterable<string> | null {
  const isKnown = plan !== null && plan.urbanExtent.column !== null
  return isKnown ? tables(plan) : null
}

function* tables({ urbanExtent, leaveOutExtent, parameters }: NonNullable<ReportInput['plan']>): Generator<string> {
  yield '<h3>Urban extent</h3>'
  yield* table(
    [`${urbanExtent.column ?? ''} threshold`, 'wards below', 'wards at or above', 'people below', 'people at or above'],
    urbanExtent.rows,
    (row) => [row.thresholdPercent, row.wardsBelow, row.wardsAtOrAbove, row.populationBelow, row.populationAtOrAbove],
  )
  yield '<h3>Urban wards that could be left out</h3>'
  yield paragraph(
    'From the lowest-ranked upwards, while the people left out are at most this share of all ' +
      `${String(leaveOutExtent.population)} people. Protected wards and exceptions stay in.`,
  )
  yield* table(
    ['urban from %', 'up to % of people', 'wards left out', 'people', '% of people', 'nets they would need', ''],
    leaveOutExtent.rows,
    (row) => [
      row.urbanFrom,
      row.upToPercent,
      row.wards,
      row.population,
      row.percentOfPeople,
      row.need,
      row.urbanFrom === parameters.urbanFrom && row.upToPercent === parameters.upToPercent ? 'this plan' : '',
    ],
  )
}
