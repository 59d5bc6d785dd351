import type { Bench } from '../bench.ts'
import { watchAll } from '../cell.ts'
import { button, fill, h, table } from '../dom.ts'
import { fixed, whole } from '../formats.ts'
import { words } from '../words/en.ts'

/** The wards by LGA. The name of an LGA filters by it, and the map shows it. */
export function lgaView({ state: { ranking, filter } }: Bench): HTMLElement {
  const view = h('div', { class: 'lgas' })
  watchAll([ranking], () => {
    const lgas = (ranking.value?.analysis.lgas ?? []).filter(({ lga }) => lga !== null && lga !== '')
    const { caption, headings, none, show } = words.lgas
    fill(
      view,
      lgas.length === 0
        ? h('p', { class: 'quiet' }, none)
        : table(
            caption,
            headings,
            lgas.map(({ lga, wards, tiers, meanScore, worstWard, worstRank }) => [
              button(
                lga ?? '',
                () => {
                  filter.set({ ...filter.value, lga })
                },
                { kind: 'link', says: show(lga ?? '') },
              ),
              whole(wards),
              whole(tiers.High),
              whole(tiers.Medium),
              whole(tiers.Low),
              fixed(meanScore, 3),
              `${worstWard} (${whole(worstRank)})`,
            ]),
          ),
    )
  })
  return view
}
