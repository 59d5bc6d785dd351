import { CsvError, parse } from 'csv-parse/sync'
import type { Fault } from '../../fault.ts'
import { unreadable } from '../unreadable.ts'
import { say, type PlainKind } from '../../said.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { lineEnds } from '../read-text.ts'
import { delimiterOf, statedDelimiter } from './csv-delimiter.ts'
import { decodeText } from './decode-text.ts'
import type { TableSource, TakeRow } from './table-source.ts'
import { LONGEST_ROW_BYTES } from './text-parts.ts'

/** A text up to this size is parsed once, and its rows are kept. Larger ones are parsed at every pass. */
const MOST_KEPT_BYTES = 4 * 1024 * 1024
/** As each row takes far more memory than its text, a text of short rows is parsed at every pass too. */
const MOST_KEPT_ROWS = 50_000
const LF = 10
const CR = 13

/**
 * Opens a CSV: any known encoding, any line end, comma, semicolon, tab or bar between the cells. Rows are passed on one
 * at a time, so memory grows with what is kept of them and not with the text.
 * @throws Fault `unreadable-file` when it is not text
 * @throws Fault `too-large` when the header has too many columns
 * @throws Fault `invalid-input` when the chosen encoding is not known
 */
export function openCsv(bytes: Uint8Array, filename: string, choices: ReadingChoices): TableSource {
  const { parts, encoding, findings } = decodeText(bytes, filename, choices.encoding)
  const [first = Buffer.alloc(0)] = parts()
  const stated = statedDelimiter(first)
  const skipped = stated?.bytes ?? 0
  const delimiter = stated?.delimiter ?? delimiterOf(first, filename)
  const csv: CsvText = { parts, skipped, filename, delimiter, firstLine: stated === null ? 1 : 2 }
  const sheet = {
    name: null,
    isHidden: false,
    merged: [],
    unsolved: [],
    eachRow:
      bytes.length <= MOST_KEPT_BYTES
        ? keptRows(csv)
        : (take: TakeRow, most?: number) => {
            readRows(csv, take, most)
          },
  }
  return { sheets: [sheet], encoding, delimiter, findings }
}

interface CsvText {
  readonly parts: () => Iterable<Buffer>
  /** The bytes at the beginning that state the delimiter. */
  readonly skipped: number
  readonly filename: string
  readonly delimiter: string
  readonly firstLine: number
}

/**
 * Parses at the first pass, and passes on what was kept at all others. A text with more rows is parsed at every pass.
 */
function keptRows(csv: CsvText): (take: TakeRow, most?: number) => void {
  let kept: (readonly [cells: readonly string[], line: number])[] | 'too many' | null = null
  return (take, most = Infinity) => {
    if (kept === null) {
      const rows: [readonly string[], number][] = []
      readRows(csv, (cells, line) => rows.push([cells as readonly string[], line]), MOST_KEPT_ROWS + 1)
      kept = rows.length > MOST_KEPT_ROWS ? 'too many' : rows
    }
    if (kept === 'too many') readRows(csv, take, most)
    else for (const [cells, line] of kept.slice(0, most)) take(cells, line)
  }
}

/** @throws Fault `unreadable-file` when something cannot be read, with its line */
function readRows({ parts, skipped, filename, delimiter, firstLine }: CsvText, take: TakeRow, most = Infinity): void {
  let [line, rows, skip] = [firstLine, 0, skipped]
  for (const part of parts()) {
    const text = part.subarray(skip)
    skip = 0
    const place = new RowPlace(text, line)
    try {
      parse(text, {
        bom: false,
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: LONGEST_ROW_BYTES,
        ...(most !== Infinity && { to: most - rows }),
        on_record: (cells: string[], context) => {
          rows += 1
          take(cells, place.advance(context.bytes))
          return null
        },
      })
    } catch (error) {
      throw error instanceof CsvError ? asFault(error, filename, place.next()) : error
    }
    if (rows >= most) return
    line = place.end()
  }
}

/** Finds the lines at which rows begin. The parser's own line count takes CR LF inside quotes as two lines. */
class RowPlace {
  readonly #text: Buffer
  #offset = 0
  #line: number

  constructor(text: Buffer, firstLine: number) {
    this.#text = text
    this.#line = firstLine
  }

  /** Skips empty lines and returns the line at which the next row begins. */
  next(): number {
    const start = this.#offset
    while (this.#text[this.#offset] === LF || this.#text[this.#offset] === CR) this.#offset += 1
    this.#line += lineEnds(this.#text, start, this.#offset)
    return this.#line
  }

  /** Returns the line that follows the text. */
  end(): number {
    return this.#line + lineEnds(this.#text, this.#offset, this.#text.length)
  }

  /** Returns the line at which the row that ends at byte `end` begins, and moves past the row. */
  advance(end: number): number {
    const line = this.next()
    this.#line += lineEnds(this.#text, this.#offset, end)
    this.#offset = Math.max(this.#offset, end)
    return line
  }
}

function asFault(error: CsvError, filename: string, line: number): Fault {
  const found = new Map<string, PlainKind>([
    ['CSV_QUOTE_NOT_CLOSED', 'quote-not-closed'],
    ['CSV_MAX_RECORD_SIZE', 'row-too-long'],
    ['CSV_INVALID_CLOSING_QUOTE', 'text-after-quote'],
    ['INVALID_OPENING_QUOTE', 'quote-in-cell'],
  ]).get(error.code)
  const said = found === undefined ? say('row-not-of-format', { format: 'CSV' }) : say(found, {})
  return unreadable(filename, say('wrong-in-row', { line, found: said }), { said, where: { line }, cause: error })
}
