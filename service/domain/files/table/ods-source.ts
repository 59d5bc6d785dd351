import { zipSync } from 'fflate'
import { read, type WorkBook } from '@e965/xlsx'
import { advised, unreadable } from '../unreadable.ts'
import { CellCount, SheetRows } from './sheet-rows.ts'
import { mergedOf, READ_OPTIONS, takeSheet, UNSOLVED } from './sheetjs-cells.ts'
import type { TableSheet, TableSource } from './table-source.ts'
import { WORKBOOK_LIMITS } from './workbook-limits.ts'
import { say } from '../../said.ts'

const REPEATED = /number-(columns|rows)-repeated="(\d{1,10})"/
/** A repetition that is not written as `="12"` could be read otherwise than it was counted. */
const ODD_REPEATED = /-repeated(?!="\d{1,10}")/
const NO_STYLES = '<office:document-styles/>'

/**
 * Opens the content of an ODS spreadsheet. Its cells are counted, with their repetitions, before the library sees them.
 * @throws Fault `unreadable-file` when it is damaged
 * @throws Fault `too-large` when its cells reach further than the limits
 */
export function openOds(content: Buffer, files: ReadonlyMap<string, Buffer>, filename: string): TableSource {
  const count = new CellCount(filename)
  const xml = content.toString('latin1').replace(/<!DOCTYPE[^[>]*(?:\[[^\]]*\])?[^>]*>/gi, '')
  countCells(xml, count, filename)
  const book = readBook(withoutUnsolved(xml), files, filename)
  const hidden = hiddenTables(xml)
  const sheets = book.SheetNames.slice(0, WORKBOOK_LIMITS.sheets).map((name, index): TableSheet => {
    const rows = new SheetRows()
    const unsolved: string[] = []
    const sheet = book.Sheets[name] ?? {}
    takeSheet(sheet, { rows, count, unsolved, isFrom1904: false })
    return {
      name,
      isHidden: hidden.has(index),
      merged: mergedOf(sheet),
      unsolved,
      eachRow: (take, most) => {
        rows.eachRow(take, most)
      },
    }
  })
  return { sheets, encoding: null, delimiter: null, findings: [] }
}

/**
 * Counts what the library would keep: cells with content, times their repetitions and those of their row. Empty cells
 * and rows at the end repeat up to the edge of the sheet, and are not kept.
 */
function countCells(xml: string, count: CellCount, filename: string): void {
  if (ODD_REPEATED.test(xml)) throw unreadable(filename, say('repetition-no-number', {}))
  let line = 0
  let column = 0
  let width = 0
  let rows = 1
  // Attributes may hold `>`.
  const tags =
    /<(\/?)(?:[\w-]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>/g
  for (const [, close, tag, attributes = ''] of xml.matchAll(tags)) {
    const repeated = Number(REPEATED.exec(attributes)?.[2] ?? 1)
    if (tag === 'table') line = 0
    else if (tag === 'table-row') {
      if (close === '/') {
        if (width > 0) count.reach(line + rows)
        count.add(width, rows)
        line += rows
      } else rows = Math.max(1, repeated)
      column = 0
      width = 0
      // A row without cells closes itself.
      if (close === '' && attributes.endsWith('/')) line += rows
    } else if (close === '') {
      column += Math.max(1, repeated)
      const isEmpty = tag === 'covered-table-cell' || (attributes.endsWith('/') && !attributes.includes('value-type'))
      if (!isEmpty) width = column
    }
  }
}

/** Marks formulas without a result, which have no type. */
function withoutUnsolved(xml: string): string {
  return xml.replace(
    /<((?:[\w-]+:)?table-cell)((?:[^>"']|"[^"]*"|'[^']*')*?)\/?>/g,
    (tag: string, name: string, attributes: string) =>
      /\bformula="/.test(attributes) && !attributes.includes('value-type="') && tag.endsWith('/>')
        ? `<${name}${attributes} office:value-type="string"><text:p>${UNSOLVED}</text:p></${name}>`
        : tag,
  )
}

/** The tables whose style says that they are not displayed, by their places. */
function hiddenTables(xml: string): ReadonlySet<number> {
  const styles = new Set(
    [
      ...xml.matchAll(
        /<style:style\b[^>]{0,400}style:name="([^"]{1,100})"[^>]{0,400}>\s*<style:table-properties[^>]{0,400}table:display="false"/g,
      ),
    ].map(([, name]) => name),
  )
  const tables = [...xml.matchAll(/<table:table(?=\s)([^>]{0,1000})>/g)]
  return new Set(
    tables.flatMap(([, attributes = ''], index) =>
      styles.has(/table:style-name="([^"]{1,100})"/.exec(attributes)?.[1]) ? [index] : [],
    ),
  )
}

function readBook(xml: string, files: ReadonlyMap<string, Buffer>, filename: string): WorkBook {
  const parts = {
    mimetype: Buffer.from('application/vnd.oasis.opendocument.spreadsheet'),
    'META-INF/manifest.xml': Buffer.from('<manifest:manifest/>'),
    'styles.xml': files.get('styles.xml') ?? Buffer.from(NO_STYLES),
    'content.xml': Buffer.from(xml, 'latin1'),
  }
  try {
    const zip = zipSync(parts, { level: 0 })
    return read(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), READ_OPTIONS)
  } catch (cause) {
    const found = advised(say('spreadsheet-of-unknown-form', {}), 'save-again-as-ods')
    throw unreadable(filename, found, { cause })
  }
}
