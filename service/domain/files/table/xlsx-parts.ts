import { advised, unreadable } from '../unreadable.ts'
import type { CellCount } from './sheet-rows.ts'
import { SHARED, UNSOLVED } from './sheetjs-cells.ts'
import { say } from '../../said.ts'

const PART_BYTES = 4 * 1024 * 1024
const ROOT = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
const ADDRESS = /^([A-Z]{0,3})([1-9]\d{0,6})$/

/**
 * The rows of a sheet in parts of about 4 MiB, each a sheet by itself, prepared for the library: rows without a number
 * get theirs, shared texts stay numbers, formulas without results are marked. The first part has the merged cells.
 * Everything else of the sheet, links and conditions among it, is left out.
 * @throws Fault `too-large` when its cells reach further than the limits
 * @throws Fault `unreadable-file` when a cell has an address that is none
 */
export function* sheetParts(xml: Buffer, count: CellCount, filename: string): Generator<Buffer> {
  const [start, end] = dataRange(xml)
  let merged = mergeCells(xml, end)
  let line = 0
  for (let from = start; from < end;) {
    const to = endOfPart(xml, from, end)
    const rows = withoutPrefixes(xml.toString('latin1', from, to))
    checkAddresses(rows, count, filename)
    const numbered = rows.replace(/<row\b([^>]*)>/g, (tag: string, attributes: string) => {
      const own = /\sr\s*=\s*["'](\d+)["']/.exec(attributes)?.[1]
      line = own === undefined ? line + 1 : Number(own)
      count.reach(line)
      return own === undefined ? `<row r="${String(line)}"${attributes}>` : tag
    })
    yield Buffer.from(`${ROOT}<sheetData>${prepared(numbered)}</sheetData>${merged}</worksheet>`, 'latin1')
    merged = ''
    from = to
  }
}

function prepared(rows: string): string {
  // No `v`, or an empty one.
  const noResult =
    /<c\b([^>]{0,200})>\s*<f\b[^>]{0,400}?(?:\/>|>[^<]{0,8200}<\/f>)\s*(?:<v\s*\/>|<v>\s*<\/v>)?\s*<\/c>/g
  return rows
    .replace(noResult, (_, attributes: string) => {
      const others = attributes.replace(/\st\s*=\s*(?:"[^"]*"|'[^']*')/, '')
      return `<c${others} t="str"><v>${UNSOLVED}</v></c>`
    })
    .replace(/(<c\b[^>]{0,200}?\st\s*=\s*)(?:"s"|'s')([^>]{0,200}>\s*<v\b[^>]{0,40}>)\s*/g, `$1"str"$2${SHARED}`)
}

/** Where the rows of a sheet begin and end, in bytes. */
function dataRange(xml: Buffer): readonly [number, number] {
  const open = xml.indexOf('sheetData')
  const start = open === -1 ? -1 : xml.indexOf('>', open)
  if (start === -1 || xml[start - 1] === 0x2f) return [0, 0]
  const close = xml.lastIndexOf('sheetData')
  const end = close > start ? xml.lastIndexOf('<', close) : xml.length
  return [start + 1, Math.max(start + 1, end)]
}

/** The end of the last whole row within a part; the end of all rows if none ends earlier. */
function endOfPart(xml: Buffer, from: number, end: number): number {
  if (end - from <= PART_BYTES) return end
  const close = xml.indexOf('row>', from + PART_BYTES)
  return close === -1 || close > end ? end : close + 4
}

function mergeCells(xml: Buffer, from: number): string {
  const tail = withoutPrefixes(xml.toString('latin1', from))
  const ranges = tail.match(/<mergeCell\s[^>]{0,100}\/?>/g) ?? []
  const clean = ranges.flatMap(
    (range) => /ref\s*=\s*["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']/.exec(range)?.[1] ?? [],
  )
  return clean.length === 0
    ? ''
    : `<mergeCells>${clean.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
}

/** Tags without the prefix of their namespace: `x:row` is `row`. */
function withoutPrefixes(xml: string): string {
  return xml.includes('<x:') || /<\/?\w+:(?:row|c|v|f|is|t|mergeCell)\b/.test(xml)
    ? xml.replace(/<(\/?)[A-Za-z]\w{0,20}:(?=(?:row|c|v|f|is|t|r|mergeCells?)\b)/g, '<$1')
    : xml
}

/** Looks at any attribute called r, in any tag: the library must not see an address that was not checked here. */
function checkAddresses(rows: string, count: CellCount, filename: string): void {
  let width = 0
  let line = 0
  for (const match of rows.matchAll(/\br\s*=\s*["']([^"']{0,16})/g)) {
    const [, letters, digits] = ADDRESS.exec(match[1] ?? '') ?? []
    if (letters === undefined)
      throw unreadable(filename, advised(say('cell-address-improper', {}), 'save-again-as-xlsx-or-csv'))
    const own = Number(digits)
    count.reach(own)
    if (own !== line) {
      count.add(width)
      width = 0
      line = own
    }
    width = Math.max(width, columnNumber(letters))
  }
  count.add(width)
  // Cells without an address stand one after the other.
  for (const _ of rows.matchAll(/<c(?=[\s>])(?![^>]*\sr\s*=)/g)) count.add(1)
}

function columnNumber(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}
