import { Fault } from '../../../fault.ts'
import { say, type Said } from '../../../said.ts'
import type { Period, PeriodKind } from '../../period.ts'
import type { PositivityChoices } from '../../positivity.ts'
import type { SeenReports } from '../positivity-builder.ts'
import { datedPeriod, monthOf, type DatedPeriod } from './dated-period.ts'
import { seasonYear } from './season.ts'
import type { TimeChoices, TimeFrame } from './time-figures.ts'

const MOST_YEARS = 30
/** Wards × periods: each makes three numbers of the result. */
const MOST_CELLS = 1_500_000

/** The reports that count, and what is asked of them. */
export interface TimedReports {
  readonly seen: SeenReports
  /** The pairs of tested and positive people that count. */
  readonly pairs: readonly number[]
  readonly age: PositivityChoices['age']
  readonly choices: TimeChoices
  /** The reports that count. */
  readonly slots: readonly number[]
  /** How many facilities each ward has. */
  readonly facilitiesOf: readonly number[]
  /** The periods of the main kind. */
  readonly periods: readonly Period[]
  readonly kind: PeriodKind
}

/** When things happened in the table. */
export interface Calendar extends TimeFrame {
  /** The table's own periods, by day, month or another span, with their years. */
  readonly dated: readonly DatedPeriod[]
  readonly seasonMonths: readonly number[]
}

/**
 * Finds the years and the periods that reports are compared by.
 * @throws Fault `invalid-input` when no period names a year, or when a season is chosen and periods are no months
 * @throws Fault `too-large` when there are too many years, or too many wards and periods
 */
export function calendarOf({ seen, slots, periods, kind, choices, facilitiesOf }: TimedReports): Calendar {
  const dated = periods.flatMap((period) => datedPeriod(period) ?? [])
  const [first] = dated
  if (first === undefined)
    throw refused(say('no-period-with-year', { period: kind === 'none' ? 'period' : kind }), '/time')
  const seasonMonths = choices.seasonMonths ?? []
  if (seasonMonths.length > 0 && monthOf(first) === null)
    throw refused(say('reports-without-month', { unit: first.unit }), '/time/seasonMonths')
  const used = [...new Set(slots.map((slot) => seen.store.periodOf(slot)))]
  const all = [...dated, ...used.flatMap((period) => datedPeriod(seen.store.periodAt(period)) ?? [])]
  const years = inOrder(all.map(({ year }) => year))
  const keys = inOrder(dated.map(({ key }) => key))
  if (years.length > MOST_YEARS) throw tooLarge(say('too-many-years', { years: years.length, most: MOST_YEARS }))
  if (keys.length * facilitiesOf.length > MOST_CELLS)
    throw tooLarge(say('too-many-wards-and-periods', { wards: facilitiesOf.length, periods: keys.length }))
  return {
    unit: first.unit,
    periods: keys,
    years,
    seasonYears: inOrder(dated.flatMap((period) => seasonYear(period, seasonMonths) ?? [])),
    dated,
    seasonMonths,
  }
}

function refused(said: Said, pointer: string): Fault {
  return new Fault('invalid-input', say('cannot-measure-time', { found: said }), { errors: [{ said, pointer }] })
}

function tooLarge(said: Said): Fault {
  return new Fault('too-large', say('cannot-measure-time', { found: said }), {
    errors: [{ said, pointer: '/time' }],
  })
}

function inOrder<Value extends number | string>(values: readonly Value[]): Value[] {
  return [...new Set(values)].sort((one, other) => (one < other ? -1 : 1))
}
