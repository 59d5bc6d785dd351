import type { Boundaries } from '../files/boundaries.ts'
import { Fault } from '../fault.ts'

/**
 * Which features touch which. The neighbours of feature `f` are the elements of `list` from index `starts[f]` up to,
 * but not including, index `starts[f + 1]`, in ascending order.
 */
export interface Neighbours {
  readonly starts: Uint32Array
  readonly list: Uint32Array
}

const MOST_PAIRS = 8_000_000

/**
 * Finds neighbours by queen contiguity: two features are neighbours when they share at least one vertex, exactly.
 * One pass over the vertices, with a hash of their coordinates.
 * @throws Fault `too-large` when more than 8 million pairs of features meet at a vertex
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
  // The points of one place form a chain that begins in its slot. A feature is in a chain once.
  const following = new Int32Array(points).fill(-1)
  let pairs = new Float64Array(4096)
  let count = 0
  const bits = new Uint32Array(2)
  const double = new Float64Array(bits.buffer)
  const hashOf = (value: number, seed: number): number => {
    double[0] = value
    return Math.imul(Math.imul((bits[0] ?? 0) ^ seed, 0x85ebca6b) ^ (bits[1] ?? 0), 0xc2b2ae35)
  }
  for (let point = 0; point < points; point += 1) {
    // Adding 0 turns −0 into 0.
    const x = (coordinates[point * 2] ?? 0) + 0
    const y = (coordinates[point * 2 + 1] ?? 0) + 0
    const hash = hashOf(y, hashOf(x, 0x9e3779b9))
    let slot = (hash ^ (hash >>> 15)) & (size - 1)
    let head = slots[slot] ?? -1
    while (head !== -1 && ((coordinates[head * 2] ?? 0) !== x || (coordinates[head * 2 + 1] ?? 0) !== y)) {
      slot = (slot + 1) & (size - 1)
      head = slots[slot] ?? -1
    }
    const feature = featureOf[point] ?? 0
    if (head !== -1 && featureOf[head] === feature) continue
    for (let other = head; other !== -1; other = following[other] ?? -1) {
      const neighbour = featureOf[other] ?? 0
      if (count >= MOST_PAIRS)
        throw new Fault(
          'too-large',
          'Cannot find neighbouring wards: too many boundaries meet in the same places; ' +
            'check the file for boundaries that repeat',
        )
      if (count === pairs.length) {
        const grown = new Float64Array(count * 2)
        grown.set(pairs)
        pairs = grown
      }
      pairs[count] = Math.min(feature, neighbour) * features + Math.max(feature, neighbour)
      count += 1
    }
    following[point] = head
    slots[slot] = point
  }
  return pairs.subarray(0, count).sort()
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
