import { h, svg, type Child } from '../dom.ts'
import { figure, fixed, percentText, shareText, whole } from '../formats.ts'
import type { State } from '../state.ts'
import type { Ward } from '../wards/ward.ts'
import { words } from '../words/en.ts'
import type { ValueColumn } from './values.ts'

/** A column of the table of wards. */
export interface WardColumn extends ValueColumn {
  readonly key: string
  /** The cell as it is shown; without it, as text. */
  readonly show?: (ward: Ward) => Child
  readonly isNumber: boolean
}

/** Every column there is now: the ranking, how sure it is, the nets, and the indicators. */
export function wardColumns({ ranking, certainty, plan }: State): readonly WardColumn[] {
  const ranked = ranking.value
  if (ranked === null) return []
  const { columns } = words.table
  const hasLga = ranked.wards.some(({ lga }) => lga !== '')
  const hasCode = ranked.wards.some(({ ranked: { wardCode } }) => wardCode !== null && wardCode !== '')
  return [
    number('rank', columns.rank, ({ ranked: { rank } }) => rank, whole),
    { key: 'ward', heading: columns.ward, valueOf: ({ name }) => name, isNumber: false },
    {
      ...text('tier', columns.tier, ({ ranked: { tier } }) => words.map.tiers[tier]),
      show: ({ ranked: { tier } }) => tierBadge(tier),
    },
    {
      ...number(
        'score',
        columns.score,
        ({ ranked: { score } }) => score,
        (score) => fixed(score, 3),
      ),
      show: ({ ranked: { score } }) => h('span', { class: 'with-bar' }, bar(score), fixed(score, 3)),
    },
    ...(ranked.wards.some(({ ranked: { byMethod } }) => byMethod !== undefined)
      ? [number('method-rank', columns.methodRank, ({ ranked: { byMethod } }) => byMethod?.rank ?? null, whole)]
      : []),
    ...(hasLga ? [text('lga', columns.lga, ({ lga }) => lga)] : []),
    ...certaintyColumns(certainty.value),
    ...netColumns(plan.value),
    number('top-third', columns.topThird, ({ ranked: { robustness } }) => robustness.topThirdShare, shareText),
    number('median-rank', columns.medianRank, ({ ranked: { robustness } }) => robustness.medianRank, figure),
    ...(ranked.analysis.pca.suitable
      ? [
          number('pca-rank', columns.pcaRank, ({ ranked: { pcaRank } }) => pcaRank, whole),
          number('pca-score', columns.pcaScore, ({ ranked: { pcaScore } }) => pcaScore, figure),
        ]
      : []),
    ...ranked.analysis.indicators.map(({ name }, at) =>
      number(`indicator-${String(at)}`, name, ({ ranked: { indicators } }) => indicators[at]?.raw ?? null, figure),
    ),
    ...(hasCode ? [text('code', columns.code, ({ ranked: { wardCode } }) => wardCode ?? '')] : []),
  ]
}

function certaintyColumns(certainty: State['certainty']['value']): readonly WardColumn[] {
  if (certainty === null) return []
  const of = new Map(certainty.wards.map((ward) => [ward.wardName, ward]))
  const { columns } = words.table
  return [
    number('rank-low', columns.rankLow, ({ name }) => of.get(name)?.rankLow ?? null, whole),
    number('rank-high', columns.rankHigh, ({ name }) => of.get(name)?.rankHigh ?? null, whole),
    number('chance-high', columns.chanceHigh, ({ name }) => of.get(name)?.chanceHigh ?? null, shareText),
  ]
}

function netColumns(plan: State['plan']['value']): readonly WardColumn[] {
  if (plan === null) return []
  const of = new Map(plan.wards.map((ward) => [ward.wardName, ward]))
  const { columns } = words.table
  return [
    number('nets', columns.nets, ({ name }) => of.get(name)?.allocated ?? null, whole),
    number('coverage', columns.coverage, ({ name }) => of.get(name)?.coveragePercent ?? null, percentText),
  ]
}

function number(
  key: string,
  heading: string,
  valueOf: (ward: Ward) => number | null,
  format: (value: number) => string,
): WardColumn {
  return {
    key,
    heading,
    valueOf,
    isNumber: true,
    show: (ward) => {
      const value = valueOf(ward)
      return value === null ? '–' : format(value)
    },
  }
}

function text(key: string, heading: string, valueOf: (ward: Ward) => string): WardColumn {
  return { key, heading, valueOf, isNumber: false }
}

export function tierBadge(tier: Ward['ranked']['tier']): HTMLElement {
  return h('span', { class: `badge ${tier.toLowerCase()}` }, words.map.tiers[tier])
}

/** A bar for a value from 0 to 1, with the figure beside it. */
export function bar(share: number): SVGSVGElement {
  return svg(
    'svg',
    { class: 'bar', width: 40, height: 8, viewBox: '0 0 40 8', 'aria-hidden': 'true' },
    svg('rect', { width: 40, height: 8, rx: 2, class: 'bar-ground' }),
    svg('rect', { width: (40 * Math.max(0, Math.min(1, share))).toFixed(1), height: 8, rx: 2, class: 'bar-fill' }),
  )
}
