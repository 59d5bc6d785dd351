import { listed } from '../fault-list.ts'
import { bareName } from '../files/column-names.ts'
import { nameSimilarity } from '../dataset/name-similarity.ts'

const ALIKE = 0.6
const MOST = 5
const LONGEST = 60

/** Says which of these names are most like the written one; if none is, what there is. */
export function nearNames(written: string, names: readonly string[]): string {
  const wanted = bareName(written.slice(0, LONGEST))
  const near = names
    .map((name) => ({ name, ratio: likeness(wanted, bareName(name.slice(0, LONGEST))) }))
    .filter(({ ratio }) => ratio >= ALIKE)
    .sort((one, other) => other.ratio - one.ratio)
    .slice(0, MOST)
    .map(({ name }) => name)
  if (near.length > 0) return `the nearest ${near.length === 1 ? 'is' : 'are'} ${listed(near)}`
  return names.length === 0 ? 'there is none' : `there are ${listed(names, 50)}`
}

/** 0 to 1. A name that holds the other one is like it. */
function likeness(wanted: string, name: string): number {
  const isPart = wanted.length > 2 && (name.includes(wanted) || (name.length > 2 && wanted.includes(name)))
  return isPart ? 1 : nameSimilarity(wanted, name)
}
