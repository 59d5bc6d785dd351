import { characterCounts, nameSimilarity, similarityBound } from '../../dataset/name-similarity.ts'
import type { Outline } from '../outline.ts'
import { figuresOf } from './figures.ts'
import type { Figure } from './figures.ts'
import { knownNames, spacedForm } from './known-names.ts'
import { mentionsOf } from './mentions.ts'
import type { KnownNames } from './known-names.ts'
import type { Mention } from './mention.ts'
import { spelledColumns } from './spelled-columns.ts'
import { likestOf } from './suggest-names.ts'
import { VOCABULARY } from './vocabulary.ts'
import type { Concept } from './vocabulary.ts'
import { isDigits, swappedWord, wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** What the readings of a message, of its parts and of the message before it share. There can be thousands of names. */
export interface Names {
  /** Null until there are data. */
  readonly known: KnownNames | null
  /** The names most like a misspelt one. */
  readonly wardsLike: (written: string) => readonly string[]
  readonly lgasLike: (written: string) => readonly string[]
  /** The words of the name of the one state that all wards lie in, so that it says nothing about them. */
  readonly ofState: ReadonlySet<string>
}

/** A message with everything that the rules use. No word counts as two things. */
export interface Reading {
  readonly message: string
  readonly names: Names
  readonly words: readonly Word[]
  readonly mentions: readonly Mention[]
  readonly figures: readonly Figure[]
  /** What the words outside of names and numbers stand for, by their positions. */
  readonly concepts: ReadonlyMap<Concept, readonly number[]>
  /** The known words for which misspelt ones are taken, by their positions. */
  readonly corrected: ReadonlyMap<number, string>
  /** Positions of words that are not names, numbers or known words. */
  readonly unknown: readonly number[]
  /** The words outside of names, separated by spaces and with a space at both ends, to look for phrases in. */
  readonly plain: string
  /** The same, with the names. */
  readonly spoken: string
}

const MISSPELT = 0.86
const SHORTEST_MISSPELT = 5
/** The most words of a message that are searched for in the whole vocabulary. */
const MOST_CORRECTED = 20

/** The names in the session's data, as far as these messages and their parts need them. */
export function namesFor(messages: readonly string[], { dataset }: Outline): Names {
  const [state, another] = dataset?.states ?? []
  return {
    known: dataset && knownNames(messages.map(wordsOf), dataset),
    wardsLike: likestOf(dataset?.wards ?? [], spacedForm),
    lgasLike: likestOf(dataset?.lgas ?? [], spacedForm),
    ofState: new Set(state === undefined || another !== undefined ? [] : wordsOf(state).map(({ text }) => text)),
  }
}

/** Reads a message, with the names in the session's data. */
export function readQuestion(message: string, names: Names): Reading {
  const words = spelledColumns(wordsOf(message), message, names.known)
  const mentions = names.known === null ? [] : mentionsOf(words, message, names.known)
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  const figures = figuresOf(words).filter(({ from, to }) => !named.has(from) && !named.has(to))
  const counted = new Set(
    figures.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  )
  const concepts = new Map<Concept, number[]>()
  const unknown: number[] = []
  const corrected = new Map<number, string>()
  let searched = 0
  words.forEach((word, place) => {
    if (named.has(place) || isDigits(word) || word.text === '%') return
    let known: string | null = VOCABULARY.has(word.text) ? word.text : null
    if (known === null && counted.has(place)) return
    known ??= swappedWord(word.text, (other) => VOCABULARY.has(other))
    if (known === null && word.text.length >= SHORTEST_MISSPELT && searched < MOST_CORRECTED) {
      searched += 1
      known = nearestKnown(word.text)
    }
    if (known === null) unknown.push(place)
    else if (known !== word.text) corrected.set(place, known)
    const meanings = VOCABULARY.get(known ?? '')
    for (const meaning of meanings ?? []) concepts.set(meaning, [...(concepts.get(meaning) ?? []), place])
  })
  return {
    message,
    names,
    words,
    mentions,
    figures,
    concepts,
    corrected,
    unknown,
    plain: ` ${words.map(({ text }, place) => (named.has(place) ? '·' : text)).join(' ')} `,
    spoken: ` ${words.map(({ text }) => text).join(' ')} `,
  }
}

/** Whether a message speaks of any of these concepts. */
export function speaksOf({ concepts }: Reading, ...any: readonly Concept[]): boolean {
  return any.some((concept) => concepts.has(concept))
}

/** Whether any of these phrases occurs in the message outside of names, word by word. */
export function hasPhrase({ plain }: Reading, ...phrases: readonly string[]): boolean {
  return phrases.some((phrase) => plain.includes(` ${phrase} `))
}

/**
 * The known word that is most like a misspelt one, at least 0.86 alike. It is used for meanings only, never for names
 * or numbers.
 */
function nearestKnown(text: string): string | null {
  const counts = characterCounts(text)
  let best: { word: string; ratio: number } | null = null
  for (const [word, meanings] of VOCABULARY) {
    const length = text.length + word.length
    if (
      meanings.length === 0 ||
      !word.startsWith(text.charAt(0)) ||
      word.length < SHORTEST_MISSPELT ||
      (2 * Math.min(text.length, word.length)) / length < MISSPELT
    )
      continue
    if (similarityBound(counts, characterCounts(word), length) < MISSPELT) continue
    const ratio = nameSimilarity(text, word)
    if (ratio >= MISSPELT && ratio > (best?.ratio ?? 0)) best = { word, ratio }
  }
  return best?.word ?? null
}
