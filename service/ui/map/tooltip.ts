import { h } from '../dom.ts'
import { whole } from '../formats.ts'
import type { State } from '../state.ts'
import type { Shown } from '../wards/shown.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import { TIER_LAYER, valueText } from './layers.ts'

const AWAY = 14

/** A few lines beside the pointer, inside the map. */
export function tooltip() {
  const view = h('div', { class: 'tip', 'aria-hidden': 'true', hidden: true })
  return {
    view,
    hide: (): void => {
      view.hidden = true
    },
    /** @param place of the pointer, in pixels of the map */
    show: (place: { readonly x: number; readonly y: number }, lines: readonly string[]): void => {
      // The size of the map is read first: after a change it would have to be worked out again.
      const { clientWidth, clientHeight } = view.parentElement ?? view
      const across = place.x > clientWidth / 2 ? `calc(${place.x - AWAY}px - 100%)` : `${place.x + AWAY}px`
      const down = place.y > clientHeight / 2 ? `calc(${place.y - AWAY}px - 100%)` : `${place.y + AWAY}px`
      view.replaceChildren(...lines.map((line, at) => h(at === 0 ? 'strong' : 'span', {}, line)))
      view.style.translate = `${across} ${down}`
      view.hidden = false
    },
  }
}

/** What is said of a ward beside the pointer. */
export function wardTip(ward: Ward, shown: Shown | null, { certainty, plan }: State): readonly string[] {
  const sure = certainty.value?.wards.find(({ wardName }) => wardName === ward.name)
  const nets = plan.value?.wards.find(({ wardName }) => wardName === ward.name)
  return [
    ward.lga === '' ? ward.name : `${ward.name} (${ward.lga})`,
    words.map.rankAndTier(ward.ranked),
    ...(shown === null || shown.layer.id === TIER_LAYER
      ? []
      : [`${shown.layer.label}: ${valueText(shown.layer, ward)}`]),
    ...(sure === undefined ? [] : [words.map.rankRange(sure.rankLow, sure.rankHigh)]),
    ...(nets === undefined ? [] : [words.map.netsOfNeed(whole(nets.allocated), whole(nets.need))]),
  ]
}
