import { drawMeasuredReports } from '../../../chart/reports.ts'
import type { JoinedPositivity } from '../../../files/positivity.ts'
import { escaped } from '../../../map/svg-map.ts'
import { paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** Positivity and incidence by year and season, the trend, and the reports that are missing; null if not asked for. */
export function timeTables({ result }: ReportInput): Iterable<string> | null {
  const measured = result.positivity.filter(({ time }) => time !== undefined)
  return measured.length === 0 ? null : all(measured)
}

function* all(measured: readonly JoinedPositivity[]): Generator<string> {
  for (const one of measured) {
    yield `<h3>${escaped(one.column)}</h3>`
    yield* trends(one)
    yield* years(one)
    const picture = drawMeasuredReports(one)
    if (picture !== null) yield picture
  }
}

function* trends({ choices, wards }: JoinedPositivity): Generator<string> {
  const months = choices.time?.seasonMonths
  yield paragraph(
    'The trend is the median of all slopes between the same part of two years (Theil–Sen), in percentage points a ' +
      `year, with 95 % bounds. It is of ${months === undefined ? 'all months' : `the months ${months.join(', ')}`}.`,
  )
  yield* table(['measured ward', 'trend', 'from', 'to', 'slopes', 'reports without a year'], wards, (ward) => [
    ward.wardName,
    ward.time?.trend?.slope ?? null,
    ward.time?.trend?.low ?? null,
    ward.time?.trend?.high ?? null,
    ward.time?.trend?.pairs ?? 0,
    ward.time?.undated.reports ?? 0,
  ])
}

function* years({ wards, timeColumns }: JoinedPositivity): Generator<string> {
  const people = timeColumns?.people ?? null
  yield paragraph(
    people === null
      ? 'There is no column of people, so there is no incidence.'
      : `Incidence is positive tests per 1,000 of all people in ${JSON.stringify(people)}, with Byar's 95 % bounds.`,
  )
  const rows = wards.flatMap(({ wardName, time, incidence }) => [
    ...(time?.years ?? []).map((figures) => ({
      wardName,
      when: String(figures.year),
      figures,
      rate: incidence?.years.find(({ year }) => year === figures.year),
    })),
    ...(time?.seasons ?? []).map((figures) => ({
      wardName,
      when: `season ${String(figures.year)}`,
      figures,
      rate: incidence?.seasons.find(({ year }) => year === figures.year),
    })),
  ])
  yield* table(
    [
      'measured ward',
      'year',
      'tested',
      'positive',
      'positivity %',
      'from',
      'to',
      'reports',
      'expected',
      ...(people === null ? [] : ['per 1,000 people', 'from', 'to']),
    ],
    rows,
    ({ wardName, when, figures, rate }) => [
      wardName,
      when,
      figures.tested,
      figures.positive,
      figures.tpr,
      figures.low,
      figures.high,
      figures.reports,
      figures.expected,
      ...(people === null ? [] : [rate?.perThousand ?? null, rate?.low ?? null, rate?.high ?? null]),
    ],
  )
}
