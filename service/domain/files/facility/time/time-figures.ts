import type { Rate } from '../../../rate-interval.ts'
import type { Trend } from '../../../theil-sen.ts'
import type { PositivityShare } from '../../positivity-share.ts'
import type { TimeUnit } from './dated-period.ts'

/** What figures over time are measured of. */
export interface TimeChoices {
  /** Calendar months, 1 to 12, in the order of the season. Without it every month counts. */
  readonly seasonMonths?: readonly number[]
}

/** What the figures over time of all wards have in common. */
export interface TimeFrame {
  /** The span of time of one report; days are gathered to their month. */
  readonly unit: TimeUnit
  /** The periods of the table, in order: `2023-01`, `2023-Q1`, `2023-W05`, `2023`. */
  readonly periods: readonly string[]
  /** The years that some report names, in order. */
  readonly years: readonly number[]
  /** The years of the season, in order; empty without `seasonMonths`. */
  readonly seasonYears: readonly number[]
}

/** Test positivity of one ward in one year, or in the season of one year. */
export interface YearFigures extends PositivityShare {
  readonly year: number
  /** Reports of a facility and a period that are there. */
  readonly reports: number
  /** Facilities × the periods of the table in this year. */
  readonly expected: number
  /** 100 · reports / expected; null where reports of another span of time leave it unknown. */
  readonly completeness: number | null
}

/** Reports whose period names no year. They are in no figure of a year. */
export interface UndatedReports {
  readonly reports: number
  readonly tested: number
  readonly positive: number
}

/** Test positivity of one ward over time. */
export interface WardTime {
  /** One for each of the frame's `years`. */
  readonly years: readonly YearFigures[]
  /** One for each of the frame's `seasonYears`. */
  readonly seasons: readonly YearFigures[]
  /**
   * The Theil–Sen slope of the positivity of each period (of the season, if one was chosen): percentage points a year.
   * Only equal parts of different years are compared. Null if none has a value in two years.
   */
  readonly trend: Trend | null
  readonly undated: UndatedReports
  /** By the frame's `periods`: how many facilities reported, and the people tested and positive. */
  readonly reports: readonly number[]
  readonly tested: readonly number[]
  readonly positive: readonly number[]
}

/** Positive tests per 1,000 people of a ward in one year, or in the season of one year. */
export interface YearIncidence extends Rate {
  readonly year: number
}

/** Incidence of one ward over time. It needs a ward table with people. */
export interface WardIncidence {
  /** The people of the ward. */
  readonly people: number
  readonly years: readonly YearIncidence[]
  readonly seasons: readonly YearIncidence[]
}

/** The columns of the ward table that hold the figures over time, by what they hold. */
export interface TimeColumns {
  /** By the frame's `years` and `seasonYears`. */
  readonly positivity: readonly string[]
  readonly seasonPositivity: readonly string[]
  /** Percent of the expected reports that are there. */
  readonly completeness: readonly string[]
  /** Empty without a column of people. */
  readonly incidence: readonly string[]
  readonly seasonIncidence: readonly string[]
  readonly trend: string
  readonly trendLow: string
  readonly trendHigh: string
  /** The column of people; null without one. */
  readonly people: string | null
}
