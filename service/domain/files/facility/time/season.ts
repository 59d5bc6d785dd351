import { monthOf, type DatedPeriod } from './dated-period.ts'

/**
 * The year to which a season counts a period; null if the period is not in the season. The first month begins the
 * season: a season of November to February counts January and February to the year before.
 * @param months calendar months, 1 to 12, in the order of the season
 */
export function seasonYear(period: DatedPeriod, months: readonly number[]): number | null {
  const month = monthOf(period)
  if (month === null || !months.includes(month)) return null
  return month < (months[0] ?? 1) ? period.year - 1 : period.year
}
