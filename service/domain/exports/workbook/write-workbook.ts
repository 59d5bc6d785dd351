import { utils, write } from '@e965/xlsx'
import { unzipSync, Zip, ZipDeflate } from 'fflate'
import { cellXml, type Cell } from './cell-xml.ts'

/** A sheet: its name, and its rows from the first one at every call. The first row is its header. */
export interface Sheet {
  readonly name: string
  readonly rows: () => Iterable<readonly Cell[]>
}

const PIECE_BYTES = 128 * 1024
const ROWS_A_PUSH = 200

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
  '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
  '</sheetView></sheetViews><sheetData>'
const TAIL = '</sheetData></worksheet>'

/**
 * Writes sheets as an Excel workbook, piece by piece, with their headers frozen. The library makes the workbook around
 * them. Rows are written here, as the archive is packed: the library would hold them all, which took 460 MB for 9,500
 * wards, and it freezes no header.
 */
export function* writeWorkbook(sheets: readonly Sheet[]): Generator<Uint8Array> {
  const { parts, textStyle } = emptyWorkbook(sheets)
  let ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error
    ready.push(bytes)
  })
  const pieces = function* (least: number): Generator<Uint8Array> {
    if (ready.reduce((sum, { length }) => sum + length, 0) < least) return
    const piece = Buffer.concat(ready)
    ready = []
    if (piece.length > 0) yield piece
  }
  const begin = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name)
    // The same for all, so that the same sheets give the same bytes.
    file.mtime = new Date(1980, 0, 1)
    zip.add(file)
    return file
  }
  for (const [name, bytes] of Object.entries(parts)) begin(name).push(bytes, true)
  for (const [at, { rows }] of sheets.entries()) {
    const file = begin(sheetPath(at))
    for (const text of sheetXml(rows(), textStyle)) {
      file.push(Buffer.from(text))
      yield* pieces(PIECE_BYTES)
    }
    file.push(new Uint8Array(), true)
  }
  zip.end()
  yield* pieces(0)
}

function* sheetXml(rows: Iterable<readonly Cell[]>, textStyle: string): Generator<string> {
  let text = HEAD
  let line = 0
  for (const cells of rows) {
    line += 1
    text += `<row r="${String(line)}">${cells.map((cell, column) => cellXml(cell, column, line, textStyle)).join('')}</row>`
    if (line % ROWS_A_PUSH !== 0) continue
    yield text
    text = ''
  }
  yield text + TAIL
}

/**
 * The parts of a workbook without those that hold rows, as the library writes them, and its style for cells that are
 * text whatever somebody types into them.
 */
function emptyWorkbook(sheets: readonly Sheet[]): {
  readonly parts: Readonly<Record<string, Uint8Array>>
  readonly textStyle: string
} {
  const book = utils.book_new()
  for (const { name } of sheets)
    utils.book_append_sheet(book, { '!ref': 'A1', A1: { t: 's', v: 'text', z: '@' } }, name)
  const written = unzipSync(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer))
  const [, textStyle] = /<c r="A1" s="(\d+)"/.exec(Buffer.from(written[sheetPath(0)] ?? []).toString()) ?? []
  if (textStyle === undefined) throw new Error('Cannot write a workbook: the library gave no style for text')
  const paths = sheets.map((_, at) => sheetPath(at))
  return { parts: Object.fromEntries(Object.entries(written).filter(([name]) => !paths.includes(name))), textStyle }
}

function sheetPath(at: number): string {
  return `xl/worksheets/sheet${String(at + 1)}.xml`
}
