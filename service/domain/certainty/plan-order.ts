import type { PlanBasis } from '../plan/plan-basis.ts'
import type { PlanColumn } from '../plan/plan-columns.ts'
import type { PlanOptions } from '../plan/plan-options.ts'
import { settledInputs } from '../plan/settled-inputs.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import { principalComponents } from '../ranking/pca.ts'
import type { ColumnOrder, DrawnPositivity, FilledCells, PcaOrder, PlanOrder } from './model-parts.ts'
import { wilsonSpread } from './wilson-spread.ts'

/** What is drawn for the ranking, which the order of a plan may share. */
interface DrawnParts {
  readonly positivity: readonly DrawnPositivity[]
  readonly filled: FilledCells
}

/**
 * What the order of a plan is drawn from.
 * @throws Fault `invalid-input` when the options do not fit the data
 */
export function planOrder(
  result: AnalysisResult,
  { basis, options }: { readonly basis: PlanBasis; readonly options: PlanOptions },
  drawn: DrawnParts,
): PlanOrder {
  const { parameters, order } = settledInputs(basis, options)
  if (order !== null) return columnOrder(result, order, parameters.rankFirst === 'lowest' ? -1 : 1, drawn)
  return parameters.ranking === 'pca' ? pcaOrder(result) : { kind: 'composite' }
}

/** @param sign -1 where the lowest value comes first */
function columnOrder(
  result: AnalysisResult,
  { name, values, isYesNo }: PlanColumn,
  sign: 1 | -1,
  drawn: DrawnParts,
): ColumnOrder {
  return {
    kind: 'column',
    column: name,
    keys: values.map((value) => sign * value),
    measured: measuredKeys(result, name, sign, drawn),
    // Yes and no are 100 and 0 in a plan, and 1 and 0 in a ranking.
    filled: filledKeys(result, name, sign * (isYesNo ? 100 : 1), drawn),
  }
}

function measuredKeys(
  { positivity, wards, indicators }: AnalysisResult,
  name: string,
  sign: number,
  drawn: DrawnParts,
): ColumnOrder['measured'] {
  const counts = positivity.find(({ column }) => column === name)
  if (counts === undefined) return null
  const indicator = indicators.findIndex((one) => one.name === name)
  const place = drawn.positivity.findIndex((one) => one.indicator === indicator)
  // A draw of an inverse indicator is greater where fewer tests are positive.
  const turn = place !== -1 && indicators[indicator]?.direction === 'inverse' ? -1 : 1
  const { centre, spread } = wilsonSpread(wards, counts.wards)
  return {
    centre: centre.map((value) => sign * value),
    spread: spread.map((value) => sign * turn * value),
    drawnWith: place === -1 ? null : place,
  }
}

function filledKeys(
  { wards, indicators }: AnalysisResult,
  name: string,
  scale: number,
  { filled }: DrawnParts,
): ColumnOrder['filled'] {
  const indicator = indicators.findIndex((one) => one.name === name)
  const { min = 0, max = 0, direction } = indicators[indicator] ?? {}
  const cells = Array.from(filled.at, (at, cell) => ({ at, cell })).filter(
    ({ at }) => Math.floor(at / wards.length) === indicator,
  )
  const step = scale * (max - min) * (direction === 'inverse' ? -1 : 1)
  return {
    ward: Uint32Array.from(cells, ({ at }) => at % wards.length),
    cell: Uint32Array.from(cells, ({ cell }) => cell),
    centre: Float64Array.from(cells, ({ at }) => scale * (wards[at % wards.length]?.indicators[indicator]?.raw ?? NaN)),
    spread: Float64Array.from(cells, ({ cell }) => step * (filled.spread[cell] ?? 0)),
  }
}

/** Which indicators can be left out of a PCA by the rules of the method, on the data as they are. */
function pcaOrder({ wards, indicators, mode }: AnalysisResult): PcaOrder {
  const columns = indicators.map(({ name, direction }, at) => ({
    name,
    direction,
    values: Float64Array.from(wards, (ward) => ward.indicators[at]?.raw ?? NaN),
  }))
  const scores = Float64Array.from(wards, ({ score }) => score)
  return {
    kind: 'pca',
    mayLeaveOut: Uint8Array.from(columns, (_, left) => {
      const others = columns.filter((_other, at) => at !== left)
      return Number(principalComponents(others, scores, mode).result.suitable)
    }),
  }
}
