import { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say, type Said } from '../said.ts'
import { copiesOf } from '../files/columns/copies.ts'
import { directionRule } from '../files/directions.ts'
import type { WardColumn, WardTable } from '../files/ward-table.ts'
import { correlation } from './agreement.ts'
import type { AnalysisOptions, SeenComparison } from './analysis-result.ts'
import type { ChosenIndicator } from './choose-indicators.ts'

/** With fewer, resamples say nothing of other wards. */
const FEWEST_WARDS = 10
const STRONG = 0.8

/**
 * The column with which the ranking is compared; null if none was named.
 * @throws Fault `invalid-input` when the data have no such numbers, when the ranking uses the column or a copy of it,
 *   and when too few wards have a value, or all have the same
 */
export function heldBackColumn(
  { columns }: WardTable,
  { compareWith }: AnalysisOptions,
  indicators: readonly ChosenIndicator[],
): WardColumn | null {
  if (compareWith === undefined) return null
  const column = columns.find(({ name }) => name === compareWith)
  const why = whyNot(column, indicators)
  if (why === null && column !== undefined) return column
  throw new Fault('invalid-input', say('cannot-compare-with', { column: quoted(compareWith) }), {
    errors: [{ said: why ?? say('column-not-there', {}), pointer: '/compareWith' }],
  })
}

function whyNot(column: WardColumn | undefined, indicators: readonly ChosenIndicator[]): Said | null {
  if (column === undefined) return say('column-not-there', {})
  if (column.numbers === null) return say('holds-no-numbers', {})
  const used = indicators.map((indicator) => indicator.column)
  if (used.includes(column)) return say('ranked-by-it', {})
  const copy = copiesOf([...used, column]).get(column.name)
  if (copy !== undefined) return say('repeats-indicator', { column: quoted(copy.of) })
  const values = column.numbers.filter((value) => !Number.isNaN(value))
  if (values.length < FEWEST_WARDS) return say('too-few-values', { count: values.length, fewest: FEWEST_WARDS })
  return values.every((value) => value === values[0]) ? say('same-value-everywhere', {}) : null
}

/** What the comparison says, and what it cannot say. */
export function comparisonCaveats(
  comparison: SeenComparison | null,
  column: WardColumn | null,
  indicators: readonly ChosenIndicator[],
): string[] {
  if (comparison === null || column === null) return []
  const { spearman, topThird, wards } = comparison
  const isUnsure = spearman.low === null || spearman.high === null || (spearman.low <= 0 && spearman.high >= 0)
  const like = indicators.filter((indicator) => Math.abs(rOf(indicator.column, column)) > STRONG)
  const isPositivity = directionRule(column.name)?.subject === 'test positivity'
  return [
    `Against ${quoted(column.name)}, which the ranking does not use, over ${String(wards)} wards: Spearman's rank ` +
      `correlation is ${told(spearman)}${isUnsure ? ', which cannot be told from no agreement' : ''}; ` +
      `tier High has ${told(topThird.lift)} times the mean of all wards.`,
    isPositivity
      ? 'Test positivity is a weak proxy of malaria: it depends on who is tested, and says nothing of those who are not.'
      : 'What was seen is no proof either: it depends on who seeks care, who is tested and who reports.',
    ...like.map(
      (indicator) =>
        `${quoted(column.name)} is nearly the same as the indicator ${quoted(indicator.column.name)}, ` +
        'so that it was not really held back.',
    ),
  ]
}

function told({ value, low, high }: SeenComparison['spearman']): string {
  const bounds = low === null || high === null ? 'no interval' : `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`
  return `${value === null ? 'unknown' : value.toFixed(2)} (${bounds})`
}

/** Pearson's r over the wards that have both values; 0 where it is not known. */
function rOf(one: WardColumn, other: WardColumn): number {
  const [ones, others]: [number[], number[]] = [[], []]
  one.numbers?.forEach((value, row) => {
    const seen = other.numbers?.[row] ?? NaN
    if (Number.isNaN(value) || Number.isNaN(seen)) return
    ones.push(value)
    others.push(seen)
  })
  return correlation(Float64Array.from(ones), Float64Array.from(others)) ?? 0
}
