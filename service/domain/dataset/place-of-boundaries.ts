import type { Boundaries, Bbox } from '../files/boundaries.ts'
import { bareName } from '../files/column-names.ts'
import { makeFinding, type Finding } from '../files/finding.ts'
import { makeQuestion, type Question } from '../files/reading/question.ts'
import { say } from '../said.ts'
import type { WardTable } from '../files/ward-table.ts'
import { liesExchanged } from './state-boxes.ts'

const QUESTION = 'place-of-boundaries:coordinates'
const LATITUDES: ReadonlySet<string> = new Set([
  'latitude',
  'lat',
  'y',
  'ycoord',
  'gpslatitude',
  'centroidlat',
  'wardlat',
])
const LONGITUDES: ReadonlySet<string> = new Set([
  'longitude',
  'long',
  'lon',
  'lng',
  'x',
  'xcoord',
  'gpslongitude',
  'centroidlon',
  'centroidlong',
  'wardlon',
  'wardlong',
])
/** So far a ward's point may lie outside its boundary, in degrees: a point on a border, or a rounded one. */
const MARGIN = 0.1
const FEWEST = 3
/** Where more than half of the points lie, the boundaries lie, too. */
const MOST = 0.5

/** Boundaries in their place, and what is said or asked about it. */
export interface PlacedBoundaries {
  readonly boundaries: Boundaries
  readonly findings: readonly Finding[]
  readonly questions: readonly Question[]
}

/**
 * Compares the place of the boundaries with the coordinates in the ward table, or without any with the states that the
 * files name. If most points lie elsewhere, or the states where the boundaries would lie with exchanged axes, it is
 * asked whether these are exchanged.
 */
export function placeBoundaries(
  table: WardTable,
  boundaries: Boundaries,
  featureOfRow: Int32Array,
  answers: Readonly<Record<string, string>>,
): PlacedBoundaries {
  const answer = answers[QUESTION]
  if (answer === 'swapped') {
    return {
      boundaries: swapped(boundaries),
      findings: [makeFinding('place-changed', say('axes-exchanged', {}), { count: boundaries.features })],
      questions: [],
    }
  }
  const points = pointsOf(table)
  const boxes = boxesOf(boundaries)
  const shareIn = (isSwapped: boolean): number =>
    points.filter(({ row, longitude, latitude }) => {
      const box = boxes[featureOfRow[row] ?? -1] ?? boundaries.bbox
      return isSwapped ? isIn(box, latitude, longitude) : isIn(box, longitude, latitude)
    }).length / points.length
  const hasPoints = points.length >= FEWEST
  if (hasPoints ? shareIn(false) > MOST : !liesExchanged(table, boundaries))
    return { boundaries, findings: [], questions: [] }
  const [, south, , north] = boundaries.bbox
  const found = say(hasPoints ? 'coordinates-elsewhere' : 'states-elsewhere', {
    from: boundaries.bbox.slice(0, 2).map(shown),
    to: boundaries.bbox.slice(2).map(shown),
  })
  if (answer === 'as-is')
    return {
      boundaries,
      findings: [makeFinding('place-changed', say('boundaries-stay', { found }), { count: boundaries.features })],
      questions: [],
    }
  const fitsSwapped = !hasPoints || shareIn(true) > MOST
  const canSwap = Math.max(Math.abs(boundaries.bbox[0]), Math.abs(boundaries.bbox[2])) <= 90
  return {
    boundaries,
    findings: [],
    questions: [
      makeQuestion({
        id: QUESTION,
        kind: 'place-of-boundaries',
        said: say(fitsSwapped ? 'place-of-boundaries-swapped' : 'place-of-boundaries', { found }),
        options: [
          { value: 'as-is', said: say('leave-place', {}) },
          ...(canSwap && Math.abs(south) <= 180 && Math.abs(north) <= 180
            ? [{ value: 'swapped', said: say('exchange-axes', {}) }]
            : []),
        ],
        affects: 'ranking',
        columns: [],
      }),
    ],
  }
}

function shown(degrees: number): string {
  return degrees.toFixed(2)
}

function isIn([west, south, east, north]: Bbox, longitude: number, latitude: number): boolean {
  return (
    longitude >= west - MARGIN && longitude <= east + MARGIN && latitude >= south - MARGIN && latitude <= north + MARGIN
  )
}

interface RowPoint {
  readonly row: number
  readonly longitude: number
  readonly latitude: number
}

/** The points of the rows, if the table has a longitude and a latitude and their values can be that. */
function pointsOf({ columns, rows }: WardTable): readonly RowPoint[] {
  const named = (names: ReadonlySet<string>): Float64Array | null =>
    columns.find(({ name, numbers }) => numbers !== null && names.has(bareName(name)))?.numbers ?? null
  const [longitudes, latitudes] = [named(LONGITUDES), named(LATITUDES)]
  if (longitudes === null || latitudes === null) return []
  const points = Array.from({ length: rows }, (_, row) => ({
    row,
    longitude: longitudes[row] ?? NaN,
    latitude: latitudes[row] ?? NaN,
  })).filter(({ longitude, latitude }) => !Number.isNaN(longitude) && !Number.isNaN(latitude))
  const areDegrees = points.every(
    ({ longitude, latitude }) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 180 && longitude !== 0,
  )
  return areDegrees ? points : []
}

/** The box of each feature. */
function boxesOf({ coordinates, ringEnds, polygonEnds, featureEnds }: Boundaries): readonly Bbox[] {
  let point = 0
  return Array.from(featureEnds, (lastPolygon): Bbox => {
    const end = ringEnds[(polygonEnds[lastPolygon - 1] ?? 0) - 1] ?? 0
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (; point < end; point += 1) {
      const [x, y] = [coordinates[point * 2] ?? 0, coordinates[point * 2 + 1] ?? 0]
      west = Math.min(west, x)
      east = Math.max(east, x)
      south = Math.min(south, y)
      north = Math.max(north, y)
    }
    return [west, south, east, north]
  })
}

function swapped(boundaries: Boundaries): Boundaries {
  const { coordinates, bbox } = boundaries
  const [west, south, east, north] = bbox
  return {
    ...boundaries,
    coordinates: coordinates.map((_, at) => coordinates[at % 2 === 0 ? at + 1 : at - 1] ?? 0),
    bbox: [south, west, north, east],
  }
}
