import { packArrays, unpackArrays } from '../dataset/pack-arrays.ts'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { PlanBasis } from '../plan/plan-basis.ts'
import type { PlanOptions } from '../plan/plan-options.ts'
import type { DrawnPositivity, FilledCells, PlanOrder } from './model-parts.ts'
import { planOrder } from './plan-order.ts'
import { servingModel } from './serving-model.ts'
import type { ServingModel } from './serving-model.ts'
import { wilsonSpread } from './wilson-spread.ts'

/** All that draws need of an analysis, in arrays, so that each thread reads it in no time. Wards are in its order. */
export interface CertaintyModel {
  readonly wards: number
  /** The indicators' names. */
  readonly indicators: readonly string[]
  /** Normalised values, 0 to 1, one indicator after the other. */
  readonly normalised: Float64Array
  /** The indicators whose direction nothing says, by their places. */
  readonly unsure: readonly number[]
  readonly positivity: readonly DrawnPositivity[]
  readonly filled: FilledCells
  /** Null when no plan was named. */
  readonly serving: ServingModel | null
  /** What puts the wards of that plan in order; null when no plan was named. */
  readonly order: PlanOrder | null
}

const LETTERS = 'CERTAIN2'

export function packModel(model: CertaintyModel): Uint8Array {
  return packArrays(LETTERS, model)
}

export function unpackModel(bytes: Uint8Array): CertaintyModel {
  return unpackArrays(LETTERS, bytes) as CertaintyModel
}

/**
 * What can be drawn of an analysis.
 * @throws Fault `invalid-input` when the analysis was made in legacy mode, whose scale no weight applies to
 */
export function certaintyModel(
  result: AnalysisResult,
  plan: { readonly basis: PlanBasis; readonly options: PlanOptions } | null,
): CertaintyModel {
  if (result.mode === 'legacy') throw new Fault('invalid-input', say('order-of-legacy', {}))
  const { wards, indicators } = result
  const count = wards.length
  const normalised = new Float64Array(count * indicators.length)
  wards.forEach((ward, place) => {
    ward.indicators.forEach((indicator, at) => {
      normalised[at * count + place] = indicator.normalised
    })
  })
  const drawn = { positivity: drawnPositivity(result), filled: filledCells(result, normalised) }
  return {
    wards: count,
    indicators: indicators.map(({ name }) => name),
    normalised,
    unsure: indicators.flatMap(({ guessed, why }, at) => (guessed && why === null ? [at] : [])),
    ...drawn,
    serving: plan === null ? null : servingModel(plan.basis, plan.options),
    order: plan === null ? null : planOrder(result, plan, drawn),
  }
}

/** Each measured share as the centre and the spread of its Wilson interval, in the indicator's direction and scale. */
function drawnPositivity({ indicators, positivity, wards }: AnalysisResult): readonly DrawnPositivity[] {
  return indicators.flatMap(({ name, direction, min, max }, indicator) => {
    const measured = positivity.find(({ column }) => column === name)
    if (measured === undefined || max === min) return []
    const percent = wilsonSpread(wards, measured.wards)
    const centre = percent.centre.map((value) => {
      const middle = (value - min) / (max - min)
      return direction === 'inverse' ? 1 - middle : middle
    })
    return [{ indicator, centre, spread: percent.spread.map((value) => value / (max - min)) }]
  })
}

/**
 * The spread of a filled-in value is the standard deviation of the values that it is the mean of: its neighbours', or
 * the whole column's. Of a single neighbour it is the column's, since one value has none.
 */
function filledCells({ wards, indicators, imputations }: AnalysisResult, normalised: Float64Array): FilledCells {
  const placeOf = new Map(wards.map(({ wardName }, place) => [wardName, place]))
  const columnOf = new Map(indicators.map(({ name }, at) => [name, at]))
  const filledIn = new Set(imputations.map(({ ward, column }) => JSON.stringify([ward, column])))
  const originals = (column: number): number[] =>
    wards.flatMap(({ wardName }, place) =>
      filledIn.has(JSON.stringify([wardName, indicators[column]?.name]))
        ? []
        : (normalised[column * wards.length + place] ?? []),
    )
  const ofColumn = indicators.map((_, column) => deviation(originals(column)))
  const cells = imputations.flatMap(({ ward, column, neighbours }) => {
    const [place, at] = [placeOf.get(ward), columnOf.get(column)]
    if (place === undefined || at === undefined) return []
    const values = neighbours.flatMap((name) => normalised[at * wards.length + (placeOf.get(name) ?? NaN)] ?? [])
    return { at: at * wards.length + place, spread: values.length < 2 ? (ofColumn[at] ?? 0) : deviation(values) }
  })
  const places = [...new Set(cells.map(({ at }) => at % wards.length))]
  const slots = new Map(places.map((place, slot) => [place, slot]))
  return {
    at: Uint32Array.from(cells, ({ at }) => at),
    spread: Float64Array.from(cells, ({ spread }) => spread),
    wards: Uint32Array.from(places),
    slot: Uint32Array.from(cells, ({ at }) => slots.get(at % wards.length) ?? 0),
  }
}

/** The sample standard deviation; 0 of fewer than two values. */
function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
