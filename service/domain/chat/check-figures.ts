import { figuresOf } from './question/figures.ts'
import { isDigits, wordsOf } from './question/words.ts'
import type { Word } from './question/words.ts'

/**
 * A figure as a text writes it. `value` is NaN if it cannot be read. Then no source supports it. `unit` is the place of
 * its last digit: 0.01 for 1.25, 100,000 for 1.2 million.
 */
interface Written {
  readonly start: number
  readonly end: number
  readonly value: number
  readonly unit: number
  readonly isPercent: boolean
}

/** A figure of a source, and what is known about it. */
interface Borne {
  readonly value: number
  readonly isPercent: boolean
  /** Whether its name says that it is a share of one. A value such as 0.254 can be one without such a name. */
  readonly isShare: boolean
}

/** Words for percent. A figure after such a word, or in a field or column with one in its name, is a percentage. */
const IN_PERCENT: ReadonlySet<string> = new Set(['%', 'percent', 'percentage', 'pct', 'threshold'])
/** Words for a rate, which may be a percentage or a share of one. Below 1 it is taken as a share. */
const RATES: ReadonlySet<string> = new Set(['rate', 'positivity', 'tpr', 'urban'])
/** Rounding to a scale, as in "1.2 million", must not move a figure further than this share of it. */
const FURTHEST = 0.05
const LONGEST = 200_000
const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['k', 1e3],
  ['m', 1e6],
  ['bn', 1e9],
])

/** Where a figure stands in a text. */
export interface FigurePlace {
  readonly start: number
  readonly end: number
}

/** The figures that `inventedFigures` finds, as the text writes them, each once. */
export function checkFigures(text: string, sources: readonly string[]): readonly string[] {
  return [...new Set(inventedFigures(text, sources).map(({ start, end }) => text.slice(start, end)))]
}

/**
 * Finds the figures in a model's text that no source supports, from first to last. The sources are tool outputs and the
 * person's messages. The result is empty if every figure is supported. A figure may be rounded, grouped by thousands,
 * written in words or with a scale, or be a share written as a percentage. A percentage in the text must be a
 * percentage or a share in the source. List numbers, calendar years and a lone "one" are not figures. Digits of other
 * scripts are figures that no source supports.
 */
export function inventedFigures(text: string, sources: readonly string[]): readonly FigurePlace[] {
  const borne = sources.flatMap(valuesIn)
  const plain = ascending(borne.map(({ value }) => value))
  const inPercent = ascending(
    borne.flatMap(({ value, isPercent, isShare }) => [
      ...(isPercent ? [value] : []),
      ...(isShare || value === 0 || (value < 1 && !Number.isInteger(value)) ? [value * 100] : []),
    ]),
  )
  return writtenIn(text.slice(0, LONGEST))
    .filter((figure) => !bears(figure.isPercent ? inPercent : plain, figure))
    .sort((one, other) => one.start - other.start)
}

/**
 * Whether one of the values, in ascending order, is the figure in the text. The search is binary: texts can have
 * thousands of figures, and sources tens of thousands.
 */
function bears(values: Float64Array, { value, unit }: Written): boolean {
  const reach =
    (unit > 1 ? Math.min(unit / 2, (FURTHEST * value) / (1 - FURTHEST)) : unit / 2) + 1e-9 * Math.max(1, value)
  let [from, to] = [0, values.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((values[middle] ?? 0) < value - reach) from = middle + 1
    else to = middle
  }
  for (let at = from; at < values.length && (values[at] ?? 0) <= value + reach; at += 1)
    if (near(values[at] ?? 0, value, unit)) return true
  return false
}

function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(new Set(values)).sort()
}

/**
 * Whether `told` is `size`, or `size` rounded to its last digit. A whole number can be rounded only from one with
 * decimals, or by a scale.
 */
function near(size: number, told: number, unit: number): boolean {
  if (Math.abs(size - told) <= 1e-9 * Math.max(1, told)) return true
  if (unit === 1 && Number.isInteger(size)) return false
  if (unit > 1 && Math.abs(size - told) > FURTHEST * size) return false
  return Math.abs(size - told) <= unit / 2 + 1e-9 * Math.max(1, told)
}

/**
 * Every value in a source. In JSON, numbers are read with the names of their fields or columns, and texts are searched
 * for figures. Any other source is searched as plain text.
 */
function valuesIn(source: string): readonly Borne[] {
  const text = source.slice(0, LONGEST)
  const parsed = parsedJson(text)
  if (parsed === undefined) return textValues(text)
  const values: Borne[] = []
  // There can be thousands of cells, but only a few column names.
  const wordsOfName = new Map<string, readonly string[]>()
  const namesOf = (name: string): readonly string[] => {
    const words = wordsOfName.get(name) ?? namesIn(name)
    wordsOfName.set(name, words)
    return words
  }
  const waiting: { readonly item: unknown; readonly name: string }[] = [{ item: parsed, name: '' }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { item, name } = next
    if (typeof item === 'number') values.push(borneBy(Math.abs(item), namesOf(name)))
    else if (typeof item === 'string') values.push(...textValues(item))
    else if (Array.isArray(item)) for (const inner of item as unknown[]) waiting.push({ item: inner, name })
    else if (typeof item === 'object' && item !== null) {
      const columns: readonly unknown[] = 'columns' in item && Array.isArray(item.columns) ? item.columns : []
      for (const [key, inner] of Object.entries(item) as [string, unknown][]) {
        values.push(...textValues(key))
        if (key === 'rows' && columns.length > 0 && Array.isArray(inner)) {
          for (const row of inner as unknown[])
            (Array.isArray(row) ? (row as unknown[]) : [row]).forEach((cell, at) => {
              waiting.push({ item: cell, name: String(columns[at]) })
            })
        } else waiting.push({ item: inner, name: key })
      }
    }
  }
  return values
}

/** What a figure's name says about it, as in `urban_percentage` or `topThirdShare`. */
function borneBy(value: number, names: readonly string[]): Borne {
  return {
    value,
    isPercent: names.some((name) => IN_PERCENT.has(name) || (RATES.has(name) && value >= 1)),
    isShare: names.includes('share'),
  }
}

function namesIn(name: string): readonly string[] {
  return wordsOf(name.replace(/([a-z])([A-Z])/g, '$1 $2')).map(({ text }) => text)
}

function textValues(text: string): readonly Borne[] {
  const words = wordsOf(text)
  const borne = (value: number, from: number, isPercent: boolean): Borne => {
    const own = borneBy(value, [words[from - 1]?.text ?? ''])
    return isPercent ? { ...own, isPercent } : own
  }
  const spoken = figuresOf(words).flatMap(({ value, isPercent, from }) =>
    value === null ? [] : [borne(value, from, isPercent)],
  )
  const digits = words.flatMap((word, place) => {
    const value = isDigits(word) ? Number(word.text.replaceAll(',', '')) : NaN
    return Number.isNaN(value) ? [] : [borne(value, place, ['%', 'percent'].includes(words[place + 1]?.text ?? ''))]
  })
  return [...spoken, ...digits]
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The figures of a text, without list numbers, years, names with digits in them and a lone "one". */
function writtenIn(text: string): readonly Written[] {
  const words = wordsOf(text)
  const found: Written[] = []
  const counted = new Set<number>()
  for (const figure of figuresOf(words)) {
    const [first, last] = [words[figure.from], words[figure.to]]
    if (figure.value === null || first === undefined || last === undefined) continue
    for (let place = figure.from; place <= figure.to; place += 1) counted.add(place)
    const isWord = !isDigits(first)
    if (isWord && figure.from === figure.to && ['one', 'zero'].includes(first.text)) continue
    if (!isWord && isNoFigure(text, words, figure.from)) continue
    found.push({
      start: first.start,
      end: last.end,
      value: figure.value,
      unit: isWord ? 1 : unitOf(first, words[figure.from + 1]),
      isPercent: figure.isPercent,
    })
  }
  // What cannot be read for sure, such as a range or an ordinal, is checked digit by digit.
  words.forEach((word, place) => {
    if (!isDigits(word) || counted.has(place) || isPartOfName(words, place) || isNoFigure(text, words, place)) return
    const value = Number(word.text.replaceAll(',', ''))
    found.push({
      start: word.start,
      end: word.end,
      value,
      unit: unitOf(word, undefined),
      isPercent: ['%', 'percent'].includes(words[place + 1]?.text ?? ''),
    })
  })
  // Digits such as `١٢`, `１２` and `½`.
  for (const { 0: digits, index } of text.matchAll(/(?:(?![0-9])\p{Nd}|[¼-¾⅐-⅞])+/gu))
    found.push({ start: index, end: index + digits.length, value: NaN, unit: 1, isPercent: false })
  return found
}

function unitOf({ text }: Word, next: Word | undefined): number {
  const decimals = text.includes('.') ? text.length - text.lastIndexOf('.') - 1 : 0
  return 10 ** -decimals * (SCALES.get(next?.text ?? '') ?? 1)
}

/** Whether it is a list number at the beginning of a line, or a calendar year. */
function isNoFigure(text: string, words: readonly Word[], place: number): boolean {
  const { text: own = '', start = 0, end = 0 } = words[place] ?? {}
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  if (
    /^\d{1,3}$/.test(own) &&
    start - lineStart <= 8 &&
    /^[\s*_-]*$/.test(text.slice(lineStart, start)) &&
    /^[.)]\s/.test(text.slice(end, end + 2))
  )
    return true
  const before = words[place - 1]?.text ?? ''
  return (
    /^(?:19|20)\d\d$/.test(own) &&
    (['in', 'since', 'of', 'from', 'until', 'by', 'year', 'to', 'report', 'and', 'during'].includes(before) ||
      /[(–]$/.test(words[place]?.gap ?? '')) &&
    !/^(?:nets?|wards?|people|itns?|llins?|households?)$/.test(words[place + 1]?.text ?? '')
  )
}

/** Whether the digits are part of a name, as in `tpr_u5_new`. */
function isPartOfName(words: readonly Word[], place: number): boolean {
  const gap = words[place]?.gap
  const before = words[place - 1]
  return before !== undefined && !isDigits(before) && (gap === '' || gap === '_')
}
