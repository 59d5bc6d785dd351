/** A period that names its months. `key` is as in `Period`. */
interface NamedPeriod {
  readonly kind: 'month' | 'quarter' | 'half' | 'year' | 'other'
  readonly key: string
}

/** The names of the months in English, French, Portuguese and Spanish and their usual short forms, without accents. */
const MONTHS: readonly string[] = [
  'january|janvier|janeiro|enero|jan|janv|ene',
  'february|fevrier|fevereiro|febrero|feb|fev|fevr',
  'march|mars|marco|marzo|mar',
  'april|avril|abril|apr|avr|abr',
  'may|mai|maio|mayo',
  'june|juin|junho|junio|jun',
  'july|juillet|julho|julio|jul|juil',
  'august|aout|agosto|aug|aou|ago',
  'september|septembre|setembro|septiembre|setiembre|sep|sept|set',
  'october|octobre|outubro|octubre|oct|out',
  'november|novembre|novembro|noviembre|nov',
  'december|decembre|dezembro|diciembre|dec|dez|dic',
] as const
const NUMBER_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, at) => names.split('|').map((name) => [name, at + 1] as const)),
)
const BETWEEN: ReadonlySet<string> = new Set(['', 'to', 'a', 'au', 'ate', 'al', 'de', 'del', 'of', '–'])

/**
 * Reads a plain text that names months: `jan 2023`, `janvier 2023`, `jan to mar 2023`; null if it names none.
 * @param given the year if the text says none; '' if it is not known
 */
export function readNamedPeriod(text: string, given: string): NamedPeriod | null {
  const words = text
    .replace(/[-/–]/g, ' ')
    .replace(/(\p{L})(?=\d)/gu, '$1 ')
    .split(' ')
    .filter((word) => !BETWEEN.has(word))
  const named = words.flatMap((word) => NUMBER_OF.get(word) ?? [])
  const year = yearOf(
    words.filter((word) => !NUMBER_OF.has(word)),
    given,
  )
  const [first, last] = named
  if (year === null || first === undefined) return null
  if (last === undefined) return { kind: 'month', key: `${year}-${String(first).padStart(2, '0')}` }
  if (named.length > 2 || last <= first) return null
  const months = last - first + 1
  if (months === 3 && first % 3 === 1) return { kind: 'quarter', key: `${year}-Q${String((first + 2) / 3)}` }
  if (months === 6 && first % 6 === 1) return { kind: 'half', key: `${year}-S${first === 1 ? '1' : '2'}` }
  return months === 12 && year !== '' ? { kind: 'year', key: year } : { kind: 'other', key: text }
}

/** The year among the words that are no months: '' if there is none, null if they say something else. */
function yearOf(words: readonly string[], given: string): string | null {
  const [word, ...more] = words
  if (word === undefined) return given
  if (more.length > 0) return null
  if (/^(?:19|20)\d\d$/.test(word)) return word
  return /^'?\d\d$/.test(word) ? `20${word.slice(-2)}` : null
}
