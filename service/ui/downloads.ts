import type { EXPORTS, ExportKind } from '../domain/exports/kinds.ts'
import type { ExportReply } from '../features/replies/exports.ts'
import type { Bench } from './bench.ts'
import { watchAll } from './cell.ts'
import { button, h } from './dom.ts'
import { call } from './http.ts'
import { waitingFor } from './shell/waiting.ts'
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

/** The files that are offered beside a headline. */
export interface Downloads {
  readonly menu: HTMLElement
  /** Shows the file that is being made, below the headline. */
  readonly waiting: HTMLElement
}

/**
 * The files beside a headline, in a menu. A file of earlier data is not offered.
 * @param others buttons of files that the page makes itself
 */
export function downloadsBeside(
  bench: Bench,
  beside: 'ranking' | 'plan',
  others: readonly HTMLElement[] = [],
): Downloads {
  const { ranking, plan, shapes, isStale } = bench.state
  const waiting = h('div', {})
  const buttons = Object.entries(OFFERS)
    .filter(([, offer]) => offer.beside === beside)
    .map(([name, offer]: [string, Offer<ExportKind>]) => ({
      offer,
      view: button(labelOf(name as ExportKind), () => {
        void save(bench, name as ExportKind, waiting)
      }),
    }))
  watchAll([ranking, plan, shapes, isStale], () => {
    for (const { offer, view } of buttons) {
      view.hidden =
        (offer.needsMap === true && shapes.value === null) || (offer.plan === 'required' && plan.value === null)
      view.disabled = isStale.value || (offer.plan === 'required' && plan.value?.stale === true)
    }
  })
  return { menu: menu(words.downloads.title, [...buttons.map(({ view }) => view), ...others]), waiting }
}

/** Buttons under a heading. It closes when one is pressed, at Escape, and when the focus or a press goes elsewhere. */
function menu(title: string, items: readonly HTMLElement[]): HTMLElement {
  const heading = h('summary', {}, title)
  const list = h('div', { class: 'menu-items' }, ...items)
  const view = h('details', { class: 'menu' }, heading, list)
  list.addEventListener('click', () => {
    view.open = false
    heading.focus()
  })
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

/** What a file is called on the page: in English as in the service's own table. */
function labelOf(kind: ExportKind): string {
  return words.downloads.labels[kind] ?? OFFERS[kind].label
}

async function save(bench: Bench, kind: ExportKind, place: HTMLElement): Promise<void> {
  const { ranking, plan } = bench.state
  const analysis = ranking.value?.analysis
  if (analysis === undefined) return
  // The plan is a file of its own, and a part of the report and the map.
  const part = OFFERS[kind].plan === 'none' ? null : plan.value
  const label = labelOf(kind)
  const { attempt, clear } = bench.noticesAt(
    OFFERS[kind].beside === 'plan' ? 'plan-download-notices' : 'results-notices',
  )
  const waiting = waitingFor(words.downloads.making(label), { onCancel: clear, why: words.downloads.first })
  place.replaceChildren(waiting.view)
  await attempt(async (signal) => {
    const reply = (await call('POST', '/api/exports', {
      body: { kind, analysisId: analysis.id, ...(part === null ? {} : { planId: part.id }) },
      signal,
    })) as ExportReply
    // The file names itself, by its area and the day.
    h('a', { href: reply.download.url, download: '', rel: 'noopener' }).click()
    bench.announce(words.downloads.coming(label))
  })
  waiting.end()
}
