import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 200 })

const MOST_CONDITIONS = 12
const MOST_NAMES = 50
const MOST_NUMBERS = 50
const MOST_ALTERNATIVES = 10

/** A condition on where a ward lies, on the ward itself, or on its tier. */
const PlaceConditionSchema = Type.Object(
  {
    column: Type.Union([Type.Literal('lga'), Type.Literal('ward'), Type.Literal('wardCode'), Type.Literal('tier')]),
    op: Type.Union([Type.Literal('in'), Type.Literal('not in')]),
    value: Type.Array(Name, { minItems: 1, maxItems: MOST_NAMES }),
  },
  closed,
)

const NUMBER_COMPARISONS = ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'not in', 'missing', 'present'] as const

const NumberComparison = {
  op: Type.Enum([...NUMBER_COMPARISONS]),
  value: Type.Optional(
    Type.Union([
      Type.Number(),
      Type.Array(Type.Number(), { minItems: 1, maxItems: MOST_NUMBERS }),
      Type.Object({ figure: Type.Enum(['mean', 'median']) }, closed),
    ]),
  ),
} as const

/** A condition on a column of numbers, or on `rank`, as a query takes it. A missing value satisfies only `missing`. */
const NumberConditionSchema = Type.Object(
  {
    column: Name,
    ...NumberComparison,
    or: Type.Optional(
      Type.Array(Type.Object({ column: Type.Optional(Name), ...NumberComparison }, closed), {
        minItems: 1,
        maxItems: MOST_ALTERNATIVES,
      }),
    ),
  },
  closed,
)

/** The part of a query's conditions that says which wards are in a plan. */
export const PlanWhere = Type.Array(Type.Union([PlaceConditionSchema, NumberConditionSchema]), {
  maxItems: MOST_CONDITIONS,
  description:
    'Only these wards are in the plan: by names of an lga, ward, wardCode or tier, or by numbers of a ' +
    'column, such as ' +
    '{"column": "rainfall", "op": ">", "value": 800}',
})

export type PlaceCondition = Readonly<Static<typeof PlaceConditionSchema>>
export type NumberCondition = Readonly<Static<typeof NumberConditionSchema>>
export type NumberTest = Omit<NumberCondition, 'column' | 'or'>
export type PlanCondition = PlaceCondition | NumberCondition
