import { byId, h } from './dom.ts'
import type { EXPORTS, ExportKind } from '../domain/exports/kinds.ts'

interface Offer<Kind extends ExportKind> {
  readonly label: (typeof EXPORTS)[Kind]['label']
  readonly plan: (typeof EXPORTS)[Kind]['plan']
  /** The part of the page below which it is offered. */
  readonly below: 'ranking' | 'plan'
  /** Whether it is the file that most people want. */
  readonly isMain?: boolean
  readonly needsMap?: boolean
}

/** The files that the page offers, in the order of their buttons: every kind that the service makes. */
export const OFFERS: Readonly<{ [Kind in ExportKind]: Offer<Kind> }> = Object.freeze({
  'rankings.csv': Object.freeze({ label: 'Rankings (CSV)', plan: 'none', below: 'ranking', isMain: true }),
  'report.html': Object.freeze({ label: 'Report with map (HTML)', plan: 'optional', below: 'ranking' }),
  'map.geojson': Object.freeze({ label: 'Map (GeoJSON)', plan: 'optional', below: 'ranking', needsMap: true }),
  'analysis_results.json': Object.freeze({ label: 'Whole analysis (JSON)', plan: 'none', below: 'ranking' }),
  'itn_plan.csv': Object.freeze({ label: 'Bed-net plan (CSV)', plan: 'required', below: 'plan', isMain: true }),
})

/** Puts a button for each file into the page, and says which files are available. */
export function downloadButtons(onChosen: (kind: ExportKind) => void) {
  const buttons = Object.entries(OFFERS).map(([name, offer]) => {
    const kind = name as ExportKind
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
    setMap(hasMap: boolean) {
      for (const { offer, button } of buttons) if (offer.needsMap === true) button.hidden = !hasMap
    },
    setPlan(hasPlan: boolean) {
      for (const { offer, button } of buttons) if (offer.plan === 'required') button.hidden = !hasPlan
    },
    setCurrent(isCurrent: boolean) {
      for (const { button } of buttons) button.disabled = !isCurrent
    },
  }
}
