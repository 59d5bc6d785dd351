import type { Remembered } from '../remembered.ts'
import type { Reading } from './reading.ts'
import { isDigits, ORDINALS, pattern } from './words.ts'

const AFTER_DIGITS: ReadonlySet<string> = new Set(['st', 'nd', 'rd', 'th'])
/** Words that make an ordinal mean one of the rows and not the first of many. */
const NOT_ONE_ROW: ReadonlySet<string> = new Set([
  'wards',
  'five',
  'ten',
  'three',
  'lgas',
  'tier',
  'served',
  'time',
  'question',
])
const IT: ReadonlySet<string> = new Set(['it', 'its', 'there'])
const THAT: ReadonlySet<string> = new Set(['that', 'this', 'same'])
const THEM: ReadonlySet<string> = new Set(['they', 'them', 'their', 'both', 'these', 'those'])
/** What "it" is in these is not a ward. */
const NOT_A_WARD = pattern(
  String.raw`\b(?:make|double|triple|halve|run|rerun|do|analyse|analyze|cut|change|export|download|is it `,
  String.raw`(?:fair|possible|true|ok|correct|right|good)|does it work|what is it|how is it|map it|plot `,
  String.raw`it)\b`,
)
const MOST_NAMED = 3

/**
 * The message with `the second one`, `it`, `its` and `both` replaced by the names of the wards that were shown or
 * spoken of last; null if it has no such word, or if it is not clear whom it means.
 */
export function withNames(reading: Reading, { shown, wards }: Remembered): string | null {
  const { words, message, mentions, plain } = reading
  if (mentions.some((mention) => mention.wards.length > 0)) return null
  const replace = (from: number, to: number, name: string): string =>
    `${message.slice(0, words[from]?.start)}${name}${message.slice(words[to]?.end)}`
  const rows = rowsMeant(reading, shown.length)
  if (rows.length > 0) {
    if (rows.some(({ at }) => shown[at] === undefined)) return null
    return rows.reduceRight(
      (text, { at, from, to }) => `${text.slice(0, words[from]?.start)}${shown[at] ?? ''}${text.slice(words[to]?.end)}`,
      message,
    )
  }
  const [ward] = wards
  if (ward === undefined || NOT_A_WARD.test(plain)) return null
  const names = wards.length > 1 ? `${wards.slice(0, -1).join(', ')} and ${wards.at(-1) ?? ''}` : ward
  const at = words.findIndex(({ text }) => (wards.length === 1 ? IT.has(text) : THEM.has(text)))
  const text = words[at]?.text
  if (text === 'its' || text === 'their') {
    if (wards.length > MOST_NAMED) return null
    const rest = withoutEnd(replace(at, at, 'the'))
    return `${rest} of ${names}`
  }
  if (text === 'there') return replace(at, at, `in ${ward}`)
  if (text !== undefined && wards.length <= MOST_NAMED && at > 0) return replace(at, at, names)
  const that = words.findIndex(
    ({ text }, place) => THAT.has(text) && /^(?:ward|one|place|area)$/.test(words[place + 1]?.text ?? ''),
  )
  return that >= 0 && wards.length === 1 ? replace(that, that + 1, ward) : null
}

/** A sentence without the marks and spaces at its end. */
function withoutEnd(text: string): string {
  let end = text.length
  while (end > 0 && ' ?.!\n\t'.includes(text[end - 1] ?? 'x')) end -= 1
  return text.slice(0, end)
}

interface Row {
  readonly at: number
  readonly from: number
  readonly to: number
}

/** Which of the rows last shown a message means, in its order: `the first`, `the 2nd one`, `number 3`. */
function rowsMeant({ words }: Reading, rows: number): readonly Row[] {
  const meant: Row[] = []
  if (rows === 0) return meant
  for (const [place, word] of words.entries()) {
    const found = ordinalAt(words, place, word, rows)
    if (found === null) continue
    const next = words[found.to + 1]?.text ?? ''
    const isOne = ['one', 'ward', 'row', 'place'].includes(next)
    const before = words[place - 1]?.text ?? ''
    const isNumbered = before === 'number'
    const isCalled = before === 'the' || isNumbered
    const isAlso = meant.length > 0 && ['and', 'with', 'to', 'versus', 'vs'].includes(before)
    if (NOT_ONE_ROW.has(next) || (!isOne && !isCalled && !isAlso) || /^\d/.test(next)) continue
    if (word.text === 'last' && !isOne) continue
    meant.push({ at: found.at, from: isCalled ? place - 1 : place, to: isOne ? found.to + 1 : found.to })
  }
  return meant
}

function ordinalAt(
  words: Reading['words'],
  place: number,
  word: Reading['words'][number],
  rows: number,
): { readonly at: number; readonly to: number } | null {
  if (isDigits(word) && words[place - 1]?.text === 'number' && words[place + 1]?.gap !== '')
    return { at: Number(word.text) - 1, to: place }
  if (word.text === 'last') return { at: rows - 1, to: place }
  const ordinal = ORDINALS.findIndex((name) => name === word.text)
  if (ordinal >= 0) return { at: ordinal, to: place }
  return isDigits(word) && AFTER_DIGITS.has(words[place + 1]?.text ?? '')
    ? { at: Number(word.text) - 1, to: place + 1 }
    : null
}
