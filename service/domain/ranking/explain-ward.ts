import type { AnalysisResult, Mode, RankedWard } from './analysis-result.ts'
import { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { median } from '../median.ts'
import { roundScore } from './round-score.ts'
import type { Direction } from '../files/ward-table.ts'

/** How one indicator affects a ward's place. */
export interface Contribution {
  readonly name: string
  readonly direction: Direction
  /** The value used. `imputed` says how it was filled in if it was missing. */
  readonly raw: number
  readonly imputed: string | null
  /** 0 to 1; 1 is riskiest in this area. */
  readonly normalised: number
  /**
   * Normalised value × the indicator's weight: its mean weight over the models, or that which a person chose. The parts
   * add up to `meanOfModels`.
   */
  readonly part: number
  /** Its normalised value minus the mean over all wards. Above 0, it makes this ward riskier than the average ward. */
  readonly aboveMean: number
  /** The score over the models, or by the other weights, without this indicator; null when nothing is left. */
  readonly scoreWithout: number | null
}

/** What one model says of a ward. */
export interface ModelView {
  readonly indicators: readonly string[]
  /** The mean of the ward's normalised indicators. */
  readonly value: number
  readonly rank: number
}

/** Why a ward has its place in the ranking. */
export interface WardExplanation extends Omit<RankedWard, 'indicators'> {
  readonly wards: number
  /**
   * The mean over the models. The parts add up to it. The score is the median over the models. By a person's weights
   * all three are the weighted mean.
   */
  readonly meanOfModels: number
  readonly contributions: readonly Contribution[]
  /** Up to five models, the most extreme first. */
  readonly rankedHighestBy: readonly ModelView[]
  readonly rankedLowestBy: readonly ModelView[]
}

const SHOWN = 5

/**
 * Explains a ward, named by its label, from the result alone: each indicator's part, and the models that rank the ward
 * highest and lowest. Costs wards × models.
 * @throws Fault `not-found` when the result has no such ward
 */
export function explainWard(result: AnalysisResult, label: string): WardExplanation {
  const place = result.wards.findIndex(({ wardName }) => wardName === label)
  const ward = result.wards[place]
  if (ward === undefined) throw new Fault('not-found', say('no-ward-in-analysis', { ward: quoted(label) }))
  const names = result.indicators.map(({ name }) => name)
  const models = result.models.map((model) => model.map((name) => names.indexOf(name)))
  const own = ward.indicators.map(({ normalised }) => normalised)
  const chosen = result.ownWeights?.weights.map(({ weight }) => weight) ?? null
  const columns = names.map((_, indicator) =>
    Float64Array.from(result.wards, ({ indicators }) => indicators[indicator]?.normalised ?? NaN),
  )
  const views = models
    .map((model, at): ModelView => ({
      indicators: result.models[at] ?? [],
      value: meanOver(own, model),
      rank: rankIn(
        model.flatMap((indicator) => columns[indicator] ?? []),
        place,
        result.mode,
      ),
    }))
    .sort((one, other) => one.rank - other.rank || other.value - one.value)
  const { indicators: _, ...summary } = ward
  return {
    ...summary,
    wards: result.wards.length,
    meanOfModels: chosen === null ? mean(views.map(({ value }) => value)) : weightedMean(own, chosen),
    contributions: result.indicators.map(({ name, direction }, indicator): Contribution => {
      const { raw = NaN, imputed = null, normalised = NaN } = ward.indicators[indicator] ?? {}
      const weight =
        chosen?.[indicator] ?? mean(models.map((model) => (model.includes(indicator) ? 1 / model.length : 0)))
      return {
        name,
        direction,
        raw,
        imputed,
        normalised,
        part: normalised * weight,
        aboveMean: normalised - mean(columns[indicator] ?? []),
        scoreWithout:
          chosen === null ? medianWithout(own, models, indicator) : weightedMean(own, chosen.with(indicator, 0)),
      }
    }),
    rankedHighestBy: views.slice(0, SHOWN),
    rankedLowestBy: views.slice(-SHOWN).reverse(),
  }
}

/** The median over the models without an indicator; null when no model is left. */
function medianWithout(own: readonly number[], models: readonly (readonly number[])[], without: number): number | null {
  const others = models.filter((model) => !model.includes(without))
  return others.length === 0 ? null : median(Float64Array.from(others, (model) => meanOver(own, model)))
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return values.reduce((total, value, place) => total + value * (weights[place] ?? NaN), 0) / sum
}

/** 1 + the number of wards above. Legacy adds half of the ties, as the earlier system did. */
function rankIn(columns: readonly Float64Array[], place: number, mode: Mode): number {
  const wards = columns[0]?.length ?? 0
  const own = roundScore(sumAt(columns, place) / columns.length, mode)
  let above = 0
  let equal = 0
  for (let ward = 0; ward < wards; ward += 1) {
    const value = roundScore(sumAt(columns, ward) / columns.length, mode)
    if (value > own) above += 1
    else if (value === own) equal += 1
  }
  return above + 1 + (mode === 'legacy' ? (equal - 1) / 2 : 0)
}

function sumAt(columns: readonly Float64Array[], ward: number): number {
  let sum = 0
  for (const column of columns) sum += column[ward] ?? NaN
  return sum
}

function meanOver(normalised: readonly number[], model: readonly number[]): number {
  return model.reduce((sum, indicator) => sum + (normalised[indicator] ?? NaN), 0) / model.length
}

function mean(values: Iterable<number>): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    sum += value
    count += 1
  }
  return sum / count
}
