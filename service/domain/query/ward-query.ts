import { Type, type Static } from 'typebox'
import { QUERY_LIMITS } from './query-limits.ts'

const closed = { additionalProperties: false } as const

const FieldName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'a column of the data, exactly as it is spelled, or a field of the ranking or of the plan',
})
const Scalar = Type.Union([Type.Number(), Type.String({ maxLength: 200 })])
/**
 * The mean or the median of the condition's own column, over all wards that have a value; with `by`, over those that
 * have the same value of that column as the ward itself, such as the wards of its LGA. With `times`, so many times it.
 */
const OwnFigure = Type.Object(
  {
    figure: Type.Union([Type.Literal('mean'), Type.Literal('median')]),
    by: Type.Optional(FieldName),
    times: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1_000,
        description: 'compare with so many times the figure: 2 for twice',
      }),
    ),
  },
  closed,
)

const GROUP_FIGURES = ['mean', 'median', 'sum', 'min', 'max'] as const
/**
 * A figure of the wards that have the same value of another column as the ward itself, such as the mean of its LGA. It
 * is compared in place of the ward's own value.
 */
const GroupFigureSchema = Type.Object({ figure: Type.Enum([...GROUP_FIGURES]), by: FieldName }, closed)

/** Comparisons of a column with a value. `between` holds both ends. A missing value satisfies only `missing`. */
export const COMPARISONS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'in',
  'not in',
  'contains',
  'missing',
  'present',
] as const

const Comparison = {
  of: Type.Optional(GroupFigureSchema),
  op: Type.Unsafe<(typeof COMPARISONS)[number]>(Type.Union(COMPARISONS.map((op) => Type.Literal(op)))),
  value: Type.Optional(
    Type.Union([Scalar, Type.Array(Scalar, { minItems: 1, maxItems: QUERY_LIMITS.alternatives }), OwnFigure], {
      description:
        'a list for `in` and `not in`, two numbers for `between`, none for `missing` and `present`; or the mean or ' +
        'median of the column over all wards, or by a group such as "lga" over the wards of the same group, to ' +
        'compare each ward with it',
    }),
  ),
} as const

/** One condition. With `or`, one of its comparisons is enough; each may be of another column. */
export const ConditionSchema = Type.Object(
  {
    column: FieldName,
    ...Comparison,
    or: Type.Optional(
      Type.Array(Type.Object({ column: Type.Optional(FieldName), ...Comparison }, closed), {
        minItems: 1,
        maxItems: QUERY_LIMITS.alternatives,
      }),
    ),
  },
  closed,
)

export const MEASURES = [
  'count',
  'sum',
  'mean',
  'weightedMean',
  'median',
  'min',
  'max',
  'sd',
  'quantile',
  'share',
  'correlation',
] as const

/**
 * One figure of a group of wards, or of all. All but `count` and `share` need `column`; `weightedMean` needs `weight`,
 * `quantile` needs `q` (0 to 1), `correlation` needs `with`. `share` is the group's part of the column's sum over all
 * wards that satisfy the conditions, 0 to 1; without a column, its part of the wards. With `part`, it is the share of
 * those wards of the group that satisfy these conditions too, in the group.
 */
export const MeasureSchema = Type.Object(
  {
    measure: Type.Unsafe<(typeof MEASURES)[number]>(Type.Union(MEASURES.map((measure) => Type.Literal(measure)))),
    column: Type.Optional(FieldName),
    weight: Type.Optional(FieldName),
    with: Type.Optional(FieldName),
    q: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    part: Type.Optional(
      Type.Array(ConditionSchema, {
        minItems: 1,
        maxItems: QUERY_LIMITS.conditions,
        description: 'of a share: the conditions of the part. Those of `where` say what it is a part of',
      }),
    ),
  },
  closed,
)

export const OrderSchema = Type.Object(
  {
    /**
     * A field, or of a grouped query a group or the name of a measure as the answer's columns show it. A measure that
     * is the only one of its kind can be called by its kind, such as `mean`.
     */
    by: Type.String({ minLength: 1, maxLength: 300 }),
    direction: Type.Union([Type.Literal('ascending'), Type.Literal('descending')]),
  },
  closed,
)

/** Only the first wards of each value of a column, in the order of the list; wards without a value are a group too. */
const EachSchema = Type.Object(
  { column: FieldName, rows: Type.Integer({ minimum: 1, maximum: QUERY_LIMITS.rows }) },
  {
    ...closed,
    description: 'of a list: only the first `rows` wards of each value of `column`, such as the three of each LGA',
  },
)

/** A comparison of a figure of each group with a number, such as a count of at least 5. */
const HavingSchema = Type.Object(
  {
    /** A measure, as an order names it. */
    by: Type.String({ minLength: 1, maxLength: 300 }),
    op: Type.Enum(['=', '!=', '<', '<=', '>', '>=']),
    value: Type.Number(),
  },
  closed,
)

const ConditionsSchema = Type.Array(ConditionSchema, { maxItems: QUERY_LIMITS.conditions })

/** The fields of a query over the session's own wards. Rules, model, API and page share it. */
export const QueryFields = {
  where: Type.Optional(ConditionsSchema),
  groupBy: Type.Optional(Type.Array(FieldName, { minItems: 1, maxItems: QUERY_LIMITS.groups })),
  measures: Type.Optional(Type.Array(MeasureSchema, { minItems: 1, maxItems: QUERY_LIMITS.measures })),
  select: Type.Optional(Type.Array(FieldName, { minItems: 1, maxItems: QUERY_LIMITS.select })),
  orderBy: Type.Optional(Type.Array(OrderSchema, { minItems: 1, maxItems: QUERY_LIMITS.orders })),
  each: Type.Optional(EachSchema),
  having: Type.Optional(
    Type.Array(HavingSchema, {
      minItems: 1,
      maxItems: QUERY_LIMITS.having,
      description: 'of groups: only those whose measures compare so, such as {"by": "count", "op": ">=", "value": 5}',
    }),
  ),
  percent: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 100,
      description: 'only the first part of the rows in their order, in percent, rounded up: 10 for "the top 10 %"',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: QUERY_LIMITS.rows })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
} as const
export const WardQuerySchema = Type.Object(QueryFields, closed)

export type Comparison = Static<typeof Comparison.op>
export type GroupFigure = Static<typeof GroupFigureSchema>
export type Condition = Static<typeof ConditionSchema>
export type Measure = Static<typeof MeasureSchema>
export type Having = Static<typeof HavingSchema>
export type Order = Static<typeof OrderSchema>
export type WardQuery = Static<typeof WardQuerySchema>

/** What a query gives. Numbers are not rounded; a missing value is null. */
export interface QueryAnswer {
  /** The query in words, complete: every condition, group, measure and order. */
  readonly words: string
  readonly columns: readonly { readonly name: string; readonly type: 'number' | 'text' }[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** Rows before `limit` and `offset`, after `percent`. */
  readonly total: number
  /** Wards that satisfy the conditions. */
  readonly rowsUsed: number
  /**
   * Of each column that the query names: the wards that have no value of it, where there are any. Of a column with a
   * condition, among all wards; of another, among those that satisfy the conditions.
   */
  readonly rowsWithoutValue: readonly { readonly column: string; readonly wards: number }[]
  /** Sentences that must travel with the figures: what rests on missing values, what was filled in. */
  readonly notes: readonly string[]
}
