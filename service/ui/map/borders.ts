import type { PlacedShape } from './place-shapes.ts'

export interface Borders {
  /** Segments as x, y, x, y: the outer border, and what lies between shapes of different groups. */
  readonly lines: Float64Array
  /** The shapes that share a border with each shape. */
  readonly neighbours: readonly ReadonlySet<number>[]
}

/**
 * With a smaller part of all segments shared, the boundaries were not drawn along each other, and an outer border would
 * run around every ward.
 */
const FEWEST_SHARED = 0.3

interface Edge {
  readonly first: number
  readonly line: readonly [number, number, number, number]
  second: number | null
}

/**
 * Finds the borders that neighbours share, point by point.
 * @param groupOf the group of a shape, such as its LGA; null if it is not known
 */
export function findBorders(shapes: readonly PlacedShape[], groupOf: (shape: number) => string | null): Borders {
  const edges = edgesOf(shapes)
  const neighbours = shapes.map(() => new Set<number>())
  const lines: number[] = []
  const shared = edges.filter(({ second }) => second !== null).length
  const hasOutline = edges.length > 0 && shared / edges.length >= FEWEST_SHARED
  for (const { first, second, line } of edges) {
    if (second === null) {
      if (hasOutline) lines.push(...line)
      continue
    }
    neighbours[first]?.add(second)
    neighbours[second]?.add(first)
    const [one, other] = [groupOf(first), groupOf(second)]
    if (one !== null && other !== null && one !== other) lines.push(...line)
  }
  return { lines: Float64Array.from(lines), neighbours }
}

function edgesOf(shapes: readonly PlacedShape[]): readonly Edge[] {
  const points = new Map<string, number>()
  const pointAt = (x: number, y: number): number => {
    const key = `${x},${y}`
    const known = points.get(key)
    if (known !== undefined) return known
    points.set(key, points.size)
    return points.size - 1
  }
  const edges = new Map<number, Edge>()
  // More points than this do not come in one reply.
  const most = 2 ** 26
  for (const [shape, { rings }] of shapes.entries())
    for (const ring of rings)
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const line = [ring[at] ?? 0, ring[at + 1] ?? 0, ring[at + 2] ?? 0, ring[at + 3] ?? 0] as const
        const [one, other] = [pointAt(line[0], line[1]), pointAt(line[2], line[3])]
        if (one === other) continue
        const key = Math.min(one, other) * most + Math.max(one, other)
        const known = edges.get(key)
        if (known === undefined) edges.set(key, { first: shape, second: null, line })
        else if (known.first !== shape) known.second ??= shape
      }
  return [...edges.values()]
}
