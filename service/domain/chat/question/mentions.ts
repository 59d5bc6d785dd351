import { SAME_WORDS } from '../../files/column-kinds.ts'
import { bareName } from '../../files/column-names.ts'
import { areaForm, normalForm } from '../../files/normal-form.ts'
import type { Outline } from '../outline.ts'
import { VOCABULARY } from './vocabulary.ts'
import { comparable, wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** A name from the person's own data in a message: the words that it takes, and everything that has that name. */
export interface Mention {
  readonly from: number
  readonly to: number
  readonly wards: readonly string[]
  readonly lgas: readonly string[]
  /** One column if it is sure, several if the words fit several columns. */
  readonly columns: readonly string[]
}

type Dataset = NonNullable<Outline['dataset']>

const LONGEST_NAME = 16
/** How many columns are compared with the written words letter by letter. */
const MOST_NARROWED = 60
/** The longest name that a call accepts. */
const LONGEST_LABEL = 200
/** Words of column names that say nothing by themselves. */
const GENERIC: ReadonlySet<string> = new Set([
  'rate',
  'mean',
  'index',
  'new',
  'old',
  'total',
  'type',
  'quality',
  'test',
  'value',
  'score',
  'percentage',
  'percent',
  'level',
  'number',
  'count',
  'average',
  'per',
  'to',
  'of',
  'the',
  'in',
  'mm',
  'km',
  'm',
  'risk',
  'data',
  'avg',
  'max',
  'min',
  'poor',
  'name',
  'code',
  'id',
  'ward',
  'lga',
  'state',
  'val',
  'area',
  'enhanced',
  'normalized',
  'normalised',
  'and',
  'by',
  'is',
  'a',
  // Pidgin for "is".
  'na',
])
/** Words and numbers, with one space between them. */
const SPACED = /^(?:[a-z]+|\d+)(?: (?:[a-z]+|\d+))*$/
/** Words of a label that may be left out. `normalForm` and `areaForm` leave them out too. */
const UNSAID: ReadonlySet<string> = new Set(['ward', 'local', 'government', 'area', 'lga'])
/** Words that mean one column of several that are about the same thing. */
const BROAD: ReadonlySet<string> = new Set(['evi', 'ndvi'])
const BETWEEN: ReadonlySet<string> = new Set(['to', 'of', 'the', 'from'])
/** Words with the same meaning. Names of columns and messages are compared by the second word. */
const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries(SAME_WORDS).flatMap(([word, same]) => same.map((other) => [other, word])),
)

/**
 * The names of the data that some messages can mention. They are found once for all of these messages, because there
 * can be thousands of names to look for.
 */
export interface KnownNames {
  /** By the phrase that mentions them. Names of places have spaces. Names of columns are closed up after `=`. */
  readonly places: ReadonlyMap<string, Named>
  /** Columns by each word of their names. */
  readonly columnsByWord: ReadonlyMap<string, ReadonlySet<string>>
}

type Named = Pick<Mention, 'wards' | 'lgas' | 'columns'>

/** The names of places that occur in messages of these words, or in parts of them, and the names of all columns. */
export function knownNames(messages: readonly (readonly Word[])[], { wards, lgas, columns }: Dataset): KnownNames {
  const phrases = new Set(messages.flatMap(phrasesOf).map(({ phrase }) => phrase))
  const named = new Map<string, { readonly [Kind in keyof Named]: Set<string> }>()
  const add = (phrase: string, kind: keyof Named, name: string): void => {
    if (!phrases.has(phrase)) return
    const known = named.get(phrase) ?? { wards: new Set(), lgas: new Set(), columns: new Set() }
    known[kind].add(name)
    named.set(phrase, known)
  }
  const spoken = new Set(messages.flat().map(({ text }) => comparable(text)))
  for (const ward of wards)
    if (ward.length <= LONGEST_LABEL) for (const phrase of formsOf(ward, spoken, normalForm)) add(phrase, 'wards', ward)
  for (const lga of lgas)
    if (lga.length <= LONGEST_LABEL) for (const phrase of formsOf(lga, spoken, areaForm)) add(phrase, 'lgas', lga)
  const columnsByWord = new Map<string, Set<string>>()
  for (const { name, isKey } of columns) {
    if (isKey || name.length > LONGEST_LABEL) continue
    add(`=${bareName(name)}`, 'columns', name)
    for (const word of columnWords(name)) columnsByWord.set(word, (columnsByWord.get(word) ?? new Set()).add(name))
  }
  return {
    places: new Map(
      [...named].map(([phrase, known]) => [
        phrase,
        { wards: [...known.wards], lgas: [...known.lgas], columns: [...known.columns] },
      ]),
    ),
    columnsByWord,
  }
}

/**
 * Finds names of wards, LGAs and columns in a message, the longest first. A name takes its words, so that no word is
 * read twice.
 */
export function mentionsOf(
  words: readonly Word[],
  message: string,
  { places, columnsByWord }: KnownNames,
): readonly Mention[] {
  const found = new Map<number, Mention>()
  const taken = new Set<number>()
  const phrases = phrasesOf(words).flatMap(({ phrase, from, to }) => {
    const named = places.get(phrase)
    return named === undefined ? [] : [{ from, to, ...named }]
  })
  for (const mention of phrases.sort(
    (one, other) => other.to - other.from - (one.to - one.from) || one.from - other.from,
  )) {
    const same = found.get(mention.from)
    if (same?.to === mention.to) found.set(mention.from, united(same, mention))
    const isOrdinaryHere =
      isOrdinary(words, message, mention.from, mention.to) && !isWholeColumn(words, message, mention, places)
    if (anyTaken(taken, mention.from, mention.to) || isOrdinaryHere) continue
    for (let place = mention.from; place <= mention.to; place += 1) taken.add(place)
    found.set(mention.from, mention)
  }
  return [...found.values(), ...columnMentions(words, columnsByWord, taken)].sort((one, other) => one.from - other.from)
}

/** The words of a column's name, each in the form in which it is compared. */
export function columnWords(name: string): readonly string[] {
  return wordsOf(name.slice(0, 200).replace(/([a-z\d])([A-Z])/g, '$1 $2')).map(({ text }) => SAME.get(text) ?? text)
}

/** The words of a name, with spaces, in the form in which they are compared. */
export function spacedForm(name: string): string {
  const form = normalForm(name)
  // Most names already have this form, and thousands of them are compared at once.
  return SPACED.test(form) ? form : spaced(wordsOf(form))
}

function spaced(words: readonly Word[]): string {
  return words.map(({ text }) => comparable(text)).join(' ')
}

interface Phrase {
  readonly phrase: string
  readonly from: number
  readonly to: number
}

/** Every run of up to sixteen words: with spaces for names of places, and closed up after `=` for names of columns. */
function phrasesOf(words: readonly Word[]): readonly Phrase[] {
  const phrases: Phrase[] = []
  for (let from = 0; from < words.length; from += 1) {
    let spaced = ''
    let closed = '='
    for (let to = from; to < Math.min(words.length, from + LONGEST_NAME); to += 1) {
      const text = words[to]?.text ?? ''
      spaced += `${to === from ? '' : ' '}${comparable(text)}`
      closed += text
      phrases.push({ phrase: spaced, from, to }, { phrase: closed, from, to })
    }
  }
  return phrases
}

/** What a message may call a place: its whole label, or its name without code, prefix and the word "ward". */
function formsOf(label: string, spoken: ReadonlySet<string>, form: (name: string) => string): readonly string[] {
  const own = label.slice(0, LONGEST_LABEL)
  const words = wordsOf(own)
  // Both forms leave out at most the first word, the word "ward" and what is in brackets. Most of thousands of labels
  // need no closer look.
  const bracket = own.indexOf('(')
  if (
    words.some(
      ({ text, start }, place) =>
        place > 0 && !(bracket >= 0 && start > bracket) && !spoken.has(comparable(text)) && !UNSAID.has(text),
    )
  )
    return []
  return [...new Set([spaced(words), spaced(wordsOf(form(own)))])]
}

/**
 * Whether a name is only an ordinary word here. The wards "Central" and "Are" count as names only where they are
 * written as names and are not the first word.
 */
function isOrdinary(words: readonly Word[], message: string, from: number, to: number): boolean {
  for (let place = from; place <= to; place += 1) {
    const { text = '', start = 0 } = words[place] ?? {}
    if (!VOCABULARY.has(text) && !GENERIC.has(text) && !/^\d/.test(text) && text.length > 1) return false
    const first = message.charAt(start)
    if (place === from && place > 0 && first !== first.toLowerCase()) return false
  }
  return true
}

/** Words after which a column's name of one ordinary word is meant, as in `without total`. */
const BEFORE_COLUMN: ReadonlySet<string> = new Set([
  'without',
  'except',
  'excluding',
  'exclude',
  'drop',
  'dropping',
  'remove',
  'removing',
  'minus',
  'with',
  'using',
  'add',
  'only',
  'just',
  'against',
  'versus',
  'vs',
  'column',
  'variable',
  'indicator',
  'between',
  'and',
  'of',
])

/** Words that may follow such a name. Another noun may not: `total population` is no column `total`. */
const AFTER_COLUMN: ReadonlySet<string> = new Set([
  'by',
  'per',
  'for',
  'in',
  'and',
  'or',
  'over',
  'above',
  'below',
  'under',
  'between',
  'more',
  'less',
  'greater',
  'at',
  'is',
  'are',
  'against',
  'vs',
  'versus',
])

/**
 * Whether these words are the whole name of a column, although each is an ordinary word: a name of several words, such
 * as `nets_per_capita`, or a name of one, such as `total`, beside a word that asks for a column. An exact name counts
 * for more than the vocabulary.
 */
function isWholeColumn(
  words: readonly Word[],
  message: string,
  { from, to, columns }: Mention,
  places: KnownNames['places'],
): boolean {
  if (columns.length === 0) return false
  const written = message.slice(words[from]?.start, words[to]?.end)
  if (to > from || /[_\d]/.test(written)) return places.has(`=${bareName(written)}`)
  if (columns.every((name) => name.toLowerCase() !== written.toLowerCase()) || written.length < 3) return false
  const next = words[to + 1]
  return BEFORE_COLUMN.has(words[from - 1]?.text ?? '') && (next?.gap !== ' ' || AFTER_COLUMN.has(next.text))
}

/** Runs of words that fit the words of at least one column. */
function columnMentions(
  words: readonly Word[],
  byWord: KnownNames['columnsByWord'],
  taken: ReadonlySet<number>,
): readonly Mention[] {
  const columnsWith = (place: number): ReadonlySet<string> | undefined =>
    taken.has(place) ? undefined : byWord.get(folded(words[place]))
  const found: Mention[] = []
  for (let from = 0; from < words.length; from += 1) {
    let candidates = columnsWith(from)
    if (candidates === undefined || !isTelling(words, from, columnsWith)) continue
    let to = from
    for (let next = from + 1; next < words.length; next += 1) {
      const narrower = intersection(candidates, columnsWith(next))
      if (isComparison(words, next)) break
      if (narrower.size > 0 && !endsClause(words[next])) [candidates, to] = [narrower, next]
      else if (!BETWEEN.has(words[next]?.text ?? '')) break
    }
    found.push({ from, to, wards: [], lgas: [], columns: literal(words.slice(from, to + 1), [...candidates]) })
    from = to
  }
  return found
}

/**
 * Of several columns, the one that has each of the written words in its own name: `EVI` is `mean_EVI` and not
 * `mean_NDVI`, although both are vegetation. All of them if there is not exactly one.
 */
function literal(written: readonly Word[], columns: readonly string[]): readonly string[] {
  if (columns.length < 2 || columns.length > MOST_NARROWED) return columns
  if (!written.some(({ text }) => BROAD.has(text))) return columns
  const own = columns.filter((name) => {
    const parts = new Set(wordsOf(name.replace(/([a-z\d])([A-Z])/g, '$1 $2')).map(({ text }) => text))
    return written.every(({ text }) => parts.has(text) || BETWEEN.has(text))
  })
  return own.length === 1 ? own : columns
}

/** Whether "under" begins a comparison. In `under five` it is part of a name. */
function isComparison(words: readonly Word[], place: number): boolean {
  return words[place]?.text === 'under' && !/^(?:5|fives?)$/.test(words[place + 1]?.text ?? '')
}

/**
 * Whether a run has words that can mean a column. It may begin with a generic word, as in `test positivity`, but not
 * have only generic words.
 */
function isTelling(
  words: readonly Word[],
  from: number,
  columnsWith: (place: number) => ReadonlySet<string> | undefined,
): boolean {
  const text = folded(words[from])
  if (!GENERIC.has(text) && !/^\d/.test(text) && text.length > 1) return !VOCABULARY.has(words[from]?.text ?? '')
  const next = words[from + 1]
  if (
    next === undefined ||
    BETWEEN.has(text) ||
    GENERIC.has(next.text) ||
    VOCABULARY.has(next.text) ||
    next.text.length < 2
  )
    return false
  return intersection(columnsWith(from) ?? new Set(), columnsWith(from + 1)).size > 0
}

/** Joins the mentions when one phrase is both a place and a column. */
function united(one: Mention, other: Mention): Mention {
  const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])]
  return {
    from: one.from,
    to: one.to,
    wards: both(one.wards, other.wards),
    lgas: both(one.lgas, other.lgas),
    columns: both(one.columns, other.columns),
  }
}

function folded(word: Word | undefined): string {
  return SAME.get(word?.text ?? '') ?? word?.text ?? ''
}

function endsClause(word: Word | undefined): boolean {
  return /[,;.:!?\n]/.test(word?.gap ?? '')
}

/**
 * The names in both sets. It returns `one` itself if it can: thousands of columns can share a word, and a message can
 * repeat it hundreds of times.
 */
function intersection(one: ReadonlySet<string>, other: ReadonlySet<string> | undefined): ReadonlySet<string> {
  if (one === other || other === undefined) return other ?? new Set()
  const isAll = one.size <= other.size && [...one].every((name) => other.has(name))
  return isAll ? one : new Set([...one].filter((name) => other.has(name)))
}

function anyTaken(taken: ReadonlySet<number>, from: number, to: number): boolean {
  for (let place = from; place <= to; place += 1) if (taken.has(place)) return true
  return false
}
