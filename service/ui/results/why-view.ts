import type { WardReply } from '../../features/replies/analyses.ts'
import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, fill, h, svg, table, type Child } from '../dom.ts'
import { figure, fixed, shareText, whole } from '../formats.ts'
import { call } from '../http.ts'
import { neighboursOf } from '../map/drawn.ts'
import { pause } from '../shell/pause.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import { tierBadge } from './columns.ts'

type Explained = WardReply['ward']
/** A part below this moves no ward. */
const NOTABLE = 0.05
const MOST_NAMED = 3

/** Why the chosen ward has its rank: a sentence, each indicator against the mean, and how sure the rank is. */
export function whyView(bench: Bench): HTMLElement {
  const { state } = bench
  const { attempt, clear } = bench.noticesAt('why-notices')
  const view = h('div', { class: 'why', 'aria-live': 'polite' })
  let explained: { readonly ward: Ward; readonly of: Explained } | null = null

  const show = (): void => {
    const ward = state.selected.value
    if (ward === null || state.ranking.value === null) {
      fill(view, state.ranking.value === null ? null : h('p', { class: 'quiet' }, words.why.choose))
      return
    }
    const of = explained?.ward === ward ? explained.of : null
    const wards = state.ranking.value.wards.length
    fill(
      view,
      h('h3', {}, ward.name, ' ', tierBadge(ward.ranked.tier)),
      h('p', {}, words.why.place(ward, wards), of === null ? '' : ` ${reasonOf(of)}`),
      strip(bench, ward, wards),
      of === null ? h('p', { class: 'quiet' }, words.why.loading) : partsTable(ward, of),
      nextTo(bench, ward),
      h(
        'p',
        { class: 'quiet' },
        words.why.firm(shareText(ward.ranked.robustness.topThirdShare), figure(ward.ranked.robustness.medianRank)),
      ),
    )
  }
  watchAll([state.selected, state.ranking], () => {
    const ward = state.selected.value
    const analysis = state.ranking.value?.analysis
    clear()
    show()
    if (ward === null || analysis === undefined || explained?.ward === ward) return
    void attempt(async (signal) => {
      // While arrows run through the wards, only the last is asked about.
      await pause(PAUSE_MS, signal)
      const reply = (await call('GET', `/api/analyses/${analysis.id}/wards/${encodeURIComponent(ward.name)}`, {
        signal,
      })) as WardReply
      explained = { ward, of: reply.ward }
      show()
    })
  })
  watchAll([state.certainty, bench.drawn], show)
  return view
}

const PAUSE_MS = 120

/** What lifts the ward above the mean ward and what lowers it, as a sentence. */
function reasonOf({ contributions }: Explained): string {
  const sorted = [...contributions].sort((one, other) => Math.abs(other.aboveMean) - Math.abs(one.aboveMean))
  const named = (isAbove: boolean): readonly string[] =>
    sorted
      .filter(({ aboveMean }) => (isAbove ? aboveMean >= NOTABLE : aboveMean <= -NOTABLE))
      .slice(0, MOST_NAMED)
      .map(({ name }) => name)
  return words.why.reason(named(true), named(false))
}

function partsTable(ward: Ward, { contributions }: Explained): HTMLElement {
  const sorted = [...contributions].sort((one, other) => other.aboveMean - one.aboveMean)
  return table(
    words.why.caption(ward.name),
    words.why.headings,
    sorted.map(({ name, raw, imputed, aboveMean }): Child[] => [
      name,
      imputed === null
        ? figure(raw)
        : h('span', {}, figure(raw), h('span', { class: 'quiet' }, ` ${words.why.filled}`)),
      h('span', { class: 'with-bar' }, partBar(aboveMean), signed(aboveMean)),
    ]),
  )
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${fixed(Math.abs(value), 2)}`
}

/** A bar to the right of the middle for more risk than the mean ward has, to the left for less. */
function partBar(aboveMean: number): SVGSVGElement {
  const long = Math.min(1, Math.abs(aboveMean)) * 40
  return svg(
    'svg',
    { class: 'bar', width: 80, height: 10, viewBox: '0 0 80 10', 'aria-hidden': 'true' },
    svg('rect', { width: 80, height: 10, rx: 2, class: 'bar-ground' }),
    svg('rect', {
      x: (aboveMean < 0 ? 40 - long : 40).toFixed(1),
      width: long.toFixed(1),
      height: 10,
      class: aboveMean < 0 ? 'bar-less' : 'bar-more',
    }),
    svg('path', { d: 'M40 0V10', class: 'bar-middle' }),
  )
}

/** Where the rank may lie, on a line from the first to the last rank; a button where that is not known yet. */
function strip({ state, certainty }: Bench, ward: Ward, wards: number): HTMLElement | null {
  const sure = state.certainty.value?.wards.find(({ wardName }) => wardName === ward.name)
  if (sure === undefined)
    return state.isStale.value
      ? null
      : h('p', { class: 'row' }, button(words.why.howSure, certainty.ask, { kind: 'link', key: 'how-sure' }))
  const at = (rank: number): number => (wards < 2 ? 0 : ((rank - 1) / (wards - 1)) * 100)
  return h(
    'figure',
    { class: 'strip' },
    svg(
      'svg',
      { viewBox: '-2 0 104 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('path', { d: 'M0 5H100', class: 'strip-line' }),
      svg('rect', {
        x: at(sure.rankLow).toFixed(2),
        y: 2,
        width: Math.max(0.8, at(sure.rankHigh) - at(sure.rankLow)).toFixed(2),
        height: 6,
        class: 'strip-range',
      }),
      svg('rect', { x: (at(sure.rank) - 0.4).toFixed(2), y: 0, width: 0.8, height: 10, class: 'strip-rank' }),
    ),
    h(
      'figcaption',
      {},
      words.why.range(whole(sure.rankLow), whole(sure.rankHigh), shareText(sure.chanceHigh)),
      ' ',
      words.map.verdicts[sure.verdict],
      '.',
    ),
  )
}

/** The wards that share a border with it, each a button. */
function nextTo({ state, openWard, drawn }: Bench, ward: Ward): HTMLElement | null {
  const near = drawn.value === null ? [] : neighboursOf(drawn.value, ward)
  if (near.length === 0 || state.ranking.value === null) return null
  return h(
    'p',
    { class: 'near' },
    words.why.neighbours,
    ' ',
    ...near.flatMap((one, at) => [
      at === 0 ? '' : ', ',
      button(
        `${one.name} (${whole(one.ranked.rank)})`,
        () => {
          openWard(one)
        },
        { kind: 'link' },
      ),
    ]),
  )
}
