import { Type, type Static, type TObject } from 'typebox'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import { namesOf } from '../query/needed-sources.ts'
import { MeasureSchema, QueryFields } from '../query/ward-query.ts'

const FieldName = Type.String({ minLength: 1, maxLength: 200 })
const where = QueryFields.where
const closed = { additionalProperties: false } as const

/** How many columns one correlation matrix shows. */
export const MOST_MATRIX_COLUMNS = 12
/** How many bars one chart shows. */
export const MOST_BARS = 60

export const CHART_KINDS = ['histogram', 'bar', 'scatter', 'box', 'correlation', 'reports'] as const

/** A chart: the wards that satisfy the conditions, drawn in one of six ways. Fields are named as in a query. */
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
  Type.Object(
    {
      kind: Type.Literal('reports'),
      where,
      /** Test positivity that was measured with its years. */
      column: FieldName,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_BARS })),
    },
    closed,
  ),
])

export type ChartOptions = Static<typeof ChartSchema>

/**
 * The fields of all kinds of charts as one object, for an API and for models, which take no choice of objects. What
 * belongs to which kind is in `ChartSchema`.
 */
export const ChartFields = {
  kind: Type.Unsafe<ChartOptions['kind']>(
    Type.Union(
      CHART_KINDS.map((kind) => Type.Literal(kind)),
      {
        description:
          'histogram of `column`; scatter of `y` by `x`; box of `column` for each `groupBy`; correlation of `columns`; ' +
          'bar of `measure` for each `groupBy`, or for each ward; reports: which reports of the measured positivity ' +
          '`column` are missing, by ward and month',
      },
    ),
  ),
  where,
  column: Type.Optional(FieldName),
  x: Type.Optional(FieldName),
  y: Type.Optional(FieldName),
  columns: Type.Optional(Type.Array(FieldName, { minItems: 2, maxItems: MOST_MATRIX_COLUMNS })),
  groupBy: Type.Optional(FieldName),
  measure: Type.Optional(MeasureSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_BARS })),
  order: Type.Optional(
    Type.Unsafe<'ascending' | 'descending'>(Type.Union([Type.Literal('ascending'), Type.Literal('descending')])),
  ),
  insteadOfPie: Type.Optional(Type.Boolean({ description: 'true when a pie was asked for: bars are drawn' })),
} as const

/** The fields of each kind: those that it needs, and those that it may have. */
const FIELDS_OF_KIND: Readonly<
  Record<ChartOptions['kind'], readonly [needs: readonly ChartField[], may: readonly ChartField[]]>
> = {
  histogram: [['column'], []],
  scatter: [['x', 'y'], []],
  box: [['column', 'groupBy'], []],
  correlation: [['columns'], []],
  bar: [['measure'], ['groupBy', 'limit', 'order', 'insteadOfPie']],
  reports: [['column'], ['limit']],
} as const
type ChartField = Exclude<keyof typeof ChartFields, 'kind' | 'where'>

/**
 * The options of a chart, from its fields.
 * @throws Fault `invalid-input` with a pointer to each field that its kind needs and lacks, or does not take
 */
export function chartOptions(fields: Static<TObject<typeof ChartFields>>): ChartOptions {
  const [needs, may] = FIELDS_OF_KIND[fields.kind]
  const lacks = needs.filter((name) => fields[name] === undefined)
  const given = Object.keys(fields) as (keyof typeof ChartFields)[]
  const others = given.filter((name) => name !== 'kind' && name !== 'where' && ![...needs, ...may].includes(name))
  const [first, ...rest] = [
    ...lacks.map((name) => ({ pointer: `/${name}`, said: say('chart-needs-it', { kind: fields.kind }) })),
    ...others.map((name) => ({ pointer: `/${name}`, said: say('chart-does-not-take-it', { kind: fields.kind }) })),
  ]
  if (first !== undefined) throw new Fault('invalid-input', say('cannot-draw-chart', {}), { errors: [first, ...rest] })
  return fields as ChartOptions
}

/** Every name of a column or field that a chart uses, each once. */
export function namesOfChart(options: ChartOptions): string[] {
  const { where, ...own } = options
  const wanted = where === undefined ? {} : { where }
  switch (own.kind) {
    case 'histogram':
    case 'reports':
      return namesOf({ ...wanted, select: [own.column] })
    case 'scatter':
      return namesOf({ ...wanted, select: [own.x, own.y] })
    case 'box':
      return namesOf({ ...wanted, select: [own.column, own.groupBy] })
    case 'correlation':
      return namesOf({ ...wanted, select: own.columns })
    case 'bar':
      return namesOf({ ...wanted, measures: [own.measure], groupBy: own.groupBy === undefined ? [] : [own.groupBy] })
  }
}
