import { certaintyModel } from '../../service/domain/certainty/certainty-model.ts'
import { certaintyOf } from '../../service/domain/certainty/certainty-reply.ts'
import { drawRanks } from '../../service/domain/certainty/draw-ranks.ts'
import { notDrawn, USUAL, type StatedCertainty } from '../../service/domain/certainty/stated-certainty.ts'
import { summariseDraws } from '../../service/domain/certainty/summarise-draws.ts'
import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'

/** For files whose certainty a test does not look at. */
export const NOT_DRAWN = notDrawn('No rankings were drawn.')

/** How sure an order is, drawn at once where the service draws in slices. */
export function stateCertainty(
  result: AnalysisResult,
  plan: { readonly basis: PlanBasis; readonly options: PlanOptions } | null = null,
  { seed, draws }: { readonly seed: number; readonly draws: number } = USUAL,
): StatedCertainty {
  const model = certaintyModel(result, plan)
  const slice = summariseDraws(model, [drawRanks(model, seed, 0, draws)], 0, model.wards)
  return { seed, draws, ...certaintyOf(result, model, [slice]) }
}
