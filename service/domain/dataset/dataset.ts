import type { Boundaries } from '../files/boundaries.ts'
import type { Finding } from '../files/finding.ts'
import type { WardTable } from '../files/ward-table.ts'

/**
 * How a ward found its boundary: by code; by name, spelled the same in both files; by the normal form of its name where
 * they spell it differently, with the same signs; or because a person accepted a suggestion.
 */
export type MatchRule = 'none' | 'code' | 'name' | 'name-form' | 'accepted'

/** A boundary that resembles an unmatched ward's name. Shown, and joined only when it is accepted. `ratio` is Ratcliff–Obershelp, 0.8 to 1. */
export interface Suggestion {
  /** The boundary's name as its file spells it. */
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

/** What the owner of the data decided: pairs that belong together though no rule joins them, and pairs that do not. */
export interface SettledMatches {
  readonly accepted: readonly Pair[]
  readonly refused: readonly Pair[]
}

/** A ward of the table that has no boundary, why, and what it might be. */
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
  readonly suggestions: readonly Suggestion[]
}

/** The ward table joined to its boundaries; without boundaries every ward is unmatched and none is listed. */
export interface Dataset {
  readonly table: WardTable
  readonly boundaries: Boundaries | null
  /** For each row its feature, or -1. */
  readonly featureOfRow: Int32Array
  /** For each row the rule that joined it. */
  readonly matchedBy: readonly MatchRule[]
  readonly settled: SettledMatches
  readonly unmatched: readonly UnmatchedWard[]
  /** Features that no row was joined to. */
  readonly unusedFeatures: readonly number[]
  readonly findings: readonly Finding[]
}
