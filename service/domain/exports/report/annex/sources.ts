import { list } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** Names the analysis, the data and the plan, so that each can be found again. */
export function sourceList({ result, plan }: ReportInput): Iterable<string> {
  const inputs = Object.entries(result.inputs).flatMap(([role, input]) =>
    input === null ? [] : [`${role} ${input.sha256}`],
  )
  return [
    list([
      `Dataset version ${String(result.datasetVersion)}; analysed ${result.createdAt}; analysis ${result.analysisId}`,
      ...(plan === null ? [] : [`Plan ${plan.id}`]),
      `Input files by SHA-256: ${inputs.join('; ')}`,
      `${String(result.wards.length)} wards, ${String(result.indicators.length)} indicators, ` +
        `${String(result.models.length)} models, ${result.mode} mode`,
    ]),
  ]
}
