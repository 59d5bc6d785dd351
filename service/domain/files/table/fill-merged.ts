import { isIdentifier } from '../column-names.ts'
import type { Finding } from '../finding.ts'
import type { MergedCells, RawCell, TakeRow } from './table-source.ts'

const EXAMPLES = 10

/**
 * Fills cells that are merged downwards below the header: an LGA beside all its wards. A number that stands beside
 * several rows belongs to none of them alone: it is left out, unless its column holds codes.
 */
export class MergedFill {
  readonly #names: readonly string[]
  readonly #merged: readonly MergedCells[]
  readonly #values = new Map<MergedCells, RawCell>()
  readonly #filled = new Map<MergedCells, string>()
  readonly #shared = new Map<MergedCells, string>()

  /** `headerLine` is the line of the header, from 1. */
  constructor(merged: readonly MergedCells[], names: readonly string[], headerLine: number) {
    this.#names = names
    this.#merged = merged.filter(({ top, bottom }) => top >= headerLine && bottom > top)
  }

  /** Passes rows on to `take`, filled. Rows have to come from the first to the last. */
  before(take: TakeRow): TakeRow {
    if (this.#merged.length === 0) return take
    let next = 0
    let open: MergedCells[] = []
    const sorted = [...this.#merged].sort((one, other) => one.top - other.top)
    return (cells, line) => {
      const row = line - 1
      for (let merged = sorted[next]; merged !== undefined && merged.top <= row; merged = sorted[next]) {
        open.push(merged)
        next += 1
      }
      open = open.filter(({ bottom }) => bottom >= row)
      take(open.length === 0 ? cells : this.#fill(cells, row, open), line)
    }
  }

  findings(): readonly Finding[] {
    const finding = (kind: 'cells-filled' | 'missing-values', detail: string, cells: readonly string[]): Finding[] =>
      cells.length === 0 ? [] : [{ kind, detail, count: cells.length, examples: cells.slice(0, EXAMPLES) }]
    return [
      ...finding('cells-filled', 'Cells merged over several rows were read for each of these rows.', [
        ...this.#filled.values(),
      ]),
      ...finding(
        'missing-values',
        'Numbers in cells merged over several rows stand for these rows together; they count as missing.',
        [...this.#shared.values()],
      ),
    ]
  }

  #fill(cells: readonly RawCell[], row: number, open: readonly MergedCells[]): readonly RawCell[] {
    const filled = [...cells]
    for (const merged of open) {
      const { left, top, bottom } = merged
      while (filled.length <= left) filled.push('')
      const value = row === top ? (cells[left] ?? '') : (this.#values.get(merged) ?? '')
      if (row === top) this.#values.set(merged, value)
      if (value === '') continue
      const name = this.#names[left] ?? ''
      const place = `${name}: ${String(value)} (lines ${String(top + 1)} to ${String(bottom + 1)})`
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
