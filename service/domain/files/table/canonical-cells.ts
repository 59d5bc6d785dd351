import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'
import { isMissing } from '../read-cell.ts'
import { isMark, isMarkAmongNumbers } from './missing-marks.ts'
import { bareNumber, numberForm, plainDigits, type NumberSigns } from './number-form.ts'
import { splitUnit } from './number-unit.ts'
import type { ColumnPlan } from './plan-columns.ts'
import { textOf, type RawCell } from './table-source.ts'

const MOST_MARKS = 50
const MOST_EXAMPLES = 20
const LONGEST_PLAIN = 20

/**
 * Makes the cells of a table canonical: trimmed text, '' for a missing value, digits with a decimal point for a number.
 * What cannot be read as its column is written stays as it is. Counts what it changed.
 */
export class CanonicalCells {
  readonly #plans: readonly ColumnPlan[]
  readonly #isSettledMissing: (text: string) => boolean
  readonly #marks = new Map<string, number>()
  readonly #rewritten = new Map<number, { count: number; readonly written: string; readonly read: string }>()

  constructor(plans: readonly ColumnPlan[], isSettledMissing: (text: string) => boolean) {
    this.#plans = plans
    this.#isSettledMissing = isSettledMissing
  }

  /** The canonical cells of a row. */
  row(cells: readonly RawCell[]): string[] {
    return cells.map((cell, column) => this.#cell(cell, column))
  }

  /** The marks for missing values that were met. */
  get marks(): readonly string[] {
    return [...this.#marks.keys()]
  }

  /** What was changed; columns are named by `names`. */
  findings(names: readonly string[]): readonly Finding[] {
    const marks = [...this.#marks]
    const rewritten = [...this.#rewritten]
    return [
      ...(marks.length === 0
        ? []
        : [
            makeFinding('missing-values', say('marks-taken-as-missing', {}), {
              count: marks.reduce((sum, [, count]) => sum + count, 0),
              examples: marks.map(([mark, count]) => `${mark} (${String(count)})`).slice(0, MOST_EXAMPLES),
            }),
          ]),
      ...(rewritten.length === 0
        ? []
        : [
            makeFinding('numbers-read', say('numbers-rewritten', {}), {
              count: rewritten.reduce((sum, [, { count }]) => sum + count, 0),
              examples: rewritten
                .map(([column, { written, read }]) =>
                  say('number-read-as', { column: names[column] ?? '', written, read }),
                )
                .slice(0, MOST_EXAMPLES),
            }),
          ]),
    ]
  }

  #cell(cell: RawCell, column: number): string {
    const text = textOf(cell)
    if (text === '') return text
    if (this.#isSettledMissing(text)) return this.#missing(text)
    if (typeof cell === 'number') return text
    const plan = this.#plans[column]
    if (isMark(text)) return this.#missing(text)
    if (plan?.isNumeric !== true) return text
    if (isMarkAmongNumbers(text)) return this.#missing(text)
    return plan.signs === null || (plan.unit === null && isPlain(text, plan.signs))
      ? text
      : this.#number(text, plan, column)
  }

  #missing(text: string): string {
    // The usual marks are no news: every reader of tables takes them so.
    if (isMissing(text) && !this.#isSettledMissing(text)) return ''
    if (this.#marks.has(text) || this.#marks.size < MOST_MARKS) this.#marks.set(text, (this.#marks.get(text) ?? 0) + 1)
    return ''
  }

  #number(written: string, { signs, stripsPercent, unit }: ColumnPlan, column: number): string {
    const measured = unit === null ? null : splitUnit(written)
    // A unit that the survey did not come to leaves its cell a text, which is reported.
    if (unit !== null && measured?.unit !== unit) return written
    const text = measured?.number ?? written
    const { minus, digits, percent } = bareNumber(text)
    if (signs === null || (percent && !stripsPercent)) return written
    const form = numberForm(digits)
    const plain = form === null ? null : plainDigits(digits, signs)
    if (plain === null) return written
    if (plain !== digits || !text.includes(digits) || text.startsWith("'")) {
      const known = this.#rewritten.get(column)
      if (known === undefined) this.#rewritten.set(column, { count: 1, written: text, read: `${minus}${plain}` })
      else known.count += 1
    }
    return minus + plain
  }
}

/** Most cells of large tables are counts or have a decimal point. Only the others need a closer look. */
function isPlain(text: string, { decimal }: NumberSigns): boolean {
  return text.length <= LONGEST_PLAIN && (decimal === '.' ? /^\d+(?:\.\d+)?$/ : /^\d+$/).test(text)
}
