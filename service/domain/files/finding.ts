import { textOf, type Said } from '../said.ts'

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

/** A name, or a text of its own. */
export type Example = string | Said

/** What a finding concerns. */
interface Concerned {
  /** The number of cells, rows or wards. */
  readonly count: number
  /** The first few of them. */
  readonly examples?: readonly Example[]
  /** The columns that it is about; left out if it concerns all that is made of the data. */
  readonly columns?: readonly string[]
}

/**
 * One finding, worded for the owner of the data. A finding that an earlier release stored has neither `said` nor
 * `examplesSaid`.
 */
export interface Finding extends Concerned {
  readonly kind: FindingKind
  /** The text in English. */
  readonly detail: string
  /** The same by its kind and its values. */
  readonly said: Said
  /** In English. */
  readonly examples?: readonly string[]
  /** The same, if some of them are texts of their own. */
  readonly examplesSaid?: readonly Example[]
}

/** A finding with its texts in English. */
export function makeFinding(kind: FindingKind, said: Said, { count, examples, columns }: Concerned): Finding {
  return {
    kind,
    detail: textOf(said),
    said,
    count,
    ...(examples !== undefined && { examples: examples.map(nameOf) }),
    ...(examples?.some((example) => typeof example !== 'string') === true && { examplesSaid: examples }),
    ...(columns !== undefined && { columns }),
  }
}

/** An example in English. */
export function nameOf(example: Example): string {
  return typeof example === 'string' ? example : textOf(example)
}
