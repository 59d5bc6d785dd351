import { byId, h } from '../dom.ts'
import { STATIONS, type State } from '../state.ts'
import { words } from '../words/en.ts'

/** Below this width, map and panel take turns. It is the same in the style sheet. */
const WIDE = '(min-width: 64rem)'

/** The four tabs of a narrow screen: the map, and three of the stations. */
const TABS = ['map', 'results', 'nets', 'ask'] as const

/** Shows the panel of the open station beside the map, or on a narrow screen one of the two. */
export function panesView(state: State): { readonly showPanel: () => void } {
  const work = byId('work', HTMLElement)
  const tabs = byId('tabs', HTMLElement)
  const wide = matchMedia(WIDE)
  let isMap = false

  const show = (): void => {
    const at = state.station.value
    work.dataset['station'] = at
    work.dataset['pane'] = isMap ? 'map' : 'panel'
    for (const name of STATIONS) byId(name, HTMLElement).hidden = name !== at
    byId('intro', HTMLElement).hidden = state.dataset.value !== null
    byId('stage', HTMLElement).hidden = !wide.matches && !isMap && state.dataset.value !== null
    byId('panel', HTMLElement).hidden = !wide.matches && isMap
    for (const tab of tabs.querySelectorAll('button'))
      tab.setAttribute('aria-pressed', String(tab.dataset['tab'] === (isMap ? 'map' : at)))
  }
  tabs.append(
    ...TABS.map((tab) =>
      h(
        'button',
        {
          type: 'button',
          'data-tab': tab,
          click: () => {
            isMap = tab === 'map'
            if (tab !== 'map') state.station.set(tab)
            show()
          },
        },
        words.tabs[tab],
      ),
    ),
  )
  const showPanel = (): void => {
    isMap = false
    show()
  }
  state.station.watch(() => {
    showPanel()
    byId('panel', HTMLElement).scrollTop = 0
  })
  state.dataset.watch(show)
  wide.addEventListener('change', show)
  return { showPanel }
}
