import { cellKind } from '../read-cell.ts'
import type { TextBudget } from './text-budget.ts'

const LONGEST_TEXT = 200
/** After so many numbers and no text, a column is one of numbers, and what they looked like is not kept. */
const NUMBERS_SEEN = 100

/** The cells of a column of a table that is not yet known to be one of wards. */
export interface RawColumn {
  readonly name: string
  /** The file's column, from 1. */
  readonly position: number
  /** One per row, NaN where there is no number. Numbers beyond 1e100 are the greatest double. */
  readonly numbers: Float64Array
  /** `codes[row]` is an index into `values`, 0 for none; null if all cells are numbers or missing. */
  readonly texts: { readonly codes: Uint32Array; readonly values: readonly string[] } | null
}

/** Rows of cells, kept by column. */
export interface RawTable<Column extends RawColumn = RawColumn> {
  readonly lines: readonly number[]
  readonly columns: readonly Column[]
}

/** A cell as text, at most 201 characters; '' if it is missing. */
export function textAt({ numbers, texts }: RawColumn, row: number): string {
  const code = texts?.codes[row] ?? 0
  if (code > 0) return texts?.values[code] ?? ''
  const value = numbers[row] ?? NaN
  return Number.isNaN(value) ? '' : String(value)
}

/** Whether a cell holds text that is no number. */
export function isTextAt({ numbers, texts }: RawColumn, row: number): boolean {
  return Number.isNaN(numbers[row] ?? NaN) && (texts?.codes[row] ?? 0) > 0
}

export function isMissingAt(column: RawColumn, row: number): boolean {
  return Number.isNaN(column.numbers[row] ?? NaN) && !isTextAt(column, row)
}

/** All cells of a column as text. */
export function textsOf(column: RawColumn): string[] {
  return Array.from(column.numbers, (_, row) => textAt(column, row))
}

/** A table of the chosen rows, in the given order. */
export function takeRows<Column extends RawColumn>(
  { lines, columns }: RawTable<Column>,
  rows: readonly number[],
): RawTable<Column> {
  return {
    lines: rows.map((row) => lines[row] ?? 0),
    columns: columns.map((column) => ({
      ...column,
      numbers: Float64Array.from(rows, (row) => column.numbers[row] ?? NaN),
      texts: column.texts && { ...column.texts, codes: Uint32Array.from(rows, (row) => column.texts?.codes[row] ?? 0) },
    })),
  }
}

/** A table without the rows of `dropped`. */
export function dropRows<Column extends RawColumn>(
  table: RawTable<Column>,
  dropped: ReadonlySet<number>,
): RawTable<Column> {
  return dropped.size === 0
    ? table
    : takeRows(
        table,
        [...table.lines.keys()].filter((row) => !dropped.has(row)),
      )
}

/** Makes a column of texts. */
export function textColumn(name: string, position: number, cells: readonly string[]): RawColumn {
  const collector = new RawColumnCollector(name, position, true)
  for (const cell of cells) collector.add(cell)
  return collector.finish()
}

/** Collects a column cell by cell. Each different text is kept once. */
export class RawColumnCollector {
  readonly #name: string
  readonly #position: number
  readonly #keepsTexts: boolean
  readonly #budget: TextBudget | null
  readonly #codeOf = new Map<string, number>()
  #values: string[] = ['']
  #numbers = new Float64Array(256)
  #codes: Uint32Array | null = new Uint32Array(256)
  #length = 0
  #numeric = 0
  #texts = 0

  /**
   * @param keepsTexts also the look of numbers: `0101`, `101.0`
   * @param budget of the texts of a file; null for texts that were counted before
   */
  constructor(name: string, position: number, keepsTexts: boolean, budget: TextBudget | null = null) {
    this.#name = name
    this.#position = position
    this.#keepsTexts = keepsTexts
    this.#budget = budget
  }

  /**
   * Adds the next row's trimmed cell.
   * @throws Fault `too-large` when there are too many different texts
   */
  add(cell: string): void {
    const kind = cellKind(cell)
    this.#grow()
    const row = this.#length
    this.#length += 1
    this.#numbers[row] = NaN
    if (kind === 'missing') return
    const value = kind === 'number' ? Number(cell) : kind === 'infinite' ? beyondAll(cell) : NaN
    this.#numbers[row] = value
    if (Number.isNaN(value)) this.#texts += 1
    else this.#numeric += 1
    if (!this.#keepsTexts && this.#texts === 0 && this.#numeric >= NUMBERS_SEEN) {
      this.#codes = null
      this.#values = ['']
      this.#codeOf.clear()
    }
    if (this.#codes === null && Number.isNaN(value)) this.#codes = new Uint32Array(this.#numbers.length)
    if (this.#codes !== null && (Number.isNaN(value) || this.#keepsTexts || this.#numeric < NUMBERS_SEEN))
      this.#codes[row] = this.#code(cell)
  }

  /** The column. Nothing can be added to it any more. */
  finish(): RawColumn {
    const keeps = this.#codes !== null && (this.#keepsTexts || this.#texts > 0 || this.#numeric < NUMBERS_SEEN)
    return {
      name: this.#name,
      position: this.#position,
      numbers: this.#numbers.slice(0, this.#length),
      texts: keeps && this.#codes !== null ? { codes: this.#codes.slice(0, this.#length), values: this.#values } : null,
    }
  }

  #code(cell: string): number {
    // A cut string would hold on to the whole cell.
    const text = cell.length > LONGEST_TEXT ? Buffer.from(cell.slice(0, LONGEST_TEXT + 1)).toString() : cell
    const known = this.#codeOf.get(text)
    if (known !== undefined) return known
    const code = this.#values.length
    this.#budget?.add(text, this.#name, code - 1)
    this.#values.push(text)
    this.#codeOf.set(text, code)
    return code
  }

  #grow(): void {
    if (this.#length < this.#numbers.length) return
    const numbers = new Float64Array(this.#length * 2)
    numbers.set(this.#numbers)
    this.#numbers = numbers
    if (this.#codes === null) return
    const codes = new Uint32Array(this.#length * 2)
    codes.set(this.#codes)
    this.#codes = codes
  }
}

/** The greatest double for a number that is written out and beyond 1e100; NaN for `inf`, which stays a text. */
function beyondAll(cell: string): number {
  if (!/\d/.test(cell)) return NaN
  return cell.startsWith('-') ? -Number.MAX_VALUE : Number.MAX_VALUE
}
