import type { Suggestion } from './dataset.ts'
import { bareCode } from './join-sides.ts'
import { characterCounts, nameSimilarity, similarityBound } from './name-similarity.ts'
import { suggestionForm } from './suggestion-form.ts'

const ALIKE = 0.8
const MOST_SUGGESTIONS = 3
const MOST_PAIRS = 2_000_000

/** A boundary that no ward was joined to. */
export interface FreeBoundary {
  readonly feature: number
  readonly name: string
  readonly form: string
  readonly suggestionForm: string
  readonly wardCode: string | null
  readonly lga: string | null
  /** The form in which the LGA is compared; '' if it is not known. */
  readonly area: string
  /** The same of the state. */
  readonly state: string
}

/** A ward without a boundary: its code is '' if it has none. */
export interface SoughtWard {
  readonly name: string
  readonly form: string
  readonly code: string
  readonly area: string
  readonly state: string
}

/** Finds the free boundaries whose name resembles a ward's. */
export type Suggester = (ward: SoughtWard) => readonly Suggestion[]

/**
 * Creates a search for boundaries whose similarity to a name is at least 0.8, or whose code differs in leading zeros
 * alone: at most three, the most alike first. Names are compared in normal form and in the form without accents. If
 * both files have the ward's LGA (`sharedAreas`), only its boundaries are searched. An LGA that only one file has may
 * be another spelling of an LGA that only the other has. Boundaries of other states are never suggested. Returns null
 * when there are too many pairs to compare: then the two files are of different areas, and the names are not
 * misspelled.
 */
export function createSuggester(
  free: readonly FreeBoundary[],
  wards: number,
  sharedAreas: ReadonlySet<string>,
): Suggester | null {
  if (free.length * wards > MOST_PAIRS) return null
  const candidates = free.map((boundary) => ({
    ...boundary,
    bareCode: boundary.wardCode === null ? '' : bareCode(boundary.wardCode),
    forms: [comparable(boundary.form), comparable(boundary.suggestionForm)] as const,
  }))
  return (ward) => {
    const code = bareCode(ward.code)
    const [plain, folded] = [comparable(ward.form), comparable(suggestionForm(ward.name))]
    return candidates
      .filter(({ area, state }) => {
        const isSameState = ward.state === '' || state === '' || state === ward.state
        const isSameArea =
          ward.area === '' ||
          area === '' ||
          area === ward.area ||
          !(sharedAreas.has(ward.area) || sharedAreas.has(area))
        return isSameState && isSameArea
      })
      .map((boundary) => ({
        boundary: boundary.name,
        wardCode: boundary.wardCode,
        lga: boundary.lga,
        ratio:
          code !== '' && code === boundary.bareCode
            ? 1
            : Math.max(similarity(plain, boundary.forms[0]), similarity(folded, boundary.forms[1])),
        feature: boundary.feature,
      }))
      .filter(({ ratio }) => ratio >= ALIKE)
      .sort((one, other) => other.ratio - one.ratio || one.feature - other.feature)
      .slice(0, MOST_SUGGESTIONS)
  }
}

interface Comparable {
  readonly form: string
  readonly counts: ReadonlyMap<string, number>
  readonly length: number
}

function comparable(form: string): Comparable {
  return { form, counts: characterCounts(form), length: Array.from(form).length }
}

/** The similarity of two names; 0 without a search if it cannot reach 0.8. */
function similarity(one: Comparable, other: Comparable): number {
  const length = one.length + other.length
  if (length === 0 || (2 * Math.min(one.length, other.length)) / length < ALIKE) return 0
  return similarityBound(one.counts, other.counts, length) < ALIKE ? 0 : nameSimilarity(one.form, other.form)
}
