/**
 * Values that programs write for a missing one: GIS exports (-9999, -3.4e38, -32768), surveys (-99, 999), NetCDF
 * (1e20, 9.97e36), and the limits of whole numbers.
 */
const MARKS: ReadonlySet<number> = new Set([
  -9, -99, -999, -9999, -99999, -999999, -9999999, -99.9, -999.9, -9999.9, -99.99, -999.99, -9999.99, -88, -888, -8888,
  -77, -777, -7777, 99, 999, 9999, 99999, 999999, 9999999, 99999999, 999.9, 9999.9, 999.99, 9999.99, -32768, 32767,
  65535, -2147483648, -2147483647, 2147483647, 4294967295, 1e20, -1e20,
])
/** Nothing that is measured of a ward is so great. */
const IMPOSSIBLE = 1e25

/** The numbers that spreadsheets give the days from 2000 to 2049. */
const FIRST_DAY = 36_526
const LAST_DAY = 54_788
/** So many times the greatest other value is no value of the same measure. */
const FAR_BEYOND = 20

export function isNumberOfDay(value: number): boolean {
  return Number.isInteger(value) && value >= FIRST_DAY && value <= LAST_DAY
}

/** Whether a value is the number of a day among values that are much smaller: `12.1` that was taken for 12 January. */
export function looksLikeDay(value: number, rest: Rest): boolean {
  return isNumberOfDay(value) && rest.least >= 0 && rest.greatest > 0 && value > FAR_BEYOND * rest.greatest
}

/** Whether a value is one of the marks that are known for missing values. */
export function isKnownMark(value: number): boolean {
  return MARKS.has(value)
}

/** Whether no ward can have such a value: the least float, the greatest double, the fill value of NetCDF. */
export function isImpossible(value: number): boolean {
  return Math.abs(value) >= IMPOSSIBLE
}

/** The values of a column without known marks: the least, the greatest, how many and how many different. */
export interface Rest {
  readonly least: number
  readonly greatest: number
  readonly count: number
  readonly different: number
}

/** Looks at the values that remain if some are not counted. */
export function restOf(values: Iterable<number>, isLeftOut: (value: number) => boolean): Rest {
  let least = Infinity
  let greatest = -Infinity
  let count = 0
  const different = new Set<number>()
  for (const value of values) {
    if (Number.isNaN(value) || isLeftOut(value)) continue
    if (value < least) least = value
    if (value > greatest) greatest = value
    count += 1
    if (different.size < 100) different.add(value)
  }
  return { least, greatest, count, different: different.size }
}

/** Whether a value lies farther from the rest than the rest is wide. */
export function isFar(value: number, { least, greatest }: Rest): boolean {
  const width = greatest - least
  return value < least - width || value > greatest + width
}

/** Whether a known mark stands among values that it does not fit to. */
export function looksLikeMark(value: number, rest: Rest): boolean {
  if (rest.count === 0) return value <= -99
  if (!isKnownMark(value)) return false
  // A mark is chosen so that no measure can be so small or so great.
  return value < 0
    ? rest.least >= 0 || (value < rest.least && isFar(value, rest))
    : value > rest.greatest && isFar(value, rest)
}
