import { OUTLINES } from '../domain/questions.ts'
import { suggestedColumn } from './outline-columns.ts'
import type { Outline } from '../../service/domain/chat/outline.ts'

/** Messages that make much work for the rules that understand them: long, repeated, or almost like many names. */
export const LONG_MESSAGES = [
  'Which wards are most at risk?',
  'Why is Gidan Ruwaaaa 0 in the top 10?',
  'why is Gidan Ruwaaa ranked so high',
  'Compare Gidan Ruwaaaa 0 and Gidan Rwabaa 1',
  'compare Gidan Rwabaa and Gidn Ruwaa and show the wards in Gidn Rwaab',
  'rainfall in Gidn Rwab',
  'Gidan Ruwa '.repeat(200),
  `compare ${'Gidn Ruwb '.repeat(90)} and show wards in ${'Gidn Rwua '.repeat(90)}`,
  `why is ${'ab'.repeat(50)} ranked high`,
  `compare ${'aabbabab'.repeat(7)} and show the wards in ${'abbaab'.repeat(10)}`,
  `compare ${'1 2 3 4 5 6 7 8 9 '.repeat(40)} gidan`,
  `map of ${'zq rbcde '.repeat(190)}`,
  'map of rbcdf',
  `show ${'and show '.repeat(190)}`,
  `list wards with${' '.repeat(3_900)}`,
  `which wards ${'gidanand '.repeat(300)}gidan`,
  `for gidan: ${'Gidanand '.repeat(300)}`,
] as const

const letter = (at: number): string => String.fromCharCode(97 + (at % 26))
const word = (at: number): string =>
  Array.from({ length: 5 }, (_, place) => letter(Math.trunc(at / 26 ** place) + place * at)).join('')
const of = (count: number, name: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => name(at).slice(0, 200))

/** An outline of data with these names. */
export function outlineNamed(
  wards: readonly string[],
  lgas: readonly string[] = ['Bakoro'],
  columns = OUTLINES.ready.dataset!.columns,
): Outline {
  return { ...OUTLINES.ready, dataset: { ...OUTLINES.ready.dataset!, wards, lgas, columns } }
}

/** So many wards with names that are alike, and messages about them. */
export function likeNames(count: number): { readonly outline: Outline; readonly messages: readonly string[] } {
  const wards = Array.from(
    { length: count },
    (_, at) => `kn Gidan Ruwa${letter(at)}${letter(at >> 5)}${letter(at >> 10)} Ward ${String(at % 9)}`,
  )
  const second = wards.map((ward) => ward.split(' ')[2]).join(' ')
  return {
    outline: outlineNamed(wards),
    messages: [
      ...LONG_MESSAGES,
      wards.join(' ').slice(0, 2_000),
      `compare ${second.slice(0, 3_000)} 0 1 2 3 4 5 6 7 8`,
    ],
  }
}

/** Names of up to 256 KiB that make comparing dear: repeated, within one another, of few letters, of many words. */
export function hostileNames(): Readonly<Record<string, Outline>> {
  return {
    'many short names': outlineNamed(of(21_000, (at) => `w${String(at)}`)),
    'one name for all': outlineNamed(of(9_500, (at) => `gidan (${String(at)})`)),
    'one name for all, with long marks': outlineNamed(of(1_000, (at) => `Gidan (${'x '.repeat(90)}${String(at)})`)),
    'names within names': outlineNamed(of(9_500, (at) => `${'qq '.repeat(1 + (at % 8))}(${String(at)})`)),
    'long and near-alike': outlineNamed(of(1_000, (at) => `${'gidan ruwa '.repeat(17)}${word(at)}`)),
    'two letters only': outlineNamed(
      of(1_000, (at) => Array.from({ length: 200 }, (_, place) => letter((at >> (place % 10)) & 1)).join('')),
    ),
    'letters apart': outlineNamed(of(1_000, (at) => `${letter(at)} `.repeat(100))),
    accents: outlineNamed(of(600, (at) => `${'e\u0301 '.repeat(65)}${word(at)}`)),
    'many LGAs': outlineNamed(
      ['Kuka'],
      of(1_000, (at) => `${'gidan ruwa '.repeat(17)}${word(at)}`),
    ),
    'columns of the same words': outlineNamed(
      ['Kuka'],
      ['Bakoro'],
      of(2_000, (at) => `zq_rbcde_${String(at)}`).map(suggestedColumn),
    ),
    'columns of many words': outlineNamed(
      ['Kuka'],
      ['Bakoro'],
      of(1_000, (at) => Array.from({ length: 40 }, (_, place) => word((at % 37) + place)).join('_')).map(
        suggestedColumn,
      ),
    ),
  }
}
