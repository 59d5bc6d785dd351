import { Type, type Static } from 'typebox'
import { Moment, orNull, Text } from './parts.ts'

export const SessionReply = Type.Object({
  session: Type.Object({
    id: Type.String({ description: 'Names the data; no credential' }),
    createdAt: Moment,
    idleExpiresAt: Moment,
    absoluteExpiresAt: Moment,
    user: orNull(Type.Object({ sub: Text, email: Text })),
  }),
})
export type SessionReply = Static<typeof SessionReply>
