import type { Asking } from './draft.ts'
import { columnAt, field, isTag, skip, textAt } from './draft.ts'

/**
 * `From the highest to the lowest elevation`, after an order or before its column; `in alphabetical order`. Gives how
 * many tokens it takes.
 */
export function sorts(asking: Asking, at: number): number {
  const { draft } = asking
  if (isTag(asking, at, 'byName')) {
    const last = draft.wanted.at(-1)
    if (last?.kind === 'order' && last.by === null) draft.wanted.pop()
    draft.wanted.push({
      kind: 'order',
      direction: 'ascending',
      by: field(asking, 'ward'),
      isOf: false,
      isSort: true,
    })
    return 1
  }
  const from = isTag(asking, at, 'sorted') ? skip(asking, at + 1, 'filler') : at
  const hasFrom = isTag(asking, from, 'between') && textAt(asking, from) === 'from'
  const first = hasFrom ? skip(asking, from + 1, 'filler') : from
  if (!isTag(asking, first, 'high', 'low')) return 0
  const to = skip(asking, first + 1, 'filler')
  const second = skip(asking, to + 1, 'filler')
  const isDown = isTag(asking, first, 'high')
  if (!isTag(asking, to, 'to') || !isTag(asking, second, isDown ? 'low' : 'high')) return 0
  const direction = isDown ? 'descending' : 'ascending'
  if (!hasFrom && first > at) return 0
  const last = draft.wanted.findLastIndex((each) => each.kind === 'order')
  const order = draft.wanted[last]
  if (order?.kind === 'order' && order.isSort) {
    draft.wanted[last] = { ...order, direction }
    return second + 1 - at
  }
  const place = skip(asking, second + 1, 'filler', 'of', 'in')
  const found = columnAt(asking, place)
  const isOfRisk = isTag(asking, place, 'risk')
  if (isOfRisk) draft.speaksOfRisk = true
  draft.wanted.push({
    kind: 'order',
    direction,
    by: isOfRisk ? 'risk' : (found?.column ?? null),
    isOf: false,
    isSort: true,
  })
  return (found === null && !isOfRisk ? second : place) + 1 - at
}
