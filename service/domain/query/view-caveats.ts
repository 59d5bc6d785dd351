import type { WardView } from './ward-view.ts'

/** What has to be known of the ranking and the plan that a view is made with. A plan's caveats hold its ranking's. */
export function viewCaveats({ result, plan }: Pick<WardView, 'result' | 'plan'>): readonly string[] {
  return plan?.caveats ?? result?.caveats ?? []
}
