import { button, fold, longTable } from '../dom.ts'
import type { Dataset, Settled } from '../../features/replies/dataset.ts'
import { words } from '../words/en.ts'
import type { Verdict } from './decision-queue.ts'

/** Pairs that were joined although their names differ, and pairs that were refused. Each can be changed here. */
export function joinedNames(
  { refused, quality: { spelledDifferently } }: Dataset,
  settle: (choices: readonly Settled[], what: Verdict) => void,
): readonly HTMLElement[] {
  const { joined, names } = words
  return [
    ...(spelledDifferently.length === 0
      ? []
      : [
          fold(
            joined.title(spelledDifferently.length),
            longTable(joined.caption, joined.headings, spelledDifferently, ({ ward, boundary, joinedBy }) => [
              ward,
              boundary,
              joined.by[joinedBy],
              // Pairs with the same code on both sides come from the data itself and cannot be separated here.
              joinedBy === 'code'
                ? null
                : button(
                    joined.separate,
                    () => {
                      settle([{ ward, boundary }], 'refuse')
                    },
                    { kind: 'link', says: joined.separateFrom(ward, boundary) },
                  ),
            ]),
          ),
        ]),
    ...(refused.length === 0
      ? []
      : [
          fold(
            joined.refusedTitle(refused.length),
            longTable(joined.refusedCaption, joined.refusedHeadings, refused, (pair) => [
              pair.ward,
              pair.boundary,
              button(
                names.joinOne,
                () => {
                  settle([pair], 'accept')
                },
                { kind: 'link', says: joined.joinAfterAll(pair.ward, pair.boundary) },
              ),
            ]),
          ),
        ]),
  ]
}
