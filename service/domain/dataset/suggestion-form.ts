import { normalForm } from '../files/normal-form.ts'

const SHORT_WORDS: Readonly<Record<string, string>> = {
  road: 'rd',
  street: 'st',
  saint: 'st',
  sainte: 'ste',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
} as const

/**
 * The form in which names are compared for suggestions, and never for joins: the normal form without accents and
 * apostrophes, with usual words shortened, and with `na` for a `0` beside a letter, which some exports of DHIS2 write
 * for it (`Gwa0be`).
 */
export function suggestionForm(name: string): string {
  return normalForm(name)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘`ʼ]/g, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/(?<=\p{L})0|0(?=\p{L})/gu, 'na')
    .split(' ')
    .map((word) => (Object.hasOwn(SHORT_WORDS, word) ? (SHORT_WORDS[word] ?? word) : word))
    .join(' ')
}
