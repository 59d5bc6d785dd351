import type { Boundaries } from '../files/boundaries.ts'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'

/**
 * Which features touch which. The neighbours of feature `f` are the elements of `list` from index `starts[f]` up to,
 * but not including, index `starts[f + 1]`, in ascending order.
 */
export interface Neighbours {
  readonly starts: Uint32Array
  readonly list: Uint32Array
}

const MOST_PAIRS = 8_000_000
/** Vertices this close, in degrees (about 0.1 m), are one place: tools round the two sides of a border differently. */
const SAME_PLACE = 1e-6
/** Cells are so large that what is close to a vertex lies in at most four of them. */
const CELL = 2 * SAME_PLACE
/** Vertices of one place are compared with each other. Files of wards have a few in a cell. */
const MOST_COMPARISONS = 400_000_000

/**
 * Finds neighbours by queen contiguity: two features are neighbours when a vertex of one is a vertex of the other, or
 * at most 1e-6 degrees from it in longitude and in latitude. One pass over the vertices, with a hash of the cells of a
 * grid in which they lie.
 * @throws Fault `too-large` when more than 8 million pairs of features meet at a vertex, or too many vertices lie in
 *   the same place
 */
export function queenNeighbours(boundaries: Boundaries): Neighbours {
  const { features } = boundaries
  const pairs = sharedPairs(boundaries)
  const counts = new Uint32Array(features + 1)
  forEachPair(pairs, features, (one, other) => {
    counts[one + 1] = (counts[one + 1] ?? 0) + 1
    counts[other + 1] = (counts[other + 1] ?? 0) + 1
  })
  for (let feature = 0; feature < features; feature += 1)
    counts[feature + 1] = (counts[feature + 1] ?? 0) + (counts[feature] ?? 0)
  const list = new Uint32Array(counts[features] ?? 0)
  const next = counts.slice()
  const put = (feature: number, neighbour: number): void => {
    const at = next[feature] ?? 0
    list[at] = neighbour
    next[feature] = at + 1
  }
  forEachPair(pairs, features, (one, other) => {
    put(one, other)
    put(other, one)
  })
  for (let feature = 0; feature < features; feature += 1) list.subarray(counts[feature], counts[feature + 1]).sort()
  return { starts: counts, list }
}

/** Every pair of features at a shared vertex, as `smaller × features + greater`, sorted. A pair may repeat. */
function sharedPairs(boundaries: Boundaries): Float64Array {
  const { coordinates, features } = boundaries
  const featureOf = featureOfPoint(boundaries)
  const points = featureOf.length
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, points * 2)))
  const slots = new Int32Array(size).fill(-1)
  // The points of one cell form a chain that begins in its slot.
  const following = new Int32Array(points).fill(-1)
  let pairs = new Float64Array(4096)
  let count = 0
  let comparisons = 0
  const cellOf = (value: number): number => Math.floor(value / CELL)
  /** The slot of a cell: its own, or the free one where it would be. */
  const slotOf = (cellX: number, cellY: number): number => {
    const hash = Math.imul(Math.imul(cellX ^ 0x9e3779b9, 0x85ebca6b) ^ cellY, 0xc2b2ae35)
    let slot = (hash ^ (hash >>> 15)) & (size - 1)
    for (let head = slots[slot] ?? -1; head !== -1; head = slots[slot] ?? -1) {
      if (cellOf(coordinates[head * 2] ?? 0) === cellX && cellOf(coordinates[head * 2 + 1] ?? 0) === cellY) return slot
      slot = (slot + 1) & (size - 1)
    }
    return slot
  }
  const put = (one: number, other: number): void => {
    if (count >= MOST_PAIRS) throw tooManyInOnePlace()
    if (count === pairs.length) {
      const grown = new Float64Array(count * 2)
      grown.set(pairs)
      pairs = grown
    }
    pairs[count] = Math.min(one, other) * features + Math.max(one, other)
    count += 1
  }
  for (let point = 0; point < points; point += 1) {
    const x = coordinates[point * 2] ?? 0
    const y = coordinates[point * 2 + 1] ?? 0
    const feature = featureOf[point] ?? 0
    const [cellX, cellY] = [cellOf(x), cellOf(y)]
    let isKnown = false
    const [lastX, lastY] = [cellOf(x + SAME_PLACE), cellOf(y + SAME_PLACE)]
    for (let nearX = cellOf(x - SAME_PLACE); nearX <= lastX; nearX += 1) {
      for (let nearY = cellOf(y - SAME_PLACE); nearY <= lastY; nearY += 1) {
        for (let other = slots[slotOf(nearX, nearY)] ?? -1; other !== -1; other = following[other] ?? -1) {
          comparisons += 1
          if (comparisons > MOST_COMPARISONS) throw tooManyInOnePlace()
          const apartX = Math.abs((coordinates[other * 2] ?? 0) - x)
          const apartY = Math.abs((coordinates[other * 2 + 1] ?? 0) - y)
          if (featureOf[other] === feature) isKnown ||= apartX === 0 && apartY === 0
          else if (apartX <= SAME_PLACE && apartY <= SAME_PLACE) put(feature, featureOf[other] ?? 0)
        }
      }
    }
    // A vertex that its feature has twice, as the first of a ring, is kept once.
    if (isKnown) continue
    const slot = slotOf(cellX, cellY)
    following[point] = slots[slot] ?? -1
    slots[slot] = point
  }
  return pairs.subarray(0, count).sort()
}

function tooManyInOnePlace(): Fault {
  return new Fault('too-large', say('too-many-neighbours', {}))
}

function featureOfPoint({ coordinates, ringEnds, polygonEnds, featureEnds }: Boundaries): Uint32Array {
  const featureOf = new Uint32Array(coordinates.length / 2)
  let start = 0
  featureEnds.forEach((lastPolygon, feature) => {
    const lastRing = polygonEnds[lastPolygon - 1] ?? 0
    const end = ringEnds[lastRing - 1] ?? 0
    featureOf.fill(feature, start, end)
    start = end
  })
  return featureOf
}

function forEachPair(pairs: Float64Array, features: number, take: (one: number, other: number) => void): void {
  let previous = -1
  for (const pair of pairs) {
    if (pair !== previous) take(Math.floor(pair / features), pair % features)
    previous = pair
  }
}
