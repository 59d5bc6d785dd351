import type { Answer, MadeFrom } from '../answer.ts'
import type { NetPlan } from '../net-plan.ts'

/** A bed-net plan in words, with its wards in the order they are served; beside the plan before it where it is a what-if. */
export function answerPlan(plan: NetPlan, madeFrom: MadeFrom, before: NetPlan | null = null): Answer {
  const { allocated, stock } = plan.totals
  return { text: `${String(allocated)} of ${String(stock)} nets are handed out${before === null ? '' : `, ${String(before.totals.allocated)} before`}.`, basis: [`Dataset version ${String(madeFrom.datasetVersion)}.`, ...plan.caveats] }
}
