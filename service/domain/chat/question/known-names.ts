import { bareName } from '../../files/column-names.ts'
import { areaForm, normalForm } from '../../files/normal-form.ts'
import type { Outline } from '../outline.ts'
import { columnWords } from './column-words.ts'
import type { Named } from './mention.ts'
import { comparable, wordsOf } from './words.ts'
import type { Word } from './words.ts'

type Dataset = NonNullable<Outline['dataset']>

/** The most words of a name that is looked for. */
export const LONGEST_NAME = 16
/** The longest name that a call accepts. */
const LONGEST_LABEL = 200
/** Words and numbers, with one space between them. */
const SPACED = /^(?:[a-z]+|\d+)(?: (?:[a-z]+|\d+))*$/
/** Words of a label that may be left out. `normalForm` and `areaForm` leave them out too. */
const UNSAID: ReadonlySet<string> = new Set(['ward', 'local', 'government', 'area', 'lga'])

/** Names of places by their words, so that one walk along a message finds all that begin at a word. */
export interface NameTree {
  readonly next: Map<string, NameTree>
  readonly wards: Set<string>
  readonly lgas: Set<string>
}

/**
 * The names of the data that some messages can mention. They are found once for all of these messages, because there
 * can be thousands of names to look for.
 */
export interface KnownNames {
  readonly places: NameTree
  /** Columns by their whole names, closed up. */
  readonly columnsByName: ReadonlyMap<string, readonly string[]>
  /** The length of the longest of those names. */
  readonly longestColumn: number
  /** Columns by each word of their names. */
  readonly columnsByWord: ReadonlyMap<string, ReadonlySet<string>>
}

/** The names of places that can occur in messages of these words, or in parts of them, and the names of all columns. */
export function knownNames(messages: readonly (readonly Word[])[], { wards, lgas, columns }: Dataset): KnownNames {
  const spoken = new Set(messages.flat().map(({ text }) => comparable(text)))
  const places = emptyTree()
  for (const ward of wards)
    if (ward.length <= LONGEST_LABEL)
      for (const form of formsOf(ward, spoken, normalForm)) endOf(places, form, spoken)?.wards.add(ward)
  for (const lga of lgas)
    if (lga.length <= LONGEST_LABEL)
      for (const form of formsOf(lga, spoken, areaForm)) endOf(places, form, spoken)?.lgas.add(lga)
  const columnsByName = new Map<string, string[]>()
  const columnsByWord = new Map<string, Set<string>>()
  let longestColumn = 0
  for (const { name, isKey } of columns) {
    if (isKey || name.length > LONGEST_LABEL) continue
    const closed = bareName(name)
    longestColumn = Math.max(longestColumn, closed.length)
    columnsByName.set(closed, [...new Set([...(columnsByName.get(closed) ?? []), name])])
    for (const word of columnWords(name)) columnsByWord.set(word, (columnsByWord.get(word) ?? new Set()).add(name))
  }
  return { places, columnsByName, longestColumn, columnsByWord }
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

function emptyTree(): NameTree {
  return { next: new Map(), wards: new Set(), lgas: new Set() }
}

/** Where a name ends in the tree; null for a name that the messages cannot mention. */
function endOf(tree: NameTree, form: string, spoken: ReadonlySet<string>): NameTree | null {
  const words = form.split(' ')
  if (form === '' || words.length > LONGEST_NAME || words.some((word) => !spoken.has(word))) return null
  let node = tree
  for (const word of words) {
    const next = node.next.get(word) ?? emptyTree()
    node.next.set(word, next)
    node = next
  }
  return node
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

/** What begins at a word of a message and is the name of a place or the whole name of a column. */
export function namesAt(
  words: readonly Word[],
  from: number,
  { places, columnsByName, longestColumn }: KnownNames,
): readonly (Named & { readonly from: number; readonly to: number })[] {
  const found: (Named & { readonly from: number; readonly to: number })[] = []
  const last = Math.min(words.length, from + LONGEST_NAME) - 1
  let node: NameTree | undefined = places
  for (let to = from; to <= last && node !== undefined; to += 1) {
    node = node.next.get(comparable(words[to]?.text ?? ''))
    if (node !== undefined && node.wards.size + node.lgas.size > 0)
      found.push({ from, to, wards: [...node.wards], lgas: [...node.lgas], columns: [] })
  }
  let closed = ''
  for (let to = from; to <= last; to += 1) {
    closed += words[to]?.text ?? ''
    if (closed.length > longestColumn) break
    const columns = columnsByName.get(closed)
    if (columns !== undefined) found.push({ from, to, wards: [], lgas: [], columns })
  }
  return found
}
