import { intervalOf, type Draw, type DrawnResults } from './recompute-draws.ts'
import { isSuitable, pcaScoresOf } from './recompute-pca.ts'
import type { Row } from './recompute-nets.ts'

/** The rank of each ward of the result in the order of the plan, in one draw. */
export type OrderOfDraw = (draw: Draw) => readonly number[]

/** How a draw orders the wards of a plan, by the column of ranks that its file has. */
export function orderOfDraws(results: DrawnResults, plan: readonly Row[]): OrderOfDraw {
  const first = plan[0] ?? {}
  if ('pca_rank' in first) return pcaOrder(results)
  if ('column_rank' in first) return columnOrder(results, plan)
  return ({ ranks }) => ranks
}

/** An indicator is left out of a draw if the others are suitable for a PCA without it. */
function pcaOrder({ indicators, wards }: DrawnResults): OrderOfDraw {
  const raw = indicators.map((_, at) => wards.map((ward) => ward.indicators[at]?.raw ?? NaN))
  const mayGo = raw.map((_, left) => isSuitable(raw.filter((_values, at) => at !== left)))
  return ({ values, turned, leftOut, scores }) => {
    const used = values
      .map((column, at) => (turned[at] === true ? column.map((value) => -value) : column))
      .filter((_, at) => at !== leftOut || mayGo[at] !== true)
    return ranksFrom(pcaScoresOf(used, scores).map((score) => Math.round(score * 1e12) / 1e12))
  }
}

/**
 * By a column: its values in the file of the plan, but a measured one from its interval, and a value that the ranking
 * filled in with its spread. A ward without a value comes last.
 */
function columnOrder({ indicators, wards, positivity }: DrawnResults, plan: readonly Row[]): OrderOfDraw {
  const name = plan[0]?.['rank_column'] ?? ''
  const sign = plan[0]?.['rank_first'] === 'lowest' ? -1 : 1
  const told = new Map(plan.map((row) => [row['ward_name'] ?? '', row['rank_value'] ?? '']))
  const at = indicators.findIndex((one) => one.name === name)
  const { min = NaN, max = NaN, direction = '' } = indicators[at] ?? {}
  const scale = isYesNo(wards, at, told) ? 100 : 1
  const counts = positivity.find(({ column }) => column === name)
  const isDrawnWithRanking = at >= 0 && max !== min
  return ({ values, filled, next }) =>
    ranksFrom(
      wards.map(({ wardName }, place) => {
        const drawn = values[at]?.[place] ?? NaN
        const fromDraw = direction === 'inverse' ? max - drawn * (max - min) : min + drawn * (max - min)
        const interval = intervalOf(counts?.wards.findLast(({ ward }) => ward === wardName))
        if (interval !== null)
          return sign * (isDrawnWithRanking ? fromDraw : interval.middle + interval.deviation * next())
        if (at >= 0 && filled.has(place) && told.get(wardName) === '') return sign * scale * fromDraw
        const value = told.get(wardName) ?? ''
        return value === '' ? -Infinity : sign * Number(value)
      }),
    )
}

/** Whether the plan has yes and no as 100 and 0 where the ranking has 1 and 0. */
function isYesNo(wards: DrawnResults['wards'], at: number, told: ReadonlyMap<string, string>): boolean {
  const known = wards.filter(({ wardName }) => (told.get(wardName) ?? '') !== '')
  return (
    at >= 0 &&
    known.some(({ indicators }) => indicators[at]?.raw === 1) &&
    known.every(({ wardName, indicators }) => Number(told.get(wardName)) === 100 * (indicators[at]?.raw ?? NaN))
  )
}

/** 1 + the number of greater values. */
function ranksFrom(values: readonly number[]): readonly number[] {
  const first = new Map<number, number>()
  values
    .toSorted((one, other) => (one === other ? 0 : other - one))
    .forEach((value, place) => {
      if (!first.has(value)) first.set(value, place + 1)
    })
  return values.map((value) => first.get(value) ?? NaN)
}
