import { caveatList } from './annex/caveats.ts'
import { certaintyTables } from './annex/certainty.ts'
import { changeList } from './annex/changes.ts'
import { comparisonText } from './annex/comparison.ts'
import { correlationTable } from './annex/correlations.ts'
import { filledValues } from './annex/filled-values.ts'
import { lgaTable } from './annex/lgas.ts'
import { methodText } from './annex/method.ts'
import { planTables } from './annex/plan.ts'
import { positivityTables } from './annex/positivity.ts'
import { qualityTables } from './annex/quality.ts'
import { rankingTable } from './annex/ranking.ts'
import { readingTables } from './annex/readings.ts'
import { sourceList } from './annex/sources.ts'
import { thresholdTables } from './annex/thresholds.ts'
import { timeTables } from './annex/over-time.ts'
import { tierMap } from './annex/tier-map.ts'
import { weightTables } from './annex/weights.ts'
import type { ReportInput } from './report-input.ts'

/** The lines of a section, as HTML; null if the report has nothing to say there. */
type SectionWriter = (input: ReportInput) => Iterable<string> | null

/** The sections of the annex in their order: the title of each, and what writes it. */
const ANNEX: readonly (readonly [title: string, write: SectionWriter])[] = [
  ['Where this comes from', sourceList],
  ['Caveats', caveatList],
  ['Bed-net plan', planTables],
  ['Urban thresholds side by side', thresholdTables],
  ['How sure the order is', certaintyTables],
  ['Map of the wards by tier', tierMap],
  ['LGAs', lgaTable],
  ['Own weights', weightTables],
  ['Indicators that are alike', correlationTable],
  ['Against what was seen', comparisonText],
  ['Ranking', rankingTable],
  ['Method', methodText],
  ['Test positivity', positivityTables],
  ['Test positivity over time', timeTables],
  ['Values that were filled in', filledValues],
  ['What was changed or left out', changeList],
  ['How the files were read', readingTables],
  ['Data quality', qualityTables],
] as const

/** The sections that this report has, one by one. */
export function* annexSections(
  input: ReportInput,
): Generator<{ readonly title: string; readonly lines: Iterable<string> }> {
  for (const [title, write] of ANNEX) {
    const lines = write(input)
    if (lines !== null) yield { title, lines }
  }
}
