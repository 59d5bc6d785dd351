import { square, type DrawnWard } from './boundary-files.ts'
import type { GpkgRing } from './geopackage.ts'
import fc from './properties.ts'
import { BOUNDARY_CONTAINERS, BOUNDARY_FIELDS } from './written-boundaries.ts'

/** A cell of the drawn grid, which is a ward. */
export interface Cell {
  readonly column: number
  readonly row: number
  readonly keys: readonly [code: string, name: string, lga: string, state: string]
  readonly outline: GpkgRing
  readonly hole: GpkgRing | null
  readonly island: GpkgRing | null
}

/** Whole ten-thousandths of a degree, so that every format holds the numbers as they are. */
const widths = fc.integer({ min: 400, max: 3_000 })

function degrees(tenThousandths: number): number {
  return tenThousandths / 10_000
}

/** The corners of a row or a column of the grid. */
function cuts(first: number, sizes: readonly number[]): number[] {
  return sizes.reduce<number[]>((sums, size) => [...sums, (sums.at(-1) ?? 0) + size], [first])
}

/**
 * 4 to 24 wards in a grid of rectangles that share their corners, some places of it empty. The left half lies in one
 * state and the right half in another; both have LGAs and wards of the same names. Some wards have a hole or an island.
 */
export const grids = fc
  .record({
    columns: fc.array(widths, { minLength: 2, maxLength: 6 }),
    rows: fc.array(widths, { minLength: 2, maxLength: 4 }),
    west: fc.integer({ min: -170_000, max: 400_000 }),
    south: fc.integer({ min: -250_000, max: 200_000 }),
    empty: fc.array(fc.nat(23), { maxLength: 3 }),
    holes: fc.array(fc.nat(23), { maxLength: 3 }),
    islands: fc.array(fc.nat(23), { maxLength: 2 }),
  })
  .map(({ columns, rows, west, south, empty, holes, islands }): readonly Cell[] => {
    const [xs, ys] = [cuts(west, columns), cuts(south, rows)]
    const half = Math.ceil(columns.length / 2)
    return rows.flatMap((height, row) =>
      columns.flatMap((width, column): Cell[] => {
        const place = row * columns.length + column
        if (empty.includes(place)) return []
        const [x, y] = [xs[column] ?? 0, ys[row] ?? 0]
        const corners: readonly (readonly [number, number])[] = [
          [x, y],
          [x + width, y],
          [x + width, y + height],
          [x, y + height],
          [x, y],
        ]
        // Far to the west of the grid, each at a place of its own.
        const island = square(degrees(west - 20_000 - 2_000 * place), degrees(south), 0.1)
        return [
          {
            column,
            row,
            keys: [
              `NG${String(101 + place)}`,
              `Unguwa ${String.fromCharCode(65 + (column % half))}`,
              `Area ${String.fromCharCode(80 + row)}`,
              column < half ? 'Kwara' : 'Osun',
            ],
            outline: corners.map(([east, north]) => [degrees(east), degrees(north)]),
            hole: holes.includes(place) ? square(degrees(x + 100), degrees(y + 100), 0.01).toReversed() : null,
            island: islands.includes(place) ? island : null,
          },
        ]
      }),
    )
  })
  .filter((cells) => cells.length >= 4)

/** How boundaries are written, and the values of their wards. */
export const writings = fc.record({
  container: fc.constantFrom(...BOUNDARY_CONTAINERS),
  fields: fc.constantFrom(...BOUNDARY_FIELDS),
  /** How the rings of each ward run. */
  turns: fc.array(fc.constantFrom('as drawn', 'reversed', 'all one way'), { minLength: 24, maxLength: 24 }),
  order: fc.nat(),
  hasTableCode: fc.boolean(),
  /** The values of the ward table. All numbers are as likely: generators of numbers prefer small ones. */
  values: fc.array(
    fc.nat().map((number) => (Math.imul(number + 1, 2_654_435_761) >>> 0) / 2 ** 32),
    { minLength: 72, maxLength: 72 },
  ),
})

/** The items in an order that `order` decides. */
export function shuffled<Item>(items: readonly Item[], order: number): Item[] {
  return items
    .map((item, place) => ({ item, key: (Math.imul(place + 1, 2 * order + 1) * 2_654_435_761) % 1_000_003 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item)
}

/** The ward of a cell with its keys under these names, its rings turned. */
export function drawnWard({ keys, outline, hole, island }: Cell, fields: readonly string[], turn: string): DrawnWard {
  const ways = (ring: GpkgRing, isHole: boolean): GpkgRing =>
    turn === 'reversed' || (turn === 'all one way' && isHole) ? ring.toReversed() : ring
  return {
    attributes: Object.fromEntries(fields.map((field, place) => [field, keys[place] ?? ''])),
    polygons: [
      [ways(outline, false), ...(hole === null ? [] : [ways(hole, true)])],
      ...(island === null ? [] : [[ways(island, false)]]),
    ],
  }
}
