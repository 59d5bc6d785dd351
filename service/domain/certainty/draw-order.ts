import type { Random } from '../random.ts'
import type { CertaintyModel } from './certainty-model.ts'
import { pcaDrawer } from './draw-pca.ts'
import type { DrawnValues } from './drawn-values.ts'
import type { ColumnOrder } from './model-parts.ts'
import { scoreRanker } from './rank-scores.ts'

/** Gives the rank of each ward in the order in which the plan serves them in a draw. */
export type OrderDrawer = (drawn: DrawnValues, random: Random) => Uint16Array

/**
 * Draws the order of the model's plan. What has no draws in the ranking is drawn from the rest of the draw's stream, so
 * that a plan changes nothing of what is drawn of the ranking.
 */
export function orderDrawer(model: CertaintyModel): OrderDrawer {
  const { order, wards } = model
  if (order === null || order.kind === 'composite') return ({ ranks }) => ranks
  const scores = new Float64Array(wards)
  const rankScores = scoreRanker(wards)
  const ranks = new Uint16Array(wards)
  const drawPca = order.kind === 'pca' ? pcaDrawer(model, order) : null
  return (drawn, random) => {
    if (order.kind === 'pca') drawPca?.(drawn, scores)
    else drawKeys(order, drawn, random, scores)
    rankScores(scores, ranks)
    return ranks
  }
}

/** What the plan sorts by in a draw. A ward without a value comes last. */
function drawKeys(
  { keys, measured, filled }: ColumnOrder,
  { deviates }: DrawnValues,
  random: Random,
  scores: Float64Array,
): void {
  const wards = keys.length
  for (let ward = 0; ward < wards; ward += 1) {
    const key = keys[ward] ?? NaN
    scores[ward] = Number.isNaN(key) ? -Infinity : key
  }
  if (measured !== null)
    for (let ward = 0; ward < wards; ward += 1) {
      const { centre, spread, drawnWith } = measured
      const middle = centre[ward] ?? NaN
      if (Number.isNaN(middle)) continue
      const deviate = drawnWith === null ? random.normal() : (deviates.positivity[drawnWith * wards + ward] ?? 0)
      scores[ward] = middle + (spread[ward] ?? 0) * deviate
    }
  filled.ward.forEach((ward, at) => {
    const deviate = deviates.filled[filled.cell[at] ?? 0] ?? 0
    scores[ward] = (filled.centre[at] ?? 0) + (filled.spread[at] ?? 0) * deviate
  })
}
