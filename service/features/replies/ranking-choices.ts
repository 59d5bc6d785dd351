import { Type } from 'typebox'
import { Count, listOf, Names, orNull, Share, Text, Tier } from './parts.ts'

const R = Type.Number({ minimum: -1, maximum: 1 })

/** A ward's place by the method, beside that by a person's weights. */
export const MethodPlace = Type.Object(
  { score: Share, rank: Count, tier: Tier },
  { description: "The place by the method, where the wards are ranked by a person's weights" },
)

const Rho = Type.Object({ value: orNull(R), low: orNull(R), high: orNull(R) })
const Figure = orNull(Type.Number())
const Lift = Type.Object({ value: Figure, low: Figure, high: Figure })

/** What follows from the choices of a ranking: weights, indicators that are alike, a column that was held back. */
export const choiceResults = {
  ownWeights: Type.Optional(
    orNull(
      Type.Object(
        {
          weights: listOf({ name: Text, weight: Share }),
          movedWards: Count,
          entersHigh: Names,
          leavesHigh: Names,
        },
        { description: "A person's weights, and what they change of the ranking by the method" },
      ),
    ),
  ),
  correlations: Type.Optional(
    Type.Array(Type.Array(orNull(R)), {
      description: "Pearson's r of each two indicators, normalised, in the order of `indicators`",
    }),
  ),
  comparison: Type.Optional(
    orNull(
      Type.Object(
        {
          column: Text,
          wards: Count,
          spearman: Rho,
          topThird: Type.Object({
            wards: Count,
            mean: Figure,
            meanOfAll: Figure,
            lift: Lift,
          }),
          resamples: Count,
          seed: Count,
          values: Type.Array(orNull(Type.Number())),
        },
        { description: 'The ranking beside a column that it does not use; bounds are of 95 %, from a bootstrap' },
      ),
    ),
  ),
} as const
