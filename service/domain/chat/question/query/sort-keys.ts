import type { Order } from '../../../query/ward-query.ts'
import type { Bound } from './bind.ts'
import type { Asking } from './draft.ts'
import { columnAt, field, isTag } from './draft.ts'

/**
 * `Sort the wards by LGA, then by population`: several keys of one list, in the order in which they are said. Null
 * where fewer than two are asked for, or where one is no key.
 */
export function sortKeys(asking: Asking, { orders, measures, columns }: Bound): readonly Order[] | null {
  const { draft, reading, tokens } = asking
  const isSorted = /\b(?:sort|sorted|order|ordered|arrange|arranged)\b/.test(reading.plain)
  if (!isSorted || measures.length > 0 || draft.isCount || draft.areLgasFirst) return null
  if (
    draft.groups.length + orders.length + columns.length < 2 ||
    orders.some(({ by, isSort }) => by === null || !isSort)
  )
    return null
  const placeOf = (name: string): number =>
    tokens.findIndex(
      (_, at) =>
        (name === field(asking, 'lga') && isTag(asking, at, 'lgas')) ||
        (name === field(asking, 'tier') && isTag(asking, at, 'tiers')) ||
        columnAt(asking, at)?.column === name,
    )
  const keys = [
    ...draft.groups.map((by) => ({ by, direction: 'ascending' as const, place: placeOf(by) })),
    ...orders.map(({ by, direction }) => {
      const isRisk = by === 'risk' || by === null
      return {
        by: isRisk ? field(asking, 'rank') : by,
        // Texts run from A to Z. The ward most at risk has the lowest rank.
        direction:
          isRisk !== (direction === 'ascending') || isText(asking, by)
            ? ('ascending' as const)
            : ('descending' as const),
        place: isRisk ? tokens.findIndex((_, at) => isTag(asking, at, 'risk', 'rank')) : placeOf(by),
      }
    }),
  ]
  return [
    ...keys,
    ...columns.map(({ column }) => ({
      by: column,
      direction: isText(asking, column) ? ('ascending' as const) : ('descending' as const),
      place: placeOf(column),
    })),
  ]
    .toSorted((one, other) => one.place - other.place)
    .map(({ by, direction }) => ({ by, direction }))
}

function isText({ dataset }: Asking, column: string | null): boolean {
  return dataset.columns.some(({ name, hasNumbers }) => name === column && !hasNumbers)
}
