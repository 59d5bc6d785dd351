import { readPeriod, type Period as NamedPeriod } from '../period.ts'

/** How long a period is. */
export type PeriodLength = 'year' | 'half' | 'quarter' | 'month' | 'week' | 'day'

/** A period: its length, and a number that grows with its beginning. */
export interface Period {
  readonly length: PeriodLength
  readonly order: number
}

/** The length and place in time of what names a period; null for anything else. */
export function periodOf(text: string): Period | null {
  const { kind, key, isFirstDay } = readPeriod(text)
  if (kind === 'total' || kind === 'other' || kind === 'none') return null
  return { length: isFirstDay === true ? 'day' : kind, order: orderOf(kind, key) }
}

/** Whether a period's name says that it sums up the others. */
export function isTotalPeriod(text: string): boolean {
  return readPeriod(text).kind === 'total'
}

/** A month without a year is ordered within its year. */
function orderOf(kind: NamedPeriod['kind'], key: string): number {
  const year = Number(/^\d{4}/.exec(key)?.[0] ?? 0)
  const [part = 1, day = 1] = [...key.matchAll(/-[QSW]?(\d+)/g)].map(([, digits]) => Number(digits))
  const months = { quarter: 3 * part - 2, half: 6 * part - 5, week: 1, year: 1 } as const
  const month = kind in months ? months[kind as keyof typeof months] : part
  return year * 10_000 + month * 100 + (kind === 'week' ? 7 * part : day)
}
