import { isDigits } from './words.ts'
import type { Word } from './words.ts'

/**
 * A number in a message, with the positions of its first and last word. `value` is null if the number is not certain.
 */
export interface Figure {
  readonly value: number | null
  readonly isPercent: boolean
  readonly from: number
  readonly to: number
}

const SMALL: ReadonlyMap<string, number> = new Map(
  [
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
    'thirteen',
    'fourteen',
    'fifteen',
    'sixteen',
    'seventeen',
    'eighteen',
    'nineteen',
  ].map((word, value) => [word, value]),
)
const TENS: ReadonlyMap<string, number> = new Map(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, place) => [
    word,
    (place + 2) * 10,
  ]),
)
const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
])
/** Units only if they touch the number: `5 m` may be metres. */
const LETTERS: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['mil', 1e6],
  ['bn', 1e9],
  ['b', 1e9],
])
/** Amounts that do not give a number. */
const VAGUE: ReadonlySet<string> = new Set([
  'half',
  'quarter',
  'quarters',
  'third',
  'thirds',
  'double',
  'twice',
  'triple',
  'hundred',
  'hundreds',
  'thousand',
  'thousands',
  'million',
  'millions',
  'billion',
  'billions',
  'dozens',
  'lakh',
  'crore',
])
/** Words that a number may touch, as in `top5`. */
const ENDS: ReadonlySet<string> = new Set(['top', 'bottom', 'first', 'last'])
const PERCENT: ReadonlySet<string> = new Set(['%', 'percent', 'pct', 'percentage'])
/** A number beside one of these is a difference and not an amount. */
const RELATIVE: ReadonlySet<string> = new Set(['more', 'fewer', 'less', 'extra', 'additional', 'another'])
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const PLAIN = /^\d+(?:\.\d+)?$/
const GREATEST = 1e12

/**
 * Finds every number in a message: `2 million`, `1.5m`, `250,000`, `ten`, `half a million`, `50 percent`. Ranges,
 * differences, ordinals and vague amounts have no value.
 */
export function figuresOf(words: readonly Word[]): readonly Figure[] {
  const found: Figure[] = []
  for (let place = 0; place < words.length; place += 1) {
    const figure = figureAt(words, place)
    if (figure === null) continue
    found.push(figure)
    place = figure.to
  }
  return found.map((figure, at) =>
    isRange(words, found[at - 1], figure) || isRange(words, figure, found[at + 1])
      ? { ...figure, value: null }
      : figure,
  )
}

/** A number as it is written, whatever stands beside it. Vague amounts have no value. */
export interface WrittenNumber extends Figure {
  /** Whether it is written as `90th`. */
  readonly isOrdinal: boolean
}

/** Every number in a message by itself: `at least 30` is 30, `20 to 30` is 20 and 30, `-0.2` is negative. */
export function writtenNumbers(words: readonly Word[]): readonly WrittenNumber[] {
  const found: WrittenNumber[] = []
  for (let place = 0; place < words.length; place += 1) {
    const amount = amountAt(words, place)
    if (amount === null) continue
    const percent = percentAfter(words, amount.to)
    const isOrdinal = /^(?:st|nd|rd|th)$/.test(words[amount.to]?.text ?? '') && amount.to > place
    const isDecimal = /(?:^|[^\d\p{L}])\.$/u.test(words[place]?.gap ?? '')
    const written = isDecimal ? Number(`0.${words[place]?.text ?? ''}`) : amount.value
    const value = isOrdinal ? Number(words[place]?.text) : written
    found.push({
      value: value === null || value > GREATEST ? null : (isNegative(words, place) ? -1 : 1) * rounded(value),
      isPercent: percent > 0,
      isOrdinal,
      from: place,
      to: amount.to + percent,
    })
    place = amount.to + percent
  }
  return found
}

function amountAt(words: readonly Word[], place: number): Amount | null {
  return fractionAt(words, place) ?? digitsAt(words, place) ?? wordsAt(words, place) ?? vagueAt(words, place)
}

/** How many words after a number say that it is a percentage. */
function percentAfter(words: readonly Word[], to: number): number {
  const next = words[to + 1]?.text ?? ''
  return PERCENT.has(next) ? 1 : next === 'per' && words[to + 2]?.text === 'cent' ? 2 : 0
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function figureAt(words: readonly Word[], place: number): Figure | null {
  const amount = amountAt(words, place)
  if (amount === null) return null
  const { value, to } = amount
  const percent = percentAfter(words, to)
  const isKnown = value !== null && value <= GREATEST && !isRelative(words, place, to) && !isNegative(words, place)
  return {
    value: isKnown ? rounded(value) : null,
    isPercent: percent > 0,
    from: place,
    to: to + percent,
  }
}

interface Amount {
  readonly value: number | null
  readonly to: number
}

/** Reads `half a million` or `a quarter of a million`. */
function fractionAt(words: readonly Word[], place: number): Amount | null {
  let at = place
  if (text(words, at) === 'a') at += 1
  const share = text(words, at) === 'half' ? 0.5 : text(words, at) === 'quarter' ? 0.25 : null
  if (share === null) return null
  at += 1
  if (text(words, at) === 'of') at += 1
  if (text(words, at) === 'a') at += 1
  const scale = SCALES.get(text(words, at))
  return scale === undefined ? null : { value: share * scale, to: at }
}

function digitsAt(words: readonly Word[], place: number): Amount | null {
  const word = words[place]
  if (word === undefined || !isDigits(word)) return null
  const before = words[place - 1]
  if (word.gap === '' && before !== undefined && !isDigits(before) && !ENDS.has(before.text)) return null
  const isReadable = GROUPED.test(word.text) || PLAIN.test(word.text)
  const value = isReadable ? Number(word.text.replaceAll(',', '')) : null
  const next = words[place + 1]
  const isGlued = next?.gap === '' && next.text !== '%' && !isDigits(next)
  if (isGlued && !SCALES.has(next.text)) {
    const scale = LETTERS.get(next.text)
    return { value: value === null || scale === undefined ? null : value * scale, to: place + 1 }
  }
  return scaled(words, { value, to: place })
}

/**
 * Reads a number in words: a part below a thousand, then scales, each smaller than the one before, as in `one million
 * two hundred and fifty thousand`.
 */
function wordsAt(words: readonly Word[], place: number, below = Infinity): Amount | null {
  const one = text(words, place)
  const isArticle =
    (one === 'a' || one === 'an') &&
    (SCALES.has(text(words, place + 1)) || ['hundred', 'dozen'].includes(text(words, place + 1)))
  const first = isArticle ? { value: 1, to: place } : belowHundred(words, place)
  if (first === null) return null
  let { value, to } = first
  if (text(words, to + 1) === 'dozen') return { value: value * 12, to: to + 1 }
  if (text(words, to + 1) === 'hundred') {
    value *= 100
    to += 1
    const rest = belowHundred(words, text(words, to + 1) === 'and' ? to + 2 : to + 1)
    if (rest !== null) ({ value, to } = { value: value + rest.value, to: rest.to })
  }
  const amount = scaled(words, { value, to })
  if (amount.value === null || amount.to === to || amount.value >= below) return amount
  const rest = wordsAt(words, text(words, amount.to + 1) === 'and' ? amount.to + 2 : amount.to + 1, amount.value)
  return rest !== null && rest.value !== null && rest.value < amount.value
    ? { value: amount.value + rest.value, to: rest.to }
    : amount
}

function belowHundred(words: readonly Word[], place: number): { value: number; to: number } | null {
  const tens = TENS.get(text(words, place))
  if (tens === undefined) {
    const small = SMALL.get(text(words, place))
    return small === undefined ? null : { value: small, to: place }
  }
  const unit = SMALL.get(text(words, place + 1))
  return unit !== undefined && unit > 0 && unit < 10
    ? { value: tens + unit, to: place + 1 }
    : { value: tens, to: place }
}

/** Reads the scale after a number, and the half in `two and a half million`. */
function scaled(words: readonly Word[], { value, to }: Amount): Amount {
  const half = text(words, to + 1) === 'and' && text(words, to + 2) === 'a' && text(words, to + 3) === 'half' ? 3 : 0
  const next = text(words, to + half + 1)
  const scale = SCALES.get(next) ?? (next === 'hundred' ? 100 : undefined)
  if (scale === undefined) return { value, to }
  const isHundredfold = scale === 100 && SCALES.has(text(words, to + half + 2))
  const factor = isHundredfold ? 100 * (SCALES.get(text(words, to + half + 2)) ?? 1) : scale
  return {
    value: value === null ? null : (value + (half > 0 ? 0.5 : 0)) * factor,
    to: to + half + (isHundredfold ? 2 : 1),
  }
}

function vagueAt(words: readonly Word[], place: number): Amount | null {
  return VAGUE.has(text(words, place)) ? { value: null, to: place } : null
}

function isRelative(words: readonly Word[], from: number, to: number): boolean {
  const before = text(words, from - 1)
  return (
    RELATIVE.has(text(words, to + 1)) ||
    RELATIVE.has(before) ||
    before === 'by' ||
    (before === 'than' && RELATIVE.has(text(words, from - 2))) ||
    (before === 'least' && text(words, from - 2) === 'at') ||
    (before === 'most' && text(words, from - 2) === 'at')
  )
}

/** Whether a minus sign stands before the number, apart from the word before it. The hyphen in `top-10` is not one. */
function isNegative(words: readonly Word[], place: number): boolean {
  const gap = words[place]?.gap ?? ''
  const sign = gap.at(-1)
  return (sign === '-' || sign === '−') && (gap.length > 1 || place === 0)
}

function isRange(words: readonly Word[], one: Figure | undefined, other: Figure | undefined): boolean {
  if (one === undefined || other === undefined) return false
  const between = other.from - one.to
  if (between === 2) return ['to', 'or', 'until'].includes(text(words, one.to + 1))
  return between === 1 && /^\s*[-–—/~]\s*$/.test(words[other.from]?.gap ?? '')
}

function text(words: readonly Word[], place: number): string {
  return words[place]?.text ?? ''
}

/**
 * Whether a number is a year, as in `since 2019`.
 * @param isAlone whether four digits that can be a year are one without a word that says so
 */
export function isYear(words: readonly Word[], { value, from, to }: Figure, isAlone = false): boolean {
  if (value === null || from !== to || !/^(?:19|20)\d\d$/.test(words[from]?.text ?? '')) return false
  const before = words[from - 1]?.text ?? ''
  return isAlone || /^(?:in|since|during|before|after|until|year)$/.test(before)
}
