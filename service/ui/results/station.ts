import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, byId, fill, h } from '../dom.ts'
import { downloadsBeside } from '../downloads.ts'
import { fileDate } from '../formats.ts'
import { isFiltered } from '../wards/filter.ts'
import { words } from '../words/en.ts'
import { aboutView } from './about-view.ts'
import { lgaView } from './lga-view.ts'
import { saveText } from './save-text.ts'
import { seenCsv } from './seen-csv.ts'
import { wardTable } from './ward-table.ts'
import { whyView } from './why-view.ts'

const VIEWS = ['wards', 'lgas', 'about'] as const
type View = (typeof VIEWS)[number]

/** The station Results: the ranking beside its map, by ward and by LGA, and why each ward is where it is. */
export function resultsStation(bench: Bench): void {
  const { state } = bench
  const { ranking, isStale, dataset } = state
  const table = wardTable(bench)
  const wards = h('div', { class: 'wards' }, table.view, byId('why-notices', HTMLElement), whyView(bench))
  const views: Readonly<Record<View, HTMLElement>> = { wards, lgas: lgaView(bench), about: aboutView(bench) }
  const choice = h('div', { class: 'segments', role: 'group', 'aria-label': words.results.views })
  const headline = h('p', { class: 'headline' })
  const empty = h('div', { class: 'empty' })
  const seen = button(words.results.seen, () => {
    const { wards: listed, columns } = table.listed()
    saveText(seenCsv(listed, columns), 'text/csv', words.results.seenName(fileDate(new Date())))
  })
  const downloads = downloadsBeside(bench, 'ranking', [seen])
  let open: View = 'wards'

  const show = (): void => {
    const ranked = ranking.value
    empty.hidden = ranked !== null
    for (const part of [headline, choice, downloads.menu]) part.hidden = ranked === null
    for (const name of VIEWS) views[name].hidden = ranked === null || name !== open
    fill(
      choice,
      ...VIEWS.map((name) =>
        h(
          'button',
          {
            type: 'button',
            'aria-pressed': String(name === open),
            'data-key': name,
            click: () => {
              open = name
              show()
            },
          },
          words.results.viewNames[name],
        ),
      ),
    )
    fill(
      empty,
      h('p', {}, dataset.value === null ? words.results.noData : words.results.noRanking),
      h(
        'p',
        {},
        h('a', { href: dataset.value === null ? '#data' : '#indicators' }, words.results.go(dataset.value !== null)),
      ),
    )
    headline.textContent =
      ranked === null ? '' : words.results.headline(ranked.wards.length, ranked.analysis.indicators.length)
    seen.textContent = isFiltered(state.filter.value) ? words.results.seenFiltered : words.results.seen
  }
  watchAll([ranking, dataset, state.filter], show)
  watchAll([isStale], () => {
    fill(
      byId('results-stale', HTMLElement),
      isStale.value
        ? h(
            'div',
            { class: 'notice stale', role: 'alert' },
            h('p', { class: 'notice-title' }, words.results.staleTitle),
            h('p', {}, words.results.stale, ' ', h('a', { href: '#indicators' }, words.results.staleGo)),
          )
        : null,
    )
  })
  byId('results-content', HTMLElement).append(
    empty,
    h('div', { class: 'headline-row' }, headline, downloads.menu),
    downloads.waiting,
    choice,
    ...VIEWS.map((name) => views[name]),
  )
}
