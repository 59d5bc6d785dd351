import { Type, type Static } from 'typebox'
import { PLAN_DEFAULTS, PLAN_NUMBERS } from './plan-limits.ts'

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
