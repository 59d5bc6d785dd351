import type { DatasetOutline } from '../../outline.ts'
import { writtenNumbers } from '../figures.ts'
import { characterCounts, nameSimilarity, similarityBound } from '../../../dataset/name-similarity.ts'
import { VOCABULARY } from '../vocabulary.ts'
import type { Reading } from '../reading.ts'
import { isDigits, swappedWord } from '../words.ts'
import type { Word } from '../words.ts'
import { LEXICON, LONGEST_PHRASE } from './lexicon.ts'
import type { Tag } from './lexicon.ts'

/** A value of a column of text, as a message names it. */
export interface NamedValue {
  readonly column: string
  readonly value: string
  /** Whether the column has no other value, so that it holds of all wards. */
  readonly isOnly: boolean
}

/** The smallest parts of a question, each with the positions of its first and last word. */
export type Token = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'column'; readonly columns: readonly string[] }
  | { readonly kind: 'lga'; readonly lgas: readonly string[] }
  | { readonly kind: 'ward'; readonly wards: readonly string[] }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'value'; readonly values: readonly NamedValue[] }
  | { readonly kind: 'tier'; readonly tier: 'High' | 'Medium' | 'Low' }
  | { readonly kind: 'number'; readonly value: number | null; readonly isPercent: boolean; readonly isOrdinal: boolean }
  | { readonly kind: 'tag'; readonly tag: Tag }
  | { readonly kind: 'unknown' }
)

type Kind = Token['kind']
export type TokenOf<Name extends Kind> = Extract<Token, { kind: Name }>

const TIERS: ReadonlyMap<string, 'High' | 'Medium' | 'Low'> = new Map([
  ['high', 'High'],
  ['medium', 'Medium'],
  ['moderate', 'Medium'],
  ['middle', 'Medium'],
  ['low', 'Low'],
])
const SIGNS: ReadonlyMap<string, Tag> = new Map([
  ['>', '>'],
  ['<', '<'],
  ['>=', '>='],
  ['≥', '>='],
  ['=>', '>='],
  ['<=', '<='],
  ['≤', '<='],
  ['=<', '<='],
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<>', '!='],
  ['≠', '!='],
])
/** Values of text columns that are ordinary words and mean nothing by themselves. */
const NO_NAMES: ReadonlySet<string> = new Set(['yes', 'no', 'true', 'false', 'none', 'high', 'medium', 'low', 'other'])
const SHORTEST_MISSPELT = 5
const MISSPELT = 0.86
/** How many unknown words of a message are compared with the known ones. */
const MOST_CORRECTED = 20
/** The single words that are long enough to be recognised with a slip. */
const LONG_WORDS: readonly (readonly [string, Tag])[] = [...LEXICON].filter(
  ([phrase]) => phrase.length >= SHORTEST_MISSPELT && !phrase.includes(' '),
)
/** Words before "by area" that make it the size of a ward: "population by area" is a figure of each ward. */
const SIZED = /^(?:wards?|largest|biggest|smallest|greatest|widest|top|bottom)$/
const SHORTEST_VALUE = 3
const LONGEST_VALUE = 4

/** Splits a message into tokens, the longest phrases first. Names from the data and numbers come before phrases. */
export function tokensOf(reading: Reading, dataset: DatasetOutline): readonly Token[] {
  const { words, mentions } = reading
  const begins = new Map(mentions.map((mention) => [mention.from, mention]))
  const numbers = new Map(writtenNumbers(words).map((number) => [number.from, number]))
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  const values = valuesByPhrase(dataset)
  const states = new Map((dataset.states ?? []).map((state) => [state.toLowerCase(), state]))
  const tokens: Token[] = []
  let place = 0
  while (place < words.length) {
    const sign = signBefore(words[place])
    if (sign !== null) tokens.push({ kind: 'tag', tag: sign, from: place, to: place - 1 })
    const mention = begins.get(place)
    const number = numbers.get(place)
    const free = freeFrom(words, place, named)
    const phrase = isSize(words, place, named)
      ? ({ kind: 'tag', tag: 'land', from: place, to: place } as const)
      : (phraseAt(words, place, free) ?? misspelt(words, place, reading))
    const value = valueAt(words, place, free, values)
    const state = stateAt(words, place, free, states)
    let token: Token
    if (mention !== undefined && isAmongValues(words, mention, values, named)) {
      token = { kind: 'value', values: values.get(words[place]?.text ?? '') ?? [], from: place, to: place }
    } else if (mention !== undefined) {
      const { from, to, wards, lgas, columns } = mention
      token =
        lgas.length > 0 && (wards.length === 0 || isLga(words, mention) || isListed(tokens, words[to + 1]))
          ? { kind: 'lga', lgas, from, to }
          : wards.length > 0
            ? { kind: 'ward', wards, from, to }
            : { kind: 'column', columns, from, to }
    } else if (value !== null && value.to >= (phrase?.to ?? place)) token = value
    else if (state !== null) token = state
    else if (number !== undefined && !(phrase !== null && phrase.to > number.to)) {
      token = { kind: 'number', ...number }
    } else if (phrase !== null) token = phrase
    else token = { kind: 'unknown', from: place, to: place }
    tokens.push(token)
    place = token.to + 1
  }
  return tokens
}

/**
 * Whether "area" is the size of wards that are named before it, and not another word for a ward: `the largest wards by
 * area`, `the area of Edekomo`.
 */
function isSize(words: readonly Word[], place: number, named: ReadonlySet<number>): boolean {
  if (words[place]?.text !== 'area' || named.has(place)) return false
  const [before, after] = [words[place - 1]?.text, words[place + 1]?.text]
  const isOrder = before === 'by' && words.slice(0, place).some(({ text }) => SIZED.test(text))
  if (isOrder || after !== 'of' || !named.has(place + 2)) return isOrder
  return place === 0 || (before === 'the' && (place === 1 || isAskedWhat(words, place - 1)))
}

/** Whether a question begins with what it asks for: `what is the`. */
function isAskedWhat(words: readonly Word[], place: number): boolean {
  return place >= 1 && /^(?:is|give|show|tell|me)$/.test(words[place - 1]?.text ?? '')
}

/** How many words from here are in no name. */
function freeFrom(words: readonly Word[], place: number, named: ReadonlySet<number>): number {
  let count = 0
  while (count < LONGEST_PHRASE && place + count < words.length && !named.has(place + count)) count += 1
  return count
}

function phraseAt(words: readonly Word[], place: number, free: number): TokenOf<'tag'> | TokenOf<'tier'> | null {
  for (let length = free; length >= 1; length -= 1) {
    const to = place + length - 1
    if (hasBreak(words, place, to)) continue
    const text = words
      .slice(place, to + 1)
      .map((word) => word.text)
      .join(' ')
    const tag = LEXICON.get(text)
    // "And below average" is "and" before a longer phrase, and "the least populated" is "the" before one.
    if (length > 1 && /^(?:and|or|the) /.test(text)) {
      const rest = phraseAt(words, place + 1, free - 1)
      if (rest !== null && rest.to > to) continue
    }
    // "Rural and above 100" joins two conditions, "30 and above" does not.
    if (tag !== undefined && /^(?:and|or) (?:above|over|below|under)$/.test(text) && joins(words, place, to)) continue
    if (tag !== undefined) return { kind: 'tag', tag, from: place, to }
    const tier = TIERS.get(text)
    if (tier !== undefined) return { kind: 'tier', tier, from: place, to }
  }
  return null
}

/** Whether a number follows these words and none stands before them. */
function joins(words: readonly Word[], from: number, to: number): boolean {
  const [before, after] = [words[from - 1], words[to + 1]]
  const isNumber = before !== undefined && (isDigits(before) || before.text === '%' || before.text === 'percent')
  return after !== undefined && isDigits(after) && !isNumber
}

/**
 * What a misspelt word stands for, by the known word most like it, at least 0.86 alike. Names and numbers are never
 * corrected. A word that is most like the name of a place or column is left for the question which one is meant.
 */
function misspelt(
  words: readonly Word[],
  place: number,
  { unknown }: Reading,
): TokenOf<'tag'> | TokenOf<'tier'> | null {
  const text = words[place]?.text ?? ''
  // The reading has corrected the word by the whole vocabulary, or it is in no list at all.
  if (VOCABULARY.has(text) || unknown.indexOf(place) >= MOST_CORRECTED) return null
  const swapped = swappedWord(text, (word) => LEXICON.has(word) || TIERS.has(word))
  const tier = TIERS.get(swapped ?? '')
  const meant = LEXICON.get(swapped ?? '')
  if (meant !== undefined) return { kind: 'tag', tag: meant, from: place, to: place }
  if (tier !== undefined) return { kind: 'tier', tier, from: place, to: place }
  if (text.length < SHORTEST_MISSPELT) return null
  const counts = characterCounts(text)
  let best: { tag: Tag; ratio: number } | null = null
  for (const [word, tag] of LONG_WORDS) {
    // "Border" is not a slip of "order": the first letter is rarely wrong.
    if (!word.startsWith(text.charAt(0))) continue
    const length = text.length + word.length
    if ((2 * Math.min(text.length, word.length)) / length < MISSPELT) continue
    if (similarityBound(counts, characterCounts(word), length) < MISSPELT) continue
    const ratio = nameSimilarity(text, word)
    if (ratio >= MISSPELT && ratio > (best?.ratio ?? 0)) best = { tag, ratio }
  }
  return best === null ? null : { kind: 'tag', tag: best.tag, from: place, to: place }
}

/** Whether a phrase would run over the end of a clause or over a sign. */
function hasBreak(words: readonly Word[], from: number, to: number): boolean {
  for (let place = from + 1; place <= to; place += 1) if (/[,;.:!?\n<>=]/.test(words[place]?.gap ?? '')) return true
  return false
}

function signBefore(word: Word | undefined): Tag | null {
  const sign = /[<>=≥≤≠!]{1,2}/.exec(word?.gap ?? '')?.[0]
  return sign === undefined ? null : (SIGNS.get(sign) ?? null)
}

function valuesByPhrase({ columns }: DatasetOutline): ReadonlyMap<string, readonly NamedValue[]> {
  const found = new Map<string, NamedValue[]>()
  for (const { name, values = [] } of columns)
    for (const value of values) {
      const phrase = value
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\d]+/gu, ' ')
        .trim()
      if (phrase.length < SHORTEST_VALUE || NO_NAMES.has(phrase) || /^\d/.test(phrase)) continue
      const same = found.get(phrase) ?? []
      same.push({ column: name, value, isOnly: values.length === 1 })
      found.set(phrase, same)
    }
  return found
}

function valueAt(
  words: readonly Word[],
  place: number,
  free: number,
  values: ReturnType<typeof valuesByPhrase>,
): TokenOf<'value'> | null {
  for (let length = Math.min(free, LONGEST_VALUE); length >= 1; length -= 1) {
    const to = place + length - 1
    const text = words
      .slice(place, to + 1)
      .map((word) => word.text)
      .join(' ')
    const found = values.get(text)
    if (found !== undefined && (!LEXICON.has(text) || text === 'urban' || text === 'rural'))
      return { kind: 'value', values: found, from: place, to }
  }
  return null
}

/** Whether a column's name is meant as a value: `Urban` in `rural, peri-urban and urban` and in `exclude urban`. */
function isAmongValues(
  words: readonly Word[],
  { from, to, wards, lgas }: Reading['mentions'][number],
  values: ReturnType<typeof valuesByPhrase>,
  named: ReadonlySet<number>,
): boolean {
  const own = values.get(words[from]?.text ?? '')
  if (from !== to || wards.length + lgas.length > 0 || own === undefined) return false
  if (/^(?:except|exclude|excluding|without|not|remove|drop|minus)$/.test(words[from - 1]?.text ?? '')) return true
  return words.some((_, place) =>
    valueAt(words, place, freeFrom(words, place, named), values)?.values.some(({ column }) =>
      own.some((value) => value.column === column),
    ),
  )
}

function stateAt(
  words: readonly Word[],
  place: number,
  free: number,
  states: ReadonlyMap<string, string>,
): TokenOf<'state'> | null {
  for (let length = Math.min(free, LONGEST_VALUE); length >= 1; length -= 1) {
    const to = place + length - 1
    const text = words
      .slice(place, to + 1)
      .map((word) => word.text)
      .join(' ')
    const state = states.get(text)
    if (state !== undefined)
      return { kind: 'state', state, from: place, to: words[to + 1]?.text === 'state' ? to + 1 : to }
  }
  return null
}

/** Whether a name follows that of an LGA, as in `in Kebura and Felunde`: then it is one too. */
function isListed(tokens: readonly Token[], next: Word | undefined): boolean {
  const [before, joint] = tokens.slice(-2)
  const isJoint = joint?.kind === 'tag' && (joint.tag === 'and' || joint.tag === 'or')
  return next?.text !== 'ward' && ((isJoint && before?.kind === 'lga') || joint?.kind === 'lga')
}

/** If an LGA and a ward share a name, it is the LGA where it says where to look. */
function isLga(words: readonly Word[], { from, to }: { readonly from: number; readonly to: number }): boolean {
  const [before, after] = [words[from - 1]?.text ?? '', words[to + 1]?.text ?? '']
  if (after === 'ward') return false
  return (
    /^(?:lgas?|local)$/.test(after) ||
    /^(?:in|of|for|under|within|across|inside|from|at|lga|dey|except|excluding|outside|not|without|minus|but)$/.test(
      before,
    )
  )
}
