import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { CertaintyModel } from './certainty-model.ts'
import { isFixedOrder, orderCaveats } from './order-caveats.ts'
import { joinParts, shareOf } from './source-shares.ts'
import { sourceNames } from './summarise-draws.ts'
import type { WardCertainty, WardSlice } from './summarise-draws.ts'

/** One ward with its place by the method and how sure it is. */
export interface SureWard extends WardCertainty {
  readonly wardCode: string | null
  readonly wardName: string
  readonly lga: string | null
  /** By the method. */
  readonly rank: number
}

/** How sure the order of an analysis is. */
export interface Certainty {
  readonly wards: readonly SureWard[]
  /** What made the ranks vary: the share of each in their variance, 0 to 1, and its standard error. */
  readonly sources: readonly { readonly name: string; readonly share: number; readonly error: number }[]
  /** Wards whose tier by the plain mean of the indicators is another than by the method. */
  readonly otherByMean: readonly string[]
  readonly caveats: readonly string[]
  /** What the chance of nets follows from, where the plan does not go by the ranking; empty otherwise. */
  readonly netsCaveats: readonly string[]
  /** True if nothing of the plan's order is drawn: draws then agree because the order was decided. */
  readonly isFixedOrder: boolean
}

/** Puts the slices of the wards together, in the order of the ranking. */
export function certaintyOf(
  { wards, ownWeights }: Pick<AnalysisResult, 'wards' | 'ownWeights'>,
  model: CertaintyModel,
  slices: readonly WardSlice[],
): Certainty {
  const certain = slices.flatMap((slice) => slice.wards)
  const sure = wards.flatMap(({ wardCode, wardName, lga, rank }, place): SureWard[] => {
    const own = certain[place]
    return own === undefined ? [] : [{ wardCode, wardName, lga, rank, ...own }]
  })
  const third = Math.floor(wards.length / 3)
  const tierOf = (rank: number): number => (rank <= third ? 0 : rank > wards.length - third ? 2 : 1)
  return {
    wards: sure,
    sources: sourceNames(model)
      .map((name, at) => ({ name, ...shareOf(joinParts(slices.flatMap(({ parts }) => parts[at] ?? []))) }))
      .sort((one, other) => other.share - one.share),
    otherByMean: sure.filter(({ rank, meanRank }) => tierOf(rank) !== tierOf(meanRank)).map(({ wardName }) => wardName),
    caveats: [
      'A draw ranks by a weighted mean of the indicators with drawn weights, the method by the median over its models; ' +
        'the rank by the plain mean stands beside that of the method.',
      'It says how far choices and gaps in these data move the order. It does not know what the data do not hold.',
      ...(ownWeights
        ? ["The wards are ranked by a person's own weights; draws are around equal ones all the same."]
        : []),
      ...(model.unsure.length === 0
        ? []
        : ['The direction of an indicator that nothing says is turned in half of the draws.']),
      ...(model.positivity.length === 0
        ? []
        : ['Measured test positivity is drawn from the interval of its own counts.']),
    ],
    netsCaveats: orderCaveats(model),
    isFixedOrder: isFixedOrder(model),
  }
}
