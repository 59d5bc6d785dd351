/** What the reading of a file had to leave out, rename, assume or mark. Nothing is done to data without one of these. */
export type FindingKind =
  | 'row-dropped'
  | 'column-dropped'
  | 'column-refused'
  | 'column-renamed'
  | 'duplicate-ward'
  | 'missing-values'
  | 'crs-assumed'
  | 'crs-transformed'
  | 'encoding-assumed'
  | 'text-broken'
  | 'geometry-dropped'
  | 'entry-ignored'
  | 'key-assumed'
  | 'join-skipped'
  | 'spelling-differs'
  | 'match-accepted'
  | 'match-refused'
  | 'ward-unmatched'
  | 'boundary-unmatched'
  | 'default-used'

/**
 * One such thing, worded for the person who owns the data. `count` is how many cells, rows or wards it concerns;
 * `examples` names the first few of them.
 */
export interface Finding {
  readonly kind: FindingKind
  readonly detail: string
  readonly count: number
  readonly examples?: readonly string[]
}
