import { theilSen } from '../../../theil-sen.ts'
import { say } from '../../../said.ts'
import { makeFinding, type Finding } from '../../finding.ts'
import { addCounts, emptySums, shareOf, type FacilitySums } from '../facility-sums.ts'
import { calendarOf, type Calendar, type TimedReports } from './calendar.ts'
import { datedPeriod, type DatedPeriod } from './dated-period.ts'
import { seasonYear } from './season.ts'
import type { TimeFrame, WardTime, YearFigures } from './time-figures.ts'

/** Figures over time, by the number of the ward. */
export interface MeasuredTime {
  readonly frame: TimeFrame
  readonly wards: readonly WardTime[]
  readonly findings: readonly Finding[]
}

/** Sums by facility. */
type Sums = Map<number, FacilitySums>

/**
 * Measures test positivity of each year and season, and how it changes. Costs reports × counts, and by ward the square
 * of the years for each part of a year.
 * @throws Fault `invalid-input` when no period names a year, or when a season is chosen and periods are no months
 * @throws Fault `too-large` when there are too many years, or too many wards and periods
 */
export function measureTime(input: TimedReports): MeasuredTime {
  const { seen, slots, facilitiesOf } = input
  const calendar = calendarOf(input)
  const slotsOfWard = facilitiesOf.map((): number[] => [])
  for (const slot of slots) {
    const ward = seen.facilities[seen.store.facilityOf(slot)]?.ward ?? -1
    slotsOfWard[ward]?.push(slot)
  }
  const wards = slotsOfWard.map((own, ward) => wardTime(input, calendar, own, facilitiesOf[ward] ?? 0))
  const { unit, periods, years, seasonYears } = calendar
  return { frame: { unit, periods, years, seasonYears }, wards, findings: undatedFinding(wards) }
}

function wardTime(
  { seen, pairs, age, kind }: TimedReports,
  calendar: Calendar,
  slots: readonly number[],
  facilities: number,
): WardTime {
  const { store, places } = seen
  const [byYear, bySeason, byPeriod] = [new Map<number, Sums>(), new Map<number, Sums>(), new Map<string, Sums>()]
  const otherSpans = { years: new Set<number>(), seasons: new Set<number>() }
  const undated: Sums = new Map()
  let undatedReports = 0
  for (const slot of slots) {
    const facility = store.facilityOf(slot)
    const period = store.periodAt(store.periodOf(slot))
    const dated = datedPeriod(period)
    const add = (sums: Sums): void => {
      addCounts(ofFacility(sums, facility), store.counts(slot), places, pairs)
    }
    if (dated === null) {
      add(undated)
      undatedReports += 1
      continue
    }
    add(ofKey(byYear, dated.year))
    const season = seasonYear(dated, calendar.seasonMonths)
    if (season !== null) add(ofKey(bySeason, season))
    if (period.kind === kind) add(ofKey(byPeriod, dated.key))
    else {
      otherSpans.years.add(dated.year)
      // It may reach into the season, or hold a part of it.
      for (const year of [dated.year - 1, dated.year]) otherSpans.seasons.add(year)
    }
  }
  const share = (sums: Sums | undefined): ReturnType<typeof shareOf> => shareOf([...(sums?.values() ?? [])], age)
  const figures = (
    year: number,
    sums: Sums | undefined,
    yearOf: (period: DatedPeriod) => number | null,
    isUnknown: boolean,
  ): YearFigures => {
    const keys = new Set(calendar.dated.filter((period) => yearOf(period) === year).map(({ key }) => key))
    const expected = facilities * keys.size
    const reports = [...keys].reduce((sum, key) => sum + (byPeriod.get(key)?.size ?? 0), 0)
    const completeness = expected === 0 || isUnknown ? null : (100 * reports) / expected
    return { year, ...share(sums), reports, expected, completeness }
  }
  const shares = calendar.periods.map((key) => share(byPeriod.get(key)))
  const { tested, positive } = share(undated)
  return {
    years: calendar.years.map((year) =>
      figures(year, byYear.get(year), (period) => period.year, otherSpans.years.has(year)),
    ),
    seasons: calendar.seasonYears.map((year) =>
      figures(
        year,
        bySeason.get(year),
        (period) => seasonYear(period, calendar.seasonMonths),
        otherSpans.seasons.has(year),
      ),
    ),
    trend: trendOf(calendar, shares),
    undated: { reports: undatedReports, tested, positive },
    reports: calendar.periods.map((key) => byPeriod.get(key)?.size ?? 0),
    tested: shares.map((one) => one.tested),
    positive: shares.map((one) => one.positive),
  }
}

/** The trend of the periods' positivity. The same part of each year is a season of its own. */
function trendOf(
  { dated, periods, seasonMonths }: Calendar,
  shares: readonly { readonly tpr: number | null }[],
): WardTime['trend'] {
  const places = new Map(periods.map((key, place) => [key, place]))
  const once = [...new Map(dated.map((period) => [period.key, period])).values()].filter(
    (period) => seasonMonths.length === 0 || seasonYear(period, seasonMonths) !== null,
  )
  const parts = Map.groupBy(once, ({ part }) => part)
  return theilSen(
    [...parts.values()].map((same) =>
      same.flatMap(({ key, year }) => {
        const value = shares[places.get(key) ?? -1]?.tpr ?? null
        return value === null ? [] : [{ time: year, value }]
      }),
    ),
  )
}

function ofFacility(sums: Sums, facility: number): FacilitySums {
  const own = sums.get(facility) ?? emptySums()
  sums.set(facility, own)
  return own
}

function ofKey<Key>(all: Map<Key, Sums>, key: Key): Sums {
  const own = all.get(key) ?? new Map<number, FacilitySums>()
  all.set(key, own)
  return own
}

function undatedFinding(wards: readonly WardTime[]): Finding[] {
  const count = wards.reduce((sum, { undated }) => sum + undated.reports, 0)
  if (count === 0) return []
  return [makeFinding('row-dropped', say('reports-without-year', {}), { count })]
}
