import { cell, watchAll, type Cell } from '../cell.ts'
import type { State } from '../state.ts'
import type { Ward } from '../wards/ward.ts'
import { findBorders, type Borders } from './borders.ts'
import { linesPath } from './paint-map.ts'
import { placeShapes, type Placed } from './place-shapes.ts'
import { indexShapes, type ShapeAt } from './shape-index.ts'

/** The boundaries as they are drawn, and the wards that they are of. */
export interface Drawn {
  readonly placed: Placed
  readonly shapeAt: ShapeAt
  readonly borders: Borders
  /** The outer border and the borders of the LGAs. */
  readonly lines: Path2D
  readonly names: readonly string[]
  /** The ward of each shape. */
  readonly wardOf: readonly (Ward | null)[]
}

/** Keeps what is drawn in step with boundaries and ranking. It is null without boundaries. */
export function followDrawn(state: State): Cell<Drawn | null> {
  const drawn = cell<Drawn | null>(null)
  watchAll([state.shapes, state.ranking], () => {
    drawn.set(drawnOf(state))
  })
  return drawn
}

function drawnOf({ shapes, ranking }: State): Drawn | null {
  if (shapes.value === null || shapes.value.features.length === 0) return null
  const placed = placeShapes(shapes.value)
  const wardOf = shapes.value.features.map((): Ward | null => null)
  for (const ward of ranking.value?.wards ?? []) if (ward.shape !== null) wardOf[ward.shape] = ward
  const borders = findBorders(placed.shapes, (at) => wardOf[at]?.lga ?? null)
  return {
    placed,
    shapeAt: indexShapes(placed),
    borders,
    lines: linesPath(borders.lines),
    names: shapes.value.features.map(({ properties }) => properties.wardName),
    wardOf,
  }
}

/** The ranked wards that share a border with a ward, from most to least at risk. */
export function neighboursOf({ borders, wardOf }: Drawn, { shape }: Ward): readonly Ward[] {
  return [...((shape === null ? undefined : borders.neighbours[shape]) ?? [])]
    .flatMap((at) => wardOf[at] ?? [])
    .sort((one, other) => one.at - other.at)
}
