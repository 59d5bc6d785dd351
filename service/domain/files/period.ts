import { readNamedPeriod } from './period-names.ts'

/**
 * What span of time a period names, from the finest to the coarsest. `other` is a label that names none, as `M1` or
 * `Round 2`; `none` an empty cell.
 */
export const PERIOD_KINDS = ['day', 'week', 'month', 'quarter', 'half', 'year', 'total', 'other', 'none'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

export interface Period {
  readonly kind: PeriodKind
  /** The same for every spelling of a period: `2023-01`, `2023-Q1`, `2023`, `-01` for a month without a year. */
  readonly key: string
  /** Whether a month was written as its first day: beside other days it is that day. */
  readonly isFirstDay?: true
}

const TOTALS =
  /^(?:(?:grand |sub ?|annual |yearly |overall )?totals?(?: (?:general|generale|geral|annuel|anual|annual|year|periods?))?|sum|somme|suma|soma|ensemble|all|all periods|average|mean|moyenne|media|promedio|cumul(?:e|ative)?|ytd|year to date)$/
const YEAR = /^(?:19|20)\d\d$/

/**
 * Reads the name of a period as people and DHIS2 write it: `January 2023`, `Jan-23`, `2023-01`, `202301`, `01/2023`,
 * `2023Q1`, `Jan to Mar 2023`, `2023S1`, `2023W5`, `2023`, `Total`.
 * @param year the cell of a column of years, for a month that does not say its own
 */
export function readPeriod(cell: string, year = ''): Period {
  const text = plain(cell)
  const given = /^((?:19|20)\d\d)(?:\.0+)?$/.exec(year.trim())?.[1] ?? ''
  if (text === '') return given === '' ? { kind: 'none', key: '' } : { kind: 'year', key: given }
  if (isTotal(text)) return { kind: 'total', key: `${text} ${given}`.trim() }
  return (
    byDigits(text) ??
    (given === '' ? null : (byDigits(`${text}-${given}`) ?? byDigits(`${given}-${text}`))) ??
    readNamedPeriod(text, given) ?? { kind: 'other', key: given === '' ? text : `${given} ${text}` }
  )
}

/** Whether a plain text says that it sums up periods. */
function isTotal(text: string): boolean {
  return TOTALS.test(text.replace(/ ?(?:19|20)\d\d$/, ''))
}

/**
 * The period that a longer text holds, as a header of a pivot does; null if it holds none.
 * @param isYearless also a month without a year, which many words look like
 */
export function periodWithin(text: string, isYearless = false): Period | null {
  const words = plain(text).split(' ')
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    // `under 5 2023` holds no May.
    const pair = /^\d{1,2}$/.test(word) ? null : readPeriod(words.slice(at, at + 2).join(' '))
    const one = readPeriod(word)
    const isEdge = at === 0 || at === words.length - 1
    const found = [pair, one].find(
      (period) =>
        period !== null &&
        (period.kind === 'quarter' ||
          period.kind === 'half' ||
          (period.kind === 'month' && (isYearless || !period.key.startsWith('-'))) ||
          (isEdge && period === one && ['year', 'total'].includes(period.kind))),
    )
    if (found !== undefined && found !== null) return found
  }
  return null
}

/** Whether a period of a coarser kind may hold a finer one. What says no year may be of any. */
export function mayHold(coarse: Period, fine: Period): boolean {
  const [one, other] = [spanOf(coarse), spanOf(fine)]
  if (one.year !== '' && other.year !== '' && one.year !== other.year) return false
  return one.from <= other.to && other.from <= one.to
}

/** The year of a period, '' if it says none, and its months. */
function spanOf({ kind, key }: Period): { year: string; from: number; to: number } {
  const year = /^\d{4}/.exec(key)?.[0] ?? ''
  const number = Number(/-[QSW]?(\d+)/.exec(key)?.[1] ?? NaN)
  if (kind === 'month' || kind === 'day') return { year, from: number, to: number }
  if (kind === 'quarter') return { year, from: 3 * number - 2, to: 3 * number }
  if (kind === 'half') return { year, from: 6 * number - 5, to: 6 * number }
  // A week may lie in two months, and its year may begin up to three days off.
  if (kind === 'week') return { year, from: Math.ceil((7 * number - 9) / 31), to: Math.ceil((7 * number + 6) / 28) }
  return { year, from: 1, to: 12 }
}

function plain(cell: string): string {
  return cell
    .slice(0, 300)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s.,_]+/g, ' ')
    .trim()
}

function byDigits(text: string): Period | null {
  const bare = text.replace(/ ?[-/–] ?/g, '-').replace(/^fy ?/, '')
  const year = /^((?:19|20)\d\d)(?: 0)?$/.exec(bare)?.[1]
  if (year !== undefined) return { kind: 'year', key: year }
  const day = /^((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:[ t][\d:. z+-]*)?$/.exec(bare)
  if (day !== null) return ofDay(day[1] ?? '', day[2] ?? '', day[3] ?? '')
  const forward = /^((?:19|20)\d\d)[- ]?(0?[1-9]|1[0-2])$/.exec(bare)
  if (forward !== null) return ofMonth(Number(forward[2]), forward[1] ?? '')
  const back = /^(0?[1-9]|1[0-2])[- ]((?:19|20)\d\d)$/.exec(bare)
  if (back !== null) return ofMonth(Number(back[1]), back[2] ?? '')
  const part =
    /^((?:19|20)\d\d)[- ]?(q|t|s|w|quarter|trimestre|semestre|semester|week|semaine)[- ]?(\d{1,2})$/.exec(bare) ??
    swapped(
      /^(q|t|s|w|quarter|trimestre|semestre|semester|week|semaine|semana)[- ]?(\d{1,2})[- ]((?:19|20)\d\d)$/.exec(bare),
    )
  if (part === null) return null
  const [, of = '', sign = '', digits = ''] = part
  const number = Number(digits)
  if (/^(?:w|sema)/.test(sign)) return inRange(number, 53, { kind: 'week', key: `${of}-W${digits.padStart(2, '0')}` })
  if (sign.startsWith('s')) return inRange(number, 2, { kind: 'half', key: `${of}-S${String(number)}` })
  return inRange(number, 4, { kind: 'quarter', key: `${of}-Q${String(number)}` })
}

function inRange(number: number, most: number, period: Period): Period | null {
  return number >= 1 && number <= most ? period : null
}

function swapped(found: RegExpExecArray | null): readonly string[] | null {
  return found === null ? null : [found[0], found[3] ?? '', found[1] ?? '', found[2] ?? '']
}

function ofDay(year: string, month: string, day: string): Period {
  return day === '01'
    ? { kind: 'month', key: `${year}-${month}`, isFirstDay: true }
    : { kind: 'day', key: `${year}-${month}-${day}` }
}

function ofMonth(number: number, year: string): Period {
  return { kind: 'month', key: `${year}-${String(number).padStart(2, '0')}` }
}

/** A column of years gives the numbers of months their year. */
export function withYear(period: Period, year: string): Period {
  return period.kind === 'month' && period.key.startsWith('-') && YEAR.test(year)
    ? { kind: 'month', key: `${year}${period.key}` }
    : period
}
