import { accountPart } from './account/account-part.ts'
import { makeActs } from './acts.ts'
import { askStation } from './ask/station.ts'
import type { Bench } from './bench.ts'
import { dataStation } from './data/station.ts'
import { byId } from './dom.ts'
import { indicatorsStation } from './indicators/station.ts'
import { followDrawn } from './map/drawn.ts'
import { mapView } from './map/map-view.ts'
import { netsStation } from './nets/station.ts'
import { projectPart } from './project/project-part.ts'
import { saveProject } from './project/save-project.ts'
import { projectsPart } from './projects/projects-part.ts'
import { certaintyAsker } from './results/ask-certainty.ts'
import { resultsStation } from './results/station.ts'
import { followAddress } from './shell/address.ts'
import { isBrowserFit } from './shell/browser.ts'
import { confirmer } from './shell/confirm.ts'
import { filterBar } from './shell/filters.ts'
import { languageLink } from './shell/language.ts'
import { noticesIn, type Notices } from './shell/notices.ts'
import { outageBanner } from './shell/outage.ts'
import { panesView } from './shell/panes.ts'
import { railView } from './shell/rail.ts'
import { sessionBar } from './shell/session-bar.ts'
import { openTabs } from './shell/tabs.ts'
import { makeState } from './state.ts'
import { followShown } from './wards/shown.ts'
import type { Ward } from './wards/ward.ts'
import { words } from './words/en.ts'

if (isBrowserFit()) openPage()

/** Puts the parts of the workbench together, and shows what the session already holds. */
function openPage(): void {
  const state = makeState()
  const tabs = openTabs()
  const acts = makeActs(state, tabs)
  const outage = outageBanner(byId('outage', HTMLElement))
  const places = new Map<string, Notices>()
  const announce = (text: string): void => {
    byId('announcer', HTMLElement).textContent = text
  }
  const noticesAt = (id: string): Notices => {
    const known = places.get(id)
    if (known !== undefined) return known
    const made = noticesIn(byId(id, HTMLElement), outage, {
      onSessionEnded: () => {
        session.ended()
      },
      onStale: again,
    })
    places.set(id, made)
    return made
  }
  const session = sessionBar(state, tabs, {
    attempt: (action) => noticesAt('session-notices').attempt(action),
    announce,
    onSave: async (signal) => saveProject(true, announce, signal),
    onLeave: () => {
      for (const place of places.values()) place.clear()
      state.empty()
    },
  })
  /** Reads everything again, after another tab or another client of this session has changed it. */
  function again(): void {
    void noticesAt('page-problems').attempt(async (signal) => {
      await acts.restore(signal)
    })
  }
  tabs.hear('changed', again)

  const panes = panesView(state)
  const bench: Bench = {
    state,
    shown: followShown(state),
    drawn: followDrawn(state),
    acts,
    tabs,
    noticesAt,
    announce,
    confirm: confirmer(),
    openWard: (ward: Ward) => {
      state.selected.set(ward)
    },
    certainty: certaintyAsker(state, noticesAt('certainty-notices')),
  }
  railView(state, byId('stations', HTMLElement))
  filterBar(state, bench.shown, {
    onOpen: (ward) => {
      bench.openWard(ward)
      if (state.station.value !== 'nets') panes.showPanel()
    },
    onCertainty: bench.certainty.ask,
  })
  byId('stage', HTMLElement).append(mapView(bench))
  dataStation(bench)
  indicatorsStation(bench)
  resultsStation(bench)
  netsStation(bench)
  const ask = askStation(bench)
  projectPart(bench, ask.restore)
  projectsPart(bench, ask.restore)
  accountPart(bench)
  followAddress(state)
  languageLink()
  void noticesAt('page-problems').attempt(async (signal) => {
    announce(words.shell.looking)
    if (await acts.restore(signal)) await ask.restore(signal)
    announce('')
  })
}
