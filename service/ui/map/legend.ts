import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, fill, h } from '../dom.ts'
import type { Shown } from '../wards/shown.ts'
import type { CertaintyAsker } from '../results/ask-certainty.ts'
import { words } from '../words/en.ts'

/**
 * The classes of the layer, each with how many wards it has. Pressing one shows it alone, on the map and in the tables;
 * pressing it again shows all.
 */
export function legendView(bench: Bench): HTMLElement {
  const { state, shown } = bench
  const view = h('div', { class: 'legend' })
  watchAll([shown, state.certaintyShare], () => {
    const now = shown.value
    fill(view, ...(now === null ? [] : linesOf(now, bench)))
  })
  return view
}

function linesOf(
  { layer, classes, ranking }: Shown,
  { state: { filter, certainty, certaintyShare }, certainty: asker }: Bench,
): readonly HTMLElement[] {
  const isWaiting = layer.section === 'certainty' && certainty.value === null
  const blank = ranking.wards.filter(({ at }) => (classes.of[at] ?? -1) < 0).length
  return [
    h('p', { class: 'legend-title' }, layer.label),
    ...(isWaiting ? waitingLines(certaintyShare.value, asker) : []),
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

/** How far the certainty is worked out, with a way to give it up or to ask for it. */
function waitingLines(share: number | null, { ask, stop }: CertaintyAsker): readonly HTMLElement[] {
  const said = h('p', { class: 'quiet' }, words.map.waiting(share))
  if (share === null) return [said, button(words.map.workItOut, ask, { kind: 'link', key: 'certainty' })]
  return [
    said,
    h('progress', { max: 1, value: share, 'aria-label': words.map.workItOut }),
    button(words.shell.cancel, stop, { kind: 'link', key: 'certainty' }),
  ]
}

function countOf(of: readonly number[], at: number): number {
  return of.filter((each) => each === at).length
}
