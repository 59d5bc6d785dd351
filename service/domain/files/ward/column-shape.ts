import { isMissingAt, isTextAt, textAt, type RawColumn } from './raw-table.ts'

/** From this share on, values are nearly all different: two wards of a hundred may share a name. */
const NEARLY_ALL = 0.9
const LONGEST_MEAN = 60

/** What the cells of a column look like. */
export interface ColumnShape {
  readonly isNumeric: boolean
  readonly hasText: boolean
  /** Cells that are not missing. */
  readonly filled: number
  readonly different: number
  /** Whether it could name the rows: short text, nearly all of it different. */
  readonly canName: boolean
}

/** Looks at the cells of a column. */
export function shapeOf(column: RawColumn): ColumnShape {
  const seen = new Set<string>()
  let filled = 0
  let texts = 0
  let length = 0
  for (let row = 0; row < column.numbers.length; row += 1) {
    if (isMissingAt(column, row)) continue
    const isText = isTextAt(column, row)
    filled += 1
    if (isText) texts += 1
    // A column of numbers names nothing, and its values are many.
    if (!isText && column.texts === null) continue
    const text = textAt(column, row)
    length += text.length
    seen.add(text)
  }
  const isMostlyText = texts > filled / 2
  return {
    isNumeric: filled > 0 && texts === 0,
    hasText: texts > 0,
    filled,
    different: seen.size,
    canName:
      isMostlyText &&
      filled >= NEARLY_ALL * column.numbers.length &&
      seen.size >= NEARLY_ALL * filled &&
      length <= LONGEST_MEAN * filled,
  }
}
