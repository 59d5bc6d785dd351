import { characterCounts, nameSimilarity, similarityBound } from '../name-similarity.ts'

const ALIKE = 0.6
const MOST = 4
/** So many are compared letter by letter: those that share the most letters. */
const MOST_COMPARED = 100

/** The names most like what was written, at least 0.6 alike, the likest first; `form` is how a name is compared. To ask with, never to take. */
export function suggestNames(written: string, names: readonly string[], form: (name: string) => string): readonly string[] {
  const wanted = form(written.slice(0, 100))
  if (wanted.length < 3) return []
  const counts = characterCounts(wanted)
  const words = wanted.split(' ').map((word) => ` ${word} `)
  return names
    .flatMap((name) => {
      const own = form(name)
      const length = wanted.length + own.length
      const spacedOut = ` ${own} `
      const hasWords = words.every((word) => spacedOut.includes(word))
      if (!hasWords && (2 * Math.min(wanted.length, own.length)) / length < ALIKE) return []
      const bound = hasWords ? 1 : similarityBound(counts, characterCounts(own), length)
      return bound >= ALIKE ? [{ name, own, hasWords, bound }] : []
    })
    .sort((one, other) => other.bound - one.bound)
    .slice(0, MOST_COMPARED)
    .map(({ name, own, hasWords }) => ({ name, ratio: hasWords ? 1 : nameSimilarity(wanted, own) }))
    .filter(({ ratio }) => ratio >= ALIKE)
    .sort((one, other) => other.ratio - one.ratio)
    .slice(0, MOST)
    .map(({ name }) => name)
}
