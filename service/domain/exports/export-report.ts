import type { StatedCertainty } from '../certainty/stated-certainty.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { resultFeatures } from '../map/result-map.ts'
import type { NetPlan } from '../plan/net-plan.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import { reportHtml } from './report/report-html.ts'
import type { PlanStamp, ReportInput, ReportStamp } from './report/report-input.ts'

/** The most points of all outlines together that still print well. */
const MOST_POINTS = 40_000

/** Writes the report as report.html, line by line, with a map if the dataset has boundaries. */
export function exportReport(
  dataset: Dataset,
  result: AnalysisResult & ReportStamp,
  plan: (NetPlan & PlanStamp) | null,
  certainty: StatedCertainty,
): Iterable<string> {
  const wardsWithoutBoundary = dataset.unmatched.map(({ name }) => name)
  return reportHtml({
    result,
    plan,
    certainty,
    area: areaOf(dataset),
    readings: readingsOf(dataset),
    map: dataset.boundaries && {
      bbox: dataset.boundaries.bbox,
      features: () => resultFeatures(dataset, result, { mostPoints: MOST_POINTS }),
      wardsWithoutBoundary,
    },
  })
}

function areaOf({ table }: Dataset): ReportInput['area'] {
  const named = (names: readonly string[] | undefined | null): readonly string[] =>
    [...new Set(names)].filter((name) => name !== '')
  return { states: named(table.keys.state), lgas: named(table.keys.lga) }
}

/** The readings of the current files. Wards of a facility table were not read from a file of their own. */
function readingsOf({ table, boundaries }: Dataset): ReportInput['readings'] {
  const measured = table.positivity.flatMap(({ reading }) => reading ?? [])
  return {
    wards: table.format === 'facilities' ? [] : [table.reading],
    boundaries: boundaries === null ? [] : [boundaries.reading],
    facilities: measured.slice(0, 1),
  }
}
