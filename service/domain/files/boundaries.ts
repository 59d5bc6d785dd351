import type { BoundariesFormat } from './boundary/layer.ts'
import type { Finding } from './finding.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'

/** West, south, east, north in degrees. */
export type Bbox = readonly [number, number, number, number]

/** Text keys of the features: '' where a value is missing, null if the file has no such field. */
export interface BoundaryKeys {
  readonly wardCode: readonly string[] | null
  readonly wardName: readonly string[] | null
  readonly lga: readonly string[] | null
  readonly lgaCode: readonly string[] | null
  readonly state: readonly string[] | null
  readonly stateCode: readonly string[] | null
}

/**
 * Ward polygons in EPSG:4326, packed. A feature is a run of polygons. A polygon is a run of rings: the first is its
 * outline, the others are holes. A ring is a run of points, and its last point repeats its first.
 * Feature `f` has the polygons from `featureEnds[f - 1] ?? 0` up to, but not including, `featureEnds[f]`. Polygons and
 * rings are counted in the same way. `coordinates` holds the longitude and the latitude of each point in turn.
 */
export interface Boundaries {
  readonly format: BoundariesFormat
  readonly features: number
  /** The system of `coordinates`: always `EPSG:4326`. */
  readonly crs: 'EPSG:4326'
  /** What the file said about its coordinates, or that it said nothing. */
  readonly sourceCrs: string
  /** Attribute names in the order of the file. */
  readonly fields: readonly string[]
  readonly keys: BoundaryKeys
  readonly bbox: Bbox
  readonly coordinates: Float64Array
  /** Ends of rings, in points. */
  readonly ringEnds: Uint32Array
  /** Ends of polygons, in rings. */
  readonly polygonEnds: Uint32Array
  /** Ends of features, in polygons. */
  readonly featureEnds: Uint32Array
  readonly findings: readonly Finding[]
  readonly reading: Reading
  /** What a person must settle before the boundaries are used. */
  readonly questions: readonly Question[]
}
