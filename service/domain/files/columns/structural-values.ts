import { say, type Said } from '../../said.ts'

/** Fewer values can be in a row by chance. */
const FEWEST = 8
/** In parts of a step. Each of a million steps may be off by a billionth. */
const NEAR = 0.01
const FIRST_YEAR = 1950
const LAST_YEAR = 2100
/** 202301 and the like: a year and a month. */
const FIRST_PERIOD = 195_001

/**
 * Why values number, date or place rows and measure nothing; null if they do not show it. NaN is a missing value.
 * Costs n, and n·log n for values that may be in a row.
 * - Numbers in a row: each value once and the same step between all of them when they are sorted (1 to 275, 0 to 274).
 * - Years: whole numbers from 1950 to 2100. Periods: a year and a month, such as 202301.
 */
export function structuralValues(numbers: Float64Array): Said | null {
  const known = numbers.filter((value) => !Number.isNaN(value))
  if (known.length < FEWEST) return null
  const { least, greatest } = rangeOf(known)
  const mayRise = known.length === numbers.length && known.every(isNearStepOf(least, greatest, known.length))
  if (mayRise && haveOneStep(known.toSorted())) return say('rises-by-step', {})
  if (!known.every(Number.isInteger)) return null
  if (least >= FIRST_YEAR && greatest <= LAST_YEAR) return say('holds-years', {})
  return least >= FIRST_PERIOD && greatest <= LAST_YEAR * 100 + 12 && known.every(isMonth)
    ? say('holds-months', {})
    : null
}

function rangeOf(values: Float64Array): { readonly least: number; readonly greatest: number } {
  let [least, greatest] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return { least, greatest }
}

/**
 * Whether a value lies near a step, if `count` values divide their range into equal ones. Values in a row all do, and
 * most others are soon told from them without sorting.
 */
function isNearStepOf(least: number, greatest: number, count: number): (value: number) => boolean {
  const step = (greatest - least) / (count - 1)
  return (value) => Math.abs((value - least) / step - Math.round((value - least) / step)) <= NEAR
}

function haveOneStep(sorted: Float64Array): boolean {
  const step = (sorted[1] ?? NaN) - (sorted[0] ?? NaN)
  if (!(step > 0)) return false
  return sorted.every(
    (value, place) => place === 0 || Math.abs(value - (sorted[place - 1] ?? NaN) - step) <= 1e-9 * Math.abs(step),
  )
}

function isMonth(value: number): boolean {
  return value % 100 >= 1 && value % 100 <= 12
}
