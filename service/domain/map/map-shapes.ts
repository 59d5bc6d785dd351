import type { Bbox, Boundaries } from '../files/boundaries.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import { known } from '../files/ward-table.ts'

/** A ward's outline as GeoJSON for drawing. Longitudes and latitudes have five decimals (about a metre). */
export interface MapFeature {
  readonly type: 'Feature'
  readonly properties: {
    readonly wardCode: string | null
    /** The ward's label, as in the ranking; the boundary's own name if no ward was joined to it. */
    readonly wardName: string
    readonly matched: boolean
  }
  readonly geometry: {
    readonly type: 'MultiPolygon'
    readonly coordinates: readonly (readonly (readonly [number, number])[])[][]
  }
}

/** The outlines of all boundaries. */
export interface MapShapes {
  readonly type: 'FeatureCollection'
  readonly bbox: Bbox
  readonly features: readonly MapFeature[]
}

/** How fine the shapes are: at most `mostPoints` points, 120,000 by default. */
export interface MapOptions {
  readonly mostPoints?: number
}

type Place = readonly [number, number]

const FINEST = 1e-5
const COARSEST = 0.05
const MOST_POINTS = 120_000
const FEWEST = 8

/**
 * Makes shapes of the boundaries that are small enough to draw. Points are moved to the finest grid that leaves few
 * enough of them (a metre at best), and repeated points are dropped. A border that two wards share stays one border. A
 * ward too small for the grid keeps a few points of its own.
 * @throws Fault `no-data` when the dataset has no boundaries
 */
export function mapShapes(dataset: Dataset, options: MapOptions = {}): MapShapes {
  return { type: 'FeatureCollection', bbox: boundariesOf(dataset).bbox, features: [...shapeFeatures(dataset, options)] }
}

/**
 * Makes the shapes one by one, so that an export never holds all of them.
 * @throws Fault `no-data` when the dataset has no boundaries
 */
export function* shapeFeatures(dataset: Dataset, { mostPoints = MOST_POINTS }: MapOptions = {}): Generator<MapFeature> {
  const { table } = dataset
  const boundaries = boundariesOf(dataset)
  const rowOfFeature = new Map<number, number>()
  dataset.featureOfRow.forEach((feature, row) => rowOfFeature.set(feature, row))
  const grid = gridFor(boundaries, mostPoints)
  const { wardCode, wardName } = boundaries.keys
  for (let feature = 0; feature < boundaries.features; feature += 1) {
    const row = rowOfFeature.get(feature)
    const name = row === undefined ? (wardName?.[feature] ?? wardCode?.[feature]) : table.labels[row]
    const code = known(table.keys.wardCode?.[row ?? -1]) ?? known(wardCode?.[feature])
    yield {
      type: 'Feature',
      properties: { wardCode: code, wardName: name ?? '', matched: row !== undefined },
      geometry: { type: 'MultiPolygon', coordinates: shapeOf(boundaries, feature, grid) },
    }
  }
}

function boundariesOf({ boundaries }: Dataset): Boundaries {
  if (boundaries === null) throw new Fault('no-data', say('no-map-without-boundaries', {}))
  return boundaries
}

function gridFor(boundaries: Boundaries, mostPoints: number): number {
  let grid = FINEST
  while (grid < COARSEST && pointsOn(boundaries, grid) > mostPoints) grid *= 2
  return grid
}

function pointsOn({ coordinates, ringEnds }: Boundaries, grid: number): number {
  let count = 0
  let start = 0
  for (const end of ringEnds) {
    for (let point = start; point < end; point += 1) {
      const moved =
        point === start ||
        cell(coordinates, point * 2, grid) !== cell(coordinates, point * 2 - 2, grid) ||
        cell(coordinates, point * 2 + 1, grid) !== cell(coordinates, point * 2 - 1, grid)
      if (moved) count += 1
    }
    start = end
  }
  return count
}

function cell(coordinates: Float64Array, index: number, grid: number): number {
  return Math.round((coordinates[index] ?? 0) / grid)
}

function shapeOf(
  { coordinates, ringEnds, polygonEnds, featureEnds }: Boundaries,
  feature: number,
  grid: number,
): Place[][][] {
  const shape: Place[][][] = []
  const firstPolygon = featureEnds[feature - 1] ?? 0
  for (let polygon = firstPolygon; polygon < (featureEnds[feature] ?? 0); polygon += 1) {
    const rings: Place[][] = []
    const firstRing = polygonEnds[polygon - 1] ?? 0
    for (let ring = firstRing; ring < (polygonEnds[polygon] ?? 0); ring += 1) {
      const drawn = ringOn(coordinates, ringEnds[ring - 1] ?? 0, ringEnds[ring] ?? 0, grid)
      if (drawn.length >= 4) rings.push(drawn)
      else if (ring === firstRing) break
    }
    if (rings.length > 0) shape.push(rings)
  }
  if (shape.length > 0) return shape
  const outline = polygonEnds[firstPolygon - 1] ?? 0
  return [[fewPoints(coordinates, ringEnds[outline - 1] ?? 0, ringEnds[outline] ?? 0)]]
}

function ringOn(coordinates: Float64Array, start: number, end: number, grid: number): Place[] {
  const ring: Place[] = []
  for (let point = start; point < end; point += 1) {
    const place: Place = [
      rounded(cell(coordinates, point * 2, grid) * grid),
      rounded(cell(coordinates, point * 2 + 1, grid) * grid),
    ]
    const last = ring.at(-1)
    if (last?.[0] !== place[0] || last[1] !== place[1]) ring.push(place)
  }
  return ring
}

function fewPoints(coordinates: Float64Array, start: number, end: number): Place[] {
  const step = Math.max(1, Math.ceil((end - 1 - start) / FEWEST))
  const places: Place[] = []
  for (let point = start; point < end - 1; point += step)
    places.push([rounded(coordinates[point * 2] ?? 0), rounded(coordinates[point * 2 + 1] ?? 0)])
  const first = places[0]
  return first === undefined ? places : [...places, first]
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}
