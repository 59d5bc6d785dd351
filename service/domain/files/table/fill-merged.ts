import { isIdentifier } from '../column-names.ts'
import { makeFinding, type Finding, type FindingKind } from '../finding.ts'
import { say, type Said } from '../../said.ts'
import type { MergedCells, RawCell, TakeRow } from './table-source.ts'
import { tooManyCells, WORKBOOK_LIMITS } from './workbook-limits.ts'

const EXAMPLES = 10

/**
 * Fills cells that are merged downwards below the header: an LGA beside all its wards. A number that stands beside
 * several rows belongs to none of them alone: it is left out, unless its column holds codes.
 */
export class MergedFill {
  readonly #filename: string
  readonly #names: readonly string[]
  readonly #merged: readonly MergedCells[]
  readonly #values = new Map<MergedCells, RawCell>()
  readonly #filled = new Map<MergedCells, Said>()
  readonly #shared = new Map<MergedCells, Said>()
  #count = 0

  /** `headerLine` is the line of the header, from 1. */
  constructor(merged: readonly MergedCells[], names: readonly string[], headerLine: number, filename: string) {
    this.#filename = filename
    this.#names = names
    this.#merged = merged.filter(({ top, bottom, left }) => top >= headerLine && bottom > top && left < names.length)
  }

  /**
   * Passes rows on to `take`, filled. Rows have to come from the first to the last.
   * @throws Fault `too-large` when more cells are filled than a workbook may have
   */
  before(take: TakeRow): TakeRow {
    if (this.#merged.length === 0) return take
    let next = 0
    let open = new Map<number, MergedCells>()
    const sorted = [...this.#merged].sort((one, other) => one.top - other.top)
    return (cells, line) => {
      const row = line - 1
      for (let merged = sorted[next]; merged !== undefined && merged.top <= row; merged = sorted[next]) {
        open.set(merged.left, merged)
        next += 1
      }
      if (open.size > 0) open = new Map([...open].filter(([, { bottom }]) => bottom >= row))
      take(open.size === 0 ? cells : this.#fill(cells, row, [...open.values()]), line)
    }
  }

  findings(): readonly Finding[] {
    const aboutCells = (kind: FindingKind, said: Said, cells: readonly Said[]): Finding[] =>
      cells.length === 0 ? [] : [makeFinding(kind, said, { count: cells.length, examples: cells.slice(0, EXAMPLES) })]
    return [
      ...aboutCells('cells-filled', say('merged-cells-filled', {}), [...this.#filled.values()]),
      ...aboutCells('missing-values', say('merged-numbers-missing', {}), [...this.#shared.values()]),
    ]
  }

  #fill(cells: readonly RawCell[], row: number, open: readonly MergedCells[]): readonly RawCell[] {
    this.#count += open.length
    if (this.#count > WORKBOOK_LIMITS.cells) throw tooManyCells(this.#filename)
    const filled = [...cells]
    for (const merged of open) {
      const { left, top, bottom } = merged
      while (filled.length <= left) filled.push('')
      const value = row === top ? (cells[left] ?? '') : (this.#values.get(merged) ?? '')
      if (row === top) this.#values.set(merged, value)
      if (value === '') continue
      const name = this.#names[left] ?? ''
      const place = say('cell-of-lines', { column: name, value, from: top + 1, to: bottom + 1 })
      if (typeof value === 'number' && !isIdentifier(name)) {
        this.#shared.set(merged, place)
        filled[left] = ''
      } else {
        this.#filled.set(merged, place)
        filled[left] = value
      }
    }
    return filled
  }
}
