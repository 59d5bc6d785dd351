/**
 * What had to be left out, renamed, assumed or marked when a file was read. Every change to the data has a finding.
 */
export type FindingKind =
  | 'row-dropped'
  | 'column-dropped'
  | 'column-refused'
  | 'column-renamed'
  | 'duplicate-ward'
  | 'missing-values'
  /** Values that no ward can have. */
  | 'values-removed'
  | 'question-answered'
  | 'rows-combined'
  | 'crs-assumed'
  | 'crs-transformed'
  | 'encoding-assumed'
  | 'text-broken'
  | 'geometry-dropped'
  | 'geometry-united'
  | 'entry-ignored'
  | 'key-assumed'
  | 'join-skipped'
  | 'names-contradict'
  | 'place-changed'
  | 'spelling-differs'
  | 'match-accepted'
  | 'match-refused'
  | 'ward-unmatched'
  | 'boundary-unmatched'
  | 'default-used'
  | 'numbers-read'
  | 'header-joined'
  | 'cells-filled'

/**
 * One finding, worded for the owner of the data. `count` is the number of cells, rows or wards it concerns. `examples`
 * names the first few of them.
 */
export interface Finding {
  readonly kind: FindingKind
  readonly detail: string
  readonly count: number
  readonly examples?: readonly string[]
  /** The columns that it is about; left out if it concerns all that is made of the data. */
  readonly columns?: readonly string[]
}
