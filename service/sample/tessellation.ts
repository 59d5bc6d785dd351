import type { ShapeRing } from './write-shapefile.ts'

/** A grid of cells over an area, as west, south, east, north in degrees. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  readonly area: readonly [number, number, number, number]
  /** Points on each side of a cell besides its corners. */
  readonly bends: number
}

/**
 * Divides an area into crooked four-sided cells without gaps: corners and the bends of borders are moved at random,
 * and neighbouring cells share exactly the same points. Rings run clockwise, row by row from the south-west.
 */
export function tessellate(grid: Grid, random: () => number): ShapeRing[] {
  const { columns, rows, area, bends } = grid
  const [west, south, east, north] = area
  const width = (east - west) / columns
  const height = (north - south) / rows
  const moved = (size: number): number => (random() - 0.5) * 0.5 * size
  const corners = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (__, column): readonly [number, number] =>
      place(west + column * width + moved(width), south + row * height + moved(height)),
    ),
  )
  const corner = (row: number, column: number): readonly [number, number] => corners[row]?.[column] ?? [0, 0]
  const border = (from: readonly [number, number], to: readonly [number, number]): (readonly [number, number])[] =>
    Array.from({ length: bends }, (_, bend) => {
      const share = (bend + 1) / (bends + 1)
      return place(
        from[0] + (to[0] - from[0]) * share + moved(width) * 0.15,
        from[1] + (to[1] - from[1]) * share + moved(height) * 0.15,
      )
    })
  const across = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns }, (__, column) => border(corner(row, column), corner(row, column + 1))),
  )
  const upwards = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns + 1 }, (__, column) => border(corner(row, column), corner(row + 1, column))),
  )
  return Array.from({ length: rows * columns }, (_, cell) => {
    const row = Math.floor(cell / columns)
    const column = cell % columns
    return [
      corner(row, column),
      ...(upwards[row]?.[column] ?? []),
      corner(row + 1, column),
      ...(across[row + 1]?.[column] ?? []),
      corner(row + 1, column + 1),
      ...(upwards[row]?.[column + 1] ?? []).toReversed(),
      corner(row, column + 1),
      ...(across[row]?.[column] ?? []).toReversed(),
      corner(row, column),
    ]
  })
}

function place(longitude: number, latitude: number): readonly [number, number] {
  return [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6]
}
