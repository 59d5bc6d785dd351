import type { TimeColumns } from '../files/facility/time/time-figures.ts'
import type { Finding } from '../files/finding.ts'
import type { WardPositivity } from '../files/positivity.ts'

const MOST_NAMED = 1_000
const FEW_REPORTS = 50

/** What has to be known about figures over time before they are used. */
export function timeFindings(wards: readonly WardPositivity[], columns: TimeColumns): readonly Finding[] {
  const counted = [...columns.positivity, ...columns.seasonPositivity, ...columns.incidence, ...columns.seasonIncidence]
  const incidence = [...columns.incidence, ...columns.seasonIncidence]
  const few = wards.flatMap(({ wardName, time }) =>
    (time?.years ?? []).flatMap(({ year, completeness }) =>
      completeness !== null && completeness < FEW_REPORTS
        ? [`${wardName} ${String(year)} (${completeness.toFixed(0)} %)`]
        : [],
    ),
  )
  const bounded = wards.filter(({ time }) => time?.trend?.low !== null && time?.trend?.low !== undefined)
  const unbounded = wards.filter(({ time }) => time?.trend?.low === null)
  return [
    ...(few.length === 0
      ? []
      : [
          {
            kind: 'default-used' as const,
            detail: 'Fewer than half of the expected reports of a ward are there in these years.',
            count: few.length,
            examples: few.slice(0, MOST_NAMED),
            columns: [...counted, columns.trend],
          },
        ]),
    ...(incidence.length === 0
      ? []
      : [
          {
            kind: 'default-used' as const,
            detail:
              `Incidence is positive tests per 1,000 of all people in ${JSON.stringify(columns.people)}, whatever the ` +
              'year and the age of those tested: people who fell ill and were not tested are not in it, and a ward ' +
              'that reports less seems to have less.',
            count: incidence.length,
            columns: incidence,
          },
        ]),
    {
      kind: 'default-used',
      detail:
        `${JSON.stringify(columns.trend)} is the Theil–Sen slope of positivity in percentage points a year; it lies ` +
        `within 95 % bounds above 0 in ${String(bounded.filter(isWorse).length)} wards, below 0 in ` +
        `${String(bounded.filter(isBetter).length)}, and has too few values for bounds in ${String(unbounded.length)}.`,
      count: bounded.length + unbounded.length,
      columns: [columns.trend],
    },
  ]
}

function isWorse({ time }: WardPositivity): boolean {
  return (time?.trend?.low ?? 0) > 0
}

function isBetter({ time }: WardPositivity): boolean {
  return (time?.trend?.high ?? 0) < 0
}
