import { SSF, type CellObject, type WorkSheet } from '@e965/xlsx'
import type { CellCount, SheetRows } from './sheet-rows.ts'
import type { MergedCells, RawCell } from './table-source.ts'
import { WORKBOOK_LIMITS } from './workbook-limits.ts'

/** The options with which every workbook is read: values and number formats; no formulas, styles, macros or links. */
export const READ_OPTIONS = {
  type: 'buffer',
  dense: true,
  cellFormula: false,
  cellHTML: false,
  cellText: false,
  cellNF: true,
  cellStyles: false,
  cellDates: false,
  bookVBA: false,
  bookDeps: false,
} as const

/** What stands in a cell whose formula has no result, once the workbook is prepared for the library. */
export const UNSOLVED = '\u0001formula'

/** What stands before the number of a shared text in a cell, once the workbook is prepared for the library. */
export const SHARED = '\u0002'

/** The errors of Excel by their numbers (MS-XLS, 2.5.10). */
const ERRORS: ReadonlyMap<unknown, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
  [0x2b, '#GETTING_DATA'],
])
const DAY = 86_400_000
/**
 * Day 0 of the two calendars of Excel, 1899-12-30 and 1904-01-01, in milliseconds; the first counts a 29 February 1900,
 * which there was not.
 */
const DAY_ZERO = -2_209_161_600_000
const DAY_ZERO_1904 = -2_082_844_800_000

/** What the cells of a sheet are added to. */
export interface SheetIntake {
  readonly rows: SheetRows
  readonly count: CellCount
  readonly unsolved: string[]
  readonly isFrom1904: boolean
  /** The texts that cells name by number, if the library was not given them. */
  readonly textAt?: (cell: string) => string
}

/** Adds the cells of a sheet that the library read. */
export function takeSheet(sheet: WorkSheet, into: SheetIntake): void {
  const data = sheet['!data'] ?? []
  data.forEach((row: readonly (CellObject | undefined)[] | undefined, index) => {
    if (row === undefined) return
    const cells: RawCell[] = []
    row.forEach((cell, column) => {
      const value = cell === undefined ? '' : valueOf(cell, into)
      if (value === UNSOLVED) into.unsolved.push(addressOf(column, index + 1))
      if (value === '' || value === UNSOLVED) return
      if (column >= WORKBOOK_LIMITS.columns) into.count.add(column + 1)
      while (cells.length < column) cells.push('')
      cells.push(value)
    })
    if (cells.length > 0) into.rows.add(cells, index + 1)
  })
}

/** The merged cells of a sheet that the library read, as many as are looked at. */
export function mergedOf(sheet: WorkSheet): readonly MergedCells[] {
  return (sheet['!merges'] ?? [])
    .slice(0, WORKBOOK_LIMITS.merged)
    .map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }))
}

function valueOf(cell: CellObject, { isFrom1904, textAt }: SheetIntake): RawCell {
  if (cell.t === 'z' || cell.v === undefined) return ''
  if (cell.t === 'e') return ERRORS.get(cell.v) ?? '#ERROR!'
  if (typeof cell.v === 'string') return (textAt?.(cell.v) ?? cell.v).trim()
  if (typeof cell.v !== 'number') return String(cell.v)
  if (!Number.isFinite(cell.v)) return String(cell.v)
  return cell.z !== undefined && isDateFormat(String(cell.z)) ? dateOf(cell.v, isFrom1904) : cell.v
}

function isDateFormat(format: string): boolean {
  return (SSF as { readonly is_date: (format: string) => boolean }).is_date(format)
}

function dateOf(days: number, isFrom1904: boolean): string {
  const date = new Date((isFrom1904 ? DAY_ZERO_1904 : DAY_ZERO) + Math.round(days * DAY))
  return Number.isNaN(date.getTime()) ? '#ERROR!' : date.toISOString().slice(0, 10)
}

/** The address of a cell; `column` counts from 0. */
function addressOf(column: number, line: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters + String(line)
}
