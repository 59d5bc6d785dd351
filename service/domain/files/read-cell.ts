/** What a trimmed cell of a table holds. */
export type CellKind = 'missing' | 'number' | 'infinite' | 'text'

const MISSING: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '#n/a'])
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const INFINITE = /^[+-]?inf(?:inity)?$/i

/** Values beyond this are not measurements, and their differences would leave the range of a double. */
const GREATEST = 1e100
const LONGEST_NUMBER = 40

/** Whether a text begins with a digit. No mark for a missing value does, and most cells of large tables do. */
export function beginsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0)
  return code >= 48 && code <= 57
}

/** Whether a trimmed cell is empty or a missing-value mark: NA, N/A, NaN, null, None, #N/A in any case. */
export function isMissing(cell: string): boolean {
  return cell.length <= 4 && !beginsWithDigit(cell) && MISSING.has(cell.toLowerCase())
}

/**
 * Says what a trimmed cell holds. A number has a decimal point and no thousands separators. `inf` and numbers beyond
 * 1e100 are `infinite`.
 */
export function cellKind(cell: string): CellKind {
  if (isMissing(cell)) return 'missing'
  if (cell.length > LONGEST_NUMBER) return 'text'
  if (NUMBER.test(cell)) return Math.abs(Number(cell)) <= GREATEST ? 'number' : 'infinite'
  return INFINITE.test(cell) ? 'infinite' : 'text'
}
