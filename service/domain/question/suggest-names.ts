import { characterCounts, nameSimilarity, similarityBound } from '../name-similarity.ts'

const ALIKE = 0.6
const MOST = 4

/** The names most like what was written, at least 0.6 alike, the likest first; `form` is how a name is compared. To ask with, never to take. */
export function suggestNames(written: string, names: readonly string[], form: (name: string) => string): readonly string[] {
  const wanted = form(written.slice(0, 100))
  if (wanted.length < 3) return []
  const counts = characterCounts(wanted)
  const words = wanted.split(' ')
  return names
    .flatMap((name) => {
      const own = form(name)
      const length = wanted.length + own.length
      const hasWords = words.every((word) => ` ${own} `.includes(` ${word} `))
      if (!hasWords && ((2 * Math.min(wanted.length, own.length)) / length < ALIKE || similarityBound(counts, characterCounts(own), length) < ALIKE)) return []
      const ratio = hasWords ? 1 : nameSimilarity(wanted, own)
      return ratio >= ALIKE ? [{ name, ratio }] : []
    })
    .sort((one, other) => other.ratio - one.ratio)
    .slice(0, MOST)
    .map(({ name }) => name)
}
