import { isImpossible, isKnownMark, looksLikeMark, restOf } from './marks.ts'
import type { RoledColumn } from './roled-table.ts'

/** What is known of the values of a table's columns before its rows are told apart. */
export interface ColumnScale {
  /** Whether a value may be a mark for a missing one, so that it is in no sum. */
  readonly masked: (column: RoledColumn, value: number) => boolean
  /** Half of the interquartile range of all values, which a few great sums among them hardly move. */
  readonly spread: (column: RoledColumn) => number
}

/** Measures the columns of a table. */
export function scaleOf(columns: readonly RoledColumn[]): ColumnScale {
  const isMark = (value: number): boolean => isKnownMark(value) || isImpossible(value)
  const masks = new Map(
    columns.map((column) => {
      const suspects = new Set(column.numbers.filter(isMark))
      if (suspects.size === 0) return [column, suspects]
      const rest = restOf(column.numbers, (value) => suspects.has(value))
      return [column, new Set([...suspects].filter((value) => isImpossible(value) || looksLikeMark(value, rest)))]
    }),
  )
  const masked = (column: RoledColumn, value: number): boolean => {
    const marks = masks.get(column)
    return marks !== undefined && marks.size > 0 && marks.has(value)
  }
  const spreads = new Map<RoledColumn, number>()
  const spreadOf = (column: RoledColumn): number => {
    const sorted = column.numbers.filter((value) => !Number.isNaN(value) && !masked(column, value)).sort()
    const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? 0
    return (at(0.75) - at(0.25)) / 2
  }
  return {
    masked,
    spread: (column) => {
      const spread = spreads.get(column) ?? spreadOf(column)
      spreads.set(column, spread)
      return spread
    },
  }
}
