import type { ColumnScale } from './column-scale.ts'
import type { RoledColumn } from './roled-table.ts'

/** No single column is better evidence than one in a million. */
const MOST_OF_A_COLUMN = 6
/** At most one ward of a hundred lies as far outside the others as the sum of five or more does. */
const WEIGHT_OF_FAR = 2
const FEWEST_OF_FAR = 5
const DECIMALS = 12

/** How surely a row is the sum or the mean of other rows. */
export interface AreaEvidence {
  /**
   * The negative decimal logarithm of the chance that a ward's values would be so by accident: 3 is one in a thousand.
   * 0 if nothing agrees.
   */
  readonly weight: number
  /** The columns that agree, with how. */
  readonly sums: readonly string[]
  readonly means: readonly string[]
  /** In how many columns it agrees whose values are not all the same and that are no copies. */
  readonly telling: number
  /** Whether it agrees in every column that it has, and has two or more. */
  readonly isWhole: boolean
}

/** Sums of a column over a block of rows. */
interface Totals {
  readonly column: RoledColumn
  readonly sum: number
  readonly count: number
  readonly nonzero: number
  readonly decimals: number
  readonly least: number
  readonly greatest: number
  /** The greatest value but one: a sum of values that are not negative is the greatest itself. */
  readonly second: number
}

/** A block of rows, of which some may sum up the others. */
export class AreaBlock {
  readonly #totals: readonly Totals[]
  readonly #scale: ColumnScale

  constructor(rows: readonly number[], columns: readonly RoledColumn[], scale: ColumnScale) {
    this.#scale = scale
    this.#totals = columns.map((column) => totalsOf(column, rows, scale))
  }

  /** How surely `row`, which may be in the block or not, is the sum or the mean of the other rows. */
  evidenceFor(row: number, isInside: boolean): AreaEvidence {
    const sums: string[] = []
    const means: string[] = []
    const weights: number[] = []
    const seen = new Set<string>()
    let compared = 0
    let agreed = 0
    let far = 0
    let telling = 0
    for (const totals of this.#totals) {
      const value = totals.column.numbers[row] ?? NaN
      if (Number.isNaN(value) || this.#scale.masked(totals.column, value)) continue
      const own = isInside ? 1 : 0
      const count = totals.count - own
      const sum = totals.sum - own * value
      const nonzero = totals.nonzero - (isInside && value !== 0 ? 1 : 0)
      if (count < 1) continue
      compared += 1
      const isSum = nonzero >= 2 && agrees(value, sum, totals, count)
      const isMean = !isSum && agrees(value, sum / count, totals, 1)
      if (!isSum && !isMean) continue
      agreed += 1
      // One row of two, or one value in all of them, is no sum of anything.
      if (count === 1 || totals.least === totals.greatest) continue
      // A copy of a column says nothing new.
      const copy = `${String(value)} ${String(sum)}`
      if (seen.has(copy)) continue
      seen.add(copy)
      telling += 1
      const width = toleranceOf(value, sum, totals, isSum ? count : 1)
      const spread = this.#scale.spread(totals.column)
      const chance = spread === 0 ? 1 : Math.min(1, (4 * width) / spread)
      const weight = Math.min(MOST_OF_A_COLUMN, -Math.log10(chance))
      if (weight <= 0) continue
      weights.push(weight)
      if (isSum && count >= FEWEST_OF_FAR && value > 2 * totals.second - totals.least) far = WEIGHT_OF_FAR
      if (isSum) sums.push(totals.column.name)
      else means.push(totals.column.name)
    }
    const isWhole = agreed === compared && agreed >= 2
    if (weights.length === 0) return { weight: 0, sums, means, telling, isWhole }
    const weight = weights.reduce((total, one) => total + one, 0) - Math.log10(choose(compared, weights.length))
    return { weight: Math.max(0, weight + far), sums, means, telling, isWhole }
  }
}

function totalsOf(column: RoledColumn, rows: readonly number[], { masked }: ColumnScale): Totals {
  let sum = 0
  let count = 0
  let nonzero = 0
  let decimals = 0
  let least = Infinity
  let greatest = -Infinity
  let second = -Infinity
  for (const row of rows) {
    const value = column.numbers[row] ?? NaN
    if (Number.isNaN(value) || masked(column, value)) continue
    sum += value
    count += 1
    if (value < least) least = value
    if (value > greatest) {
      second = greatest
      greatest = value
    } else if (value > second) second = value
    if (value !== 0) nonzero += 1
    if (decimals < DECIMALS && !hasDecimals(value, decimals)) decimals = Math.max(decimals, decimalsOf(value))
  }
  return {
    column,
    sum,
    count,
    nonzero,
    decimals,
    least: count > 0 ? least : 0,
    greatest: count > 0 ? greatest : 0,
    second: count > 1 ? second : 0,
  }
}

function agrees(value: number, target: number, totals: Totals, addends: number): boolean {
  const difference = Math.abs(value - target)
  // Most rows are far off, and counting decimals costs more than this.
  if (difference > 0.5 + 0.05 * addends + 1e-9 * Math.abs(target)) return false
  return difference <= toleranceOf(value, target, totals, addends)
}

/** How far a rounded sum or mean may lie from that of rounded values. */
function toleranceOf(value: number, target: number, { decimals }: Totals, addends: number): number {
  const own = 0.5 * 10 ** -Math.min(DECIMALS, decimalsOf(value))
  const ofAddends = decimals === 0 ? 0 : 0.5 * 10 ** -decimals * addends
  return (own + ofAddends) * 1.001 + 1e-9 * Math.abs(target)
}

/** Whether a value is written out with so many decimals. It may say no to one of 16 or more digits. */
function hasDecimals(value: number, decimals: number): boolean {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale === value
}

function decimalsOf(value: number): number {
  const text = String(value)
  const [digits = '', exponent] = text.split('e')
  const shown = digits.split('.')[1]?.length ?? 0
  return Math.max(0, shown - Number(exponent ?? 0))
}

function choose(all: number, some: number): number {
  let ways = 1
  for (let step = 1; step <= some; step += 1) ways = (ways * (all - some + step)) / step
  return ways
}
