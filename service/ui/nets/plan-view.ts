import type { Plan } from '../../features/replies/plans.ts'
import { fold, h, longTable, MOST_SHOWN, moreThan } from '../dom.ts'
import { percentText, shareText, whole } from '../formats.ts'
import { SERVICE_LANG } from '../http.ts'
import { words } from '../words/en.ts'

/** The chance of nets of each ward, from 0 to 1. */
export type Chances = ReadonlyMap<string, number | null>

/** The figure of a plan that everything else follows from. */
export function planHeadline({ totals, parameters }: Plan): readonly HTMLElement[] {
  const text = words.plan
  return [
    h(
      'p',
      { class: 'headline' },
      text.headline({
        allocated: whole(totals.allocated),
        stock: whole(totals.stock),
        wards: totals.wardsFull + totals.wardsPartial,
        remaining: totals.remaining === 0 ? null : whole(totals.remaining),
      }),
    ),
    h(
      'p',
      {},
      text.covered(percentText(totals.coveragePercent), whole(totals.population), parameters.populationColumn),
      totals.reserve === 0 ? '' : ` ${text.reserve(whole(totals.reserve))}`,
    ),
  ]
}

/**
 * Who gets how many nets.
 * @param isShown whether the filter leaves a ward
 * @param chances of nets by ward; null while they are not worked out
 */
export function planTables(
  plan: Plan,
  isShown: (wardName: string) => boolean,
  chances: Chances | null,
): readonly (HTMLElement | null)[] {
  const { rules, excluded, caveats } = plan
  const wards = plan.wards.filter(({ wardName }) => isShown(wardName))
  const served = wards.filter(({ allocated }) => allocated > 0)
  const without = wards.filter(({ allocated }) => allocated === 0)
  const left = excluded.filter(({ wardName }) => isShown(wardName))
  const text = words.plan
  return [
    lgaTable(plan),
    served.length === 0 ? null : netsTable(text.byWard, served, chances),
    without.length === 0 ? null : fold(text.without(without.length), netsTable(text.withoutCaption, without, chances)),
    left.length === 0
      ? null
      : fold(
          text.excluded(left.length),
          h(
            'ul',
            {},
            ...left.slice(0, MOST_SHOWN).map(({ wardName, reason }) => h('li', {}, `${wardName}: ${reason}`)),
          ),
          moreThan(left),
        ),
    fold(text.rules, h('ul', { lang: SERVICE_LANG }, ...rules.map((rule) => h('li', {}, rule)))),
    caveats.length === 0
      ? null
      : h(
          'div',
          { class: 'caveats' },
          h('h3', {}, words.about.caveats),
          h('ul', { lang: SERVICE_LANG }, ...caveats.map((caveat) => h('li', {}, caveat))),
        ),
  ]
}

function lgaTable({ lgas }: Plan): HTMLElement | null {
  const known = lgas.filter(({ lga }) => lga !== null && lga !== '')
  return known.length === 0
    ? null
    : fold(
        words.plan.byLga(known.length),
        longTable(words.plan.lgaCaption, words.plan.lgaHeadings, known, (area) => [
          area.lga ?? '',
          whole(area.wards),
          whole(area.need),
          whole(area.allocated),
          percentText(area.population === 0 ? 0 : (100 * area.covered) / area.population),
        ]),
      )
}

function netsTable(caption: string, wards: Plan['wards'], chances: Chances | null): HTMLElement {
  const hasLga = wards.some(({ lga }) => lga !== null && lga !== '')
  const { ward, lga, rank, people, need, nets, covered, chance } = words.plan.headings
  return longTable(
    caption,
    [ward, ...(hasLga ? [lga] : []), rank, people, need, nets, covered, ...(chances === null ? [] : [chance])],
    wards,
    (each) => [
      each.wardName,
      ...(hasLga ? [each.lga ?? '–'] : []),
      whole(each.rank),
      whole(each.population),
      whole(each.need),
      whole(each.allocated),
      percentText(each.coveragePercent),
      ...(chances === null ? [] : [chanceText(chances.get(each.wardName) ?? null)]),
    ],
  )
}

/** A chance is not shown as none or certain if it is not quite. */
function chanceText(chance: number | null): string {
  if (chance === null) return '–'
  return chance > 0.99 && chance < 1 ? `> ${shareText(0.99)}` : shareText(chance)
}
