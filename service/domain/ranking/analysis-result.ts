import type { DataQuality } from '../dataset/data-quality.ts'
import type { DifferingName } from '../dataset/spelled-differently.ts'
import type { JoinedPositivity } from '../files/positivity.ts'
import type { Direction } from '../files/ward-table.ts'

/**
 * `standard` is the method. `legacy` repeats what the earlier system showed, so that past decisions can be reproduced.
 */
export type Mode = 'standard' | 'legacy'

/** Which third of the ranking a ward falls into. */
export type Tier = 'High' | 'Medium' | 'Low'

/**
 * What the caller may choose. Without `indicators`, the suggested ones are used, if there are at least two.
 */
export interface AnalysisOptions {
  readonly indicators?: readonly string[]
  readonly directions?: Readonly<Record<string, Direction>>
  readonly mode?: Mode
  /**
   * A weight above 0 for each indicator, 1 in sum: then the score is the weighted mean. Without `indicators`, they also
   * name the indicators.
   */
  readonly weights?: Readonly<Record<string, number>>
  /** Whether indicators may repeat each other. */
  readonly allowCopies?: boolean
  /** A column of what was seen, with which the ranking is compared. */
  readonly compareWith?: string
}

/** An indicator as it was used. `guessed` is true when the direction came from the name and not from the caller. */
export interface UsedIndicator {
  readonly name: string
  readonly direction: Direction
  readonly guessed: boolean
  /** Why the name points that way; null if the caller chose the direction, or nothing says it. */
  readonly why: string | null
  readonly missing: number
  /** Least and greatest value after imputation: what the normalisation used. */
  readonly min: number
  readonly max: number
}

/**
 * A cell that was filled in. `how` is `spatial_neighbor_mean(n)`, where n neighbours have a value, or
 * `global_mean_fallback`.
 */
export interface Imputation {
  /** The ward's label. */
  readonly ward: string
  readonly wardCode: string | null
  readonly column: string
  readonly value: number
  readonly how: string
  /** The labels of the wards whose values were averaged; empty for the column mean. */
  readonly neighbours: readonly string[]
}

/** One indicator of one ward. `raw` is the value used. `imputed` says how it was filled in. `normalised` is 0 to 1. */
export interface WardIndicator {
  readonly name: string
  readonly raw: number
  readonly imputed?: string
  readonly normalised: number
}

/** One ward's place in the ranking, with everything needed to recompute it by hand. */
export interface RankedWard {
  readonly wardCode: string | null
  /** The ward's label: its name, with its code in brackets where the name repeats. */
  readonly wardName: string
  readonly lga: string | null
  /** Its line in the ward table, from 1. */
  readonly line: number
  /**
   * Median over the models of the mean of normalised indicators, or by a person's weights their weighted mean: 0 is
   * least at risk in this area, 1 most.
   */
  readonly score: number
  readonly rank: number
  readonly tier: Tier
  /** Null when the data are not suitable for a PCA; the result's `pca` says why. */
  readonly pcaScore: number | null
  readonly pcaRank: number | null
  readonly robustness: Robustness
  /** The place by the method; there if a person's weights gave another. */
  readonly byMethod?: MethodPlace
  readonly indicators: readonly WardIndicator[]
}

/** A ward's place by the method's equal sets of indicators. */
export interface MethodPlace {
  readonly score: number
  readonly rank: number
  readonly tier: Tier
}

/** A person's weights, and what they change of the ranking by the method. */
export interface OwnWeights {
  readonly weights: readonly { readonly name: string; readonly weight: number }[]
  /** How many wards have another rank. */
  readonly movedWards: number
  /** The wards of tier High that are not by the method, and the other way round. */
  readonly entersHigh: readonly string[]
  readonly leavesHigh: readonly string[]
}

/** A figure with its 95 % bounds. Null where it cannot be told. */
export interface BoundedFigure {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** The ranking beside a column of what was seen, over the wards that have a value of it. */
export interface SeenComparison {
  readonly column: string
  readonly wards: number
  /** Of score and value: 1 if they order the wards alike, −1 if the other way round. */
  readonly spearman: BoundedFigure
  readonly topThird: {
    /** The wards of tier High that have a value. */
    readonly wards: number
    readonly mean: number | null
    readonly meanOfAll: number | null
    /** `mean` divided by `meanOfAll`: above 1 if tier High has more of it. */
    readonly lift: BoundedFigure
  }
  /** How many bootstrap resamples the bounds are from, and their seed. */
  readonly resamples: number
  readonly seed: number
  /** What was seen in each ward, in the order of `wards` of the result. */
  readonly values: readonly (number | null)[]
}

/** How much a ward's place depends on the choice of indicators. */
export interface Robustness {
  /** The share of models in which the ward is in the top third, 0 to 1. */
  readonly topThirdShare: number
  /** The median of the ward's ranks over the models. */
  readonly medianRank: number
}

/** The second opinion: principal components of the same indicators, and whether the data are suitable for them. */
export interface PcaResult {
  readonly suitable: boolean
  /** Why it is not suitable; empty when it is. */
  readonly reasons: readonly string[]
  /** Kaiser–Meyer–Olkin measure, 0 to 1, at least 0.5 to be suitable; null when it cannot be computed. */
  readonly kmo: number | null
  readonly kmoByIndicator: readonly { readonly name: string; readonly kmo: number | null }[]
  /** Bartlett's test of sphericity. When the correlation matrix is singular, `chiSquare` is null and `p` is 0. */
  readonly bartlett: { readonly chiSquare: number | null; readonly degreesOfFreedom: number; readonly p: number } | null
  /** Every component, the one with the greatest variance first. */
  readonly components: readonly PcaComponent[]
  /** How many components are kept. */
  readonly kept: number
  /** How many of them make the score. */
  readonly scored: number
}

/** A component: its share of the variance, 0 to 1, and one loading per indicator, after the component was oriented. */
export interface PcaComponent {
  readonly explainedVarianceRatio: number
  readonly loadings: readonly number[]
}

/** How far two rankings agree. `spearman` is null when all wards of one ranking are equal. */
export interface Agreement {
  readonly spearman: number | null
  /** How many wards are in the top third of the first ranking, and how many of these are also in that of the second. */
  readonly topThird: { readonly wards: number; readonly shared: number }
}

/** A column that is not a candidate, or that the default choice left out, and why. */
export interface LeftOutColumn {
  readonly name: string
  readonly reason: string
}

/** A whole analysis. It can be written as JSON and needs nothing else to be read. Wards from most to least at risk. */
export interface AnalysisResult {
  readonly schemaVersion: 1
  readonly mode: Mode
  readonly parameters: {
    readonly indicators: readonly string[]
    /** True when the caller named no indicators. */
    readonly indicatorsDefaulted: boolean
    /** The directions the caller chose; all others were guessed from the name. */
    readonly directions: readonly { readonly name: string; readonly direction: Direction }[]
    /** True if a person said that indicators may repeat each other. */
    readonly allowCopies?: boolean
  }
  readonly indicators: readonly UsedIndicator[]
  readonly leftOut: readonly LeftOutColumn[]
  readonly imputations: readonly Imputation[]
  readonly droppedRows: readonly string[]
  readonly unmatchedWards: readonly string[]
  /** Wards joined to a boundary with another name because a person said so. */
  readonly acceptedMatches: readonly { readonly ward: string; readonly boundary: string }[]
  readonly duplicateWards: readonly string[]
  /** Wards joined to a boundary that is spelled differently, and the rule that joined them. */
  readonly spelledDifferently: readonly DifferingName[]
  /** How the values of measured test positivity were found; empty without a facility table. */
  readonly positivity: readonly Omit<JoinedPositivity, 'reading'>[]
  /** The data-quality report on the data that were analysed. */
  readonly quality: DataQuality
  /** A person's weights; null if the wards are ranked by the method. Absent before release 0.2.0. */
  readonly ownWeights?: OwnWeights | null
  /**
   * Pearson's r of each two indicators over their normalised values, in the order of `indicators`; null where one does
   * not vary. Absent before release 0.2.0.
   */
  readonly correlations?: readonly (readonly (number | null)[])[]
  /** The ranking beside what was seen; null if nothing was held back. Absent before release 0.2.0. */
  readonly comparison?: SeenComparison | null
  /** The subsets of indicators that were averaged, in the order they were made. */
  readonly models: readonly (readonly string[])[]
  readonly pca: PcaResult
  /** How far the composite and the PCA ranking agree; null without a PCA ranking. */
  readonly agreement: Agreement | null
  readonly wards: readonly RankedWard[]
  /** Wards by LGA, the LGA with the greatest mean score first. */
  readonly lgas: readonly LgaRow[]
  readonly caveats: readonly string[]
}

/** The wards of one LGA, summed up. */
export interface LgaRow {
  /** Null for the wards whose LGA is not known. */
  readonly lga: string | null
  readonly wards: number
  readonly tiers: Readonly<Record<Tier, number>>
  readonly meanScore: number
  /** The ward most at risk, and its rank in the whole area. */
  readonly worstWard: string
  readonly worstRank: number
}
