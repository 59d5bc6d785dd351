import { counted, h, svg } from './dom.js'
import { pathOf, projectionOf, WIDTH } from './map-shapes.js'
/** @import { RankedWard } from '../features/replies/analyses.ts' */
/** @import { Shapes } from '../features/replies/dataset.ts' */

/** @typedef {Shapes['features'][number]} Feature */

const TIERS = Object.freeze(['High', 'Medium', 'Low'])

/**
 * A map of the wards by tier, in SVG. It is one stop of the Tab key: arrows move from ward to ward in the order of the
 * ranking, and Home and End go to its ends. The table beside it says the same in words.
 * @param {Shapes} shapes
 * @param {readonly RankedWard[]} wards from most to least at risk
 * @param {(ward: RankedWard) => void} onSelect
 */
export function mapView(shapes, wards, onSelect) {
  const byKey = new Map(wards.flatMap((ward) => keysOf(ward).map((key) => [key, ward])))
  const projection = projectionOf(shapes.features)
  /** @type {Map<RankedWard, SVGPathElement>} */
  const paths = new Map()
  const blank = []
  for (const feature of shapes.features) {
    const ward = feature.properties.matched
      ? keysOf(feature.properties)
          .map((key) => byKey.get(key))
          .find((found) => found !== undefined)
      : undefined
    const d = pathOf(feature, projection.place)
    if (ward === undefined || paths.has(ward)) {
      blank.push(
        svg('path', { d, class: 'ward blank' }, svg('title', {}, `${feature.properties.wardName}: not in the ranking`)),
      )
    } else {
      const lga = ward.lga === null || ward.lga === '' ? '' : ` (${ward.lga})`
      const label = `Rank ${String(ward.rank)}: ${ward.wardName}${lga}, ${ward.tier}, score ${ward.score.toFixed(3)}`
      paths.set(
        ward,
        svg(
          'path',
          {
            d,
            class: `ward ${ward.tier.toLowerCase()}`,
            id: `ward-${String(paths.size)}`,
            role: 'option',
            'aria-selected': 'false',
            'aria-label': label,
          },
          svg('title', {}, label),
        ),
      )
    }
  }
  const drawn = wards.filter((ward) => paths.has(ward))
  const outlines = [svg('path', { class: 'halo', d: '' }), svg('path', { class: 'outline', d: '' })]
  const list = svg(
    'g',
    { role: 'listbox', tabindex: 0, 'aria-label': 'Wards on the map in the order of the ranking' },
    ...drawn.map((ward) => paths.get(ward)),
  )

  let selected = -1
  /** @param {number} index */
  const select = (index) => {
    const ward = drawn[Math.min(drawn.length - 1, index)]
    const path = ward === undefined ? undefined : paths.get(ward)
    const before = drawn[selected]
    if (before !== undefined) paths.get(before)?.setAttribute('aria-selected', 'false')
    if (ward === undefined || path === undefined) {
      selected = -1
      list.removeAttribute('aria-activedescendant')
      for (const outline of outlines) outline.setAttribute('d', '')
      return
    }
    path.setAttribute('aria-selected', 'true')
    selected = drawn.indexOf(ward)
    list.setAttribute('aria-activedescendant', path.id)
    for (const outline of outlines) outline.setAttribute('d', path.getAttribute('d') ?? '')
    onSelect(ward)
  }
  /** @type {Readonly<Record<string, () => number>>} */
  const moves = {
    ArrowRight: () => selected + 1,
    ArrowDown: () => selected + 1,
    ArrowLeft: () => Math.max(0, selected - 1),
    ArrowUp: () => Math.max(0, selected - 1),
    Home: () => 0,
    End: () => drawn.length - 1,
  }
  list.addEventListener('keydown', (event) => {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    select(move())
  })
  list.addEventListener('click', (event) => {
    const index = drawn.findIndex((ward) => paths.get(ward)?.contains(/** @type {Node} */ (event.target)))
    if (index >= 0) select(index)
  })

  const view = h(
    'figure',
    { class: 'map' },
    svg(
      'svg',
      {
        viewBox: `0 0 ${String(WIDTH)} ${String(projection.height)}`,
        role: 'group',
        'aria-label': 'Map of the wards by tier',
      },
      svg(
        'defs',
        {},
        svg(
          'pattern',
          { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
          svg('rect', { width: 6, height: 6, class: 'hatch-ground' }),
          svg('path', { d: 'M0 0V6', class: 'hatch-line' }),
        ),
      ),
      svg('g', {}, ...blank),
      list,
      ...outlines,
    ),
    legend(blank.length > 0),
    h('figcaption', { class: 'quiet' }, summaryOf(wards, drawn.length)),
  )
  return {
    view,
    /**
     * Outlines a ward. For a ward without a boundary, no ward is outlined.
     * @param {RankedWard} ward
     */
    show: (ward) => {
      select(drawn.findIndex((other) => other.wardName === ward.wardName && other.wardCode === ward.wardCode))
    },
  }
}

/** @param {boolean} hasBlank */
function legend(hasBlank) {
  /** @param {string} kind */
  const swatch = (kind) =>
    svg(
      'svg',
      { width: 18, height: 14, 'aria-hidden': 'true' },
      svg('rect', { x: 0.5, y: 0.5, width: 17, height: 13, rx: 2, class: `ward ${kind}` }),
    )
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    ...TIERS.map((tier) => h('li', {}, swatch(tier.toLowerCase()), tier)),
    hasBlank ? h('li', {}, swatch('blank'), 'Not in the ranking') : null,
  )
}

/**
 * The map in words.
 * @param {readonly RankedWard[]} wards
 * @param {number} drawn
 */
function summaryOf(wards, drawn) {
  const first = wards.filter((ward) => ward.rank <= 3).map((ward) => ward.wardName)
  const tiers = TIERS.map((tier) => `${String(wards.filter((ward) => ward.tier === tier).length)} ${tier}`).join(', ')
  const undrawn = wards.length - drawn
  const verb = undrawn === 1 ? 'is' : 'are'
  const missing = undrawn === 0 ? '' : ` ${counted(undrawn, 'ward')} without a boundary ${verb} not on the map.`
  return `${tiers}. First: ${first.join(', ')}.${missing} The table holds the same as text.`
}

/** @param {{ wardCode: string | null, wardName: string }} ward */
function keysOf({ wardCode, wardName }) {
  return [...(wardCode === null || wardCode === '' ? [] : [`code ${wardCode}`]), `name ${wardName}`]
}
