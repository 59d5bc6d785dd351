/** A run of letters, a written number, or a percent sign, as it stands in a message. */
export interface Word {
  /** In lower case and in Unicode's composed form, so that an accent is the same however it was typed. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** The text between the word before and this one; '' if they touch. */
  readonly gap: string
}

const AFTER_APOSTROPHE: ReadonlySet<string> = new Set(['s', 're', 've', 'll', 'd', 't', 'm'])
const ROMAN: readonly string[] = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'] as const

/** Places of an order in words, from the first. */
export const ORDINALS: readonly string[] = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
] as const

/**
 * Splits a text into words. The time grows only with its length. An ending after an apostrophe is dropped: `ward's`
 * becomes `ward`.
 */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(/[\p{L}\p{M}]+|\d+(?:[.,]\d+)*|%/gu)) {
    const gap = text.slice(end, index)
    end = index + found.length
    const lower = found.toLowerCase().normalize('NFC')
    if (words.length > 0 && (gap === "'" || gap === '’') && AFTER_APOSTROPHE.has(lower)) continue
    words.push({ text: lower, start: index, end, gap })
  }
  return words
}

/** Words that are separated by spaces or line ends, as a set. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

/** A pattern from its pieces, one after the other, where it is too long for one line. */
export function pattern(...pieces: readonly string[]): RegExp {
  return new RegExp(pieces.join(''))
}

/** Whether a word is a number written in digits. */
export function isDigits({ text }: Word): boolean {
  const first = text.charCodeAt(0)
  return first >= 48 && first <= 57
}

/** The form in which words of names are compared: the roman numerals i to ix as digits, no leading zeros. */
export function comparable(text: string): string {
  const roman = ROMAN.indexOf(text)
  return roman >= 0 ? String(roman + 1) : text
}

const SHORTEST_SWAPPED = 4
/** The longest word that the rules know is shorter. */
const LONGEST_SWAPPED = 24

/** The only known word that this one is with two neighbouring letters swapped, as `lsit` is `list`; null if none is. */
export function swappedWord(text: string, isKnown: (word: string) => boolean): string | null {
  if (text.length < SHORTEST_SWAPPED || text.length > LONGEST_SWAPPED) return null
  const found = new Set<string>()
  for (let at = 0; at + 1 < text.length; at += 1) {
    const swapped = `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`
    if (swapped !== text && isKnown(swapped)) found.add(swapped)
  }
  const [only, another] = found
  return only === undefined || another !== undefined ? null : only
}
