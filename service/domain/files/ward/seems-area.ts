import type { ColumnScale } from './column-scale.ts'
import type { RoledColumn } from './roled-table.ts'

const FEWEST_OTHERS = 3
/**
 * Of six or more wards, one that has this share of what the others have together is at least three times their mean.
 */
const FEWEST_OF_SUM = 5
const AS_LARGE = 0.6
/** A ward lies within half a standard deviation of the mean in about two columns of five. */
const NEAR = 0.5
const FEWEST_COLUMNS = 2

/**
 * Whether a row is about as large as the others of its block together: in its population, or else in at least half of
 * the columns.
 */
export function seemsSum(
  row: number,
  block: readonly number[],
  columns: readonly RoledColumn[],
  scale: ColumnScale,
): boolean {
  const people = columns.filter(({ role }) => role === 'population')
  const compared = people.length > 0 ? people : columns
  const large = compared.filter((column) => {
    const { value, others } = valuesOf(row, block, column, scale)
    if (others.length < FEWEST_OF_SUM || others.some((one) => one < 0)) return false
    const sum = others.reduce((total, one) => total + one, 0)
    return value > Math.max(...others) && value >= AS_LARGE * sum
  })
  return large.length > 0 && large.length >= compared.length / 2
}

/** Whether a row stands first or last in its block and is near the mean of the others in every column. */
export function seemsAverage(
  row: number,
  block: readonly number[],
  columns: readonly RoledColumn[],
  scale: ColumnScale,
): boolean {
  if (block[0] !== row && block.at(-1) !== row) return false
  const distances = columns.flatMap((column) => {
    const { value, others } = valuesOf(row, block, column, scale)
    if (Number.isNaN(value) || others.length < FEWEST_OTHERS) return []
    const mean = others.reduce((total, one) => total + one, 0) / others.length
    const deviation = Math.sqrt(others.reduce((total, one) => total + (one - mean) ** 2, 0) / others.length)
    return deviation === 0 ? [] : [Math.abs(value - mean) / deviation]
  })
  return distances.length >= FEWEST_COLUMNS && distances.every((distance) => distance <= NEAR)
}

function valuesOf(
  row: number,
  block: readonly number[],
  column: RoledColumn,
  scale: ColumnScale,
): { value: number; others: number[] } {
  const isValue = (value: number): boolean => !Number.isNaN(value) && !scale.masked(column, value)
  const value = column.numbers[row] ?? NaN
  const others = block.filter((one) => one !== row).map((one) => column.numbers[one] ?? NaN)
  return { value: isValue(value) ? value : NaN, others: others.filter(isValue) }
}
