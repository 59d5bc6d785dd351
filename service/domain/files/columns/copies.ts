import { quoted } from '../../fault-list.ts'
import type { WardColumn } from '../ward-table.ts'

/** Two columns can agree in fewer rows by chance. */
const FEWEST = 3
/** Two rows make the line, and as many more must lie on it. */
const FEWEST_ON_LINE = FEWEST + 2
/** Percent of a share, with the rounding of a double. */
const TOLERANCE = 1e-12
/** A line has two such roundings, and the differences that it is made of lose digits. */
const LINE_TOLERANCE = 1e-9

/** A column of numbers that repeats another. */
export interface Copy {
  readonly of: string
  /**
   * 100 if it is the other in percent, 0.01 the other way round; `line` if it rises with the other on a straight line,
   * such as degrees Fahrenheit with Celsius, and `falling line` if it falls with it.
   */
  readonly scale: 1 | 100 | 0.01 | 'line' | 'falling line'
}

/**
 * Finds columns that repeat an earlier one, so that |r| is 1 over the rows in which both have a value: equal as they
 * are or times 100 in at least three rows, or on one straight line in at least five. The earlier one stays. Costs
 * columns² × rows in the worst case; most pairs differ in their first rows.
 * @param columns the one to keep first
 */
export function copiesOf(columns: readonly WardColumn[]): ReadonlyMap<string, Copy> {
  const kept: WardColumn[] = []
  const copies = new Map<string, Copy>()
  for (const column of columns) {
    const copy = firstCopied(kept, column)
    if (copy === null) kept.push(column)
    else copies.set(column.name, copy)
  }
  return copies
}

/** Why a column is a copy, in words that follow its name. */
export function copyReason({ of, scale }: Copy): string {
  if (scale === 1) return `it repeats the values of ${quoted(of)}`
  if (scale === 'line') return `it rises exactly as ${quoted(of)} does`
  if (scale === 'falling line') return `it falls exactly as ${quoted(of)} rises`
  return `it repeats the values of ${quoted(of)} ${scale === 100 ? 'times 100' : 'divided by 100'}`
}

function firstCopied(kept: readonly WardColumn[], column: WardColumn): Copy | null {
  for (const other of kept) {
    for (const scale of [1, 100, 0.01] as const)
      if (repeats(column.numbers, other.numbers, scale)) return { of: other.name, scale }
    const slope = slopeOf(column.numbers, other.numbers)
    if (slope !== 0) return { of: other.name, scale: slope > 0 ? 'line' : 'falling line' }
  }
  return null
}

function repeats(one: Float64Array | null, other: Float64Array | null, scale: 1 | 100 | 0.01): boolean {
  if (one === null || other === null) return false
  let both = 0
  let isZero = true
  for (let row = 0; row < one.length; row += 1) {
    const value = one[row] ?? NaN
    const original = other[row] ?? NaN
    if (Number.isNaN(value) || Number.isNaN(original)) continue
    const wanted = scale === 0.01 ? original / 100 : original * scale
    if (scale === 1 ? value !== wanted : Math.abs(value - wanted) > TOLERANCE * Math.abs(wanted)) return false
    both += 1
    isZero &&= value === 0
  }
  return both >= FEWEST && (scale === 1 || !isZero)
}

/** The slope of the line on which all rows lie that have both values; 0 if they do not, or one does not vary. */
function slopeOf(one: Float64Array | null, other: Float64Array | null): number {
  if (one === null || other === null) return 0
  let [both, firstX, firstY, slope] = [0, NaN, NaN, NaN]
  for (let row = 0; row < one.length; row += 1) {
    const [y, x] = [one[row] ?? NaN, other[row] ?? NaN]
    if (Number.isNaN(y) || Number.isNaN(x)) continue
    both += 1
    if (both === 1) [firstX, firstY] = [x, y]
    else if (Number.isNaN(slope)) {
      if (x === firstX && y === firstY) continue
      slope = (y - firstY) / (x - firstX)
      if (!Number.isFinite(slope) || slope === 0) return 0
    } else {
      const wanted = firstY + slope * (x - firstX)
      if (Math.abs(y - wanted) > LINE_TOLERANCE * Math.max(Math.abs(y), Math.abs(firstY), Math.abs(wanted))) return 0
    }
  }
  return both >= FEWEST_ON_LINE && !Number.isNaN(slope) ? slope : 0
}
