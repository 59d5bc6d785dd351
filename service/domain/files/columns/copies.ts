import { quoted } from '../../quoted.ts'
import type { WardColumn } from '../ward-table.ts'

/** Two columns can agree in fewer rows by chance. */
const FEWEST = 3
/** Percent of a share, with the rounding of a double. */
const TOLERANCE = 1e-12

/** A column of numbers that repeats another. */
export interface Copy {
  readonly of: string
  /** 100 if it is the other in percent, 0.01 the other way round. */
  readonly scale: 1 | 100 | 0.01
}

/**
 * Finds columns that repeat an earlier one: equal in every row in which both have a value, in at least three rows, as
 * they are or times 100. The earlier one stays. Other columns that rise and fall together are correlated, which is said
 * and not refused. Costs columns² × rows in the worst case; most pairs differ in their first rows.
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
  return `it repeats the values of ${quoted(of)} ${scale === 100 ? 'times 100' : 'divided by 100'}`
}

function firstCopied(kept: readonly WardColumn[], column: WardColumn): Copy | null {
  for (const other of kept)
    for (const scale of [1, 100, 0.01] as const)
      if (repeats(column.numbers, other.numbers, scale)) return { of: other.name, scale }
  return null
}

function repeats(one: Float64Array | null, other: Float64Array | null, scale: Copy['scale']): boolean {
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
