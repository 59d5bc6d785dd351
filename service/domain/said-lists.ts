import { listedNames, say, type Said, type SaidValue } from './said.ts'

/** Any of these names in a text: `a, b or c`. */
export function eitherOf(names: readonly string[]): string | Said {
  return names.length < 2 ? names.join('') : say('any-of', { others: names.slice(0, -1), last: names.at(-1) ?? '' })
}

/** Names in a text, quoted, as `listedNames` has them; `none` where there are none. */
export function listedOr(
  names: readonly string[],
  most: number,
  none: Said,
): { readonly names: SaidValue; readonly more: SaidValue } {
  return names.length === 0 ? { names: none, more: '' } : listedNames(names, most)
}
