import { Type, type Static } from 'typebox'
import { Count, Id, listOf, Names, oneOf, orNull, Share, Text, Version } from './parts.ts'

export const CertaintyReply = Type.Object({
  analysisId: Id,
  datasetVersion: Version,
  planId: orNull(Id),
  seed: Count,
  draws: Count,
  wards: listOf({
    wardCode: orNull(Text),
    wardName: Text,
    lga: orNull(Text),
    rank: Count,
    rankLow: Type.Integer({ description: 'The 90 % interval of the rank begins here' }),
    rankHigh: Count,
    meanRank: Type.Integer({ description: 'By the plain mean of the indicators' }),
    chanceHigh: Share,
    chanceNets: orNull(Share),
    verdict: oneOf('in', 'out', 'choice'),
  }),
  sources: listOf({ name: Text, share: Share, error: Type.Number({ minimum: 0 }) }),
  otherByMean: Names,
  caveats: Names,
  netsCaveats: Type.Array(Text, {
    description: 'What the chance of nets follows from, where the plan does not go by the ranking by score',
  }),
  isFixedOrder: Type.Boolean({
    description: 'True if nothing of the order of the plan is drawn: draws then agree because it was decided',
  }),
})

export type CertaintyReply = Static<typeof CertaintyReply>
