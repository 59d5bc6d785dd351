import type { Asking } from './draft.ts'
import { columnAt, field, isTag, skip, textAt } from './draft.ts'
import { AGGREGATES } from './read-figures.ts'
import { isGroupColumn } from './read-places.ts'

/** `by LGA`, `per settlement_class`, `each tier`; or an order: `by rainfall`, `sorted by TPR`. */
export function groups(asking: Asking, at: number): number {
  const { draft } = asking
  if (isTag(asking, at, 'lgas') && isTag(asking, at + 1, 'by') && isTag(asking, at + 2, 'lgas')) {
    draft.groups.push(field(asking, 'lga'))
    return 3
  }
  if (!isTag(asking, at, 'by', 'across', 'sorted', 'orderAscending')) return 0
  const isSorted = isTag(asking, at, 'sorted', 'orderAscending')
  let place = skip(asking, at + 1, 'filler', 'of', 'by', 'their')
  // "Sorted by LGA" is a key of a list, as far as another key follows.
  const isKey = isSorted && isTag(asking, place, 'lgas', 'tiers')
  const first = isSorted && !isKey ? null : groupAt(asking, place)
  if (first !== null) {
    draft.groups.push(first)
    const next = skip(asking, place + 1, 'and', 'by')
    const second = next > place + 1 ? groupAt(asking, next) : null
    if (second === null) return place + 1 - at
    draft.groups.push(second)
    return next + 1 - at
  }
  if (isTag(asking, at, 'across')) return 0
  if (isTag(asking, place, 'wards') && !isSorted) {
    draft.isEachWard = true
    return place + 1 - at
  }
  const isOfKind = asking.tokens[place]?.kind === 'value' || asking.tokens[place]?.kind === 'tier'
  if (isOfKind && textAt(asking, at) === 'among the') return place - at
  if (asking.tokens[place]?.kind === 'lga' && textAt(asking, at).startsWith('across')) return place - at
  // "Every rural ward" are the rural wards.
  if (
    isOfKind &&
    isTag(asking, skip(asking, place + 1, 'risk'), 'wards') &&
    /^(?:every|each)$/.test(textAt(asking, at))
  )
    return place - at
  const direction = isTag(asking, at, 'orderAscending') ? 'ascending' : null
  if (isTag(asking, place, 'high', 'low') && columnAt(asking, skip(asking, place + 1, 'filler')) !== null)
    return place - at
  if (isTag(asking, place, 'risk', 'rank')) {
    if (draft.wanted.some((each) => each.kind === 'order' && each.by === null && each.direction !== 'unclear')) {
      draft.speaksOfRisk = true
      setOrder(asking, 'risk')
      return place + 1 - at
    }
    draft.wanted.push({ kind: 'order', direction: direction ?? 'descending', by: 'risk', isOf: false, isSort: true })
    return place + 1 - at
  }
  if (isTag(asking, place, ...AGGREGATES, 'count')) {
    if (draft.isVersus || draft.wanted.some((each) => each.kind === 'order' && each.by === null)) return place - at
    draft.wanted.push({ kind: 'order', direction: direction ?? 'descending', by: null, isOf: false, isSort: true })
    return place - at
  }
  const found = columnAt(asking, place)
  if (found === null) return 0
  if (draft.wanted.some((each) => each.kind === 'order' && each.by === null)) {
    setOrder(asking, found.column)
    return place + 1 - at
  }
  if (draft.isWeighted) return 0
  // "Compare High and Low by TPR" names what is compared.
  if (draft.isVersus && !isSorted) {
    draft.wanted.push({ kind: 'column', ...found })
    return place + 1 - at
  }
  place += 1
  const after = skip(asking, place, 'filler', 'and', 'in')
  const last = isTag(asking, after, 'low') ? 'ascending' : isTag(asking, after, 'high') ? 'descending' : null
  draft.wanted.push({
    kind: 'order',
    direction: direction ?? last ?? 'descending',
    by: found.column,
    isOf: false,
    isSort: true,
  })
  return (last === null ? place : after + 1) - at
}

/** Gives the last order that has no column this one. */
function setOrder({ draft }: Asking, column: string): void {
  const place = draft.wanted.findLastIndex((each) => each.kind === 'order' && each.by === null)
  const order = draft.wanted[place]
  if (order?.kind === 'order') draft.wanted[place] = { ...order, by: column }
}

/** What wards can be grouped by, at a place. */
function groupAt(asking: Asking, at: number): string | null {
  if (isTag(asking, at, 'lgas')) return field(asking, 'lga')
  if (isTag(asking, at, 'tiers')) return field(asking, 'tier')
  if (isTag(asking, at, 'states')) return field(asking, 'state')
  const token = asking.tokens[at]
  const [column, another] = token?.kind === 'column' ? token.columns : []
  return column !== undefined && another === undefined && isGroupColumn(asking, column) ? column : null
}
