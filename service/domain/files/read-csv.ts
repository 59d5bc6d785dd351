import { CsvError, parse } from 'csv-parse/sync'
import { Fault } from '../fault.ts'
import { lineEnds, textBytes } from './read-text.ts'
import { MOST_COLUMNS, tooManyColumns } from './table-limits.ts'
import type { RowTaker } from './row-taker.ts'

const LONGEST_ROW_BYTES = 2 * 1024 * 1024
const LF = 10
const CR = 13
const QUOTE = 34

/**
 * Reads the rows of a CSV and passes them on: UTF-8, any line end, comma, semicolon or tab between the cells. Rows are
 * passed on one at a time, so memory grows with what is kept of them and not with the text. Passes over the bytes once.
 * @throws Fault `unreadable-file` when something cannot be read, with its line
 * @throws Fault `too-large` when the header has too many columns
 */
export function readCsvRows(bytes: Uint8Array, filename: string, into: RowTaker): void {
  const text = textBytes(bytes, filename)
  const delimiter = delimiterOf(text, filename)
  const place = new RowPlace(text)
  let isHeader = true
  try {
    parse(text, {
      bom: false,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW_BYTES,
      on_record: (cells: string[], context) => {
        const line = place.advance(context.bytes)
        if (isHeader) into.header(cells, line)
        else into.row(cells, line)
        isHeader = false
        return null
      },
    })
  } catch (error) {
    throw error instanceof CsvError ? asFault(error, filename, place.next()) : error
  }
}

/** Finds the lines at which rows begin. The parser's own line count takes CR LF inside quotes as two lines. */
class RowPlace {
  readonly #text: Buffer
  #offset = 0
  #line = 1

  constructor(text: Buffer) {
    this.#text = text
  }

  /** Skips empty lines and returns the line at which the next row begins. */
  next(): number {
    const start = this.#offset
    while (this.#text[this.#offset] === LF || this.#text[this.#offset] === CR) this.#offset += 1
    this.#line += lineEnds(this.#text, start, this.#offset)
    return this.#line
  }

  /** Returns the line at which the row that ends at byte `end` begins, and moves past the row. */
  advance(end: number): number {
    const line = this.next()
    this.#line += lineEnds(this.#text, this.#offset, end)
    this.#offset = Math.max(this.#offset, end)
    return line
  }
}

/** Finds the most frequent of comma, semicolon and tab, outside quotes, in the first line that is not empty. */
function delimiterOf(text: Buffer, filename: string): string {
  let commas = 0
  let semicolons = 0
  let tabs = 0
  let quoted = false
  let empty = true
  for (const byte of text) {
    if (byte === QUOTE) quoted = !quoted
    else if (quoted) continue
    else if (byte === 44) commas += 1
    else if (byte === 59) semicolons += 1
    else if (byte === 9) tabs += 1
    else if ((byte === LF || byte === CR) && !empty) break
    if (byte !== LF && byte !== CR) empty = false
  }
  const most = Math.max(commas, semicolons, tabs)
  if (most >= MOST_COLUMNS) throw tooManyColumns(filename, most + 1, 1)
  return most === commas ? ',' : most === semicolons ? ';' : '\t'
}

function asFault(error: CsvError, filename: string, line: number): Fault {
  const found = new Map<string, string>([
    ['CSV_QUOTE_NOT_CLOSED', 'a quotation mark is never closed'],
    ['CSV_MAX_RECORD_SIZE', 'a row is longer than 2 MiB; perhaps a quotation mark is never closed'],
    ['CSV_INVALID_CLOSING_QUOTE', 'text follows a closing quotation mark'],
    ['INVALID_OPENING_QUOTE', 'there is a quotation mark inside a cell; double it and quote the cell'],
  ]).get(error.code)
  const detail = found ?? 'the row is not CSV'
  return new Fault('unreadable-file', `Cannot read ${filename}: in the row at line ${String(line)} ${detail}`, {
    errors: [{ detail, line }],
    cause: error,
  })
}
