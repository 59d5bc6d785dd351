import { characterCounts, nameSimilarity, similarityBound } from '../../dataset/name-similarity.ts'
import { SAME_WORDS } from '../../files/column-kinds.ts'
import { GENERIC } from './column-words.ts'
import type { KnownNames } from './known-names.ts'
import { mentionsOf } from './mentions.ts'
import { LEXICON } from './query/lexicon.ts'
import { VOCABULARY } from './vocabulary.ts'
import { wordSet } from './words.ts'
import type { Word } from './words.ts'

const MISSPELT = 0.86
/** "Distant" is no slip of "distance": a shorter word may be another one, and has to be more alike. */
const SHORTEST = 6
const SHORT = 6
const SHORT_MISSPELT = 0.92
/** How many words of a message, and how many words of columns, are compared. */
const MOST_WORDS = 20
const MOST_COLUMN_WORDS = 1_000

/**
 * The words of a message with slips in the names of columns put right, as `populaton` is "population" and
 * `elevations` is "elevation". A word that is in a name or that the rules know is left as it is, and so is one that is
 * as much like another word.
 */
export function spelledColumns(words: readonly Word[], message: string, known: KnownNames | null): readonly Word[] {
  if (known === null || known.columnsByWord.size > MOST_COLUMN_WORDS) return words
  const open = words.flatMap(({ text }, place) => (isOpen(text, known) ? [place] : [])).slice(0, MOST_WORDS)
  if (open.length === 0) return words
  const forms = formsOf(known)
  const named = new Set(
    mentionsOf(words, message, known).flatMap(({ from, to }) => words.slice(from, to + 1).map(({ start }) => start)),
  )
  const meant = new Map<number, string>()
  for (const place of open) {
    const word = words[place]
    const column = word === undefined || named.has(word.start) ? null : likest(word.text, forms)
    if (column !== null) meant.set(place, column)
  }
  return meant.size === 0 ? words : words.map((word, place) => ({ ...word, text: meant.get(place) ?? word.text }))
}

/** Words of requests that are declined: they are never taken for a column, whatever the columns are called. */
const NEVER = wordSet(
  'session sessions password passwords account accounts prompt prompts instruction instructions secrets',
)

function isOpen(text: string, { columnsByWord }: KnownNames): boolean {
  const isKnown = columnsByWord.has(text) || VOCABULARY.has(text) || LEXICON.has(text)
  return text.length >= SHORTEST && !NEVER.has(text) && !isKnown
}

/** The words of columns as people write them. */
function formsOf({ columnsByWord }: KnownNames): readonly string[] {
  const same = new Map<string, readonly string[]>(Object.entries(SAME_WORDS))
  return [...columnsByWord.keys()]
    .flatMap((word) => [word, ...(same.get(word) ?? [])])
    .filter((word) => word.length >= SHORTEST && !GENERIC.has(word) && !VOCABULARY.has(word))
}

/** The only form most like a word, at least 0.86 alike (0.92 if it is short) and with the same first letter; null if there is none. */
function likest(text: string, forms: readonly string[]): string | null {
  const counts = characterCounts(text)
  let best = text.length > SHORT ? MISSPELT : SHORT_MISSPELT
  let found: readonly string[] = []
  for (const form of forms) {
    const length = text.length + form.length
    if (!form.startsWith(text.charAt(0)) || (2 * Math.min(text.length, form.length)) / length < best) continue
    if (similarityBound(counts, characterCounts(form), length) < best) continue
    const ratio = nameSimilarity(text, form)
    if (ratio > best || (ratio === best && found.length === 0)) [best, found] = [ratio, [form]]
    else if (ratio === best) found = [...found, form]
  }
  const [only, another] = found
  return only === undefined || another !== undefined ? null : only
}
