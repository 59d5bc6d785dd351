import type { MergedCells } from './table-source.ts'

/** One of the first rows of a sheet, with trimmed texts. */
export interface HeadRow {
  readonly texts: readonly string[]
  readonly line: number
  /** Which of the cells a workbook holds as numbers. */
  readonly isTyped: readonly boolean[]
}

/** A header of one or two rows of `head`. */
export interface JoinedHeader {
  readonly names: readonly string[]
  readonly first: number
  readonly last: number
}

const NUMBER = /^[+-]?[\d.,\s]+%?$/
const YEAR = /^(?:19|20)\d\d$/

/**
 * The header at `place`, joined with the row below or above it if the two are one header: `Confirmed cases` over
 * `January`, `February` names two columns.
 */
export function joinDown(head: readonly HeadRow[], place: number, merged: readonly MergedCells[]): JoinedHeader {
  const row = head[place]
  if (row === undefined) return { names: [], first: place, last: place }
  const below = head[place + 1]
  if (below?.line === row.line + 1 && isSubHeader(row, below, head[place + 2], merged))
    return { names: joined(row, below, merged), first: place, last: place + 1 }
  const above = head[place - 1]
  if (above?.line === row.line - 1 && isGroupRow(above, row, merged))
    return { names: joined(above, row, merged), first: place - 1, last: place }
  return { names: row.texts, first: place, last: place }
}

/**
 * Whether `below` divides the columns that `row` names. It names columns for which `row` has no name of their own, and
 * leaves the first column alone, where a row of values names its ward.
 */
function isSubHeader(row: HeadRow, below: HeadRow, next: HeadRow | undefined, merged: readonly MergedCells[]): boolean {
  const columns = filledColumns(below)
  const first = row.texts.findIndex((text) => text !== '')
  const isGroup = (column: number): boolean => groupOf(row, column, merged, below) !== null
  return (
    next !== undefined &&
    columns.length > 0 &&
    columns.every((column) => isName(below, column)) &&
    columns.some((column) => (row.texts[column] ?? '') === '' && isGroup(column)) &&
    columns.every((column) => column > first) &&
    filledColumns(next).some((column) => !columns.includes(column))
  )
}

/** Whether `row` names groups of the columns of `below`, which is the header. A title above all columns is not one. */
function isGroupRow(row: HeadRow, below: HeadRow, merged: readonly MergedCells[]): boolean {
  const columns = filledColumns(row)
  const named = filledColumns(below)
  const first = named[0] ?? 0
  const last = named.at(-1) ?? 0
  const spans = spansOf(row, merged)
  if (spans.length > 0) {
    const isTitle = spans.some(({ left, right }) => left <= first && right >= last)
    return !isTitle && columns.every((column) => isName(row, column))
  }
  const names = below.texts.filter((text) => text !== '')
  const repeats = new Set(names).size < names.length
  return repeats && columns.length > 0 && columns.every((column) => column > first && isName(row, column))
}

function joined(upper: HeadRow, lower: HeadRow, merged: readonly MergedCells[]): readonly string[] {
  const width = Math.max(upper.texts.length, lower.texts.length)
  return Array.from({ length: width }, (_, column) => {
    const own = lower.texts[column] ?? ''
    const group =
      (upper.texts[column] ?? '') === '' ? (groupOf(upper, column, merged, lower) ?? '') : upper.texts[column]
    return group === own || own === '' ? (group ?? '') : `${group ?? ''} ${own}`.trim()
  })
}

/**
 * The name that a row gives to a column, its own or that of the group it is in; null if it gives none. Where the row
 * has
 * merged cells, these are the groups; otherwise a name holds for the named columns to its right that have none.
 */
function groupOf(row: HeadRow, column: number, merged: readonly MergedCells[], below: HeadRow): string | null {
  const own = row.texts[column] ?? ''
  if (own !== '') return own
  const spans = spansOf(row, merged)
  if (spans.length > 0) {
    const span = spans.find(({ left, right }) => left <= column && column <= right)
    return span === undefined ? null : (row.texts[span.left] ?? '') || null
  }
  if ((below.texts[column] ?? '') === '') return null
  const left = row.texts.slice(0, column).findLast((text) => text !== '')
  return left ?? null
}

/** The cells of a row that are merged with their neighbours to the right. */
function spansOf(row: HeadRow, merged: readonly MergedCells[]): readonly MergedCells[] {
  return merged.filter(({ top, left, right }) => top === row.line - 1 && right > left)
}

function isName({ texts, isTyped }: HeadRow, column: number): boolean {
  const text = texts[column] ?? ''
  return YEAR.test(text) || (isTyped[column] !== true && !NUMBER.test(text))
}

function filledColumns({ texts }: HeadRow): readonly number[] {
  return texts.flatMap((text, column) => (text === '' ? [] : [column]))
}
