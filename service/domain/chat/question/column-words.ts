import { SAME_WORDS } from '../../files/column-kinds.ts'
import { wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** Words of column names that say nothing by themselves. */
export const GENERIC: ReadonlySet<string> = new Set([
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
/** Words with the same meaning. Names of columns and messages are compared by the second word. */
const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries(SAME_WORDS).flatMap(([word, same]) => same.map((other) => [other, word])),
)

/** The words of a column's name, each in the form in which it is compared. */
export function columnWords(name: string): readonly string[] {
  return wordsOf(name.slice(0, 200).replace(/([a-z\d])([A-Z])/g, '$1 $2')).map(({ text }) => SAME.get(text) ?? text)
}

/** A word of a message in the same form. */
export function foldedWord(word: Word | undefined): string {
  return SAME.get(word?.text ?? '') ?? word?.text ?? ''
}
