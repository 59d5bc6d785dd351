import type { Mention } from './mention.ts'
import { VOCABULARY } from './vocabulary.ts'
import { foldedWord, GENERIC } from './column-words.ts'
import type { KnownNames } from './known-names.ts'
import { wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** How many columns are compared with the written words letter by letter. */
const MOST_NARROWED = 60
/** Words that mean one column of several that are about the same thing. */
const BROAD: ReadonlySet<string> = new Set(['evi', 'ndvi'])
const BETWEEN: ReadonlySet<string> = new Set(['to', 'of', 'the', 'from'])

/** Runs of words that fit the words of at least one column. */
export function columnMentions(
  words: readonly Word[],
  byWord: KnownNames['columnsByWord'],
  taken: ReadonlySet<number>,
): readonly Mention[] {
  const columnsWith = (place: number): ReadonlySet<string> | undefined =>
    taken.has(place) ? undefined : byWord.get(foldedWord(words[place]))
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
    found.push({
      from: fromTest(words, from),
      to,
      wards: [],
      lgas: [],
      columns: literal(words.slice(from, to + 1), [...candidates]),
    })
    from = to
  }
  return found
}

/** "Test" before "positivity" belongs to it, also where the column's name has no such word. */
function fromTest(words: readonly Word[], from: number): number {
  return words[from]?.text === 'positivity' && words[from - 1]?.text === 'test' ? from - 1 : from
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
  const text = foldedWord(words[from])
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
