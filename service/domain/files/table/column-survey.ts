import { isMark, isMarkAmongNumbers } from './missing-marks.ts'
import { bareNumber, decimalOfGrouped, numberForm, type NumberForm } from './number-form.ts'
import { splitUnit } from './number-unit.ts'
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
  /** The units of cells such as `12.5 km`, which count as texts, and a survey of their numbers. */
  readonly #units = new Set<string>()
  #inUnits = 0
  #ofUnits: ColumnSurvey | null = null

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
      this.#addWithUnit(text, isSettledMissing)
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

  /** The unit behind every value, if it is the same one; null if any value has none or another. */
  get unit(): string | null {
    const [unit = null] = this.#units
    const isEverywhere = this.#inUnits === this.#texts && this.#typed === 0 && this.#forms.size === 0
    return this.#units.size === 1 && isEverywhere ? unit : null
  }

  /** The survey of the column's numbers: without their unit, if it has one. */
  get ofNumbers(): ColumnSurvey {
    return this.unit === null || this.#ofUnits === null ? this : this.#ofUnits
  }

  /** How many cells have a percent sign. */
  get percent(): number {
    return this.#percent
  }

  /** Whether the cells without a percent sign can be percentages too. */
  get isAllPercent(): boolean {
    return this.#percent > 0 && this.#aboveOne === this.#withoutPercent
  }

  #addWithUnit(text: string, isSettledMissing: (text: string) => boolean): void {
    const measured = splitUnit(text)
    if (measured === null) return
    this.#inUnits += 1
    this.#units.add(measured.unit)
    this.#ofUnits ??= new ColumnSurvey()
    this.#ofUnits.add(measured.number, isSettledMissing)
  }

  #countPlain(value: number): void {
    this.#withoutPercent += 1
    if (value > 1 || value === 0) this.#aboveOne += 1
  }
}
