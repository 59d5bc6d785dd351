import { Type, type Static } from 'typebox'
import { Analysis, mapResult } from './analyses.ts'
import { ChartInChat } from './charts.ts'
import { ExportInChat } from './exports.ts'
import { Bbox, Count, Id, Moment, Names, orNull, Stale, Text, Version, wardFeatures } from './parts.ts'
import { Plan } from './plans.ts'

const Table = Type.Object({
  columns: Names,
  rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Null()]))),
  rowsLeftOut: Type.Optional(Count),
})

const said = {
  text: Text,
  intent: Type.String({ description: 'The tool that answered; `clarify`, `decline` or `chat` where none did' }),
  basis: Type.Array(Text, { description: 'What the figures rest on' }),
  options: Type.Optional(Type.Array(Text, { description: 'Each can be sent as the next message' })),
  table: Type.Optional(Table),
  moreTables: Type.Optional(
    Type.Array(Table, { description: 'Of a message of several parts, the tables of the parts before the last' }),
  ),
} as const

const Turn = Type.Object({
  id: Id,
  at: Moment,
  message: Text,
  mode: Type.String({ description: '`rules`, or the name of the model that answered' }),
  datasetVersion: orNull(Version),
})

const Made = Type.Optional(Type.Object({ id: Id }))

const Map = Type.Object(
  {
    type: Type.Literal('FeatureCollection'),
    bbox: Bbox,
    features: wardFeatures({
      ...mapResult,
      value: Type.Optional(Type.Union([Type.Number(), Type.String(), Type.Null()])),
    }),
    wardsWithoutBoundary: Names,
    analysisId: Type.Optional(Id),
    variable: Type.Optional(Text),
    datasetVersion: Type.Optional(Version),
    stale: Type.Optional(Stale),
  },
  { description: 'Of a ranking, or of the values of one column' },
)

export const TurnReply = Type.Object({
  reply: Type.Object({
    ...said,
    analysis: Type.Optional(Analysis),
    plan: Type.Optional(Plan),
    map: Type.Optional(Map),
    chart: Type.Optional(ChartInChat),
    export: Type.Optional(ExportInChat),
  }),
  turn: Turn,
})

/** A conversation keeps only the ids of what its turns made. */
export const TurnsReply = Type.Object({
  suggestions: Type.Array(Text, { description: 'Four questions to begin with; none once there are turns' }),
  turns: Type.Array(
    Type.Object({ ...Turn.properties, reply: Type.Object({ ...said, analysis: Made, plan: Made, export: Made }) }),
  ),
})

export type TurnReply = Static<typeof TurnReply>
export type TurnsReply = Static<typeof TurnsReply>
