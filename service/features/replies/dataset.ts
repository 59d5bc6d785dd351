import { Type, type Static } from 'typebox'
import {
  Bbox,
  Columns,
  Count,
  Findings,
  listOf,
  Names,
  oneOf,
  orNull,
  Share,
  Text,
  Version,
  wardFeatures,
} from './parts.ts'
import { DatasetQuestions, Questions, Reading } from './reading.ts'
import { TimeChoices, TimeColumns, TimeFrame, WardIncidence, WardTime } from './positivity-time.ts'

const Pairs = listOf({ ward: Text, boundary: Text })

/** Each ward that was joined to a boundary with another spelling, and how it was joined. */
export const DifferingNames = listOf({ ward: Text, boundary: Text, joinedBy: oneOf('code', 'name-form', 'accepted') })

export const Quality = Type.Object(
  {
    wards: Count,
    boundaries: orNull(Count),
    sourceCrs: orNull(Text),
    matchedByCode: Count,
    matchedByName: Count,
    matchedByNameForm: Count,
    matchedByHand: Count,
    spelledDifferently: DifferingNames,
    unmatchedWards: Names,
    unusedBoundaries: Names,
    renamedDuplicates: Names,
    candidates: Count,
    missingCells: Count,
    missingShare: Share,
    columns: listOf({
      name: Text,
      missing: Count,
      missingShare: Share,
      min: Type.Number(),
      max: Type.Number(),
      constant: Type.Boolean(),
      outliers: Type.Object({
        low: orNull(Type.Number()),
        high: orNull(Type.Number()),
        count: Count,
        wards: listOf({ ward: Text, value: Type.Number() }),
      }),
    }),
    findings: Findings,
  },
  { description: 'The data-quality report' },
)

export const DatasetReply = Type.Object({
  version: Version,
  wards: Count,
  matched: Type.Integer({ minimum: 0, description: 'Wards that have a boundary' }),
  unmatched: listOf({
    name: Text,
    reason: Text,
    suggestions: listOf({ boundary: Text, wardCode: orNull(Text), lga: orNull(Text), ratio: Share, feature: Count }),
  }),
  accepted: Pairs,
  refused: Pairs,
  duplicates: Names,
  columns: Columns,
  questions: DatasetQuestions,
  quality: Quality,
})

const Percent = Type.Number({ minimum: 0, maximum: 100 })
/** Which tests are counted. It is the same in a question and in its reply. */
export const PositivityChoices = Type.Object(
  {
    facilityLevel: oneOf('all', 'primary', 'secondary', 'tertiary'),
    age: oneOf('u5', 'o5', 'pw', 'all'),
    method: oneOf('rdt', 'microscopy', 'both'),
    time: Type.Optional(TimeChoices),
  },
  { additionalProperties: false },
)
const measuredWard = {
  state: Type.Optional(orNull(Text)),
  lga: orNull(Text),
  wardName: Text,
  facilities: Count,
  tested: Type.Number(),
  positive: Type.Number(),
  tpr: orNull(Percent),
  low: orNull(Percent),
  high: orNull(Percent),
  completeness: orNull(Type.Number()),
  refusedRows: Count,
  flags: Names,
  time: Type.Optional(WardTime),
} as const

/** Measured test positivity as it was joined to the wards. */
export const JoinedPositivity = listOf({
  column: Text,
  choices: PositivityChoices,
  facilities: Count,
  months: Names,
  refusedCount: Count,
  time: Type.Optional(TimeFrame),
  timeColumns: Type.Optional(TimeColumns),
  wards: listOf({ ...measuredWard, ward: orNull(Text), incidence: Type.Optional(WardIncidence) }),
})

export const PositivityReply = Type.Object({
  version: Version,
  positivity: Type.Object({
    choices: PositivityChoices,
    column: Type.String({ description: "The indicator's name in the dataset" }),
    rows: Count,
    facilities: Count,
    months: Names,
    time: Type.Optional(TimeFrame),
    wards: listOf(measuredWard),
    refused: listOf({ line: Count, facility: Text, reason: Text }),
    refusedCount: Count,
    findings: Findings,
    reading: Reading,
    questions: Questions,
  }),
})

export const ShapesReply = Type.Object({
  type: Type.Literal('FeatureCollection'),
  bbox: Bbox,
  features: wardFeatures({}),
})

export type Dataset = Static<typeof DatasetReply>
export type DatasetColumn = Dataset['columns'][number]
export type UnmatchedWard = Dataset['unmatched'][number]
export type Suggestion = UnmatchedWard['suggestions'][number]
/** A ward and a boundary by name, which a person joined or separated. */
export type Settled = Static<typeof Pairs>[number]
export type DataQuality = Static<typeof Quality>
export type ColumnQuality = DataQuality['columns'][number]
export type PositivityChoices = Static<typeof PositivityChoices>
export type PositivityReply = Static<typeof PositivityReply>
export type Positivity = PositivityReply['positivity']
export type WardPositivity = Positivity['wards'][number]
export type Shapes = Static<typeof ShapesReply>
