import type { PlacedShape, Placed } from './place-shapes.ts'

const CELLS = 48

/** Finds the shape at a point, in drawing units; null where there is none. */
export type ShapeAt = (x: number, y: number) => number | null

/** Sorts shapes into a grid, so that only a few are looked at for each point. */
export function indexShapes({ shapes, wide, high }: Placed): ShapeAt {
  const columnOf = (x: number): number => clamp(Math.floor((x / wide) * CELLS))
  const rowOf = (y: number): number => clamp(Math.floor((y / high) * CELLS))
  const cells = Array.from({ length: CELLS * CELLS }, (): number[] => [])
  for (const [at, { box }] of shapes.entries())
    for (let row = rowOf(box[1]); row <= rowOf(box[3]); row += 1)
      for (let column = columnOf(box[0]); column <= columnOf(box[2]); column += 1) cells[row * CELLS + column]?.push(at)
  return (x, y) =>
    (cells[rowOf(y) * CELLS + columnOf(x)] ?? []).find((at) => {
      const shape = shapes[at]
      return shape !== undefined && isInside(shape, x, y)
    }) ?? null
}

const clamp = (cell: number): number => Math.max(0, Math.min(CELLS - 1, cell))

/** Whether an odd number of borders lies to the right of the point. */
export function isInside({ rings, box: [left, top, right, bottom] }: PlacedShape, x: number, y: number): boolean {
  if (x < left || x > right || y < top || y > bottom) return false
  let isOdd = false
  for (const ring of rings)
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const [x0, y0, x1, y1] = [ring[at] ?? 0, ring[at + 1] ?? 0, ring[at + 2] ?? 0, ring[at + 3] ?? 0]
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isOdd = !isOdd
    }
  return isOdd
}
