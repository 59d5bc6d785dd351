import { ColumnSurvey } from './column-survey.ts'
import { MOST_COLUMNS } from '../table-limits.ts'
import type { TakeRow } from './table-source.ts'

/** A ward table is surveyed as a whole; of a longer table, this many rows show how its numbers are written. */
export const SURVEYED_ROWS = 100_000

/** Counts how the cells of each column are written. */
export function surveyRows(
  eachRow: (take: TakeRow) => void,
  width: number,
  isSettledMissing: (text: string) => boolean,
): readonly ColumnSurvey[] {
  const columns = Array.from({ length: Math.min(width, MOST_COLUMNS) }, () => new ColumnSurvey())
  eachRow((cells) => {
    cells.forEach((cell, place) => columns[place]?.add(cell, isSettledMissing))
  })
  return columns
}
