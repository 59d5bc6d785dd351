import type { ComparisonReply } from '../../features/replies/plans.ts'
import { h, longTable, table } from '../dom.ts'
import { whole } from '../formats.ts'
import { words } from '../words/en.ts'

/** Plans side by side: in what they differ, which wards gain and lose, and each LGA. */
export function compareView({
  plans,
  differences,
  wards,
  byLga,
  caveats,
}: ComparisonReply): readonly (HTMLElement | null)[] {
  const text = words.compare
  const names = plans.map(({ name }, at) => name ?? text.unnamed(at + 1))
  const changed = wards.filter(({ change }) => change !== 'same')
  const counts = (['gained', 'lost', 'more', 'fewer'] as const).map(
    (change) => [change, wards.filter((ward) => ward.change === change).length] as const,
  )
  const known = byLga.filter(({ lga }) => lga !== null && lga !== '')
  const people = plans.map((_, at) => byLga.reduce((sum, { covered }) => sum + (covered[at] ?? 0), 0))
  return [
    h('h3', { id: 'compare-title', tabindex: -1 }, text.title(names)),
    h('p', {}, h('strong', {}, text.changes(Object.fromEntries(counts), names))),
    h(
      'p',
      {},
      text.people(
        people.map((count) => whole(count)),
        names,
      ),
    ),
    differences.length === 0
      ? null
      : table(
          text.differences,
          [text.rule, ...names],
          differences.map(({ parameter, values }) => [parameter, ...values]),
        ),
    known.length === 0
      ? null
      : longTable(text.byLga, [text.lga, ...names.map(text.netsOf)], known, ({ lga, allocated }) => [
          lga ?? '',
          ...allocated.map((count) => whole(count)),
        ]),
    changed.length === 0
      ? null
      : longTable(text.wards, [text.ward, ...names.map(text.netsOf), text.change, text.why], changed, (ward) => [
          ward.wardName,
          ...ward.allocated.map((count) => (count === null ? '–' : whole(count))),
          text.kinds[ward.change],
          ward.why ?? '',
        ]),
    caveats.length === 0 ? null : h('ul', { class: 'quiet' }, ...caveats.map((caveat) => h('li', {}, caveat))),
  ]
}
