import type { RawCell, TakeRow } from './table-source.ts'
import { tooManyCells, WORKBOOK_LIMITS } from './workbook-limits.ts'

/** How many cells the rows of a whole workbook have. */
export class CellCount {
  readonly #filename: string
  #cells = 0

  constructor(filename: string) {
    this.#filename = filename
  }

  /** @throws Fault `too-large` when the workbook has more cells, or reaches further, than the limits */
  add(width: number, rows = 1): void {
    this.#cells += width * rows
    if (width > WORKBOOK_LIMITS.columns || this.#cells > WORKBOOK_LIMITS.cells) throw tooManyCells(this.#filename)
  }

  /** @throws Fault `too-large` when a line is beyond the limit */
  reach(line: number): void {
    if (line > WORKBOOK_LIMITS.rows) throw tooManyCells(this.#filename)
  }
}

/** The rows of a sheet that hold anything, without trailing blanks. */
export class SheetRows {
  readonly #rows: RawCell[][] = []
  readonly #lines: number[] = []
  #isSorted = true

  add(cells: RawCell[], line: number): void {
    this.#isSorted &&= line >= (this.#lines.at(-1) ?? 0)
    this.#rows.push(cells)
    this.#lines.push(line)
  }

  /** Passes on the first `most` rows in the order of their lines. */
  eachRow(take: TakeRow, most = this.#rows.length): void {
    const end = Math.min(most, this.#rows.length)
    const order = this.#isSorted ? null : this.#order()
    for (let place = 0; place < end; place += 1) {
      const row = order?.[place] ?? place
      take(this.#rows[row] ?? [], this.#lines[row] ?? 0)
    }
  }

  #order(): readonly number[] {
    return this.#lines.map((_, row) => row).sort((one, other) => (this.#lines[one] ?? 0) - (this.#lines[other] ?? 0))
  }
}
