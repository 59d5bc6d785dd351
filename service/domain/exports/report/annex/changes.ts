import type { DifferingName } from '../../../dataset/spelled-differently.ts'
import type { AnalysisResult } from '../../../ranking/analysis-result.ts'
import { list } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

const RULES: Readonly<Record<DifferingName['joinedBy'], string>> = {
  code: 'code',
  'name-form': 'name, ignoring case, numerals, state code and the word ward',
  accepted: 'hand',
} as const

/** Rows, joins, names and columns that are not as they were uploaded. */
export function changeList({ result }: ReportInput): Iterable<string> {
  return [list(changes(result))]
}

function changes({
  droppedRows,
  unmatchedWards,
  duplicateWards,
  acceptedMatches,
  spelledDifferently,
  leftOut,
}: AnalysisResult): readonly string[] {
  const named = (what: string, names: readonly string[]): string =>
    `${what}: ${names.length === 0 ? 'none' : names.join(', ')}`
  return [
    named('Rows left out', droppedRows),
    named('Wards without a boundary', unmatchedWards),
    named('Wards whose name repeats', duplicateWards),
    named(
      'Wards joined to a boundary by hand',
      acceptedMatches.map(({ ward, boundary }) => `${ward} = ${boundary}`),
    ),
    named(
      'Wards joined to a boundary that is spelled differently',
      spelledDifferently.map(({ ward, boundary, joinedBy }) => `${ward} = ${boundary} (by ${RULES[joinedBy]})`),
    ),
    named(
      'Columns not used',
      leftOut.map(({ name, reason }) => `${name} (${reason})`),
    ),
  ]
}
