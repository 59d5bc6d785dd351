/** @import { Shapes } from '../features/replies/dataset.ts' */

/** @typedef {Pick<Shapes['features'][number], 'geometry'>} Feature */

/** The width of a map in drawing units. */
export const WIDTH = 640
const MARGIN = 8

/**
 * All rings of a feature, including holes: the even-odd rule of the style sheet cuts them out.
 * @param {Feature} feature
 */
function ringsOf({ geometry }) {
  return geometry.coordinates.flat()
}

/**
 * Converts degrees to drawing units. A degree of longitude is shortened as it is at the middle of the area.
 * @param {readonly Feature[]} features
 */
export function projectionOf(features) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of features.flatMap(ringsOf).flat()) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = (WIDTH - 2 * MARGIN) / Math.max((east - west) * squeeze, 1e-9)
  const height = Math.min(2 * WIDTH, Math.ceil((north - south) * scale + 2 * MARGIN)) || WIDTH
  /** @param {readonly [number, number]} point */
  const place = ([x, y]) =>
    `${(MARGIN + (x - west) * squeeze * scale).toFixed(1)} ${(MARGIN + (north - y) * scale).toFixed(1)}`
  return { height, place }
}

/**
 * @param {Feature} feature
 * @param {(point: readonly [number, number]) => string} place
 */
export function pathOf(feature, place) {
  return ringsOf(feature)
    .map((ring) => `M${ring.map(place).join('L')}Z`)
    .join('')
}
