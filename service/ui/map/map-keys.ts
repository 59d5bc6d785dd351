import { h } from '../dom.ts'
import type { State } from '../state.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import type { Box } from './place-shapes.ts'
import type { MapZoom } from './zoom-map.ts'

const STRIDE = 0.2

/**
 * The map by keyboard and for screen readers: one stop of the Tab key. Arrows move from ward to ward in the order of
 * the ranking, Home and End go to its ends, + and − zoom, 0 shows the whole area, and Shift with an arrow moves the
 * map. The ward that is chosen is its option, and says its place in words.
 */
export function mapKeys(
  state: State,
  zoom: MapZoom,
  { onChoose, boxOf }: { readonly onChoose: (ward: Ward) => void; readonly boxOf: (ward: Ward) => Box | null },
): { readonly view: HTMLElement } {
  const option = h('div', { role: 'option', id: 'ward-on-map', class: 'unseen' })
  const view = h('div', { role: 'listbox', tabindex: 0, class: 'map-keys', 'aria-label': words.map.list }, option)
  const drawn = (): readonly Ward[] => (state.ranking.value?.wards ?? []).filter(({ shape }) => shape !== null)

  const describe = (): void => {
    const wards = drawn()
    const chosen = state.selected.value
    const isDrawn = chosen !== null && chosen.shape !== null
    const ward = isDrawn ? chosen : wards[0]
    view.hidden = ward === undefined
    if (ward === undefined) {
      option.textContent = ''
      return
    }
    option.textContent = words.map.place(ward)
    option.setAttribute('aria-selected', String(isDrawn))
    option.setAttribute('aria-posinset', String(wards.indexOf(ward) + 1))
    option.setAttribute('aria-setsize', String(wards.length))
    if (isDrawn) view.setAttribute('aria-activedescendant', option.id)
    else view.removeAttribute('aria-activedescendant')
  }
  state.ranking.watch(describe)
  state.selected.watch(describe)

  const goTo = (next: (at: number, last: number) => number): void => {
    const wards = drawn()
    const at = state.selected.value === null ? -1 : wards.indexOf(state.selected.value)
    const ward = wards[Math.max(0, Math.min(wards.length - 1, next(at, wards.length - 1)))]
    if (ward === undefined) return
    onChoose(ward)
    const box = boxOf(ward)
    if (box !== null) zoom.reveal(box)
  }
  const acts: Readonly<Record<string, (isShifted: boolean) => void>> = {
    ArrowRight: (isShifted) => (isShifted ? zoom.move(-STRIDE, 0) : goTo((at) => at + 1)),
    ArrowDown: (isShifted) => (isShifted ? zoom.move(0, -STRIDE) : goTo((at) => at + 1)),
    ArrowLeft: (isShifted) => (isShifted ? zoom.move(STRIDE, 0) : goTo((at) => at - 1)),
    ArrowUp: (isShifted) => (isShifted ? zoom.move(0, STRIDE) : goTo((at) => at - 1)),
    Home: () => goTo(() => 0),
    End: () => goTo((_, last) => last),
    '+': () => zoom.step(true),
    '=': () => zoom.step(true),
    '-': () => zoom.step(false),
    '0': () => zoom.reset(),
  }
  view.addEventListener('keydown', (event) => {
    const act = acts[event.key]
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act(event.shiftKey)
  })
  return { view }
}
