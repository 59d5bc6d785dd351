import { paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** The correlation of each two indicators; null for a result that was made before it was computed. */
export function correlationTable({ result }: ReportInput): Iterable<string> | null {
  return result.correlations === undefined ? null : matrix(result, result.correlations)
}

function* matrix(
  { indicators }: ReportInput['result'],
  correlations: readonly (readonly (number | null)[])[],
): Generator<string> {
  yield paragraph(
    "Pearson's r of the normalised values: above 0 two indicators raise the risk of the same wards. Above 0.8 they " +
      'measure much the same, and what they share counts twice; below −0.8 they cancel each other.',
  )
  yield* table(['', ...indicators.map((_, at) => String(at + 1))], indicators, ({ name }, row) => [
    `${String(row + 1)}. ${name}`,
    ...(correlations[row] ?? []).map((r) => (r === null ? 'no value' : r.toFixed(2))),
  ])
}
