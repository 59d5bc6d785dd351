import { AreaBlock, type AreaEvidence } from './area-evidence.ts'
import type { ColumnScale } from './column-scale.ts'
import { say, type Said } from '../../said.ts'
import type { RoledColumn } from './roled-table.ts'

const FARTHEST = 500
const FEWEST = 2
/** A mean of two rows lies between them, and much does. */
const FEWEST_OF_MEAN = 3
const COLUMNS_TRIED = 3
/** A mean has to agree in so many of the columns that are tried before all are compared. */
const FEWEST_AGREEING = 2

/** A row that may sum up or average the rows on one side of it, with the evidence and where they are. */
export type Judged = readonly [row: number, evidence: AreaEvidence, of: Said]

const SIDES = [
  { step: -1, of: 'rows-above' },
  { step: 1, of: 'rows-below' },
] as const

/**
 * Finds rows that may sum up or average the rows directly above or below them, among those that `isTried`. Goes away
 * from each row until a sum is passed, in the three columns without negative values that tell most rows apart.
 */
export function contiguousRows(
  columns: readonly RoledColumn[],
  rows: number,
  isTried: (row: number) => boolean,
  found: ReadonlyMap<number, unknown>,
  scale: ColumnScale,
): readonly Judged[] {
  const tried = columns
    .filter(({ numbers }) => numbers.every((value) => Number.isNaN(value) || value >= 0))
    .map((column) => ({ column, different: countDifferent(column.numbers) }))
    .sort((one, other) => other.different - one.different)
    .slice(0, COLUMNS_TRIED)
    .map(({ column }) => column)
  const isFound = Uint8Array.from({ length: rows }, (_, row) => Number(found.has(row)))
  const judged: Judged[] = []
  for (let row = 0; row < rows; row += 1) {
    if (isFound[row] === 1 || !isTried(row)) continue
    for (const { step, of } of SIDES)
      for (const last of lastRows(tried, row, step, isFound)) {
        const block = Array.from({ length: Math.abs(last - row) }, (_, at) => row + step * (at + 1))
        const members = block.filter((one) => isFound[one] !== 1)
        const evidence = new AreaBlock(members, columns, scale).evidenceFor(row, false)
        if (evidence.sums.length > 0 || evidence.means.length > 0) judged.push([row, evidence, say(of, {})])
      }
  }
  return judged
}

/** How many values there are, of which equal ones count once. */
function countDifferent(numbers: Float64Array): number {
  const sorted = numbers.slice().sort()
  let different = 0
  // A missing value sorts last and equals nothing.
  for (let at = 0; at < sorted.length && !Number.isNaN(sorted[at]); at += 1)
    if (sorted[at] !== sorted[at - 1]) different += 1
  return different
}

/**
 * The last rows of the blocks beside `row` whose sum it may be in one column, or whose mean in several, the nearest
 * first.
 */
function lastRows(tried: readonly RoledColumn[], row: number, step: number, isFound: Uint8Array): readonly number[] {
  const last = new Set<number>()
  const meansAt = new Map<number, number>()
  for (const { numbers } of tried)
    for (const [at, how] of agreeingRows(numbers, row, step, isFound))
      if (how === 'sum') last.add(at)
      else meansAt.set(at, (meansAt.get(at) ?? 0) + 1)
  for (const [at, columns] of meansAt) if (columns >= FEWEST_AGREEING) last.add(at)
  return [...last].sort((one, other) => step * (one - other))
}

/** The last rows of the blocks beside `row` whose sum or mean is its value in one column. */
function agreeingRows(
  numbers: Float64Array,
  row: number,
  step: number,
  isFound: Uint8Array,
): readonly (readonly [at: number, how: 'sum' | 'mean'])[] {
  const target = numbers[row] ?? NaN
  if (Number.isNaN(target)) return []
  const agreeing: [number, 'sum' | 'mean'][] = []
  const slack = 0.5 + 1e-6 * target
  const width = meanWidth(target)
  const end = step > 0 ? Math.min(isFound.length, row + FARTHEST + 1) : Math.max(-1, row - FARTHEST - 1)
  let sum = 0
  let addends = 0
  let isPassed = target === 0
  for (let at = row + step; at !== end; at += step) {
    const value = numbers[at] ?? NaN
    if (Number.isNaN(value) || isFound[at] === 1) continue
    sum += value
    addends += 1
    if (!isPassed) {
      if (addends >= FEWEST && value !== 0 && Math.abs(sum - target) <= slack) agreeing.push([at, 'sum'])
      isPassed = sum > target + slack
    }
    if (addends >= FEWEST_OF_MEAN && Math.abs(sum - addends * target) <= addends * width) agreeing.push([at, 'mean'])
  }
  return agreeing
}

/** How far a mean may lie from the value that it is shown as: half a unit of the last decimal shown. */
function meanWidth(target: number): number {
  const decimals = Number.isNaN(target) ? 0 : (String(target).split('.')[1]?.length ?? 0)
  return 0.5 * 10 ** -decimals * 1.001 + 1e-9 * Math.abs(target)
}
