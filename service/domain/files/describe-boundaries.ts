import type { Bbox, Boundaries } from './boundaries.ts'
import type { Finding } from './finding.ts'

/** What was found in a boundary file. */
export interface BoundariesDescription {
  readonly features: number
  readonly crs: 'EPSG:4326'
  readonly sourceCrs: string
  readonly fields: readonly string[]
  readonly bbox: Bbox
  readonly points: number
  readonly findings: readonly Finding[]
}

/** Describes a boundary file: what was found, and what had to be converted, assumed or left out. */
export function describeBoundaries(boundaries: Boundaries): BoundariesDescription {
  const { features, crs, sourceCrs, fields, bbox, coordinates, findings } = boundaries
  return { features, crs, sourceCrs, fields, bbox, points: coordinates.length / 2, findings }
}
