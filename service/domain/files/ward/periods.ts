import { plainForm } from '../area-key.ts'

/** How long a period is. */
export type PeriodLength = 'year' | 'quarter' | 'month' | 'week' | 'day'

/** A period: its length, and a number that grows with its beginning. */
export interface Period {
  readonly length: PeriodLength
  readonly order: number
}

/** How the names of the months begin in English, French, Portuguese and Spanish. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene)/,
  /^(?:feb|fev)/,
  /^mar/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai)/,
  /^(?:jun|juin)/,
  /^jui?l/,
  /^(?:aug|aou|ago)/,
  /^(?:sep|set)/,
  /^(?:oct|out)/,
  /^nov/,
  /^(?:dec|dez|dic)/,
]
const TOTALS: ReadonlySet<string> = new Set(['total', 'totals', 'grand total', 'sum', 'somme', 'all', 'all periods'])

/**
 * Reads a period as DHIS2, CHAP and people write it: `2023`, `202301`, `2023-01`, `2023-01-31`, `2023Q1`, `2023W5`,
 * `January 2023`, `Jan-23`, `janvier 2023`, `Q1 2023`. A month without a year is ordered within its year. Null for
 * anything else.
 */
export function periodOf(text: string): Period | null {
  const plain = plainForm(text).replace(/\.0+$/, '')
  const digits = /^((?:19|20)\d\d)(?:[-/ ]?(0[1-9]|1[0-2])(?:[-/ ]?(0[1-9]|[12]\d|3[01]))?)?(?:t[\d:.z+-]*)?$/.exec(
    plain,
  )
  if (digits !== null) {
    const [, year = '', month, day] = digits
    const length = month === undefined ? 'year' : day === undefined ? 'month' : 'day'
    return { length, order: orderOf(year, Number(month ?? 1), Number(day ?? 1)) }
  }
  const part = /^((?:19|20)\d\d)[-/ ]?(q|t|w|s)(\d{1,2})$/.exec(plain) ?? partBefore(plain)
  if (part !== null) {
    const [, year = '', kind, number] = part
    return kind === 'w' || kind === 's'
      ? { length: 'week', order: orderOf(year, 1, 7 * Number(number)) }
      : { length: 'quarter', order: orderOf(year, 3 * Number(number) - 2, 1) }
  }
  return namedMonth(plain)
}

/** Whether a period's name says that it sums up the others. */
export function isTotalPeriod(text: string): boolean {
  return TOTALS.has(plainForm(text))
}

/** `Q1 2023`, `T1 2023`, `Week 5 2023`. */
function partBefore(plain: string): readonly (string | undefined)[] | null {
  const found = /^(q|t|w|s|week|semaine|quarter|trimestre)[- ]?(\d{1,2})[-/ ,]+((?:19|20)\d\d)$/.exec(plain)
  if (found === null) return null
  const kind = /^(?:w|s)/.test(found[1] ?? '') ? 'w' : 'q'
  return [plain, found[3], kind, found[2]]
}

function namedMonth(plain: string): Period | null {
  const found = /^(\p{L}{3,10})\.?(?:[-/ ,]*(?:de )?((?:19|20)\d\d|\d\d))?$/u.exec(plain)
  const month = found === null ? -1 : MONTHS.findIndex((pattern) => pattern.test(found[1] ?? ''))
  if (found === null || month === -1) return null
  const year = found[2] ?? '0'
  return { length: 'month', order: orderOf(year.length === 2 ? `20${year}` : year, month + 1, 1) }
}

function orderOf(year: string, month: number, day: number): number {
  return Number(year) * 10_000 + month * 100 + day
}
