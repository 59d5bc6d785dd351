import { watchAll, type Cell } from '../cell.ts'
import { button, byId, choice, fill, h } from '../dom.ts'
import type { Tier } from '../../features/replies/parts.ts'
import { CERTAINTY_LAYER } from '../map/layers.ts'
import type { State } from '../state.ts'
import { isFiltered, NO_FILTER } from '../wards/filter.ts'
import type { Shown } from '../wards/shown.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import { findWard } from './find-ward.ts'

const TIERS: readonly Tier[] = ['High', 'Medium', 'Low']
const SECTIONS = ['ranking', 'certainty', 'nets', 'indicators', 'answer'] as const

/**
 * The bar above map and panel: find a ward, LGA, tier, and what the map is coloured by. What it filters is filtered
 * everywhere.
 * @param hooks `onOpen` is called for a ward that was found, `onCertainty` when the certainty is wanted
 */
export function filterBar(
  state: State,
  shown: Cell<Shown | null>,
  hooks: { readonly onOpen: (ward: Ward) => void; readonly onCertainty: () => void },
): void {
  const bar = byId('filters', HTMLElement)
  const { filter, ranking, layerId, certainty, isStale } = state
  const selects = h('div', { class: 'row' })
  const count = h('p', { class: 'quiet', id: 'shown-count', role: 'status' })
  bar.append(findWard(state, shown, hooks.onOpen), selects, count)

  const showSelects = (): void => {
    const now = shown.value
    bar.hidden = now === null
    if (now === null) return
    const { lga, tier } = filter.value
    fill(
      selects,
      now.lgas.length === 0
        ? null
        : choice(
            [{ value: '', label: words.filters.allLgas }, ...now.lgas.map((name) => ({ value: name, label: name }))],
            lga ?? '',
            {
              'aria-label': words.filters.lga,
              'data-key': 'lga',
              change: ({ target }) => {
                filter.set({ ...filter.value, lga: (target as HTMLSelectElement).value || null })
              },
            },
          ),
      choice(
        [
          { value: '', label: words.filters.allTiers },
          ...TIERS.map((name) => ({ value: name, label: words.map.tiers[name] })),
        ],
        tier ?? '',
        {
          'aria-label': words.filters.tier,
          'data-key': 'tier',
          change: ({ target }) => {
            const { value } = target as HTMLSelectElement
            filter.set({ ...filter.value, tier: TIERS.find((name) => name === value) ?? null })
          },
        },
      ),
      h('label', { class: 'inline' }, words.filters.colourBy, ' ', layerChoice(now)),
      isFiltered(filter.value)
        ? button(
            words.filters.clear,
            () => {
              filter.set(NO_FILTER)
            },
            { kind: 'link', key: 'clear' },
          )
        : null,
    )
    count.textContent = words.filters.count(now.wards.length, now.ranking.wards.length)
  }
  const layerChoice = (now: Shown): HTMLElement =>
    h(
      'select',
      {
        'data-key': 'layer',
        change: ({ target }) => {
          layerId.set((target as HTMLSelectElement).value)
          if (layerId.value === CERTAINTY_LAYER && certainty.value === null && !isStale.value) hooks.onCertainty()
        },
      },
      ...SECTIONS.flatMap((section) => {
        const layers = now.layers.filter((layer) => layer.section === section)
        return layers.length === 0
          ? []
          : [
              h(
                'optgroup',
                { label: words.filters.sections[section] },
                ...layers.map(({ id, label }) => h('option', { value: id, selected: id === now.layer.id }, label)),
              ),
            ]
      }),
    )
  watchAll([shown, filter, ranking], showSelects)
}
