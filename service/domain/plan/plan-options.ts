import { Type, type Static } from 'typebox'

/** The options that are numbers: the least and the greatest value, both included, and in words what is taken. */
export const PLAN_NUMBERS = {
  totalNets: { minimum: 0, maximum: 1_000_000_000, title: 'a whole number of nets from 0 to 1,000,000,000' },
  urbanThreshold: { minimum: 0, maximum: 100, title: 'a percentage from 0 to 100' },
  householdSize: { minimum: 1, maximum: 50, title: 'a household of 1 to 50 people' },
} as const
export type PlanNumbers = typeof PLAN_NUMBERS

/** What is taken for an option that is left out; for a column, the first that has one of the known names is. */
export const PLAN_DEFAULTS = {
  urbanThreshold: 75,
  ranking: 'composite',
  rule: 'per-person',
  householdSize: 5,
  mode: 'standard',
} as const
export type PlanDefaults = typeof PLAN_DEFAULTS

/** What can be chosen in words as well as by the API. */
export const PlanChoices = {
  totalNets: Type.Integer({ ...PLAN_NUMBERS.totalNets, description: 'The stock to hand out' }),
  urbanThreshold: Type.Optional(
    Type.Number({
      ...PLAN_NUMBERS.urbanThreshold,
      description: `Percent; wards below it are served first. ${PLAN_DEFAULTS.urbanThreshold} unless given`,
    }),
  ),
  ranking: Type.Optional(Type.Union([Type.Literal('composite'), Type.Literal('pca')])),
  rule: Type.Optional(Type.Union([Type.Literal('per-person'), Type.Literal('household')])),
  householdSize: Type.Optional(
    Type.Number({
      ...PLAN_NUMBERS.householdSize,
      description: `People, for the household rule and legacy mode. ${PLAN_DEFAULTS.householdSize} unless given`,
    }),
  ),
  mode: Type.Optional(
    Type.Union([Type.Literal('standard'), Type.Literal('legacy')], {
      description: 'standard unless the person asks to repeat what the earlier system showed',
    }),
  ),
} as const

const ColumnName = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }))

/** What the planner chooses. */
export const PlanOptions = Type.Object(
  { ...PlanChoices, populationColumn: ColumnName, urbanColumn: ColumnName },
  { additionalProperties: false },
)
export type PlanOptions = Readonly<Static<typeof PlanOptions>>

/** Whether an option that is a number can have this value. */
export function isTaken(option: keyof PlanNumbers, value: number): boolean {
  const { minimum, maximum } = PLAN_NUMBERS[option]
  return value >= minimum && value <= maximum && (option !== 'totalNets' || Number.isInteger(value))
}
