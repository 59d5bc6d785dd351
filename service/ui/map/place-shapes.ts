import type { Shapes } from '../../features/replies/dataset.ts'

/** West, north, east and south of a shape, in drawing units. */
export type Box = readonly [left: number, top: number, right: number, bottom: number]

export interface PlacedShape {
  /** Outer rings and holes as x, y, x, y, …: what an odd number of rings surrounds is inside. */
  readonly rings: readonly Float64Array[]
  readonly box: Box
  /** The centroid of its largest ring, where its name is written. */
  readonly centre: readonly [x: number, y: number]
}

export interface Placed {
  readonly shapes: readonly PlacedShape[]
  readonly wide: number
  readonly high: number
}

/** The longer side of the drawing. */
const SIDE = 1_000

/** Converts degrees to drawing units. A degree of longitude is shortened as it is at the middle of the area. */
export function placeShapes({ features }: Shapes): Placed {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { geometry } of features)
    for (const [x, y] of geometry.coordinates.flat(2)) {
      west = Math.min(west, x)
      east = Math.max(east, x)
      south = Math.min(south, y)
      north = Math.max(north, y)
    }
  const squeeze = Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180))
  const [across, down] = [Math.max((east - west) * squeeze, 1e-9), Math.max(north - south, 1e-9)]
  const scale = SIDE / Math.max(across, down)
  const shapes = features.map(({ geometry }) =>
    shapeOf(
      geometry.coordinates.flat().map((ring) => {
        const placed = new Float64Array(ring.length * 2)
        for (const [at, [x, y]] of ring.entries()) {
          placed[at * 2] = (x - west) * squeeze * scale
          placed[at * 2 + 1] = (north - y) * scale
        }
        return placed
      }),
    ),
  )
  return { shapes, wide: across * scale, high: down * scale }
}

function shapeOf(rings: readonly Float64Array[]): PlacedShape {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  let largest = 0
  let centre: readonly [number, number] | null = null
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      left = Math.min(left, ring[at] ?? NaN)
      right = Math.max(right, ring[at] ?? NaN)
      top = Math.min(top, ring[at + 1] ?? NaN)
      bottom = Math.max(bottom, ring[at + 1] ?? NaN)
    }
    const { area, x, y } = centroidOf(ring)
    if (area <= largest) continue
    largest = area
    centre = [x, y]
  }
  return { rings, box: [left, top, right, bottom], centre: centre ?? [(left + right) / 2, (top + bottom) / 2] }
}

/** The area and the centroid of a ring, by the shoelace formula. */
function centroidOf(ring: Float64Array): { readonly area: number; readonly x: number; readonly y: number } {
  let [twice, x, y] = [0, 0, 0]
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [x0, y0, x1, y1] = [ring[at] ?? 0, ring[at + 1] ?? 0, ring[at + 2] ?? 0, ring[at + 3] ?? 0]
    const cross = x0 * y1 - x1 * y0
    twice += cross
    x += (x0 + x1) * cross
    y += (y0 + y1) * cross
  }
  return { area: Math.abs(twice) / 2, x: x / (3 * twice), y: y / (3 * twice) }
}

/** The box around several shapes; null around none. */
export function boxAround(shapes: readonly PlacedShape[]): Box | null {
  const [first, ...others] = shapes
  return first === undefined
    ? null
    : others.reduce<Box>(
        ([left, top, right, bottom], { box }) => [
          Math.min(left, box[0]),
          Math.min(top, box[1]),
          Math.max(right, box[2]),
          Math.max(bottom, box[3]),
        ],
        first.box,
      )
}
