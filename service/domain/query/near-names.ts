import { listedNames, say, type Said } from '../said.ts'
import { bareName } from '../files/column-names.ts'
import { characterCounts, nameSimilarity, similarityBound } from '../dataset/name-similarity.ts'

const ALIKE = 0.6
const MOST = 5
const LONGEST = 60
/** The names that can be most alike, by the letters that they share, are compared letter by letter. */
const MOST_COMPARED = 300

/** Says which of these names are most like the written one; if none is, what there is. */
export function nearNames(written: string, names: readonly string[]): Said {
  const wanted = bareName(written.slice(0, LONGEST))
  const counts = characterCounts(wanted)
  const near = names
    .map((name) => ({ name, bare: bareName(name.slice(0, LONGEST)) }))
    .map(({ name, bare }) => ({ name, bare, most: mostLikeness(wanted, counts, bare) }))
    .filter(({ most }) => most >= ALIKE)
    .sort((one, other) => other.most - one.most)
    .slice(0, MOST_COMPARED)
    .map(({ name, bare }) => ({ name, ratio: likeness(wanted, bare) }))
    .filter(({ ratio }) => ratio >= ALIKE)
    .sort((one, other) => other.ratio - one.ratio)
    .slice(0, MOST)
    .map(({ name }) => name)
  if (near.length > 0) return say(near.length === 1 ? 'nearest-is' : 'nearest-are', listedNames(near))
  return names.length === 0 ? say('there-is-none', {}) : say('there-are', listedNames(names, 50))
}

/** 0 to 1. A name that holds the other one is like it. */
function likeness(wanted: string, name: string): number {
  return isPart(wanted, name) ? 1 : nameSimilarity(wanted, name)
}

/** An upper bound of the likeness. */
function mostLikeness(wanted: string, counts: ReadonlyMap<string, number>, name: string): number {
  if (isPart(wanted, name)) return 1
  return similarityBound(counts, characterCounts(name), [...wanted].length + [...name].length)
}

function isPart(wanted: string, name: string): boolean {
  return wanted.length > 2 && (name.includes(wanted) || (name.length > 2 && wanted.includes(name)))
}
