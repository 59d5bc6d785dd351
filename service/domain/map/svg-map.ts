import { hatchLines } from './hatch-lines.ts'
import type { MapLook } from './map-classes.ts'
import type { ResultFeature, ResultMap } from './result-map.ts'

const WIDTH = 800
const MOST_HEIGHT = 1_000
const THIN = 0.5
const THICK = 3.5

/** A map to draw. Its features may come one by one. */
export type DrawnMap = Pick<ResultMap, 'bbox'> & { readonly features: Iterable<ResultFeature> }

/**
 * Draws the map as an SVG picture, shape by shape: wards by class, with their rank as a title. Longitudes are shortened
 * by the cosine of the middle latitude. Lines of
 * classes, thick borders and labels come last, so that no neighbour covers them.
 */
export function* svgMap({ bbox: [west, south, east, north], features }: DrawnMap, look: MapLook): Generator<string> {
  const shrink = Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180))
  const wide = Math.max(1e-9, (east - west) * shrink)
  const high = Math.max(1e-9, north - south)
  const scale = Math.min(WIDTH / wide, MOST_HEIGHT / high)
  const x = (longitude: number): number => (longitude - west) * shrink * scale
  const y = (latitude: number): number => (north - latitude) * scale
  const at = ([longitude, latitude]: readonly number[]): string =>
    `${x(longitude ?? NaN).toFixed(1)} ${y(latitude ?? NaN).toFixed(1)}`
  const [width, height] = [Math.round(wide * scale), Math.round(high * scale)]
  yield (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Map of the wards" class="map" ' +
    `viewBox="0 0 ${String(width)} ${String(height)}" preserveAspectRatio="xMidYMin" stroke="#444" stroke-width="${String(THIN)}" ` +
    'stroke-linejoin="round" fill-rule="evenodd">'
  )
  const borders: string[] = []
  const labels: string[] = []
  const hatched = new Map<string, string[]>()
  const pathsOf = (name: string): string[] => {
    const paths = hatched.get(name) ?? []
    hatched.set(name, paths)
    return paths
  }
  for (const { geometry, properties } of features) {
    const path = geometry.coordinates
      .flatMap((polygon) => polygon.map((ring) => `M${ring.map(at).join('L')}Z`))
      .join('')
    const name = look.classOf(properties)
    const { fill = 'none', hatch = 'plain' } = look.classes[name] ?? {}
    yield `<path fill="${fill}" d="${path}"><title>${escaped(titleOf(properties))}</title></path>`
    if (hatch !== 'plain') pathsOf(name).push(path)
    if (look.thick?.has(properties) === true) borders.push(path)
    const label = look.labelOf?.(properties) ?? null
    if (label !== null) labels.push(labelAt(label, geometry.coordinates[0]?.[0] ?? [], x, y))
  }
  for (const [name, paths] of hatched) {
    const { hatch = 'plain' } = look.classes[name] ?? {}
    if (hatch === 'plain') continue
    const clip = `${look.id}-${name}`
    yield `<clipPath id="${clip}"><path clip-rule="evenodd" d="${paths.join('')}"/></clipPath>`
    yield `<g clip-path="url(#${clip})">${hatchLines(hatch, width, height)}</g>`
  }
  if (borders.length > 0)
    yield `<path fill="none" stroke="#000" stroke-width="${String(THICK)}" d="${borders.join('')}"/>`
  yield* labels
  yield '</svg>'
}

function titleOf({ wardName, rank, tier }: ResultFeature['properties']): string {
  return rank === undefined || tier === undefined
    ? `${wardName}: no ward in the table`
    : `${wardName}: rank ${String(rank)}, ${tier}`
}

/** The label in the middle of an outline's extent, with a white rim, so that it can be read on any fill. */
function labelAt(
  label: string,
  outline: readonly (readonly number[])[],
  x: (longitude: number) => number,
  y: (latitude: number) => number,
): string {
  const middle = (values: readonly number[]): number =>
    (values.reduce((least, value) => Math.min(least, value), Infinity) +
      values.reduce((most, value) => Math.max(most, value), -Infinity)) /
    2
  const [across, down] = [0, 1].map((place) => middle(outline.map((point) => point[place] ?? NaN)))
  return (
    `<text x="${x(across ?? NaN).toFixed(1)}" y="${y(down ?? NaN).toFixed(1)}" font-size="22" font-weight="bold" ` +
    'text-anchor="middle" dominant-baseline="central" fill="#000" stroke="#fff" stroke-width="5" paint-order="stroke">' +
    `${escaped(label)}</text>`
  )
}

/** Escapes text for HTML and SVG: nothing in it can begin a tag, leave an attribute or name an entity. */
export function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
