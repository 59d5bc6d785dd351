import { nameSimilarity } from '../../dataset/name-similarity.ts'

const ALIKE = 0.6
const MOST = 4
/** The longest misspelt name that is compared letter by letter. The cost grows with the cube of the length. */
const LONGEST_WRITTEN = 60
/** How many names are compared letter by letter: those that share the most letters. */
const MOST_COMPARED = 40

/**
 * The names most like the written one, at least 0.6 alike, the most alike first. `form` gives the form in which a name
 * is compared. They are used only to ask back, and are never taken as the name that was meant.
 */
export function likestOf(
  names: readonly string[],
  form: (name: string) => string,
): (written: string) => readonly string[] {
  let forms: readonly string[] | undefined
  return (written) => {
    const wanted = form(written.slice(0, LONGEST_WRITTEN))
    if (wanted.length < 3) return []
    const shared = sharedLetters(wanted)
    const words = wanted.split(' ').map((word) => ` ${word} `)
    forms ??= names.map(form)
    return forms
      .flatMap((own, at) => {
        const length = wanted.length + own.length
        const spacedOut = ` ${own} `
        const hasWords = words.every((word) => spacedOut.includes(word))
        if (!hasWords && (2 * Math.min(wanted.length, own.length)) / length < ALIKE) return []
        const bound = hasWords ? 1 : (2 * shared(own)) / length
        return bound >= ALIKE ? [{ name: names[at] ?? '', own, hasWords, bound }] : []
      })
      .sort((one, other) => other.bound - one.bound)
      .slice(0, MOST_COMPARED)
      .map(({ name, own, hasWords }) => ({ name, ratio: hasWords ? 1 : nameSimilarity(wanted, own) }))
      .filter(({ ratio }) => ratio >= ALIKE)
      .sort((one, other) => other.ratio - one.ratio)
      .slice(0, MOST)
      .map(({ name }) => name)
  }
}

/** The most letters that a name can share with this one, in any order. Letters beyond ASCII count as shared. */
function sharedLetters(wanted: string): (name: string) => number {
  const counts = new Uint8Array(128)
  for (let at = 0; at < wanted.length; at += 1) {
    const letter = wanted.charCodeAt(at)
    if (letter < 128) counts[letter] = (counts[letter] ?? 0) + 1
  }
  const left = new Uint8Array(128)
  return (name) => {
    left.set(counts)
    let shared = 0
    for (let at = 0; at < name.length; at += 1) {
      const letter = name.charCodeAt(at)
      const count = left[letter] ?? 1
      if (count === 0) continue
      shared += 1
      if (letter < 128) left[letter] = count - 1
    }
    return shared
  }
}
