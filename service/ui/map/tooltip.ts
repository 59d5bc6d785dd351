import { h } from '../dom.ts'
import { whole } from '../formats.ts'
import type { State } from '../state.ts'
import type { Shown } from '../wards/shown.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import { TIER_LAYER, valueText } from './layers.ts'

/** A ward's name and place, the layer's value, the range of its rank and its nets. */
const MOST_LINES = 5

/**
 * A few lines beside the pointer, inside the map. Each step of the pointer moves a layer of its own, and writes only
 * what differs, so that nothing else of the page is laid out or painted again.
 */
export function tooltip() {
  const lines = Array.from({ length: MOST_LINES }, (_, at) => {
    const text = new Text()
    return { text, element: h(at === 0 ? 'strong' : 'span', {}, text) }
  })
  const box = h('div', { class: 'tip' }, ...lines.map(({ element }) => element))
  const view = h('div', { class: 'tip-place', 'aria-hidden': 'true', hidden: true }, box)
  return {
    view,
    hide: (): void => {
      view.hidden = true
    },
    /** @param place of the pointer, in pixels of the map, whose size is given beside it */
    show: (
      { x, y }: { readonly x: number; readonly y: number },
      { width, height }: { readonly width: number; readonly height: number },
      said: readonly string[],
    ): void => {
      for (const [at, { text, element }] of lines.entries()) {
        const line = said[at] ?? ''
        if (text.data === line) continue
        text.data = line
        element.hidden = line === ''
      }
      box.classList.toggle('is-left', x > width / 2)
      box.classList.toggle('is-above', y > height / 2)
      view.style.transform = `translate(${x}px, ${y}px)`
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
