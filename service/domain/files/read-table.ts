import { Fault } from '../fault.ts'
import { unreadable } from './unreadable.ts'
import { say } from '../said.ts'
import { tableFormatOf } from './format-of.ts'
import { TABLE_FORMATS, type TableFormat, type TableFormatRow } from './formats.ts'
import type { FileToRead, ReadingChoices } from './reading/choices.ts'
import type { Question } from './reading/question.ts'
import type { TableReading } from './reading/reading.ts'
import type { RowTaker } from './row-taker.ts'
import { shownName } from './shown-name.ts'
import { CanonicalCells } from './table/canonical-cells.ts'
import { chooseSheet } from './table/choose-sheet.ts'
import { MergedFill } from './table/fill-merged.ts'
import { repeatsHeader } from './table/explaining-row.ts'
import { findHeader, headerAtLine, headOf, HEAD_ROWS, type FoundHeader } from './table/find-header.ts'
import { headerFindings, repeatFindings, sheetFindings } from './table/header-findings.ts'
import { planColumns } from './table/plan-columns.ts'
import { SURVEYED_ROWS, surveyRows } from './table/survey-table.ts'
import type { TableSheet, TakeRow } from './table/table-source.ts'
import { uniqueNames } from './table/unique-names.ts'

/** No title is longer than this. */
const LAST_HEADER = 1_000

/** What `takerOf` made, with how the table was read and what is open about it. */
export interface ReadTable<Taker> {
  readonly taker: Taker
  readonly reading: TableReading
  readonly questions: readonly Question[]
}

/**
 * Reads a table in any format into what `takerOf` makes for it: first its header, with unique names, then its rows with
 * canonical cells: trimmed text, '' for a missing value, digits with a decimal point for a number, ISO text for a date.
 * A first pass finds the sheet, the header and the signs of numbers; a second passes the rows on. Memory grows with
 * what
 * is kept of the rows. What was changed or left out goes to `note()`.
 * @throws Fault `unreadable-file` when something cannot be read, with its line and column
 * @throws Fault `too-large` when the table exceeds a limit
 * @throws Fault `invalid-input` when a choice does not fit the file, with its pointer
 */
export async function readTable<Taker extends RowTaker>(
  { bytes, filename, choices }: FileToRead,
  takerOf: (format: TableFormat, name: string) => Taker,
): Promise<ReadTable<Taker>> {
  const name = shownName(filename)
  const format = tableFormatOf(bytes, filename)
  const row: TableFormatRow = TABLE_FORMATS[format]
  const open = await row.load()
  const source = await open(bytes, name, choices)
  const taker = takerOf(format, name)
  const { sheet, names: sheets, questions, findings } = chooseSheet(source, name, choices)
  const header = headerOf(sheet, name, choices)
  const names = uniqueNames(header.names)
  const isSettledMissing = settledMissing(choices.missing ?? [])
  const fill = new MergedFill(sheet.merged, names, header.line, name)
  const width = names.length
  const surveys = surveyRows(bodyOf(sheet, header, fill, { most: SURVEYED_ROWS }), width, isSettledMissing)
  const plan = planColumns(names, surveys, source.delimiter, choices)
  const canonical = new CanonicalCells(plan.columns, isSettledMissing)

  const before = [...source.findings, ...findings, ...sheetFindings(sheet), ...headerFindings(header, names)]
  for (const finding of before) taker.note(finding)
  taker.header(names, header.line, header.names)
  const repeats: number[] = []
  bodyOf(sheet, header, fill, { repeats })((cells, line) => {
    taker.row(padded(canonical.row(cells), width, sheet), line)
  })

  const after = [...repeatFindings(repeats), ...fill.findings(), ...plan.findings, ...canonical.findings(names)]
  for (const finding of after) taker.note(finding)
  return {
    taker,
    reading: {
      sheet: sheet.name,
      sheets,
      encoding: source.encoding,
      decimal: plan.decimal,
      thousands: plan.thousands,
      missing: canonical.marks,
      headerRow: header.line,
    },
    questions: [...questions, ...plan.questions],
  }
}

/**
 * The header that a person chose, or else the one that is found.
 * @throws Fault `invalid-input` when no row begins at the chosen line
 * @throws Fault `unreadable-file` when there is no row at all
 */
function headerOf(sheet: TableSheet, filename: string, { headerRow }: ReadingChoices): FoundHeader {
  const head = headOf(sheet, headerRow === undefined ? HEAD_ROWS : Math.min(headerRow, LAST_HEADER) + 2)
  if (headerRow !== undefined) {
    const chosen = headerAtLine(head, headerRow, sheet)
    if (chosen !== null) return chosen
    const said = say('no-row-at-line', { filename, line: headerRow, most: LAST_HEADER })
    throw new Fault('invalid-input', say('cannot-take-chosen-header', { found: said }), {
      errors: [{ said, pointer: '/headerRow' }],
    })
  }
  const found = findHeader(head, sheet)
  if (found !== null) return found
  throw unreadable(filename, say('no-header-no-rows', {}))
}

/**
 * The rows below a header, filled where cells are merged, without those of tags and units and without the header's
 * repeats, whose lines go to `repeats`.
 */
function bodyOf(
  sheet: TableSheet,
  header: FoundHeader,
  fill: MergedFill,
  { most, repeats }: { readonly most?: number; readonly repeats?: number[] },
): (take: TakeRow) => void {
  return (take) => {
    const filled = fill.before(take)
    sheet.eachRow((cells, line) => {
      if (line <= header.line || line === header.tagLine || line === header.unitLine) return
      if (repeatsHeader(cells, header.names)) repeats?.push(line)
      else filled(cells, line)
    }, most)
  }
}

/** A row of a workbook ends with its last cell that holds something; a text file says how long its rows are. */
function padded(cells: string[], width: number, { name }: TableSheet): string[] {
  if (name !== null) while (cells.length < width) cells.push('')
  return cells
}

function settledMissing(marks: readonly string[]): (text: string) => boolean {
  const settled = new Set(marks.map((mark) => mark.trim().toLowerCase()))
  return (text) => settled.size > 0 && settled.has(text.toLowerCase())
}
