import { AreaBlock, type AreaEvidence } from './area-evidence.ts'
import type { ColumnScale } from './column-scale.ts'
import type { RoledColumn } from './roled-table.ts'

const FARTHEST = 500
const FEWEST = 2
/** A mean of two rows lies between them, and much does. */
const FEWEST_OF_MEAN = 3
const COLUMNS_TRIED = 3
/** A mean has to agree in so many of the columns that are tried before all are compared. */
const FEWEST_AGREEING = 2

/** A row that may sum up or average the rows on one side of it, with the evidence and where they are. */
export type Judged = readonly [row: number, evidence: AreaEvidence, of: string]

const SIDES = [
  { step: -1, of: 'the rows above it' },
  { step: 1, of: 'the rows below it' },
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
    .map((column) => ({ column, different: new Set(column.numbers).size }))
    .sort((one, other) => other.different - one.different)
    .slice(0, COLUMNS_TRIED)
    .map(({ column }) => column)
  const judged: Judged[] = []
  for (let row = 0; row < rows; row += 1) {
    if (found.has(row) || !isTried(row)) continue
    for (const { step, of } of SIDES)
      for (const last of lastRows(tried, row, step, rows, found)) {
        const block = Array.from({ length: Math.abs(last - row) }, (_, at) => row + step * (at + 1))
        const members = block.filter((one) => !found.has(one))
        const evidence = new AreaBlock(members, columns, scale).evidenceFor(row, false)
        if (evidence.sums.length > 0 || evidence.means.length > 0) judged.push([row, evidence, of])
      }
  }
  return judged
}

/** The last rows of the blocks beside `row` whose sum it may be in one column, or whose mean in several. */
function lastRows(
  tried: readonly RoledColumn[],
  row: number,
  step: number,
  rows: number,
  found: ReadonlyMap<number, unknown>,
): ReadonlySet<number> {
  const last = new Set<number>()
  const runs = tried.map(({ numbers }) => {
    const target = numbers[row] ?? NaN
    return { numbers, target, width: meanWidth(target), sum: 0, addends: 0, isPassed: Number.isNaN(target) }
  })
  for (let at = row + step; at >= 0 && at < rows && Math.abs(at - row) <= FARTHEST; at += step) {
    if (found.has(at)) continue
    let agreeing = 0
    for (const run of runs) {
      const value = run.numbers[at] ?? NaN
      if (Number.isNaN(value)) continue
      run.sum += value
      run.addends += 1
      const slack = 0.5 + 1e-6 * run.target
      const isSum = run.addends >= FEWEST && run.target !== 0 && Math.abs(run.sum - run.target) <= slack
      if (isSum && !run.isPassed && value !== 0) last.add(at)
      if (run.sum > run.target + slack) run.isPassed = true
      if (run.addends >= FEWEST_OF_MEAN && Math.abs(run.sum / run.addends - run.target) <= run.width) agreeing += 1
    }
    if (agreeing >= FEWEST_AGREEING) last.add(at)
  }
  return last
}

/** How far a mean may lie from the value that it is shown as: half a unit of the last decimal shown. */
function meanWidth(target: number): number {
  const decimals = Number.isNaN(target) ? 0 : (String(target).split('.')[1]?.length ?? 0)
  return 0.5 * 10 ** -decimals * 1.001 + 1e-9 * Math.abs(target)
}
