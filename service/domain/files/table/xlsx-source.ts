import { zipSync } from 'fflate'
import { read, type WorkBook } from '@e965/xlsx'
import { advised, unreadable } from '../unreadable.ts'
import { sharedTextAt, type SharedTexts } from './shared-texts.ts'
import { CellCount, SheetRows } from './sheet-rows.ts'
import { mergedOf, READ_OPTIONS, takeSheet } from './sheetjs-cells.ts'
import type { MergedCells, TableSheet, TableSource } from './table-source.ts'
import { WORKBOOK_LIMITS } from './workbook-limits.ts'
import { sheetParts } from './xlsx-parts.ts'
import { say } from '../../said.ts'

const SHEET = /^xl\/worksheets\//i
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const ONE_SHEET = 'xl/worksheets/sheet1.xml'

const NO_STYLES = `<styleSheet xmlns="${MAIN}"/>`
/** A workbook of one sheet, to which a part of a sheet is added. */
const FRAME = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types">` +
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/${ONE_SHEET}" ContentType="${TYPE}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  'xl/workbook.xml':
    `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}">` +
    '<sheets><sheet name="Part" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
} as const

/**
 * Opens the unpacked parts of an XLSX workbook, strict or not. The library reads its sheets in parts of a few MiB, each
 * with nothing but rows and merged cells in it, so memory does not grow with the XML.
 * @throws Fault `unreadable-file` when it is damaged
 * @throws Fault `too-large` when its cells reach further than the limits
 */
export function openXlsx(files: ReadonlyMap<string, Buffer>, filename: string): TableSource {
  const book = readOutline(files, filename)
  const count = new CellCount(filename)
  const texts = book.Strings ?? []
  const isFrom1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.slice(0, WORKBOOK_LIMITS.sheets).map((name, index): TableSheet => {
    const rows = new SheetRows()
    const unsolved: string[] = []
    const textAt = sharedTextAt(texts, filename, name)
    const xml = files.get(String(book.Sheets[name]?.['!data']?.[0]?.[0]?.v ?? ''))
    const merged: MergedCells[] = []
    for (const part of xml === undefined ? [] : sheetParts(xml, count, filename)) {
      const sheet = readPart(part, files, filename, name)
      takeSheet(sheet, { rows, count, unsolved, isFrom1904, textAt })
      merged.push(...mergedOf(sheet))
    }
    return {
      name,
      isHidden: (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
      merged,
      unsolved,
      eachRow: (take, most) => {
        rows.eachRow(take, most)
      },
    }
  })
  return { sheets, encoding: null, delimiter: null, findings: [] }
}

/** Reads the names of the sheets and the shared texts. Each sheet is replaced by one cell with the path of its part. */
function readOutline(files: ReadonlyMap<string, Buffer>, filename: string): WorkBook & { Strings?: SharedTexts } {
  const outline = Object.fromEntries(
    [...files].map(([path, bytes]) => {
      const named = `<c r="A1" t="str"><v>${path}</v></c>`
      const sheet = `<worksheet xmlns="${MAIN}"><sheetData><row r="1">${named}</row></sheetData></worksheet>`
      return [path, SHEET.test(path) ? Buffer.from(sheet) : bytes]
    }),
  )
  return reading(filename, null, () => read(packed(outline), READ_OPTIONS))
}

function readPart(
  part: Buffer,
  files: ReadonlyMap<string, Buffer>,
  filename: string,
  name: string,
): WorkBook['Sheets'][string] {
  const styles = files.get('xl/styles.xml') ?? Buffer.from(NO_STYLES)
  return reading(filename, name, () => {
    const frame = Object.fromEntries(Object.entries(FRAME).map(([path, xml]) => [path, Buffer.from(xml)]))
    const book = read(packed({ ...frame, [ONE_SHEET]: part, 'xl/styles.xml': styles }), READ_OPTIONS)
    const sheet = book.Sheets['Part']
    if (sheet === undefined) throw new Error('the library left the sheet out')
    return sheet
  })
}

function packed(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const zip = zipSync(files, { level: 0 })
  return Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
}

function reading<Value>(filename: string, sheet: string | null, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    const found = advised(say('workbook-no-excel-table', {}), 'save-again-as-xlsx-or-csv')
    throw unreadable(filename, found, { where: sheet === null ? {} : { sheet }, cause })
  }
}
