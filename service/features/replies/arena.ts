import { Type, type Static } from 'typebox'
import { Count, Id, listOf, Names, oneOf, Text } from './parts.ts'

export const BattleReply = Type.Object({
  battle: Type.Object({ id: Id, answers: listOf({ slot: oneOf('a', 'b'), text: Text }) }),
})

export const VoteReply = Type.Object({
  battle: Type.Object({ id: Id, choice: oneOf('a', 'b', 'tie', 'bad'), models: Type.Object({ a: Text, b: Text }) }),
})

export const LeaderboardReply = Type.Object({
  votes: Count,
  leaderboard: listOf({
    model: Text,
    kind: oneOf('rules', 'model'),
    rating: Type.Number({ description: '400 points more mean ten wins for each loss; 1500 without a game' }),
    standardError: Type.Number(),
    games: Count,
    wins: Count,
    losses: Count,
    ties: Count,
    bad: Count,
  }),
  caveats: Names,
})

export type BattleReply = Static<typeof BattleReply>
export type VoteReply = Static<typeof VoteReply>
export type LeaderboardReply = Static<typeof LeaderboardReply>
