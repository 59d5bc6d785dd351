import { POSITIVITY } from '../files/column-kinds.ts'
import { planKinds, planPreference } from '../files/columns/plan-kinds.ts'
import type { TimeColumns, WardIncidence, YearFigures } from '../files/facility/time/time-figures.ts'
import type { Finding } from '../files/finding.ts'
import type { JoinedPositivity, Positivity, WardPositivity } from '../files/positivity.ts'
import { candidacy, type WardColumn, type WardTable } from '../files/ward-table.ts'
import { rateOf } from '../rate-interval.ts'
import { say, type Said } from '../said.ts'
import { freeName } from './free-name.ts'
import { timeFindings } from './time-findings.ts'

/** What figures over time add to the ward table. */
export interface AddedTime {
  readonly columns: readonly WardColumn[]
  readonly joined: Pick<JoinedPositivity, 'time' | 'timeColumns'>
  readonly findings: readonly Finding[]
  incidenceOf(ward: WardPositivity): { readonly incidence?: WardIncidence }
}

/**
 * Makes columns of the figures over time: for each year (and season) positivity, the completeness of reports and, if
 * the ward table has people, positive tests per 1,000 of them; and the trend with its bounds. People are those that a
 * net plan would take. A ward without a figure has a gap.
 * @param name the column of the positivity of all reports
 * @param wardOfRow the measured ward that was joined to each row
 */
export function timeColumns(
  table: WardTable,
  { time, wards }: Positivity,
  name: string,
  wardOfRow: readonly (WardPositivity | null)[],
): AddedTime {
  if (time === undefined) return { columns: [], joined: {}, findings: [], incidenceOf: () => ({}) }
  const people = peopleColumn(table)
  const incidence = new Map<WardPositivity, WardIncidence>()
  for (const [row, ward] of wardOfRow.entries()) {
    const own = ward === null ? null : incidenceOf(ward, people?.numbers?.[row] ?? NaN)
    if (ward !== null && own !== null) incidence.set(ward, own)
  }
  const made = new ColumnMaker(table, wardOfRow, name)
  const rest = name.slice(POSITIVITY.length)
  const ofYears = (years: readonly number[], infix: string, part: 'years' | 'seasons'): string[] =>
    years.map((year, at) => made.add(`${name}${infix}_${String(year)}`, (ward) => ward.time?.[part][at]?.tpr))
  const incidenceOfYears = (years: readonly number[], infix: string, part: 'years' | 'seasons'): string[] =>
    people === null
      ? []
      : years.map((year) =>
          made.add(
            `incidence${rest}${infix}_${String(year)}`,
            (ward) => incidence.get(ward)?.[part].find((one) => one.year === year)?.perThousand,
          ),
        )
  const columns: TimeColumns = {
    positivity: ofYears(time.years, '', 'years'),
    seasonPositivity: ofYears(time.seasonYears, '_season', 'seasons'),
    incidence: incidenceOfYears(time.years, '', 'years'),
    seasonIncidence: incidenceOfYears(time.seasonYears, '_season', 'seasons'),
    completeness: time.years.map((year, at) =>
      made.add(`reports${rest}_${String(year)}`, (ward) => ward.time?.years[at]?.completeness),
    ),
    trend: made.add(`${name}_trend`, (ward) => ward.time?.trend?.slope),
    trendLow: made.add(`${name}_trend_low`, (ward) => ward.time?.trend?.low, say('bounds-trend', {})),
    trendHigh: made.add(`${name}_trend_high`, (ward) => ward.time?.trend?.high, say('bounds-trend', {})),
    people: people?.name ?? null,
  }
  return {
    columns: made.columns,
    joined: { time, timeColumns: columns },
    findings: timeFindings(wards, columns),
    incidenceOf(ward) {
      const own = incidence.get(ward)
      return own === undefined ? {} : { incidence: own }
    },
  }
}

/** The column of people that a net plan prefers; null if none holds numbers. */
function peopleColumn(table: WardTable): WardColumn | null {
  const kinds = planKinds(table)
  const preference = ({ name }: WardColumn): number => planPreference(table, name, 'population')
  const [first] = table.columns
    .filter(({ name, numbers }) => kinds.get(name) === 'population' && numbers !== null)
    .sort((one, other) => preference(one) - preference(other))
  return first ?? null
}

function incidenceOf({ time }: WardPositivity, people: number): WardIncidence | null {
  if (time === undefined || !(people > 0)) return null
  const ofYears = (figures: readonly YearFigures[]): WardIncidence['years'] =>
    figures.flatMap(({ year, positive, tested }) => {
      // Where nobody was tested, nothing is known of the cases.
      const rate = tested === 0 ? null : rateOf(positive, people)
      return rate === null ? [] : [{ year, ...rate }]
    })
  return { people, years: ofYears(time.years), seasons: ofYears(time.seasons) }
}

/** Makes columns of the wards' figures, each with a name of its own. */
class ColumnMaker {
  readonly columns: WardColumn[] = []
  readonly #table: WardTable
  readonly #wardOfRow: readonly (WardPositivity | null)[]
  readonly #base: string

  constructor(table: WardTable, wardOfRow: readonly (WardPositivity | null)[], base: string) {
    this.#table = table
    this.#wardOfRow = wardOfRow
    this.#base = base
  }

  /** @returns the column's name */
  add(
    wanted: string,
    figureOf: (ward: WardPositivity) => number | null | undefined,
    noIndicator: Said | null = null,
  ): string {
    const name = freeName(wanted, { columns: [...this.#table.columns, { name: this.#base }, ...this.columns] })
    const numbers = Float64Array.from(this.#wardOfRow, (ward) => (ward === null ? NaN : (figureOf(ward) ?? NaN)))
    const missing = numbers.filter((value) => Number.isNaN(value)).length
    const isEmpty = missing === this.#table.rows
    this.columns.push({
      name,
      type: isEmpty ? 'empty' : 'number',
      missing,
      ...candidacy(isEmpty ? say('all-missing', {}) : noIndicator),
      numbers: isEmpty ? null : numbers,
      categories: null,
      codes: null,
    })
    return name
  }
}
