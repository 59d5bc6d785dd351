import { counted, figure, h, scrollBox, svg } from './dom.ts'
import { call } from './http.ts'
import type { RankedWard, WardsReply } from '../features/replies/analyses.ts'

const PAGE = 25
/** The columns, and the key by which the service sorts each. */
const COLUMNS = Object.freeze([
  Object.freeze({ heading: 'Rank', sort: 'rank' }),
  Object.freeze({ heading: 'Ward', sort: 'wardName' }),
  Object.freeze({ heading: 'LGA', sort: 'lga' }),
  Object.freeze({ heading: 'Score', sort: 'score' }),
  Object.freeze({ heading: 'Tier', sort: null }),
  Object.freeze({ heading: 'In top third', sort: 'topThirdShare' }),
  Object.freeze({ heading: 'Median rank', sort: 'medianRank' }),
])

/** The ranking as a table that the service sorts, filters and pages. */
export function rankingView({
  analysisId,
  hasLga,
  attempt,
  announce,
  onStale,
  onSelect,
}: {
  analysisId: string
  hasLga: boolean
  attempt: (action: (signal: AbortSignal) => Promise<void>) => Promise<boolean>
  announce: (text: string) => void
  onStale: () => void
  onSelect: (ward: RankedWard) => void
}) {
  const columns = COLUMNS.filter((column) => hasLga || column.sort !== 'lga')
  const body = h('tbody', {})
  const more = h(
    'button',
    {
      type: 'button',
      class: 'secondary',
      hidden: true,
      click: () => {
        void load(false)
      },
    },
    'Show more',
  )
  const count = h('p', { class: 'quiet' })
  const tier = h(
    'select',
    {
      id: 'tier',
      change: () => {
        void load(true)
      },
    },
    h('option', { value: '' }, 'All tiers'),
    ...['High', 'Medium', 'Low'].map((name) => h('option', { value: name }, name)),
  )
  let sort = 'rank'
  let cursor: string | undefined
  let shown = 0

  const headings = columns.map(({ heading, sort: key }) => {
    const cell = h('th', { scope: 'col' })
    cell.append(
      key === null
        ? heading
        : h(
            'button',
            {
              type: 'button',
              class: 'sort',
              click: () => {
                sort = sort === key ? `-${key}` : key
                void load(true)
              },
            },
            heading,
          ),
    )
    return { cell, key }
  })

  /** @param isFresh true to start from the beginning, false to continue */
  const load = (isFresh: boolean) =>
    attempt(async (signal) => {
      const query = new URLSearchParams({ sort, limit: String(PAGE) })
      if (tier.value !== '') query.set('tier', tier.value)
      if (!isFresh && cursor !== undefined) query.set('cursor', cursor)
      const page = (await call('GET', `/api/analyses/${analysisId}/wards?${query.toString()}`, {
        signal,
      })) as WardsReply
      const rows = page.wards.map((ward) => wardRow(ward, columns.length < COLUMNS.length, onSelect))
      if (isFresh) body.replaceChildren(...rows)
      else body.append(...rows)
      shown = isFresh ? rows.length : shown + rows.length
      cursor = page.nextCursor
      more.hidden = cursor === undefined
      count.textContent = `${counted(shown, 'ward')} shown${cursor === undefined ? '' : ', more to come'}.`
      for (const { cell, key } of headings) {
        if (key !== null)
          cell.setAttribute('aria-sort', sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none')
      }
      if (!isFresh) rows[0]?.querySelector('button')?.focus()
      announce(count.textContent)
      if (page.stale) onStale()
    })

  const view = h(
    'div',
    {},
    h('div', { class: 'row filter' }, h('label', { for: 'tier' }, 'Tier'), tier, count),
    scrollBox(
      'Ranking of wards',
      h(
        'table',
        { class: 'ranking' },
        h('caption', { class: 'unseen' }, 'Wards from most to least at risk. Use the buttons in the headings to sort.'),
        h('thead', {}, h('tr', {}, ...headings.map(({ cell }) => cell))),
        body,
      ),
    ),
    more,
    h(
      'p',
      { class: 'quiet terms' },
      'Score: from 0 to 1, the median over all models. In top third: the share of models in which the ward ' +
        'is in the first third. Median rank: its median rank over all models.',
    ),
  )
  return { view, load: () => load(true) }
}

function wardRow(ward: RankedWard, isWithoutLga: boolean, onSelect: (ward: RankedWard) => void) {
  return h(
    'tr',
    {},
    h('td', { class: 'number rank' }, String(ward.rank)),
    h(
      'th',
      { scope: 'row' },
      h(
        'button',
        {
          type: 'button',
          class: 'link',
          title: 'Why this rank',
          click: () => {
            onSelect(ward)
          },
        },
        ward.wardName,
      ),
    ),
    isWithoutLga ? null : h('td', {}, ward.lga ?? '–'),
    h('td', { class: 'number' }, bar(ward.score), ward.score.toFixed(3)),
    h('td', {}, tierBadge(ward.tier)),
    h('td', { class: 'number' }, `${String(Math.round(ward.robustness.topThirdShare * 100))} %`),
    h('td', { class: 'number' }, figure(ward.robustness.medianRank)),
  )
}

export function tierBadge(tier: RankedWard['tier']) {
  return h('span', { class: `badge ${tier.toLowerCase()}` }, tier)
}

/** A bar for a value from 0 to 1, with the figure beside it. */
export function bar(share: number) {
  return svg(
    'svg',
    { class: 'bar', width: 40, height: 8, viewBox: '0 0 40 8', 'aria-hidden': 'true' },
    svg('rect', { width: 40, height: 8, rx: 2, class: 'bar-ground' }),
    svg('rect', { width: (40 * Math.max(0, Math.min(1, share))).toFixed(1), height: 8, rx: 2, class: 'bar-fill' }),
  )
}
