import type { Hatch } from './map-classes.ts'

/** From line to line. */
const STEP = 7

/**
 * Lines over a rectangle from 0, 0, as an SVG path to be clipped to the wards of a class. Lines stay lines in print,
 * where patterns become pictures of some megabytes.
 */
export function hatchLines(hatch: Exclude<Hatch, 'plain'>, width: number, height: number): string {
  switch (hatch) {
    case 'rising':
      return `<path class="hatch" d="${slanting(width, height, 'up')}" stroke="#5a2d00" stroke-width="1.3" fill="none"/>`
    case 'crossed':
      return (
        `<path class="hatch" d="${slanting(width, height, 'up')}${slanting(width, height, 'down')}" stroke="#333" ` +
        'stroke-width="0.8" fill="none"/>'
      )
    case 'dotted':
      return (
        `<path class="hatch" d="${level(width, height)}" stroke="#555" stroke-width="1.8" stroke-linecap="round" ` +
        `stroke-dasharray="0 ${String(STEP)}" fill="none"/>`
      )
  }
}

function slanting(width: number, height: number, way: 'up' | 'down'): string {
  const [begin, end] = way === 'up' ? [height, 0] : [0, height]
  const count = Math.ceil((width + height) / STEP)
  return Array.from({ length: count }, (_, at) => {
    const left = at * STEP - height
    return `M${String(left)} ${String(begin)}L${String(left + height)} ${String(end)}`
  }).join('')
}

function level(width: number, height: number): string {
  const count = Math.ceil(height / STEP)
  return Array.from({ length: count }, (_, at) => `M3 ${String(at * STEP + 3)}H${String(width)}`).join('')
}
