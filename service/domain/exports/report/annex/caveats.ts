import { list } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** All that a reader must know before acting on the report. A plan's caveats hold those of its ranking. */
export function caveatList({ result, plan }: ReportInput): Iterable<string> {
  return [list(plan?.caveats ?? result.caveats)]
}
