import { GENERAL_CAVEATS } from '../../../ranking/caveats.ts'
import { GENERAL_PLAN_CAVEAT } from '../../../plan/plan-caveats.ts'
import type { ReportInput } from '../report-input.ts'

/** Caveats that hold for every ranking and every plan, whatever the data. */
const GENERAL: ReadonlySet<string> = new Set([GENERAL_PLAN_CAVEAT, ...GENERAL_CAVEATS])

/**
 * The caveats in the order in which they matter to the decision: first those that name a ward whose place is a matter
 * of choice, then the others about these data, and last what holds for any data.
 */
export function weakestFirst({ result, plan, certainty }: ReportInput): readonly string[] {
  const caveats = plan?.caveats ?? result.caveats
  const open = certainty.wards.flatMap(({ wardName, verdict }) => (verdict === 'choice' ? wardName : []))
  const weight = (caveat: string): number => {
    if (GENERAL.has(caveat)) return 2
    return open.some((name) => caveat.includes(name)) ? 0 : 1
  }
  return caveats.toSorted((one, other) => weight(one) - weight(other))
}
