import type { TimeColumns } from '../files/facility/time/time-figures.ts'
import { makeFinding, type Finding } from '../files/finding.ts'
import type { WardPositivity } from '../files/positivity.ts'
import { say } from '../said.ts'

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
          makeFinding('default-used', say('few-reports', {}), {
            count: few.length,
            examples: few.slice(0, MOST_NAMED),
            columns: [...counted, columns.trend],
          }),
        ]),
    ...(incidence.length === 0
      ? []
      : [
          makeFinding('default-used', say('incidence-means', { people: JSON.stringify(columns.people) }), {
            count: incidence.length,
            columns: incidence,
          }),
        ]),
    makeFinding(
      'default-used',
      say('trend-means', {
        trend: JSON.stringify(columns.trend),
        above: bounded.filter(isWorse).length,
        below: bounded.filter(isBetter).length,
        unbounded: unbounded.length,
      }),
      { count: bounded.length + unbounded.length, columns: [columns.trend] },
    ),
  ]
}

function isWorse({ time }: WardPositivity): boolean {
  return (time?.trend?.low ?? 0) > 0
}

function isBetter({ time }: WardPositivity): boolean {
  return (time?.trend?.high ?? 0) < 0
}
