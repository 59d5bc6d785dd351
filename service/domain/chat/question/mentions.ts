import { bareName } from '../../files/column-names.ts'
import { columnMentions } from './column-mentions.ts'
import { GENERIC } from './column-words.ts'
import { namesAt } from './known-names.ts'
import type { KnownNames } from './known-names.ts'
import type { Mention } from './mention.ts'
import { VOCABULARY } from './vocabulary.ts'
import type { Word } from './words.ts'

/**
 * Finds names of wards, LGAs and columns in a message, the longest first. A name takes its words, so that no word is
 * read twice.
 */
export function mentionsOf(words: readonly Word[], message: string, known: KnownNames): readonly Mention[] {
  const found = new Map<number, Mention>()
  const taken = new Set<number>()
  const named = words.flatMap((_, from) => namesAt(words, from, known))
  for (const mention of named.sort(
    (one, other) => other.to - other.from - (one.to - one.from) || one.from - other.from,
  )) {
    const same = found.get(mention.from)
    if (same?.to === mention.to) found.set(mention.from, united(same, mention))
    if (anyTaken(taken, mention.from, mention.to)) continue
    const isOrdinaryHere =
      isOrdinary(words, message, mention.from, mention.to) && !isWholeColumn(words, message, mention, known)
    if (isOrdinaryHere) continue
    for (let place = mention.from; place <= mention.to; place += 1) taken.add(place)
    found.set(mention.from, mention)
  }
  return [...found.values(), ...columnMentions(words, known.columnsByWord, taken)].sort(
    (one, other) => one.from - other.from,
  )
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
  { columnsByName }: KnownNames,
): boolean {
  if (columns.length === 0) return false
  const written = message.slice(words[from]?.start, words[to]?.end)
  if (to > from || /[_\d]/.test(written)) return columnsByName.has(bareName(written))
  if (columns.every((name) => name.toLowerCase() !== written.toLowerCase()) || written.length < 3) return false
  const next = words[to + 1]
  return BEFORE_COLUMN.has(words[from - 1]?.text ?? '') && (next?.gap !== ' ' || AFTER_COLUMN.has(next.text))
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

function anyTaken(taken: ReadonlySet<number>, from: number, to: number): boolean {
  for (let place = from; place <= to; place += 1) if (taken.has(place)) return true
  return false
}
