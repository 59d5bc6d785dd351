import { paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** Each value that was missing, and what it was filled with. */
export function filledValues({ result: { imputations } }: ReportInput): Iterable<string> {
  if (imputations.length === 0) return [paragraph('None: every value was in the file.')]
  return table(
    ['ward', 'column', 'value', 'how', 'neighbours'],
    imputations,
    ({ ward, column, value, how, neighbours }) => [ward, column, value, how, neighbours.join(', ')],
  )
}
