import { hatchLines } from './hatch-lines.ts'
import type { MapClass, MapLook } from './map-classes.ts'
import { escaped } from './svg-map.ts'

const [WIDTH, HEIGHT] = [26, 14] as const
const SIZE = `width="${String(WIDTH)}" height="${String(HEIGHT)}"`
const OPEN = `<span class="class"><svg class="box" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" aria-hidden="true">`

/** The key of a map, as a paragraph. Its boxes are pictures, which print where backgrounds do not. */
export function mapKey({ classes, thick }: MapLook): string {
  const border =
    thick === undefined
      ? []
      : [`${OPEN}<rect ${SIZE} stroke="#000" stroke-width="6" fill="none"/></svg> ${escaped(thick.label)}</span>`]
  return `<p class="key">${[...Object.values(classes).map(classBox), ...border].join(' ')}</p>`
}

function classBox({ letter, label, fill, hatch }: MapClass): string {
  return (
    `${OPEN}<rect ${SIZE} fill="${fill}"/>${hatch === 'plain' ? '' : hatchLines(hatch, WIDTH, HEIGHT)}` +
    `<rect ${SIZE} stroke="#222" fill="none"/></svg> <b>${escaped(letter)}</b> ${escaped(label)}</span>`
  )
}
