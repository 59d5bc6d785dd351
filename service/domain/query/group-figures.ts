import { quoted } from '../quoted.ts'
import { median } from '../median.ts'
import { groupRows } from './group-rows.ts'
import { meanOf, presentOf, sumOf } from './statistics.ts'
import { isMissing, type NumberColumn, type ViewColumn } from './view-column.ts'
import type { GroupFigure } from './ward-query.ts'

type Figure = GroupFigure['figure']

const FIGURES: Readonly<Record<Figure, (values: Float64Array) => number>> = {
  mean: meanOf,
  median,
  sum: sumOf,
  min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  max: (values) => values.reduce((greatest, value) => Math.max(greatest, value), -Infinity),
}

/**
 * A figure of each ward's group, such as the mean of its LGA, over all wards of the group that have a value. A ward
 * without a group has none, and neither has one whose group has no value.
 */
export function groupFigures(column: NumberColumn, figure: Figure, group: ViewColumn): NumberColumn {
  const numbers = new Float64Array(column.numbers.length).fill(NaN)
  const rows = Uint32Array.from(numbers, (_, row) => row).filter((row) => !isMissing(group, row))
  for (const { rows: own } of groupRows([group], rows)) {
    const values = presentOf(Float64Array.from(own, (row) => column.numbers[row] ?? NaN))
    if (values.length === 0) continue
    const value = FIGURES[figure](values)
    for (const row of own) numbers[row] = value
  }
  return { name: column.name, type: 'number', numbers }
}

/** What to say of figures of groups: which wards they rest on. */
export function groupNote(column: NumberColumn, figure: Figure, group: ViewColumn): string {
  return `The ${figure} of ${quoted(column.name)} of each ${quoted(group.name)} is over all its wards that have a value.`
}
