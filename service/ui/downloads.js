import { byId, h } from './dom.js'
/** @import { EXPORTS, ExportKind } from '../domain/exports/kinds.ts' */

/**
 * @template {ExportKind} Kind
 * @typedef {object} Offer
 * @property {(typeof EXPORTS)[Kind]['label']} label
 * @property {(typeof EXPORTS)[Kind]['plan']} plan
 * @property {'ranking' | 'plan'} below the part of the page below which it is offered
 * @property {boolean} [isMain] true for the file that most people want
 * @property {boolean} [needsMap]
 */

/**
 * The files that the page offers, in the order of their buttons: every kind that the service makes.
 * @type {Readonly<{ [Kind in ExportKind]: Offer<Kind> }>}
 */
export const OFFERS = Object.freeze({
  'rankings.csv': Object.freeze({ label: 'Rankings (CSV)', plan: 'none', below: 'ranking', isMain: true }),
  'rankings.xlsx': Object.freeze({ label: 'Rankings (Excel)', plan: 'none', below: 'ranking' }),
  'report.html': Object.freeze({ label: 'Report with map (HTML)', plan: 'optional', below: 'ranking' }),
  'map.geojson': Object.freeze({ label: 'Map (GeoJSON)', plan: 'optional', below: 'ranking', needsMap: true }),
  'analysis_results.json': Object.freeze({ label: 'Whole analysis (JSON)', plan: 'optional', below: 'ranking' }),
  'itn_plan.csv': Object.freeze({ label: 'Bed-net plan (CSV)', plan: 'required', below: 'plan', isMain: true }),
  'itn_plan.xlsx': Object.freeze({ label: 'Bed-net plan (Excel)', plan: 'required', below: 'plan' }),
})

/**
 * Puts a button for each file into the page, and says which files are available.
 * @param {(kind: ExportKind) => void} onChosen
 */
export function downloadButtons(onChosen) {
  const buttons = Object.entries(OFFERS).map(([name, offer]) => {
    const kind = /** @type {ExportKind} */ (name)
    const button = h(
      'button',
      {
        type: 'button',
        class: offer.isMain === true ? undefined : 'secondary',
        click: () => {
          onChosen(kind)
        },
      },
      offer.label,
    )
    byId(`${offer.below}-downloads`, HTMLElement).append(button)
    return { offer, button }
  })
  return {
    /** @param {boolean} hasMap */
    setMap(hasMap) {
      for (const { offer, button } of buttons) if (offer.needsMap === true) button.hidden = !hasMap
    },
    /** @param {boolean} hasPlan */
    setPlan(hasPlan) {
      for (const { offer, button } of buttons) if (offer.plan === 'required') button.hidden = !hasPlan
    },
    /** @param {boolean} isCurrent */
    setCurrent(isCurrent) {
      for (const { button } of buttons) button.disabled = !isCurrent
    },
  }
}
