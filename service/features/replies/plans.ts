import { Type, type Static, type TSchema } from 'typebox'
import { PlanWhere } from '../../domain/plan/plan-conditions.ts'
import { PlanOptions } from '../../domain/plan/plan-options.ts'
import { Count, Id, listOf, Mode, Moment, Names, oneOf, orNull, Stale, Text, Version } from './parts.ts'

const Percent = Type.Number({ minimum: 0, maximum: 100 })
const People = Type.Number({ minimum: 0 })
const lock = {
  lockedAt: orNull(Moment),
  lockedBy: Type.Union([Text, Type.Null()], {
    description: 'What the sign-in provider called the person who locked it; null if nobody had signed in',
  }),
  lockIsFromProject: Type.Optional(
    Type.Literal(true, { description: 'Both are a record of the project that was opened, not of this session' }),
  ),
} as const
const made = {
  id: Id,
  name: orNull(Text),
  ...lock,
  analysisId: Id,
  datasetVersion: Version,
  createdAt: Moment,
  stale: Stale,
} as const

const place = {
  wardCode: orNull(Text),
  wardName: Text,
  lga: orNull(Text),
  state: orNull(Text),
  rank: Count,
  rankValue: orNull(Type.Number()),
  urbanShare: orNull(Type.Number()),
  compared: Type.Optional(
    Type.Record(Text, orNull(Type.Number()), { description: "its numbers that the plan's conditions compare" }),
  ),
} as const
const area = { wards: Count, need: Count, allocated: Count, population: People, covered: People } as const

export const Plan = Type.Object(
  {
    ...made,
    parameters: Type.Object({
      totalNets: Count,
      urbanRule: oneOf('tiers', 'leave-out'),
      urbanThreshold: orNull(Percent),
      urbanFrom: orNull(Percent),
      upToPercent: orNull(Percent),
      ranking: oneOf('composite', 'pca', 'column'),
      rankColumn: orNull(Text),
      rankFirst: orNull(oneOf('highest', 'lowest')),
      lastWard: oneOf('partial', 'whole'),
      rule: oneOf('per-person', 'household'),
      peoplePerNet: Type.Number(),
      peoplePerNetSource: orNull(Text),
      householdSize: orNull(Type.Number()),
      householdColumn: orNull(Text),
      populationColumn: Text,
      urbanColumn: orNull(Text),
      reserve: orNull(Type.Object({ nets: Type.Optional(Count), percent: Type.Optional(Percent) })),
      bufferPercent: Percent,
      baleSize: orNull(Count),
      protect: orNull(
        Type.Object({
          tierHigh: Type.Optional(Type.Boolean()),
          positivityFrom: Type.Optional(Percent),
          column: Type.Optional(Text),
          from: Type.Optional(Type.Number()),
        }),
      ),
      exceptions: listOf({ ward: Text, in: Type.Boolean(), reason: Text }),
      costs: orNull(
        Type.Object({
          perNet: Type.Optional(Type.Number()),
          perWard: Type.Optional(Type.Number()),
          currency: Type.Optional(Text),
        }),
      ),
      where: orNull(PlanWhere),
      mode: Mode,
      defaulted: Names,
    }),
    rules: Names,
    totals: Type.Object(
      {
        stock: Count,
        reserve: Count,
        allocated: Count,
        remaining: Count,
        need: Count,
        wardsFull: Count,
        wardsPartial: Count,
        population: People,
        covered: People,
        coveragePercent: Percent,
        cost: orNull(Type.Number({ minimum: 0 })),
      },
      { description: 'reserve + allocated + remaining = stock' },
    ),
    wards: listOf({
      ...place,
      allocationTier: Type.Union([Type.Literal(1), Type.Literal(2)]),
      population: People,
      householdSize: orNull(Type.Number()),
      need: Count,
      allocated: Count,
      bales: orNull(Count),
      covered: People,
      coveragePercent: Percent,
      protectedBecause: orNull(Text),
      exception: orNull(Text),
    }),
    excluded: listOf({
      ...place,
      rule: oneOf('population', 'urban', 'exception', 'where'),
      reason: Text,
      population: orNull(People),
    }),
    lgas: listOf({ lga: orNull(Text), ...area }),
    states: listOf({ state: orNull(Text), ...area }),
    urbanExtent: Type.Object({
      column: orNull(Text),
      rows: listOf({
        thresholdPercent: Percent,
        wardsBelow: Count,
        wardsAtOrAbove: Count,
        populationBelow: People,
        populationAtOrAbove: People,
      }),
      unknown: Names,
    }),
    leaveOutExtent: Type.Object({
      column: orNull(Text),
      population: People,
      rows: listOf({
        urbanFrom: Percent,
        upToPercent: Percent,
        wards: Count,
        population: People,
        percentOfPeople: Percent,
        need: Count,
      }),
    }),
    caveats: Names,
  },
  { description: 'Wards in the order in which they are served' },
)

/** The part of a plan that says when and by whom it was locked. */
export const PlanLock = Type.Object(lock)

export const PlanReply = Type.Object({ plan: Plan })

/** `options` holds the options that were asked for. */
export const ListedPlan = Type.Object({ ...made, options: PlanOptions })
export const PlansReply = Type.Object({ plans: Type.Array(ListedPlan) })

export const DeletedPlanReply = Type.Object({ deleted: Id })

const PerPlan = <T extends TSchema>(schema: T) => Type.Array(schema, { description: 'One entry for each plan' })

export const ComparisonReply = Type.Object({
  plans: Type.Array(ListedPlan),
  differences: listOf({ parameter: Text, values: PerPlan(Text) }),
  wards: listOf({
    wardCode: orNull(Text),
    wardName: Text,
    lga: orNull(Text),
    allocated: PerPlan(orNull(Count)),
    change: oneOf('gained', 'lost', 'more', 'fewer', 'same'),
    why: orNull(Text),
  }),
  byLga: listOf({
    lga: orNull(Text),
    wardsServed: PerPlan(Count),
    allocated: PerPlan(Count),
    covered: PerPlan(People),
  }),
  caveats: Names,
})

export type Plan = Static<typeof Plan>
export type PlanReply = Static<typeof PlanReply>
export type PlansReply = Static<typeof PlansReply>
export type ListedPlan = Static<typeof ListedPlan>
export type ComparisonReply = Static<typeof ComparisonReply>
