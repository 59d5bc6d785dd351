import { Type, type Static } from 'typebox'
import { PlanWhere } from './plan-conditions.ts'
import { MOST_EXCEPTIONS, PERCENT_LIMITS, PLAN_DEFAULTS, PLAN_NUMBERS, PRICE_LIMITS } from './plan-limits.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Reason = Type.String({ minLength: 1, maxLength: 500 })
const Percent = Type.Number(PERCENT_LIMITS)
const Nets = Type.Integer({ minimum: PLAN_NUMBERS.totalNets.minimum, maximum: PLAN_NUMBERS.totalNets.maximum })

/** The choices of any plan. */
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
  populationColumn: Type.Optional(Name),
  where: Type.Optional(PlanWhere),
} as const

/** How the urban share decides. */
const UrbanRule = Type.Union([
  Type.Object(
    { kind: Type.Literal('tiers'), threshold: Percent },
    { ...closed, description: 'Wards below the threshold are served first' },
  ),
  Type.Object(
    { kind: Type.Literal('leave-out'), urbanFrom: Percent, upToPercent: Percent },
    {
      ...closed,
      description:
        'Wards at or above `urbanFrom` percent urban are left out, from the lowest-ranked upwards, while the people ' +
        'left out are at most `upToPercent` percent of all people in wards with a population',
    },
  ),
])

const Protect = Type.Object(
  {
    tierHigh: Type.Optional(Type.Boolean({ description: 'Wards of the tier High' })),
    positivityFrom: Type.Optional(
      Type.Number({ ...PERCENT_LIMITS, description: 'Wards with a measured test positivity of at least this percent' }),
    ),
    column: Type.Optional(Name),
    from: Type.Optional(Type.Number({ description: 'Wards whose value of `column` is at least this' })),
  },
  { ...closed, minProperties: 1, description: 'Wards that the urban rule does not touch' },
)

const Exception = Type.Object(
  { ward: Name, in: Type.Boolean(), reason: Reason },
  { ...closed, description: 'A ward by its label or code that is in the plan, or not, whatever the rules say' },
)

const Reserve = Type.Object(
  { nets: Type.Optional(Nets), percent: Type.Optional(Percent) },
  { ...closed, minProperties: 1, description: 'Nets held back for routine channels such as ANC and EPI' },
)

const Costs = Type.Object(
  {
    perNet: Type.Optional(Type.Number(PRICE_LIMITS)),
    perWard: Type.Optional(Type.Number({ ...PRICE_LIMITS, description: 'One delivery to one ward' })),
    currency: Type.Optional(Type.String({ minLength: 1, maxLength: 10 })),
  },
  { ...closed, minProperties: 1 },
)

/** The rules of a programme. All are optional, and without them a plan is made by rank alone. */
export const PlanRules = {
  rankColumn: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Serve by the values of this column, not by a ranking' }),
  ),
  rankFirst: Type.Optional(Type.Union([Type.Literal('highest'), Type.Literal('lowest')])),
  lastWard: Type.Optional(
    Type.Union([Type.Literal('partial'), Type.Literal('whole')], {
      description: '`whole`: the ward for which the stock is too small gets none, and serving ends there',
    }),
  ),
  urbanRule: Type.Optional(UrbanRule),
  protect: Type.Optional(Protect),
  exceptions: Type.Optional(Type.Array(Exception, { maxItems: MOST_EXCEPTIONS })),
  reserve: Type.Optional(Reserve),
  bufferPercent: Type.Optional(
    Type.Number({ ...PLAN_NUMBERS.bufferPercent, description: 'Percent of the stock held back for wrong counts' }),
  ),
  peoplePerNet: Type.Optional(Type.Number(PLAN_NUMBERS.peoplePerNet)),
  peoplePerNetSource: Type.Optional(Reason),
  householdColumn: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "A column with each ward's own household size" }),
  ),
  baleSize: Type.Optional(
    Type.Union([Type.Literal(40), Type.Literal(50), Type.Literal(100)], { description: 'Nets in a bale' }),
  ),
  costs: Type.Optional(Costs),
} as const

/** What can be chosen in words: the choices, and the rules that a sentence can give whole. */
export const SpokenChoices = {
  ...PlanChoices,
  protect: PlanRules.protect,
  exceptions: PlanRules.exceptions,
  reserve: PlanRules.reserve,
  bufferPercent: PlanRules.bufferPercent,
  peoplePerNet: PlanRules.peoplePerNet,
  peoplePerNetSource: PlanRules.peoplePerNetSource,
  baleSize: PlanRules.baleSize,
} as const

/** What the planner chooses. */
export const PlanOptions = Type.Object({ ...PlanChoices, urbanColumn: Type.Optional(Name), ...PlanRules }, closed)
export type PlanOptions = Readonly<Static<typeof PlanOptions>>
export type UrbanRule = Readonly<Static<typeof UrbanRule>>
export type Protect = Readonly<Static<typeof Protect>>
export type Exception = Readonly<Static<typeof Exception>>
export type Reserve = Readonly<Static<typeof Reserve>>
export type Costs = Readonly<Static<typeof Costs>>
