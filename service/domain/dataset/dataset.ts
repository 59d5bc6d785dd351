import type { Boundaries } from '../files/boundaries.ts'
import type { Finding } from '../files/finding.ts'
import type { Question } from '../files/reading/question.ts'
import type { WardTable } from '../files/ward-table.ts'

/**
 * How a ward was joined to its boundary:
 * - `code`: by ward code;
 * - `name`: by name, spelled the same in both files;
 * - `name-form`: by the normal form of the name, spelled differently but with the same signs between the words;
 * - `accepted`: because a person accepted the pair.
 */
export type MatchRule = 'none' | 'code' | 'name' | 'name-form' | 'accepted'

/**
 * A boundary whose name resembles that of an unmatched ward. It is shown, and joined only when a person accepts it.
 * `ratio` is the Ratcliff–Obershelp similarity, 0.8 to 1;
 * 1 if only a code's leading zeros differ.
 */
export interface Suggestion {
  /** The boundary's name as its file spells it; with what tells it apart if it repeats and has no code. */
  readonly boundary: string
  readonly wardCode: string | null
  readonly lga: string | null
  readonly ratio: number
  /** The feature's place in the boundary file. */
  readonly feature: number
}

/** A ward and a boundary, by their places in their files. */
export interface Pair {
  readonly row: number
  readonly feature: number
}

/** What the owner of the data decided: pairs to join although no rule joins them, and pairs not to join. */
export interface SettledMatches {
  readonly accepted: readonly Pair[]
  readonly refused: readonly Pair[]
}

/** A ward of the table that has no boundary, the reason, and the boundaries it may belong to. */
export interface UnmatchedWard {
  /** The row in the ward table. */
  readonly row: number
  /** The ward's label. */
  readonly name: string
  readonly reason:
    | 'no such boundary'
    | 'a boundary of this name with other signs'
    | 'several boundaries of this code'
    | 'several boundaries of this name'
    | 'several wards of this name'
    | 'an LGA of this name in several states'
    | 'a code and a name of different boundaries'
  readonly suggestions: readonly Suggestion[]
}

/** The ward table joined to its boundaries. Without boundaries no ward is matched, and `unmatched` is empty. */
export interface Dataset {
  readonly table: WardTable
  readonly boundaries: Boundaries | null
  /** The feature of each row, or -1. */
  readonly featureOfRow: Int32Array
  /** The rule that joined each row. */
  readonly matchedBy: readonly MatchRule[]
  readonly settled: SettledMatches
  readonly unmatched: readonly UnmatchedWard[]
  /** Features that no row was joined to. */
  readonly unusedFeatures: readonly number[]
  readonly findings: readonly Finding[]
  /** What a person must settle about the join before the data are used. Answered with the ward file. */
  readonly questions: readonly Question[]
}
