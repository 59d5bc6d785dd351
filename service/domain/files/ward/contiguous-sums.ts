import { AreaBlock, type AreaEvidence } from './area-evidence.ts'
import type { ColumnScale } from './column-scale.ts'
import type { RoledColumn } from './roled-table.ts'

const MOST_BACK = 500
const FEWEST_ABOVE = 2
const COLUMNS_TRIED = 3

/**
 * Finds rows that may sum up the rows directly above them, in a table without LGAs. Looks back from each row until the
 * sum is passed, in up to three columns without negative values.
 */
export function contiguousSums(
  columns: readonly RoledColumn[],
  rows: number,
  found: ReadonlyMap<number, unknown>,
  scale: ColumnScale,
): readonly (readonly [number, AreaEvidence])[] {
  const tried = columns
    .filter(({ numbers }) => numbers.every((value) => Number.isNaN(value) || value >= 0))
    .slice(0, COLUMNS_TRIED)
  const judged: [number, AreaEvidence][] = []
  for (let row = FEWEST_ABOVE; row < rows; row += 1) {
    if (found.has(row)) continue
    const firsts = new Set(tried.flatMap((column) => firstAddend(column, row, found) ?? []))
    for (const first of firsts) {
      const above = Array.from({ length: row - first }, (_, step) => first + step).filter((one) => !found.has(one))
      const evidence = new AreaBlock(above, columns, scale).evidenceFor(row, false)
      if (evidence.sums.length > 0) judged.push([row, evidence])
    }
  }
  return judged
}

/** The first of the rows above that add up to this row, if there are two or more. */
function firstAddend({ numbers }: RoledColumn, row: number, found: ReadonlyMap<number, unknown>): number | null {
  const target = numbers[row] ?? NaN
  if (Number.isNaN(target) || target === 0) return null
  const slack = 0.5 + 1e-6 * target
  let sum = 0
  let addends = 0
  for (let above = row - 1; above >= Math.max(0, row - MOST_BACK); above -= 1) {
    const value = numbers[above] ?? NaN
    if (found.has(above) || Number.isNaN(value) || value === 0) continue
    sum += value
    addends += 1
    if (addends >= FEWEST_ABOVE && Math.abs(sum - target) <= slack) return above
    if (sum > target + slack) return null
  }
  return null
}
