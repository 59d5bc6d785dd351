import { Type, type Static } from 'typebox'
import { DifferingNames, JoinedPositivity, Quality } from './dataset.ts'
import {
  Bbox,
  Count,
  Direction,
  Id,
  listOf,
  Mode,
  Moment,
  Names,
  orNull,
  Share,
  Stale,
  Text,
  Tier,
  Version,
  wardFeatures,
} from './parts.ts'
import { choiceResults, MethodPlace } from './ranking-choices.ts'
import { ReadingChoices } from './reading.ts'

const file = {
  sha256: Text,
  filename: Type.Optional(Text),
  choices: Type.Optional(ReadingChoices),
} as const
const Input = orNull(
  Type.Object({
    ...file,
    together: Type.Optional(Type.Array(Type.Object(file), { description: 'Earlier files of the same table' })),
  }),
)
const Robustness = Type.Object({ topThirdShare: Share, medianRank: Type.Number() })

const ward = {
  wardCode: orNull(Text),
  wardName: Text,
  lga: orNull(Text),
  line: Count,
  score: Share,
  rank: Count,
  tier: Tier,
  pcaScore: orNull(Type.Number()),
  pcaRank: orNull(Count),
  robustness: Robustness,
  byMethod: Type.Optional(MethodPlace),
} as const

const Entry = Type.Object({
  id: Id,
  state: Type.Literal('done'),
  datasetVersion: Version,
  mode: Mode,
  createdAt: Moment,
  stale: Stale,
})

export const Analysis = Type.Object(
  {
    id: Id,
    state: Type.Literal('done'),
    stale: Stale,
    analysisId: Id,
    createdAt: Moment,
    datasetVersion: Version,
    inputs: Type.Object({ wards: Input, boundaries: Input, facilities: Input }),
    schemaVersion: Type.Literal(1),
    mode: Mode,
    parameters: Type.Object({
      indicators: Names,
      indicatorsDefaulted: Type.Boolean(),
      directions: listOf({ name: Text, direction: Direction }),
      allowCopies: Type.Optional(Type.Boolean()),
    }),
    indicators: listOf({
      name: Text,
      direction: Direction,
      guessed: Type.Boolean(),
      why: orNull(Text),
      missing: Count,
      min: Type.Number(),
      max: Type.Number(),
    }),
    leftOut: listOf({ name: Text, reason: Text }),
    imputations: listOf({
      ward: Text,
      wardCode: orNull(Text),
      column: Text,
      value: Type.Number(),
      how: Text,
      neighbours: Names,
    }),
    droppedRows: Names,
    unmatchedWards: Names,
    acceptedMatches: listOf({ ward: Text, boundary: Text }),
    duplicateWards: Names,
    spelledDifferently: DifferingNames,
    positivity: JoinedPositivity,
    quality: Quality,
    ...choiceResults,
    models: Type.Array(Names, { description: 'The subsets of indicators that were averaged' }),
    pca: Type.Object({
      suitable: Type.Boolean(),
      reasons: Names,
      kmo: orNull(Share),
      kmoByIndicator: listOf({ name: Text, kmo: orNull(Type.Number()) }),
      bartlett: orNull(Type.Object({ chiSquare: orNull(Type.Number()), degreesOfFreedom: Type.Number(), p: Share })),
      components: listOf({ explainedVarianceRatio: Type.Number(), loadings: Type.Array(Type.Number()) }),
      kept: Count,
      scored: Count,
    }),
    agreement: orNull(
      Type.Object({ spearman: orNull(Type.Number()), topThird: Type.Object({ wards: Count, shared: Count }) }),
    ),
    wards: listOf({
      ...ward,
      indicators: listOf({ name: Text, raw: Type.Number(), imputed: Type.Optional(Text), normalised: Share }),
    }),
    lgas: listOf({
      lga: orNull(Text),
      wards: Count,
      tiers: Type.Object({ High: Count, Medium: Count, Low: Count }),
      meanScore: Share,
      worstWard: Text,
      worstRank: Count,
    }),
    caveats: Names,
  },
  {
    description: 'As in analysis_results.json, whose schema says what each part means, with its state beside it',
  },
)

export const AnalysisReply = Type.Object({ analysis: Analysis })
export const AnalysesReply = Type.Object({ analyses: Type.Array(Entry) })

export const WardsReply = Type.Object({
  wards: listOf(ward),
  nextCursor: Type.Optional(Type.String({ description: 'The cursor of the next page; absent on the last page' })),
  caveats: Names,
  datasetVersion: Version,
  stale: Stale,
})

const Models = listOf({ indicators: Names, value: Type.Number(), rank: Count })

export const WardReply = Type.Object({
  ward: Type.Object({
    ...ward,
    wards: Count,
    meanOfModels: Share,
    contributions: listOf({
      name: Text,
      direction: Direction,
      raw: Type.Number(),
      imputed: orNull(Text),
      normalised: Share,
      part: Type.Number({ description: 'The parts add up to meanOfModels' }),
      aboveMean: Type.Number(),
      scoreWithout: orNull(Share),
    }),
    rankedHighestBy: Models,
    rankedLowestBy: Models,
  }),
  caveats: Names,
  datasetVersion: Version,
  stale: Stale,
})

/** The properties of a map's boundary if a ward was joined to it. */
export const mapResult = {
  lga: Type.Optional(ward.lga),
  score: Type.Optional(ward.score),
  rank: Type.Optional(ward.rank),
  tier: Type.Optional(ward.tier),
  pcaScore: Type.Optional(ward.pcaScore),
  pcaRank: Type.Optional(ward.pcaRank),
  topThirdShare: Type.Optional(Share),
  medianRank: Type.Optional(Type.Number()),
} as const

export const MapReply = Type.Object({
  analysisId: Id,
  datasetVersion: Version,
  stale: Stale,
  type: Type.Literal('FeatureCollection'),
  bbox: Bbox,
  features: wardFeatures(mapResult),
  wardsWithoutBoundary: Names,
})

export type Analysis = Static<typeof Analysis>
export type AnalysisReply = Static<typeof AnalysisReply>
export type AnalysesReply = Static<typeof AnalysesReply>
export type AnalysisEntry = Static<typeof Entry>
export type Imputation = Analysis['imputations'][number]
export type WardsReply = Static<typeof WardsReply>
export type WardReply = Static<typeof WardReply>
/** A ward of a whole analysis, or of a page of its ranking, which leaves out the indicators. */
export type RankedWard = WardsReply['wards'][number] & Partial<Pick<Analysis['wards'][number], 'indicators'>>
