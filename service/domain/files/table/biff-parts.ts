import { advised, unreadable } from '../unreadable.ts'
import { recordOf, recordsFrom, RECORD, type BiffRecord } from './biff-records.ts'
import { otherKind } from './other-kinds.ts'
import type { CellCount } from './sheet-rows.ts'
import { SHARED } from './sheetjs-cells.ts'
import { WORKBOOK_LIMITS } from './workbook-limits.ts'
import { say } from '../../said.ts'

/** What the library makes of this many cells stays below about 30 MiB. */
const PART_CELLS = 60_000
const WORKSHEET = 0
const BIFF5 = 0x0500
const BIFF8 = 0x0600
const SHEET_NAME = 'Part'
const KEPT_GLOBALS: ReadonlySet<number> = new Set([
  RECORD.begin,
  RECORD.codePage,
  RECORD.date1904,
  RECORD.format,
  RECORD.cellFormat,
])

interface BiffSheet {
  readonly name: string
  readonly isHidden: boolean
  /** Where its records begin, in bytes of the stream. */
  readonly start: number
}

/** What stands before the sheets of a workbook. */
export interface BiffOutline {
  readonly sheets: readonly BiffSheet[]
  /** A workbook with the shared texts and without sheets. */
  readonly texts: Buffer
  /** The records that every part needs: code page, calendar and number formats. */
  readonly globals: Buffer
  readonly isFrom1904: boolean
  readonly isBiff8: boolean
}

/**
 * Reads the outline of the stream of a workbook.
 * @throws Fault `unreadable-file` when it is damaged, has a password, or is older than Excel 5
 */
export function outlineOf(stream: Buffer, filename: string): BiffOutline {
  const sheets: BiffSheet[] = []
  const globals: Buffer[] = []
  const texts: Buffer[] = []
  let isFrom1904 = false
  let version = 0
  let before = 0
  for (const { type, data, whole } of recordsFrom(stream, 0, filename)) {
    if (type === RECORD.begin) version = data.length < 2 ? 0 : data.readUInt16LE(0)
    if (version !== BIFF8 && version !== BIFF5) throw otherKind(filename, 'excel-4-workbook', OPEN)
    if (type === RECORD.password) throw otherKind(filename, 'locked-workbook', WITHOUT_PASSWORD)
    if (type === RECORD.date1904) isFrom1904 = data.length > 0 && data[0] === 1
    if (type === RECORD.sheet && data.length > 7 && data[5] === WORKSHEET && sheets.length < WORKBOOK_LIMITS.sheets)
      sheets.push({ name: nameOf(data, version), isHidden: ((data[4] ?? 0) & 3) !== 0, start: data.readUInt32LE(0) })
    if (KEPT_GLOBALS.has(type)) globals.push(whole)
    const isText = type === RECORD.sharedTexts || (type === RECORD.continued && before === RECORD.sharedTexts)
    if (isText) texts.push(whole)
    if (type !== RECORD.continued) before = type
  }
  const all = Buffer.concat(globals)
  return {
    sheets,
    texts: Buffer.concat([all, ...texts, endRecord()]),
    globals: all,
    isFrom1904,
    isBiff8: version === BIFF8,
  }
}

const OPEN = 'open-in-spreadsheet'
/** What to do with a workbook that has a password. */
export const WITHOUT_PASSWORD = 'take-password-away'

/**
 * The cells of a sheet in parts, each a workbook of one sheet. Formulas are passed on by their results alone, shared
 * texts by their numbers, and nothing else of the sheet but its merged cells.
 * @throws Fault `unreadable-file` when a record is damaged
 * @throws Fault `too-large` when its cells reach further than the limits
 */
export function* biffParts(
  stream: Buffer,
  start: number,
  outline: BiffOutline,
  count: CellCount,
  filename: string,
): Generator<Buffer> {
  let records: Buffer[] = []
  let cells = 0
  let row = -1
  let width = 0
  let before = 0
  for (const record of recordsFrom(stream, start, filename)) {
    const own = cellsOf(record, filename)
    if (own !== null) {
      if (own.row !== row) {
        count.add(width)
        row = own.row
        width = 0
      }
      width = Math.max(width, own.last + 1)
      cells += own.count
    }
    const passed = passedOn(record, before, outline.isBiff8)
    if (passed !== null) records.push(passed)
    if (record.type !== RECORD.continued) before = record.type
    // The text of a formula follows it at once, and may go on in further records.
    if (cells >= PART_CELLS && own !== null && record.type !== RECORD.formula) {
      yield partOf(records, outline)
      records = []
      cells = 0
    }
  }
  count.add(width)
  yield partOf(records, outline)
}

/** The row of the cells of a record, their last column, and how many they are; null for other records. */
function cellsOf({ type, data }: BiffRecord, filename: string): { row: number; last: number; count: number } | null {
  const isOne =
    type === RECORD.number ||
    type === RECORD.rk ||
    type === RECORD.text ||
    type === RECORD.richText ||
    type === RECORD.sharedText ||
    type === RECORD.booleanOrError ||
    type === RECORD.formula
  if (!isOne && type !== RECORD.rks) return null
  const shortest = type === RECORD.rks ? 12 : type === RECORD.formula ? 20 : 8
  if (data.length < shortest) throw unreadable(filename, advised(say('cell-cut-off', {}), 'save-again-as-xlsx-or-csv'))
  const first = data.readUInt16LE(2)
  const count = isOne ? 1 : Math.floor((data.length - 6) / 6)
  return { row: data.readUInt16LE(0), last: first + count - 1, count }
}

function passedOn({ type, data, whole }: BiffRecord, before: number, isBiff8: boolean): Buffer | null {
  switch (type) {
    case RECORD.number:
    case RECORD.rk:
    case RECORD.text:
    case RECORD.richText:
    case RECORD.booleanOrError:
    case RECORD.formulaText:
    case RECORD.merged:
      return whole
    case RECORD.rks: {
      // The last column that a record names has to be that of its last cell.
      const count = Math.floor((data.length - 6) / 6)
      const end = Buffer.alloc(2)
      end.writeUInt16LE((data.readUInt16LE(2) + count - 1) & 0xffff)
      return recordOf(type, Buffer.concat([data.subarray(0, 4 + 6 * count), end]))
    }
    case RECORD.continued:
      return before === RECORD.formulaText ? whole : null
    case RECORD.formula:
      return recordOf(type, Buffer.concat([data.subarray(0, 20), Buffer.alloc(2)]))
    case RECORD.sharedText:
      return data.length < 10 || !isBiff8 ? null : recordOf(RECORD.text, sharedLabel(data))
    default:
      return null
  }
}

/** A cell of text that names a shared text by its number. */
function sharedLabel(data: Buffer): Buffer {
  const text = Buffer.from(SHARED + String(data.readUInt32LE(6)), 'latin1')
  const head = Buffer.alloc(9)
  data.copy(head, 0, 0, 6)
  head.writeUInt16LE(text.length, 6)
  return Buffer.concat([head, text])
}

function partOf(records: readonly Buffer[], { globals, isBiff8 }: BiffOutline): Buffer {
  const begin = Buffer.from(globals.subarray(0, 4 + globals.readUInt16LE(2)))
  begin.writeUInt16LE(0x0010, 6)
  const entry = (start: number): Buffer => recordOf(RECORD.sheet, sheetEntry(start, isBiff8))
  const start = globals.length + entry(0).length + endRecord().length
  return Buffer.concat([globals, entry(start), endRecord(), begin, ...records, endRecord()])
}

function endRecord(): Buffer {
  return recordOf(RECORD.end, Buffer.alloc(0))
}

function sheetEntry(start: number, isBiff8: boolean): Buffer {
  const head = Buffer.alloc(isBiff8 ? 8 : 7)
  head.writeUInt32LE(start, 0)
  head.writeUInt8(SHEET_NAME.length, 6)
  return Buffer.concat([head, Buffer.from(SHEET_NAME, 'latin1')])
}

function nameOf(data: Buffer, version: number): string {
  const length = data[6] ?? 0
  if (version !== BIFF8) return data.toString('latin1', 7, 7 + length)
  const isWide = ((data[7] ?? 0) & 1) === 1
  return isWide ? data.toString('utf16le', 8, 8 + length * 2) : data.toString('latin1', 8, 8 + length)
}
