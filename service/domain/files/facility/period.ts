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
}

/** The first three letters of months in English, French, Portuguese and Spanish, without accents. */
const MONTH_BEGINNINGS: readonly (readonly string[])[] = [
  ['jan', 'ene'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
] as const
const WHOLE_NAMES =
  /^(?:january|february|march|april|june|july|august|september|october|november|december|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|enero|febrero|marzo|mayo|junio|julio|septiembre|setiembre|octubre|noviembre|diciembre|sept|janv|fevr|avr|juil|[a-z]{3})$/
const TOTALS =
  /^(?:(?:grand |sub ?|annual |yearly |overall )?totals?(?: (?:general|generale|annuel|anual|annual|year|periods?))?|sum|somme|suma|soma|ensemble|all|all periods|average|mean|moyenne|media|promedio|cumul(?:e|ative)?|ytd|year to date)$/

/**
 * Reads the name of a period as people and DHIS2 write it: `January 2023`, `Jan-23`, `2023-01`, `202301`, `01/2023`,
 * `2023Q1`, `Jan to Mar 2023`, `2023S1`, `2023W5`, `2023`, `Total`.
 * @param year the cell of a column of years, for a month that does not say its own
 */
export function readPeriod(cell: string, year = ''): Period {
  const text = plain(cell)
  if (text === '') return /^(?:19|20)\d\d$/.test(year) ? { kind: 'year', key: year } : { kind: 'none', key: '' }
  if (TOTALS.test(text.replace(/ ?(?:19|20)\d\d$/, ''))) return { kind: 'total', key: `${text} ${year}`.trim() }
  return byDigits(text) ?? byNames(text, year) ?? { kind: 'other', key: year === '' ? text : `${year} ${text}` }
}

/** The month and year that a longer text holds, as a header of a pivot does; null if it holds none. */
export function periodWithin(text: string): Period | null {
  const words = plain(text).split(' ')
  for (let at = 0; at < words.length; at += 1) {
    const pair = readPeriod(words.slice(at, at + 2).join(' '))
    const one = readPeriod(words[at] ?? '')
    const found = [pair, one].find(({ kind, key }) => kind === 'month' && !key.startsWith('-'))
    if (found !== undefined) return found
    const isYear = one.kind === 'year' && at === words.length - 1
    if (isYear || one.kind === 'quarter') return one
  }
  return null
}

function plain(cell: string): string {
  return cell
    .slice(0, 100)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s.,_]+/g, ' ')
    .trim()
}

function byDigits(text: string): Period | null {
  const bare = text.replace(/ ?[-/] ?/g, '-').replace(/^fy ?/, '')
  const year = /^((?:19|20)\d\d)(?: 0)?$/.exec(bare)?.[1]
  if (year !== undefined) return { kind: 'year', key: year }
  const day = /^((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?: |t|$)/.exec(bare)
  if (day !== null && Number(day[3]) > 1 && !/^\d{6}$/.test(bare))
    return { kind: 'day', key: `${day[1] ?? ''}-${day[2] ?? ''}-${day[3] ?? ''}` }
  if (day !== null) return month(Number(day[2]), day[1] ?? '')
  const forward = /^((?:19|20)\d\d)[- ]?(0?[1-9]|1[0-2])$/.exec(bare)
  if (forward !== null) return month(Number(forward[2]), forward[1] ?? '')
  const back = /^(0?[1-9]|1[0-2])[- ]((?:19|20)\d\d)$/.exec(bare)
  if (back !== null) return month(Number(back[1]), back[2] ?? '')
  const part =
    /^((?:19|20)\d\d)[- ]?([qtsw])([0-5]?\d)$/.exec(bare) ??
    swapped(/^([qtsw])([0-5]?\d)[- ]?((?:19|20)\d\d)$/.exec(bare))
  if (part === null) return null
  const [, of = '', sign = '', number = ''] = part
  if (sign === 'w') return { kind: 'week', key: `${of}-W${number.padStart(2, '0')}` }
  return sign === 's' ? { kind: 'half', key: `${of}-S${number}` } : { kind: 'quarter', key: `${of}-Q${number}` }
}

function swapped(found: RegExpExecArray | null): readonly string[] | null {
  return found === null ? null : [found[0], found[3] ?? '', found[1] ?? '', found[2] ?? '']
}

function byNames(text: string, given: string): Period | null {
  const words = text
    .replace(/[-/]/g, ' ')
    .split(' ')
    .filter((word) => !['', 'to', 'a', 'au', 'de', 'of'].includes(word))
  const months = words.map(monthOf)
  const rest = words.filter((_, at) => months[at] === 0)
  const named = months.filter((number) => number > 0)
  const [first = 0, last = 0] = named
  const year = yearOf(rest, given)
  if (year === null || first === 0) return null
  if (named.length === 1) return month(first, year)
  if (named.length !== 2 || last <= first) return null
  const span = last - first + 1
  if (span === 3 && first % 3 === 1) return { kind: 'quarter', key: `${year}-Q${String((first + 2) / 3)}` }
  if (span === 6) return { kind: 'half', key: `${year}-S${first === 1 ? '1' : '2'}` }
  return span === 12 ? { kind: 'year', key: year } : { kind: 'other', key: text }
}

/** 1 to 12 if the word is a month's name, else 0. */
function monthOf(word: string): number {
  if (!WHOLE_NAMES.test(word)) return 0
  // June and July share their first letters in French.
  if (word.startsWith('juin')) return 6
  if (word.startsWith('juil')) return 7
  return MONTH_BEGINNINGS.findIndex((beginnings) => beginnings.some((beginning) => word.startsWith(beginning))) + 1
}

/** The year among the words that are no months: '' if there is none, null if they say something else. */
function yearOf(words: readonly string[], given: string): string | null {
  const [word, ...more] = words
  if (word === undefined) return given
  if (more.length > 0) return null
  if (/^(?:19|20)\d\d$/.test(word)) return word
  return /^'?\d\d$/.test(word) ? `20${word.slice(-2)}` : null
}

function month(number: number, year: string): Period {
  return { kind: 'month', key: `${year}-${String(number).padStart(2, '0')}` }
}
