import { isMark, isMarkAmongNumbers } from './missing-marks.ts'
import { bareNumber, decimalOfGrouped, numberForm, type NumberForm } from './number-form.ts'
import { textOf, type RawCell } from './table-source.ts'

const EXAMPLES = 3

/** Counts how the cells of one column are written. */
export class ColumnSurvey {
  readonly #forms = new Map<NumberForm, number>()
  /** The first few cells of the forms that leave a choice. */
  readonly examples: string[] = []
  #typed = 0
  #texts = 0
  #percent = 0
  /** Values without a percent sign that are above 1, and all of them: shares of one are never above 1. */
  #aboveOne = 0
  #withoutPercent = 0

  add(cell: RawCell, isSettledMissing: (text: string) => boolean): void {
    const text = textOf(cell)
    if (text === '' || isSettledMissing(text)) return
    if (typeof cell === 'number') {
      this.#typed += 1
      this.#countPlain(cell)
      return
    }
    if (isMark(text) || isMarkAmongNumbers(text)) return
    const { digits, percent } = bareNumber(text)
    const form = numberForm(digits)
    if (form === null) {
      this.#texts += 1
      return
    }
    this.#forms.set(form, this.count(form) + 1)
    if (form.startsWith('either') && this.examples.length < EXAMPLES) this.examples.push(text)
    const decimal = form.startsWith('thousands') ? decimalOfGrouped(digits) : null
    if (decimal !== null) this.#forms.set(`decimal ${decimal}`, this.count(`decimal ${decimal}`) + 1)
    if (percent) this.#percent += 1
    else this.#countPlain(Number(digits.replace(',', '.')))
  }

  count(form: NumberForm): number {
    return this.#forms.get(form) ?? 0
  }

  /** Whether most of what it holds are numbers. */
  get isNumeric(): boolean {
    const numbers = this.#typed + [...this.#forms.values()].reduce((sum, count) => sum + count, 0)
    return numbers > this.#texts
  }

  /** How many cells have a percent sign. */
  get percent(): number {
    return this.#percent
  }

  /** Whether the cells without a percent sign can be percentages too. */
  get isAllPercent(): boolean {
    return this.#percent > 0 && this.#aboveOne === this.#withoutPercent
  }

  #countPlain(value: number): void {
    this.#withoutPercent += 1
    if (value > 1 || value === 0) this.#aboveOne += 1
  }
}
