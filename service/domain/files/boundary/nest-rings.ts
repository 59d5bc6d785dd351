import type { Point, Polygon, Ring } from './layer.ts'
import { tooLarge } from '../unreadable.ts'
import { say } from '../../said.ts'

const MOST_STEPS = 200_000_000
/** A few milliseconds for each shape. */
const MOST_LOOKED_AT = 2_000_000

/**
 * Sorts rings into polygons by where they lie, whatever their direction: a ring within an even number of others is an
 * outline, any other is a hole of the smallest outline around it.
 * @throws Fault `too-large` when that takes too many steps
 */
export function nestRings(rings: readonly Ring[], filename: string): readonly Polygon[] {
  const boxes = rings.map(boxOf)
  const budget = { steps: 0 }
  const around = rings.map((ring, at) =>
    rings.flatMap((other, place) => {
      if (place === at || !holdsBox(boxes[place], boxes[at])) return []
      budget.steps += other.length
      if (budget.steps > MOST_STEPS) throw tooLarge(filename, say('rings-within-rings', {}))
      return ring[0] !== undefined && holds(other, ring[0]) ? [place] : []
    }),
  )
  const isOutline = (place: number): boolean => (around[place]?.length ?? 0) % 2 === 0
  const polygons = new Map<number, Ring[]>()
  rings.forEach((ring, place) => {
    if (isOutline(place)) polygons.set(place, [ring])
  })
  rings.forEach((ring, place) => {
    if (isOutline(place)) return
    const outlines = (around[place] ?? []).filter(isOutline)
    const [nearest] = outlines.sort((one, other) => areaOf(boxes[one]) - areaOf(boxes[other]))
    polygons.get(nearest ?? -1)?.push(ring)
  })
  return [...polygons.values()]
}

/**
 * Whether an outline lies within another one and not in a hole of it. Then the rings do not run as they should: a hole
 * was taken for an outline. False if it takes too many steps to know, as among thousands of islands.
 */
export function hasOutlineWithin(polygons: readonly Polygon[]): boolean {
  const boxes = polygons.map(([outline = []]) => boxOf(outline))
  let steps = 0
  const isWithin = (point: Point | undefined, [outline = [], ...holes]: Polygon): boolean => {
    steps += outline.length
    return point !== undefined && holds(outline, point) && !holes.some((hole) => holds(hole, point))
  }
  return polygons.some(([inner = []], at) =>
    polygons.some((outer, place) => {
      if (place === at || steps > MOST_LOOKED_AT || !holdsBox(boxes[place], boxes[at])) return false
      // One point may lie on the border of both.
      return isWithin(inner[0], outer) && isWithin(inner[Math.floor(inner.length / 2)], outer)
    }),
  )
}

type Box = readonly [west: number, south: number, east: number, north: number]

function boxOf(ring: Ring): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

function holdsBox(outer: Box | undefined, inner: Box | undefined): boolean {
  if (outer === undefined || inner === undefined) return false
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
}

function areaOf(box: Box | undefined): number {
  return box === undefined ? Infinity : (box[2] - box[0]) * (box[3] - box[1])
}

/** Whether a point lies within a ring, by counting the edges that a ray from it crosses. */
function holds(ring: Ring, [x, y]: Point): boolean {
  let isIn = false
  let [lastX, lastY] = ring.at(-1) ?? [0, 0]
  for (const [nextX, nextY] of ring) {
    if (nextY > y !== lastY > y && x < ((lastX - nextX) * (y - nextY)) / (lastY - nextY) + nextX) isIn = !isIn
    lastX = nextX
    lastY = nextY
  }
  return isIn
}
