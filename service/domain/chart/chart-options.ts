import { Type, type Static } from 'typebox'
import { MeasureSchema, QueryFields } from '../query/ward-query.ts'

const FieldName = Type.String({ minLength: 1, maxLength: 200 })
const where = QueryFields.where
const closed = { additionalProperties: false } as const

/** How many columns one correlation matrix shows. */
export const MOST_MATRIX_COLUMNS = 12
/** How many bars one chart shows. */
export const MOST_BARS = 60

/** A chart: the wards that satisfy the conditions, drawn in one of five ways. Fields are named as in a query. */
export const ChartSchema = Type.Union([
  Type.Object({ kind: Type.Literal('histogram'), where, column: FieldName }, closed),
  Type.Object({ kind: Type.Literal('scatter'), where, x: FieldName, y: FieldName }, closed),
  Type.Object({ kind: Type.Literal('box'), where, column: FieldName, groupBy: FieldName }, closed),
  Type.Object(
    {
      kind: Type.Literal('correlation'),
      where,
      columns: Type.Array(FieldName, { minItems: 2, maxItems: MOST_MATRIX_COLUMNS }),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('bar'),
      where,
      /** A bar for each group; without it, a bar for each ward. */
      groupBy: Type.Optional(FieldName),
      /** The height of a bar. Of single wards: the value of its column. */
      measure: MeasureSchema,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_BARS })),
      order: Type.Optional(Type.Union([Type.Literal('ascending'), Type.Literal('descending')])),
      /** True when a pie was asked for, which is answered by bars and says so. */
      insteadOfPie: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
])

export type ChartOptions = Static<typeof ChartSchema>
