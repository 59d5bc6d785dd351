import type { QueryAnswer } from '../query/ward-query.ts'

/** A chart, what it shows in words, and its figures as a table. */
export interface ChartAnswer {
  /** What is drawn of which wards, as a sentence. */
  readonly words: string
  /** The main figures, as sentences. */
  readonly figures: readonly string[]
  /** A document of its own that loads and runs nothing. */
  readonly svg: string
  readonly table: Pick<QueryAnswer, 'columns' | 'rows'>
  /** Wards that satisfy the conditions. */
  readonly rowsUsed: number
  readonly rowsWithoutValue: QueryAnswer['rowsWithoutValue']
  readonly notes: readonly string[]
}

/** Writes a figure of a chart's words: whole numbers in full, others with four significant digits or more. */
export function figureText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en', { maximumFractionDigits: 0 })
  return Math.abs(value) < 0.001 ? value.toPrecision(4) : value.toLocaleString('en', { maximumFractionDigits: 4 })
}
