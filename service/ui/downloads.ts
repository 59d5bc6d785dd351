import type { EXPORTS, ExportKind } from '../domain/exports/kinds.ts'
import type { ExportReply } from '../features/replies/exports.ts'
import type { Bench } from './bench.ts'
import { watchAll } from './cell.ts'
import { button, h } from './dom.ts'
import { call } from './http.ts'
import { words } from './words/en.ts'

interface Offer<Kind extends ExportKind> {
  readonly label: (typeof EXPORTS)[Kind]['label']
  readonly plan: (typeof EXPORTS)[Kind]['plan']
  /** Beside which headline it is offered. */
  readonly beside: 'ranking' | 'plan'
  readonly needsMap?: boolean
}

/** The files that the page offers, in the order of their buttons: every kind that the service makes. */
export const OFFERS: Readonly<{ [Kind in ExportKind]: Offer<Kind> }> = Object.freeze({
  'rankings.csv': Object.freeze({ label: 'Rankings (CSV)', plan: 'none', beside: 'ranking' }),
  'rankings.xlsx': Object.freeze({ label: 'Rankings (Excel)', plan: 'none', beside: 'ranking' }),
  'report.html': Object.freeze({ label: 'Report with map (HTML)', plan: 'optional', beside: 'ranking' }),
  'map.geojson': Object.freeze({ label: 'Map (GeoJSON)', plan: 'optional', beside: 'ranking', needsMap: true }),
  'analysis_results.json': Object.freeze({ label: 'Whole analysis (JSON)', plan: 'optional', beside: 'ranking' }),
  'itn_plan.csv': Object.freeze({ label: 'Bed-net plan (CSV)', plan: 'required', beside: 'plan' }),
  'itn_plan.xlsx': Object.freeze({ label: 'Bed-net plan (Excel)', plan: 'required', beside: 'plan' }),
})

/**
 * The files beside a headline, in a menu. A file of earlier data is not offered.
 * @param others buttons of files that the page makes itself
 */
export function downloadMenu(
  bench: Bench,
  beside: 'ranking' | 'plan',
  others: readonly HTMLElement[] = [],
): HTMLElement {
  const { ranking, plan, shapes, isStale } = bench.state
  const buttons = Object.entries(OFFERS)
    .filter(([, offer]) => offer.beside === beside)
    .map(([name, offer]: [string, Offer<ExportKind>]) => ({
      offer,
      view: button(offer.label, () => {
        void save(bench, name as ExportKind, beside)
      }),
    }))
  watchAll([ranking, plan, shapes, isStale], () => {
    for (const { offer, view } of buttons) {
      view.hidden =
        (offer.needsMap === true && shapes.value === null) || (offer.plan === 'required' && plan.value === null)
      view.disabled = isStale.value || (offer.plan === 'required' && plan.value?.stale === true)
    }
  })
  return menu(words.downloads.title, [...buttons.map(({ view }) => view), ...others])
}

/** Buttons under a heading. It closes at Escape, and when the focus or a press goes elsewhere. */
function menu(title: string, items: readonly HTMLElement[]): HTMLElement {
  const heading = h('summary', {}, title)
  const view = h('details', { class: 'menu' }, heading, h('div', { class: 'menu-items' }, ...items))
  view.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !view.open) return
    view.open = false
    heading.focus()
  })
  view.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !view.contains(relatedTarget)) view.open = false
  })
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !view.contains(target)) view.open = false
  })
  return view
}

async function save(bench: Bench, kind: ExportKind, beside: 'ranking' | 'plan'): Promise<void> {
  const { ranking, plan } = bench.state
  const analysis = ranking.value?.analysis
  if (analysis === undefined) return
  // The plan is a file of its own, and a part of the report and the map.
  const part = OFFERS[kind].plan === 'none' ? null : plan.value
  await bench.noticesAt(beside === 'plan' ? 'plan-notices' : 'results-notices').attempt(async (signal) => {
    const reply = (await call('POST', '/api/exports', {
      body: { kind, analysisId: analysis.id, ...(part === null ? {} : { planId: part.id }) },
      signal,
    })) as ExportReply
    h('a', { href: reply.download.url, download: kind, rel: 'noopener' }).click()
    bench.announce(words.downloads.coming(kind))
  })
}
