import { number, paragraph, table } from '../../html-parts.ts'
import type { BoundedFigure, SeenComparison } from '../../../ranking/analysis-result.ts'
import type { ReportInput } from '../report-input.ts'

/** The ranking beside a column that it does not use; null if none was named. */
export function comparisonText({ result: { comparison } }: ReportInput): Iterable<string> | null {
  return comparison ? beside(comparison) : null
}

function* beside({ column, wards, spearman, topThird, resamples }: SeenComparison): Generator<string> {
  yield paragraph(
    `The ranking does not use ${JSON.stringify(column)}. ${String(wards)} wards have a value. ` +
      `The 95 % intervals are from ${String(resamples)} bootstrap resamples of the wards.`,
  )
  const row = (name: string, { value, low, high }: BoundedFigure): readonly [string, string, string, string] => [
    name,
    shown(value),
    shown(low),
    shown(high),
  ]
  yield* table(
    ['figure', 'value', 'from', 'to'],
    [
      row("Spearman's rank correlation of score and value", spearman),
      row(`mean of tier High (${String(topThird.wards)} wards) / mean of all`, topThird.lift),
    ],
    (cells) => cells,
  )
  yield paragraph(`Means: ${shown(topThird.mean)} in tier High, ${shown(topThird.meanOfAll)} in all.`)
}

function shown(value: number | null): string {
  return value === null ? 'not known' : number(value)
}
