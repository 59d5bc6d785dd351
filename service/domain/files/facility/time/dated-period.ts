import type { Period, PeriodKind } from '../../period.ts'

/** The span of time over which reports are gathered: a day belongs to its month. */
export type TimeUnit = Exclude<PeriodKind, 'day' | 'total' | 'other' | 'none'>

/** A period of a known year. */
export interface DatedPeriod {
  readonly year: number
  readonly unit: TimeUnit
  /** Which one of its year: `03`, `Q1`, `W05`; '' for the year itself. */
  readonly part: string
  /** `2023-03`, `2023-Q1`, `2023-W05`, `2023`. */
  readonly key: string
}

/** Places a period in its year; null if it names none, or is none. */
export function datedPeriod({ kind, key }: Period): DatedPeriod | null {
  if (kind === 'total' || kind === 'other' || kind === 'none') return null
  const found = /^(\d{4})(?:-([QSW]?\d+))?/.exec(key)
  if (found === null) return null
  const [dated, year = '', part = ''] = found
  return { year: Number(year), unit: kind === 'day' ? 'month' : kind, part, key: dated }
}

/** The calendar month of a period, 1 to 12; null if the period is not within one month. */
export function monthOf({ unit, part }: DatedPeriod): number | null {
  return unit === 'month' ? Number(part) : null
}
