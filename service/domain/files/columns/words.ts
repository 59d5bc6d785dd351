/** Words of a name by which it is a share of something and not a count: percent, per, rate. */
export const RATIO_WORDS =
  'percent percentage pct perc pourcentage share fraction frac proportion prop part ratio rate ' +
  'rates taux per par capita density densite index score extent coverage couverture'

const LONGEST_HEADER = 200

/**
 * The words of a header in lower case and without accents. `TotalPop`, `total_pop` and `Total pop.` have the same
 * words. A year that is written together with a word is a word of its own; `%` is `percent` and `#` is `number`.
 */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, LONGEST_HEADER)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll('%', ' percent ')
    .replaceAll('#', ' number ')
    .replace(/([a-z])(\d{4})(?!\d)/g, '$1 $2')
    .replace(/^distance(to|from)(?=[a-z])/, 'distance $1 ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Whether a word is in a list of words with a space between them. */
export function isListed(word: string, list: string): boolean {
  return ` ${list} `.includes(` ${word} `)
}

/** Whether each word is in one of two lists, and at least one in the first. */
export function consistsOf(words: readonly string[], needed: string, allowed: string): boolean {
  return (
    words.some((word) => isListed(word, needed)) &&
    words.every((word) => isListed(word, needed) || isListed(word, allowed))
  )
}

/** Whether a word is a year, such as 2023. */
export function isYear(word: string): boolean {
  return /^(?:19|20)\d\d$/.test(word)
}
