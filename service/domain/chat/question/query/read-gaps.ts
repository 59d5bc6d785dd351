import { ask } from '../replies.ts'
import type { Asking } from './draft.ts'
import { columnAt, isTag, outlineColumn, skip, takesNegation, textAt } from './draft.ts'

/** `missing TPR`, `no housing quality`, `without a value for TPR`. */
export function gapAt(asking: Asking, at: number): number {
  const isGap =
    isTag(asking, at, 'missing', 'present') ||
    (/^(?:no|without|no get)$/.test(textAt(asking, at)) && isTag(asking, at, 'neg', 'except'))
  if (!isGap || asking.used.has(at)) return 0
  let place = skip(asking, at + 1, 'filler', 'of', 'in', 'present', 'missing')
  const columns: string[] = []
  for (;;) {
    const found = columnAt(asking, place)
    if (found === null) break
    columns.push(found.column)
    const next = skip(asking, place + 1, 'and')
    if (columnAt(asking, next) === null || next === place + 1) {
      place += 1
      break
    }
    place = next
  }
  if (columns.length === 0) return 0
  const [zeros] = columns.filter((column) => outlineColumn(asking, column)?.hasZeros === true)
  // "No flood" may be a flood of 0, or no value.
  if (
    zeros !== undefined &&
    (!isTag(asking, at, 'missing', 'present') || textAt(asking, at) === 'without any') &&
    !/value|data|figure/.test(textAt(asking, place))
  )
    asking.draft.question ??= ask(`Do you mean that ${zeros} is 0, or that it has no value?`, [
      `List the wards with ${zeros} equal to 0`,
      `List the wards with missing ${zeros}`,
    ])
  const op = isTag(asking, at, 'present') !== takesNegation(asking, at) ? 'present' : 'missing'
  for (const column of columns) asking.draft.where.push({ column, op })
  return skip(asking, place, 'filler') - at
}
