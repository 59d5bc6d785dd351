import { list, table } from '../../html-parts.ts'
import type { OwnWeights } from '../../../ranking/analysis-result.ts'
import type { ReportInput } from '../report-input.ts'

/** A person's weights and every ward's place by them and by the method; null without weights. */
export function weightTables({ result }: ReportInput): Iterable<string> | null {
  return result.ownWeights ? changed(result, result.ownWeights) : null
}

function* changed({ wards }: ReportInput['result'], own: OwnWeights): Generator<string> {
  yield* table(['indicator', 'weight'], own.weights, ({ name, weight }) => [name, weight])
  yield list([
    `${String(own.movedWards)} of ${String(wards.length)} wards have another rank than by the method`,
    `In tier High, and not by the method: ${own.entersHigh.join(', ') || 'none'}`,
    `In tier High by the method alone: ${own.leavesHigh.join(', ') || 'none'}`,
  ])
  yield* table(['ward', 'rank', 'rank by the method', 'tier', 'tier by the method'], wards, (ward) => [
    ward.wardName,
    ward.rank,
    ward.byMethod?.rank ?? null,
    ward.tier,
    ward.byMethod?.tier ?? null,
  ])
}
