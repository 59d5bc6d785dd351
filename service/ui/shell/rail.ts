import { watchAll } from '../cell.ts'
import { fill, h } from '../dom.ts'
import { percentText, whole } from '../formats.ts'
import { STATIONS, type State, type Station } from '../state.ts'
import { words } from '../words/en.ts'

/** Where a station stands, and what it holds in one line. */
interface Standing {
  readonly mark: 'done' | 'needs' | 'stale' | 'waits'
  readonly line: string
}

const SIGNS: Readonly<Record<Standing['mark'], string>> = { done: '✓', needs: '!', stale: '↻', waits: '' } as const

/** The list of stations with their standing. The one that is open is marked; each is a link with its own address. */
export function railView(state: State, list: HTMLElement): void {
  const { station, files, dataset, ranking, isStale, plan } = state
  watchAll([station, files, dataset, ranking, isStale, plan], () => {
    fill(list, ...STATIONS.map((name, at) => item(state, name, at + 1)))
  })
  // On a narrow screen the stations are a row that scrolls sideways.
  watchAll([station], () => {
    const open = list.children[STATIONS.indexOf(station.value)]
    if (open === undefined) return
    const [row, place] = [list.getBoundingClientRect(), open.getBoundingClientRect()]
    list.scrollLeft += place.left + place.width / 2 - row.left - row.width / 2
  })
}

function item(state: State, name: Station, number: number): HTMLElement {
  const { mark, line } = STANDINGS[name](state)
  const isOpen = state.station.value === name
  return h(
    'li',
    {},
    h(
      'a',
      { href: `#${name}`, class: `station is-${mark}`, 'aria-current': isOpen ? 'page' : undefined, 'data-key': name },
      h('span', { class: 'step', 'aria-hidden': 'true' }, SIGNS[mark] || String(number)),
      h('span', { class: 'station-name' }, words.stations[name]),
      mark === 'waits' ? null : h('span', { class: 'station-mark' }, words.marks[mark]),
      h('span', { class: 'station-line' }, line),
    ),
  )
}

const STANDINGS: Readonly<Record<Station, (state: State) => Standing>> = {
  data: ({ dataset, files }) => {
    const asked = files.value.flatMap(({ questions = [] }) => questions).length
    const data = dataset.value
    if (data === null) return { mark: 'needs', line: asked === 0 ? words.rail.noData : words.rail.questions(asked) }
    const questions = Math.max(asked, data.questions.length)
    const likely = data.unmatched.filter(({ suggestions }) => suggestions.length > 0).length
    const found = words.rail.found(data.wards, data.quality.boundaries === null ? null : data.matched)
    if (questions > 0) return { mark: 'needs', line: words.rail.questions(questions) }
    return likely > 0 ? { mark: 'needs', line: words.rail.names(likely) } : { mark: 'done', line: found }
  },
  indicators: ({ dataset, ranking, isStale }) => {
    const analysis = ranking.value?.analysis
    if (analysis === undefined)
      return dataset.value === null ? { mark: 'waits', line: '' } : { mark: 'needs', line: words.rail.toRank }
    return { mark: isStale.value ? 'stale' : 'done', line: words.rail.indicators(analysis.indicators.length) }
  },
  results: ({ ranking, isStale }) =>
    ranking.value === null
      ? { mark: 'waits', line: '' }
      : {
          mark: isStale.value ? 'stale' : 'done',
          line: words.rail.ranked(ranking.value.wards.length, ranking.value.analysis.imputations.length),
        },
  nets: ({ ranking, plan, isStale }) => {
    const made = plan.value
    if (made === null)
      return ranking.value === null ? { mark: 'waits', line: '' } : { mark: 'needs', line: words.rail.toPlan }
    const { allocated, coveragePercent } = made.totals
    return {
      mark: isStale.value || made.stale ? 'stale' : 'done',
      line: words.rail.planned(whole(allocated), percentText(coveragePercent)),
    }
  },
  ask: () => ({ mark: 'waits', line: words.rail.ask }),
} as const
