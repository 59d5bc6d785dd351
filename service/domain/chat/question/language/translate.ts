import type { Mention } from '../mention.ts'
import { VOCABULARY } from '../vocabulary.ts'
import { isDigits, wordsOf, wordSet } from '../words.ts'
import type { Word } from '../words.ts'
import { frenchNumber, hausaNumber } from './foreign-numbers.ts'
import type { SpokenNumber } from './foreign-numbers.ts'
import { FRENCH } from './french.ts'
import { HAUSA } from './hausa.ts'
import { PIDGIN } from './pidgin.ts'

export type Language = keyof typeof BOOKS

/** A message in the English that the rules read, and the language that it was written in. */
export interface Translation {
  readonly language: Language
  readonly message: string
}

interface Book {
  readonly phrases: ReadonlyMap<string, string>
  /** Words that tell the language. */
  readonly marks: ReadonlySet<string>
  readonly number: (words: readonly string[], at: number) => SpokenNumber | null
}

const MOST_WORDS = 5
/** Words of one language that are as common in another, or in English. */
const SHARED: ReadonlySet<string> = wordSet('non des est nous vous moi sha don fit wan net population')
const BOOKS = {
  Hausa: phraseBook(HAUSA, hausaNumber, 'sannu barka nagode da na ta ya'),
  French: phraseBook(FRENCH, frenchNumber, 'est des la les le'),
  Pidgin: phraseBook(PIDGIN, () => null, 'dey wey wetin una dem abeg sabi pikin'),
} as const satisfies Readonly<Record<string, Book>>
/** What a number follows in Hausa and stands before in English. */
const COUNTED: ReadonlySet<string> = new Set(['ward', 'wards', 'net', 'nets', 'LGA', 'LGAs', 'people'])
/** `wey dey far from water pass`: comparisons that have a name in their middle. */
const AROUND_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:wey |dey )?pass (?=\d)/i, 'over '],
  [/\b(?:dey )?far from ([\p{L}\d_ ]{1,40}?) pass\b/iu, 'have the greatest distance to $1'],
  [/\b(?:dey )?near ([\p{L}\d_ ]{1,40}?) pass\b/iu, 'have the smallest distance to $1'],
  [/\bget ([\p{L}\d_ ]{1,40}?) pass\b/iu, 'have the highest $1'],
]

function phraseBook(lines: string, number: Book['number'], also: string): Book {
  const phrases = new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const [phrase = '', english = ''] = line.split('|')
        return [phrase.trim(), english.trim()] as const
      }),
  )
  const own = [...phrases.keys()].flatMap((phrase) => phrase.split(' '))
  return {
    phrases,
    marks: new Set([
      ...own.filter((word) => word.length > 2 && !VOCABULARY.has(word) && !SHARED.has(word)),
      ...also.split(' '),
    ]),
    number,
  }
}

/**
 * Puts a message in Hausa, French or Pidgin into English, word by word with known phrases; null if it is in English.
 * Names of the data stay as they are. The time grows only with the length of the message.
 */
export function translated(message: string, mentions: readonly Mention[]): Translation | null {
  const words = wordsOf(message)
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  const plain = words.map(({ text }) => bare(text))
  const language = languageOf(plain, named)
  if (language === null) return null
  if (language === 'Pidgin') {
    const straight = AROUND_NAMES.reduce((text, [pattern, english]) => text.replace(pattern, english), message)
    if (straight !== message) return { language, message: inEnglish(wordsOf(straight), straight, new Set(), language) }
  }
  return { language, message: inEnglish(words, message, named, language) }
}

function languageOf(words: readonly string[], named: ReadonlySet<number>): Language | null {
  const own = words.filter((_, place) => !named.has(place))
  const counts = (Object.keys(BOOKS) as Language[]).map((language) => ({
    language,
    marks: own.filter((word) => BOOKS[language].marks.has(word)).length,
  }))
  const [best] = counts.sort((one, other) => other.marks - one.marks)
  if (best === undefined || best.marks === 0) return own.at(-1) === 'pass' ? 'Pidgin' : null
  if (best.language === 'Pidgin') return 'Pidgin'
  const english = own.filter((word) => VOCABULARY.has(word) && !BOOKS[best.language].marks.has(word)).length
  return best.marks >= 2 || best.marks >= english ? best.language : own.at(-1) === 'pass' ? 'Pidgin' : null
}

function inEnglish(words: readonly Word[], message: string, named: ReadonlySet<number>, language: Language): string {
  const { phrases, number } = BOOKS[language]
  const plain = words.map(({ text }) => bare(text))
  const said: Said[] = []
  for (let at = 0; at < words.length;) {
    const mark = /[,;:.!?]/.exec(words[at]?.gap ?? '')?.[0] ?? ''
    const spoken = named.has(at) ? null : number(plain, at)
    const phrase = named.has(at) || spoken !== null ? null : phraseAt(phrases, words, plain, named, at)
    const next = spoken?.next ?? phrase?.next ?? at + 1
    const own = message.slice(words[at]?.start ?? 0, words[at]?.end ?? 0)
    const text = spoken === null ? (phrase?.english ?? own) : spoken.value.toLocaleString('en')
    const last = said.at(-1)
    const before = words[at]
    // 200 000 is one number, and a sign touches what it belongs to.
    const touches = before?.gap === '' || (language === 'French' && isThousands(words, at))
    if (last !== undefined && touches && phrase === null && spoken === null)
      said[said.length - 1] = { ...last, text: `${last.text}${before?.gap === '' ? '' : ','}${own}` }
    else if (last !== undefined && isWithinName(before) && named.has(at) && named.has(at - 1))
      said[said.length - 1] = { ...last, text: `${last.text}${before?.gap ?? ' '}${own}` }
    else if (text !== '' || mark !== '')
      said.push({
        text,
        isCount: spoken !== null || (before !== undefined && isDigits(before)),
        isName: named.has(at),
        mark,
      })
    at = next
  }
  if (language === 'Hausa') putCountsFirst(said)
  const end = /[?!.]\s*$/.exec(message)?.[0].trim() ?? ''
  return `${said.map(({ text, mark }, at) => `${at === 0 ? '' : `${mark} `}${text}`).join('')}${end}`.trim()
}

interface Said {
  readonly text: string
  readonly isCount: boolean
  readonly isName: boolean
  /** The punctuation before it. */
  readonly mark: string
}

/** Hausa puts a number behind what it counts, and the name of an LGA behind the word for it. English does not. */
function putCountsFirst(said: Said[]): void {
  for (const [at, word] of said.entries()) {
    const noun = said[at - 1]
    if (noun === undefined || word.mark !== '') continue
    const isCounted = (word.isCount || word.text === 'how many') && COUNTED.has(noun.text)
    if (!isCounted && !(word.isName && noun.text === 'LGA')) continue
    said[at - 1] = { ...word, mark: noun.mark }
    said[at] = { ...noun, mark: '' }
  }
}

function phraseAt(
  phrases: ReadonlyMap<string, string>,
  words: readonly Word[],
  plain: readonly string[],
  named: ReadonlySet<number>,
  at: number,
): { readonly english: string; readonly next: number } | null {
  for (let length = Math.min(MOST_WORDS, words.length - at); length > 0; length -= 1) {
    const places = Array.from({ length }, (_, step) => at + step)
    if (places.some((place) => named.has(place) || (place > at && /[,;.!?\n]/.test(words[place]?.gap ?? '')))) continue
    const english = phrases.get(places.map((place) => plain[place] ?? '').join(' '))
    if (english !== undefined) return { english, next: at + length }
  }
  return null
}

/** Whether this is the second part of a number such as `200 000`. */
function isThousands(words: readonly Word[], at: number): boolean {
  const [one, other] = [words[at - 1], words[at]]
  return (
    one !== undefined &&
    other !== undefined &&
    /^\d{1,3}$/.test(one.text) &&
    /^\d{3}$/.test(other.text) &&
    /^[\s\u00a0\u202f]$/.test(other.gap)
  )
}

/** Whether the text before a word belongs to a name that is longer than this word. */
function isWithinName(word: Word | undefined): boolean {
  return word !== undefined && !/[,;.!?\n]/.test(word.gap)
}

/** Without accents and hooks: `Wàce` and `wace`, `ɗaya` and `daya`. */
function bare(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ɗ', 'd')
    .replaceAll('ɓ', 'b')
    .replaceAll('ƙ', 'k')
    .replaceAll('œ', 'oe')
}
