import type { Bbox, Boundaries } from './boundaries.ts'
import { hashOfNames } from './describe-wards.ts'
import type { Finding } from './finding.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'

/** What was found in a boundary file. */
export interface BoundariesDescription {
  readonly features: number
  readonly crs: 'EPSG:4326'
  readonly sourceCrs: string
  readonly fields: readonly string[]
  readonly bbox: Bbox
  readonly points: number
  readonly findings: readonly Finding[]
  readonly reading: Reading
  readonly questions: readonly Question[]
  /** Of the names of the boundaries in their order: pairs with wards are kept by position. */
  readonly rowsHash: string
}

/** Describes a boundary file: what was found, and what had to be converted, assumed or left out. */
export function describeBoundaries(boundaries: Boundaries): BoundariesDescription {
  const { features, crs, sourceCrs, fields, bbox, coordinates, findings, reading, questions, keys } = boundaries
  const rowsHash = hashOfNames(keys.wardName ?? keys.wardCode ?? [])
  return {
    features,
    crs,
    sourceCrs,
    fields,
    bbox,
    points: coordinates.length / 2,
    findings,
    reading,
    questions,
    rowsHash,
  }
}
