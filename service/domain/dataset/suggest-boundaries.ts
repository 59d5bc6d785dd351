import type { Suggestion } from './dataset.ts'
import { characterCounts, nameSimilarity, similarityBound } from './name-similarity.ts'

const ALIKE = 0.8
const MOST_SUGGESTIONS = 3
const MOST_PAIRS = 2_000_000

/** A boundary that no ward was joined to. */
export interface FreeBoundary {
  readonly feature: number
  readonly name: string
  readonly form: string
  readonly wardCode: string | null
  readonly lga: string | null
  /** The form in which the LGA is compared; '' if it is not known. */
  readonly area: string
}

/** Finds the free boundaries whose name resembles a ward's. */
export type Suggester = (form: string, area: string) => readonly Suggestion[]

/**
 * Creates a search for boundaries whose similarity to a name is at least 0.8: at most three, the most alike first. If
 * both files have the ward's LGA (`sharedAreas`), only its boundaries are searched. An LGA that only one file has may
 * be another spelling of an LGA that only the other has. Returns null when there are too many pairs to compare: then
 * the two files are of different areas, and the names are not misspelled.
 */
export function createSuggester(
  free: readonly FreeBoundary[],
  wards: number,
  sharedAreas: ReadonlySet<string>,
): Suggester | null {
  if (free.length * wards > MOST_PAIRS) return null
  const candidates = free.map((boundary) => ({
    ...boundary,
    counts: characterCounts(boundary.form),
    length: Array.from(boundary.form).length,
  }))
  return (form, area) => {
    const counts = characterCounts(form)
    const length = Array.from(form).length
    return candidates
      .filter(
        (boundary) =>
          area === '' ||
          boundary.area === '' ||
          boundary.area === area ||
          !(sharedAreas.has(area) || sharedAreas.has(boundary.area)),
      )
      .filter((boundary) => (2 * Math.min(length, boundary.length)) / (length + boundary.length) >= ALIKE)
      .filter((boundary) => similarityBound(counts, boundary.counts, length + boundary.length) >= ALIKE)
      .map((boundary) => ({
        boundary: boundary.name,
        wardCode: boundary.wardCode,
        lga: boundary.lga,
        ratio: nameSimilarity(form, boundary.form),
        feature: boundary.feature,
      }))
      .filter(({ ratio }) => ratio >= ALIKE)
      .sort((one, other) => other.ratio - one.ratio || one.feature - other.feature)
      .slice(0, MOST_SUGGESTIONS)
  }
}
