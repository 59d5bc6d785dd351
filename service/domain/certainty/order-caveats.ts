import { listed, quoted } from '../quoted.ts'
import type { CertaintyModel } from './certainty-model.ts'
import type { ColumnOrder, PcaOrder } from './model-parts.ts'

const OF_THE_RANKING = 'Rank intervals, chances of High and sources are of the ranking by score.'

/** What the chance of nets follows from, where a plan goes by another order than the ranking by score. */
export function orderCaveats(model: CertaintyModel): readonly string[] {
  const { order } = model
  if (order === null || order.kind === 'composite') return []
  return [...(order.kind === 'pca' ? pcaCaveats(model, order) : columnCaveats(model, order)), OF_THE_RANKING]
}

/**
 * Whether nothing that decides who gets nets is drawn: a plan goes by a column of which nothing is drawn, and the tier
 * High protects no ward. Draws then agree because its order was decided.
 */
export function isFixedOrder(model: CertaintyModel): boolean {
  return model.order?.kind === 'column' && isUndrawn(model.order) && model.serving?.protectsHigh !== true
}

function isUndrawn({ measured, filled }: ColumnOrder): boolean {
  return measured === null && filled.ward.length === 0
}

function pcaCaveats({ indicators }: CertaintyModel, { mayLeaveOut }: PcaOrder): readonly string[] {
  const kept = indicators.filter((_, at) => mayLeaveOut[at] !== 1)
  return [
    'The chance of nets is drawn in the order of PCA: in each draw its components are worked out anew from the drawn ' +
      'values. It has no weights to draw.',
    kept.length === 0
      ? 'Each indicator is left out of some draws.'
      : `PCA is not suitable without ${listed(kept)}, so no draw leaves ${kept.length === 1 ? 'it' : 'them'} out.`,
  ]
}

function columnCaveats(model: CertaintyModel, order: ColumnOrder): readonly string[] {
  const { keys, measured, filled } = order
  const column = quoted(order.column)
  const isFilled = new Set(filled.ward)
  const last = keys.filter((key, ward) => Number.isNaN(key) && !isFilled.has(ward)).length
  return [
    `The chance of nets is drawn in the order of ${column}.`,
    ...(measured === null ? [] : [`In each draw, a value of ${column} is drawn from the interval of its own counts.`]),
    ...(filled.ward.length === 0
      ? []
      : [
          `${wards(filled.ward.length)} without a value of ${column}, last in the plan, ` +
            'are drawn at the value that the ranking filled in, with its spread.',
        ]),
    ...(last === 0 ? [] : [`${wards(last)} without a value of ${column} come last in every draw.`]),
    ...(isUndrawn(order)
      ? [
          `Nothing of ${column} is drawn: its order is the same in every draw, so a ward gets nets in all draws or in none` +
            (model.serving?.protectsHigh === true ? ', unless being in the tier High protects it.' : '.'),
        ]
      : []),
  ]
}

function wards(count: number): string {
  return `${String(count)} ward${count === 1 ? '' : 's'}`
}
