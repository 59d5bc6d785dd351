import { svg } from '../dom.ts'
import type { Drawn } from '../map/drawn.ts'
import type { Box, PlacedShape } from '../map/place-shapes.ts'

/** How much of the land around a boundary is shown, beside its own size. */
const AROUND = 0.8

/** A boundary among those around it. The names beside it say the same, so that nobody has to see it. */
export function miniMap({ placed }: Drawn, feature: number): SVGSVGElement | null {
  const chosen = placed.shapes[feature]
  if (chosen === undefined) return null
  const sight = widened(chosen.box)
  const near = placed.shapes.filter((shape) => shape !== chosen && overlaps(shape.box, sight))
  const [left, top, right, bottom] = sight
  return svg(
    'svg',
    {
      class: 'mini-map',
      viewBox: [left, top, right - left, bottom - top].map((side) => side.toFixed(2)).join(' '),
      'aria-hidden': 'true',
    },
    svg('path', { d: near.map(pathOf).join(''), class: 'mini-near' }),
    svg('path', { d: pathOf(chosen), class: 'mini-chosen' }),
  )
}

function widened([left, top, right, bottom]: Box): Box {
  const side = AROUND * Math.max(right - left, bottom - top)
  return [left - side, top - side, right + side, bottom + side]
}

function overlaps(one: Box, other: Box): boolean {
  return one[0] <= other[2] && one[2] >= other[0] && one[1] <= other[3] && one[3] >= other[1]
}

function pathOf({ rings }: PlacedShape): string {
  return rings
    .map((ring) => {
      const points: string[] = []
      for (let at = 0; at + 1 < ring.length; at += 2)
        points.push(`${(ring[at] ?? 0).toFixed(2)} ${(ring[at + 1] ?? 0).toFixed(2)}`)
      return `M${points.join('L')}Z`
    })
    .join('')
}
