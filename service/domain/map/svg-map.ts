import type { Tier } from '../ranking/analysis-result.ts'
import type { ResultFeature, ResultMap } from './result-map.ts'

const WIDTH = 800
const MOST_HEIGHT = 1_000
const FILLS: Readonly<Record<Tier, string>> = { High: '#b2182b', Medium: '#fdae61', Low: '#ffffbf' } as const
const NO_WARD = '#eeeeee'

/** A map to draw. Its features may come one by one. */
export type DrawnMap = Pick<ResultMap, 'bbox'> & { readonly features: Iterable<ResultFeature> }

/**
 * Draws the map as an SVG picture, shape by shape: wards coloured by tier, with their rank as a title. Longitudes are
 * shortened by the cosine of the middle latitude.
 */
export function* svgMap({ bbox: [west, south, east, north], features }: DrawnMap): Generator<string> {
  const shrink = Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180))
  const wide = Math.max(1e-9, (east - west) * shrink)
  const high = Math.max(1e-9, north - south)
  const scale = Math.min(WIDTH / wide, MOST_HEIGHT / high)
  const x = (longitude: number): string => ((longitude - west) * shrink * scale).toFixed(1)
  const y = (latitude: number): string => ((north - latitude) * scale).toFixed(1)
  const path = ({ geometry }: ResultFeature): string =>
    geometry.coordinates
      .flatMap((polygon) =>
        polygon.map((ring) => `M${ring.map(([longitude, latitude]) => `${x(longitude)} ${y(latitude)}`).join('L')}Z`),
      )
      .join('')
  const size = `${(wide * scale).toFixed(0)} ${(high * scale).toFixed(0)}`
  yield (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Map of the wards by tier" ' +
    `viewBox="0 0 ${size}" stroke="#444" stroke-width="0.5" stroke-linejoin="round" fill-rule="evenodd">`
  )
  for (const feature of features) {
    const { wardName, rank, tier } = feature.properties
    const title =
      rank === undefined || tier === undefined
        ? `${wardName}: no ward in the table`
        : `${wardName}: rank ${String(rank)}, ${tier}`
    const fill = tier === undefined ? NO_WARD : FILLS[tier]
    yield `<path fill="${fill}" d="${path(feature)}"><title>${escaped(title)}</title></path>`
  }
  yield '</svg>'
}

/** Escapes text for HTML and SVG: nothing in it can begin a tag, leave an attribute or name an entity. */
export function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
