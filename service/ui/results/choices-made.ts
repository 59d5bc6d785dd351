import type { Analysis } from '../../features/replies/analyses.ts'
import { fold, h, MOST_SHOWN, moreThan, table } from '../dom.ts'
import { figure, fixed, shareText, whole } from '../formats.ts'
import { words } from '../words/en.ts'

/** What follows from a person's weights, and how the ranking agrees with a column that it does not use. */
export function choicesMade({ ownWeights, comparison, wards }: Analysis): readonly (HTMLElement | null)[] {
  return [
    ownWeights === undefined || ownWeights === null ? null : weightsPart(ownWeights, wards.length),
    comparison === undefined || comparison === null ? null : comparisonPart(comparison),
  ]
}

function weightsPart(
  { weights, movedWards, entersHigh, leavesHigh }: NonNullable<Analysis['ownWeights']>,
  wards: number,
): HTMLElement {
  const text = words.made
  const moved = (label: string, names: readonly string[]): HTMLElement | null =>
    names.length === 0
      ? null
      : fold(label, h('ul', {}, ...names.slice(0, MOST_SHOWN).map((name) => h('li', {}, name))), moreThan(names))
  return h(
    'div',
    { class: 'details' },
    table(
      text.weights,
      text.weightHeadings,
      weights.map(({ name, weight }) => [name, shareText(weight)]),
    ),
    h('p', {}, text.moved(movedWards, wards)),
    moved(text.entersHigh(entersHigh.length), entersHigh),
    moved(text.leavesHigh(leavesHigh.length), leavesHigh),
  )
}

function comparisonPart({ column, wards, spearman, topThird }: NonNullable<Analysis['comparison']>): HTMLElement {
  const text = words.made
  const row = (label: string, { value, low, high }: typeof spearman): readonly string[] => [
    label,
    fixed(value, 2),
    low === null || high === null ? '–' : text.bounds(fixed(low, 2), fixed(high, 2)),
  ]
  return h(
    'div',
    { class: 'details' },
    table(text.comparedWith(column, whole(wards)), text.comparedHeadings, [
      row(text.spearman, spearman),
      row(text.lift, topThird.lift),
      [text.meanHigh, figure(topThird.mean), '–'],
      [text.meanAll, figure(topThird.meanOfAll), '–'],
    ]),
    h('p', { class: 'quiet' }, text.noProof),
  )
}
