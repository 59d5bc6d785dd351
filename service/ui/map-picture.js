import { counted, h, svg } from './dom.js'
import { pathOf, projectionOf, WIDTH } from './map-shapes.js'
/** @import { TurnReply } from '../features/replies/chat.ts' */

/** @typedef {NonNullable<TurnReply['reply']['map']>} ChatMap */
/** @typedef {ChatMap['features'][number]} Feature */
/** @typedef {{ kind: string, label: string, holds: (feature: Feature) => boolean }} Class */

const TIERS = Object.freeze(['High', 'Medium', 'Low'])
/** How many shades a map of a column has at most. */
const SHADES = 5

/**
 * A map of an answer as a picture: of a ranking by tier, of a column in up to five shades. Its legend says what each
 * shade stands for and how many wards have it; a pointer on a ward shows its name and value.
 * @param {ChatMap} map
 */
export function mapPicture(map) {
  const classes = map.variable === undefined ? tierClasses() : valueClasses(map.features)
  const { height, place } = projectionOf(map.features)
  const name = map.variable ?? 'the wards by tier'
  const blank = map.features.filter((feature) => classes.every(({ holds }) => !holds(feature)))
  const shapes = map.features.map((feature) => {
    const kind = classes.find(({ holds }) => holds(feature))?.kind ?? 'none'
    return svg('path', { d: pathOf(feature, place), class: `ward ${kind}` }, svg('title', {}, titleOf(feature)))
  })
  return h(
    'figure',
    { class: 'map' },
    svg(
      'svg',
      { viewBox: `0 0 ${String(WIDTH)} ${String(height)}`, role: 'img', 'aria-label': `Map of ${name}` },
      ...shapes,
    ),
    h(
      'ul',
      { class: 'legend', 'aria-label': 'Legend' },
      ...classes.map(({ kind, label, holds }) => legendItem(kind, label, map.features.filter(holds).length)),
      blank.length === 0 ? null : legendItem('none', 'No value', blank.length),
    ),
  )
}

/**
 * @param {string} kind
 * @param {string} label
 * @param {number} wards
 */
function legendItem(kind, label, wards) {
  const swatch = svg(
    'svg',
    { width: 18, height: 14, 'aria-hidden': 'true' },
    svg('rect', { x: 0.5, y: 0.5, width: 17, height: 13, rx: 2, class: `ward ${kind}` }),
  )
  return h('li', {}, swatch, `${label}: ${counted(wards, 'ward')}`)
}

/** @returns {Class[]} */
function tierClasses() {
  return TIERS.map((tier) => ({
    kind: tier.toLowerCase(),
    label: tier,
    holds: ({ properties }) => properties.tier === tier,
  }))
}

/**
 * Numbers in ranges of equal width, from the least to the greatest; texts by themselves, the most frequent first, and
 * those for which there is no shade left together.
 * @param {readonly Feature[]} features
 * @returns {Class[]}
 */
function valueClasses(features) {
  const values = features.flatMap(({ properties: { value } }) => (value === null || value === undefined ? [] : [value]))
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) return textClasses(values.map(String))
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)]
  if (numbers.length === 0) return []
  const count = least === greatest ? 1 : SHADES
  const bound = (/** @type {number} */ at) => (at === count ? greatest : least + ((greatest - least) * at) / count)
  return Array.from({ length: count }, (_, at) => ({
    kind: `shade-${String(at + 1)}`,
    label: count === 1 ? short(least) : `${short(bound(at))} to ${short(bound(at + 1))}`,
    holds: ({ properties: { value } }) =>
      typeof value === 'number' && value >= bound(at) && (at === count - 1 || value < bound(at + 1)),
  }))
}

/**
 * @param {readonly string[]} texts
 * @returns {Class[]}
 */
function textClasses(texts) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const kinds = [...counts].sort(([, one], [, other]) => other - one).map(([text]) => text)
  const own = kinds.slice(0, kinds.length > SHADES ? SHADES - 1 : SHADES)
  const others = kinds.slice(own.length)
  return [...own.map((text) => [text]), ...(others.length === 0 ? [] : [others])].map((group, at) => ({
    kind: `shade-${String(at + 1)}`,
    label: at < own.length ? (group[0] ?? '') : `${String(group.length)} others`,
    holds: ({ properties: { value } }) => value !== null && value !== undefined && group.includes(String(value)),
  }))
}

/** @param {Feature} feature */
function titleOf({ properties: { wardName, rank, tier, value } }) {
  if (tier !== undefined && rank !== undefined) return `Rank ${String(rank)}: ${wardName}, ${tier}`
  if (value === null || value === undefined) return `${wardName}: no value`
  return `${wardName}: ${typeof value === 'number' ? short(value) : value}`
}

/** @param {number} value */
function short(value) {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 4 })
}
