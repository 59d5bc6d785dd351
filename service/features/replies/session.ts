import { Type, type Static } from 'typebox'
import { Moment, orNull, Text } from './parts.ts'

export const SessionReply = Type.Object({
  session: Type.Object({
    id: Type.String({ description: 'Names the data; it is not a credential' }),
    createdAt: Moment,
    idleExpiresAt: Moment,
    absoluteExpiresAt: Moment,
    user: orNull(
      Type.Object(
        { sub: Text, email: orNull(Text), name: Text },
        { description: "Who has signed in, as the sign-in provider says, for the person's own eyes" },
      ),
    ),
  }),
})
export type SessionReply = Static<typeof SessionReply>

/** A person's own sessions, the newest first. */
export const OwnSessionsReply = Type.Object({
  sessions: Type.Array(
    Type.Object({
      ref: Type.String({ description: 'Names the session among your own; it is not a credential' }),
      device: Type.String({ description: 'Browser and system, such as `Firefox, Windows`' }),
      signedInAt: Moment,
      isThisOne: Type.Boolean(),
    }),
  ),
})
export type OwnSessionsReply = Static<typeof OwnSessionsReply>

export const SignInReply = Type.Object({
  isOffered: Type.Boolean({ description: 'Whether people can sign in, at /auth/login' }),
})
export type SignInReply = Static<typeof SignInReply>

/** Where the browser goes next to be signed out at the provider too. */
export const SignedOutReply = Type.Object({ next: Text })
export type SignedOutReply = Static<typeof SignedOutReply>
