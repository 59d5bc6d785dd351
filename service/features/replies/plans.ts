import { Type, type Static } from 'typebox'
import { PlanOptions } from '../../domain/plan/plan-options.ts'
import { Count, Id, listOf, Mode, Moment, Names, oneOf, orNull, Stale, Text, Version } from './parts.ts'

const Percent = Type.Number({ minimum: 0, maximum: 100 })
const People = Type.Number({ minimum: 0 })
const made = { id: Id, analysisId: Id, datasetVersion: Version, createdAt: Moment, stale: Stale } as const

const place = { wardCode: orNull(Text), wardName: Text, lga: orNull(Text), rank: Count } as const

export const Plan = Type.Object(
  {
    ...made,
    parameters: Type.Object({
      totalNets: Count,
      urbanThreshold: Percent,
      ranking: oneOf('composite', 'pca'),
      rule: oneOf('per-person', 'household'),
      householdSize: orNull(Type.Number()),
      populationColumn: Text,
      urbanColumn: orNull(Text),
      mode: Mode,
      defaulted: Names,
    }),
    totals: Type.Object(
      {
        stock: Count,
        allocated: Count,
        remaining: Count,
        need: Count,
        wardsFull: Count,
        wardsPartial: Count,
        population: People,
        covered: People,
        coveragePercent: Percent,
      },
      { description: 'allocated + remaining = stock' },
    ),
    wards: listOf({
      ...place,
      allocationTier: Type.Union([Type.Literal(1), Type.Literal(2)]),
      urbanShare: orNull(Type.Number()),
      population: People,
      need: Count,
      allocated: Count,
      covered: People,
      coveragePercent: Percent,
    }),
    excluded: listOf({ ...place, reason: Text }),
    lgas: listOf({
      lga: orNull(Text),
      wards: Count,
      need: Count,
      allocated: Count,
      population: People,
      covered: People,
    }),
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
    caveats: Names,
  },
  { description: 'Wards in the order in which they are served' },
)

export const PlanReply = Type.Object({ plan: Plan })

/** `options` holds the options that were asked for. */
export const PlansReply = Type.Object({ plans: listOf({ ...made, options: PlanOptions }) })

export type Plan = Static<typeof Plan>
export type PlanReply = Static<typeof PlanReply>
export type PlansReply = Static<typeof PlansReply>
