import type { Boundaries } from '../boundaries.ts'
import { say } from '../../said.ts'
import { settledRoles } from './plan-kinds.ts'
import { withReasons } from './mark-structural.ts'
import type { WardColumn, WardTable } from '../ward-table.ts'

/** A value of a few wards can be inside their boundary by chance. */
const FEWEST = 5
const SHARE = 0.95
/** Where more of the values would fit the boundaries of other wards as well, fitting one's own shows nothing. */
const SHARE_ELSEWHERE = 0.5
/** About a kilometre: a point may lie outside a simplified boundary. */
const MARGIN = 0.01

type Box = readonly [west: number, south: number, east: number, north: number]

/**
 * Marks the columns that hold the longitude or latitude of their wards: in nearly all wards that have a boundary, the
 * value lies between the edges of the ward's own boundary and not of another's, whatever the column is called. Costs
 * one pass over the vertices.
 */
export function markCoordinates(
  table: WardTable,
  boundaries: Boundaries | null,
  featureOfRow: ArrayLike<number>,
): WardTable {
  if (boundaries === null) return table
  const boxes = boxesOf(boundaries)
  const settled = settledRoles(table.reading)
  const shareWithin = ({ numbers }: WardColumn, axis: 0 | 1, shift: number): number => {
    let inside = 0
    let compared = 0
    for (let row = 0; row < table.rows; row += 1) {
      const box = boxes[featureOfRow[(row + shift) % table.rows] ?? -1]
      const value = numbers?.[row] ?? NaN
      if (box === undefined || Number.isNaN(value)) continue
      compared += 1
      const [low, high] = axis === 0 ? [box[0], box[2]] : [box[1], box[3]]
      if (value >= low - MARGIN && value <= high + MARGIN) inside += 1
    }
    return compared < FEWEST ? 0 : inside / compared
  }
  const isWithin = (column: WardColumn, axis: 0 | 1): boolean =>
    shareWithin(column, axis, 0) >= SHARE && shareWithin(column, axis, Math.floor(table.rows / 2)) < SHARE_ELSEWHERE
  return withReasons(table, (column) => {
    if (settled.has(column.name)) return null
    if (isWithin(column, 0)) return say('holds-longitudes', {})
    return isWithin(column, 1) ? say('holds-latitudes', {}) : null
  })
}

function boxesOf({ features, featureEnds, polygonEnds, ringEnds, coordinates }: Boundaries): readonly Box[] {
  let point = 0
  return Array.from({ length: features }, (_, feature): Box => {
    const polygons = featureEnds[feature] ?? 0
    const rings = polygons === 0 ? 0 : (polygonEnds[polygons - 1] ?? 0)
    const end = rings === 0 ? 0 : (ringEnds[rings - 1] ?? 0)
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (; point < end; point += 1) {
      const x = coordinates[2 * point] ?? NaN
      const y = coordinates[2 * point + 1] ?? NaN
      west = Math.min(west, x)
      east = Math.max(east, x)
      south = Math.min(south, y)
      north = Math.max(north, y)
    }
    return [west, south, east, north]
  })
}
