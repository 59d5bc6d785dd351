import { watchAll, type Cell } from '../cell.ts'
import { fill, h } from '../dom.ts'
import type { State } from '../state.ts'
import type { Shown } from '../wards/shown.ts'
import { words } from '../words/en.ts'

/**
 * The classes of the layer, each with how many wards it has. Pressing one shows it alone, on the map and in the tables;
 * pressing it again shows all.
 */
export function legendView(state: State, shown: Cell<Shown | null>): HTMLElement {
  const view = h('div', { class: 'legend' })
  watchAll([shown, state.certaintyShare], () => {
    const now = shown.value
    fill(view, ...(now === null ? [] : linesOf(now, state)))
  })
  return view
}

function linesOf(
  { layer, classes, ranking }: Shown,
  { filter, certainty, certaintyShare }: State,
): readonly HTMLElement[] {
  const isWaiting = layer.section === 'certainty' && certainty.value === null
  const blank = ranking.wards.filter(({ at }) => (classes.of[at] ?? -1) < 0).length
  return [
    h('p', { class: 'legend-title' }, layer.label),
    ...(isWaiting ? [h('p', { class: 'quiet' }, words.map.waiting(certaintyShare.value))] : []),
    h(
      'ul',
      { 'aria-label': words.map.legend },
      ...(isWaiting ? [] : classes.classes).map(({ label, colour }, at) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'legend-class',
              'data-key': `class ${String(at)}`,
              'aria-pressed': filter.value.class === at ? 'true' : 'false',
              click: () => {
                filter.set({ ...filter.value, class: filter.value.class === at ? null : at })
              },
            },
            h('span', { class: `swatch ${colour}`, 'aria-hidden': 'true' }),
            label,
            h('span', { class: 'quiet' }, ` ${countOf(classes.of, at)}`),
          ),
        ),
      ),
      blank === 0 || isWaiting
        ? null
        : h(
            'li',
            { class: 'legend-blank' },
            h('span', { class: 'swatch blank', 'aria-hidden': 'true' }),
            words.map.noValue,
            h('span', { class: 'quiet' }, ` ${blank}`),
          ),
    ),
  ]
}

function countOf(of: readonly number[], at: number): number {
  return of.filter((each) => each === at).length
}
