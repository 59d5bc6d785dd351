import type { Plan } from '../../features/replies/plans.ts'
import { fold, h, longTable, MOST_SHOWN, moreThan } from '../dom.ts'
import { percentText, whole } from '../formats.ts'
import { SERVICE_LANG } from '../http.ts'
import { words } from '../words/en.ts'

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
 */
export function planTables(plan: Plan, isShown: (wardName: string) => boolean): readonly (HTMLElement | null)[] {
  const { rules, excluded, caveats } = plan
  const wards = plan.wards.filter(({ wardName }) => isShown(wardName))
  const served = wards.filter(({ allocated }) => allocated > 0)
  const without = wards.filter(({ allocated }) => allocated === 0)
  const left = excluded.filter(({ wardName }) => isShown(wardName))
  const text = words.plan
  return [
    lgaTable(plan),
    served.length === 0 ? null : netsTable(text.byWard, served),
    without.length === 0 ? null : fold(text.without(without.length), netsTable(text.withoutCaption, without)),
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

function netsTable(caption: string, wards: Plan['wards']): HTMLElement {
  const hasLga = wards.some(({ lga }) => lga !== null && lga !== '')
  const { ward, lga, rank, people, need, nets, covered } = words.plan.headings
  return longTable(caption, [ward, ...(hasLga ? [lga] : []), rank, people, need, nets, covered], wards, (each) => [
    each.wardName,
    ...(hasLga ? [each.lga ?? '–'] : []),
    whole(each.rank),
    whole(each.population),
    whole(each.need),
    whole(each.allocated),
    percentText(each.coveragePercent),
  ])
}
