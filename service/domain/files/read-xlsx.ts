import { zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { Fault } from '../fault.ts'
import { quoted } from '../fault-list.ts'
import type { RowTaker } from './row-taker.ts'
import { readZip } from './read-zip.ts'
import { MOST_COLUMNS } from './table-limits.ts'

const UNPACKED = { totalBytes: 48 * 1024 * 1024 } as const
const LAST_ROW = 60_000
const MOST_CELLS = 2_000_000
const MOST_NAMED = 100

/**
 * Reads the rows of the first sheet of an XLSX workbook and passes them on. The workbook is unpacked and checked first,
 * and then passed to the library without compression. The library fills every row up to the widest, so one cell at
 * XFD1048576 would make it create 17 thousand million cells.
 * @throws Fault `unreadable-file` when it is not a workbook or is damaged
 * @throws Fault `too-large` when its cells reach further than a ward table can
 */
export async function readXlsxRows(bytes: Uint8Array, filename: string, into: RowTaker): Promise<void> {
  const { files } = await readZip(bytes, filename, UNPACKED, (name) => /\.(?:xml|rels)$/.test(name))
  const book = files.get('xl/workbook.xml')
  if (book === undefined)
    throw new Fault(
      'unreadable-file',
      `Cannot read ${filename}: it is a ZIP file, but not an Excel workbook; save the table as .xlsx or CSV. ` +
        'Upload a zipped shapefile as the boundaries',
    )
  let cells = 0
  const broken: string[] = []
  for (const [name, xml] of files) {
    if (!name.endsWith('.xml')) continue
    cells += checkPlaces(xml, filename)
    broken.push(...brokenCells(xml))
  }
  if (cells > MOST_CELLS) throw tooLarge(filename)
  const rows = await sheetRows(files, filename)
  if (broken.length > 0)
    into.note({
      kind: 'missing-values',
      detail: 'Cells of the workbook hold an Excel error instead of a value; they count as missing.',
      count: broken.length,
      examples: [...new Set(broken)].slice(0, MOST_NAMED),
    })
  const [read, ...unread] = sheetNames(book)
  if (read !== undefined && unread.length > 0)
    into.note({
      kind: 'entry-ignored',
      detail: `The workbook has several sheets: only the first, ${quoted(read)}, was read.`,
      count: unread.length,
      examples: unread.slice(0, MOST_NAMED),
    })
  let hasHeader = false
  rows.forEach((row, index) => {
    const texts = row.map(cellText)
    if (hasHeader) into.row(texts, index + 1)
    else if (texts.some((text) => text.trim() !== '')) {
      into.header(withoutTrailingBlanks(texts), index + 1)
      hasHeader = true
    }
  })
}

/** The errors in cells, except #N/A, which marks a missing value. */
function brokenCells(xml: Buffer): readonly string[] {
  return [
    ...xml
      .toString('latin1')
      .matchAll(/\bt="e"[^>]{0,100}>(?:<f[^>]{0,200}>[^<]{0,8200}<\/f>|<f[^>]{0,200}\/>)?<v>([^<]{1,20})<\/v>/g),
  ].flatMap(([, error = '']) => (error === '#N/A' ? [] : error))
}

function sheetNames(book: Buffer): readonly string[] {
  return [...book.toString('utf8').matchAll(/<(?:\w+:)?sheet\s[^>]{0,1000}?\bname="([^"]{0,200})"/g)].map(
    ([, name = '']) => name,
  )
}

/** Refuses addresses beyond the limits of a ward table. Returns how many cells the padded sheet would hold. */
function checkPlaces(xml: Buffer, filename: string): number {
  if (!xml.includes('sheetData')) return 0
  let lastRow = 0
  let lastColumn = 0
  // Any attribute called r, in any tag: the library must not see an address that was not checked here.
  for (const match of xml.toString('latin1').matchAll(/\br\s*=\s*["']([^"']{0,16})/g)) {
    const place = /^([A-Z]{0,3})([1-9]\d{0,6})$/.exec(match[1] ?? '')
    if (place === null)
      throw new Fault(
        'unreadable-file',
        `Cannot read ${filename}: a cell of the workbook has no proper address; save it again as .xlsx or CSV`,
      )
    lastRow = Math.max(lastRow, Number(place[2]))
    lastColumn = Math.max(lastColumn, columnNumber(place[1] ?? ''))
  }
  if (lastRow > LAST_ROW || lastColumn > MOST_COLUMNS) throw tooLarge(filename)
  return lastRow * lastColumn
}

function columnNumber(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

async function sheetRows(
  files: ReadonlyMap<string, Buffer>,
  filename: string,
): Promise<readonly (readonly unknown[])[]> {
  const checked = zipSync(Object.fromEntries(files), { level: 0 })
  try {
    return await readSheet(checked.buffer, 1, { parseNumber: (text: string) => text })
  } catch (cause) {
    throw new Fault(
      'unreadable-file',
      `Cannot read ${filename}: its first sheet cannot be read as an Excel table; save it again as .xlsx or CSV`,
      { cause },
    )
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return typeof cell === 'string' ? cell : typeof cell === 'boolean' || typeof cell === 'number' ? String(cell) : ''
}

function withoutTrailingBlanks(headers: readonly string[]): readonly string[] {
  return headers.slice(0, headers.findLastIndex((header) => header.trim() !== '') + 1)
}

function tooLarge(filename: string): Fault {
  return new Fault(
    'too-large',
    `Cannot read ${filename}: the workbook's cells reach further than a ward table can ` +
      `(${String(LAST_ROW)} rows, ${String(MOST_COLUMNS)} columns); delete the rows and columns beyond the table`,
  )
}
