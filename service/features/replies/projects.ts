import { Type, type Static } from 'typebox'
import { Count, Id, Moment, oneOf, orNull, Text } from './parts.ts'

/** A slot for a project file. */
export const ProjectSlot = Type.Object({
  id: Id,
  role: Type.Literal('project'),
  filename: Text,
  bytes: Count,
  createdAt: Moment,
  state: oneOf('awaiting-upload', 'ready'),
  pieces: Type.Optional(Count),
  announced: Type.Optional(Type.String({ description: 'The SHA-256 that was announced, as hexadecimal digits' })),
  sha256: Type.Optional(Text),
})

export const OpenedReply = Type.Object({
  file: ProjectSlot,
  project: Type.Object({
    verified: Type.Boolean({ description: 'Whether this service marked exactly these bytes' }),
    why: orNull(Type.String({ description: 'Why it is not verified; null when it is' })),
    savedAt: Moment,
    program: Type.Object({ version: Text, commit: Text }),
    differences: Type.Array(
      Type.Object({
        of: Type.String({ description: 'The analysis or plan' }),
        ward: orNull(Text),
        figure: Text,
        recorded: Text,
        recomputed: Text,
      }),
      { description: 'Figures that were recorded and are computed otherwise today: the first 200' },
    ),
    differencesInAll: Count,
    leftOut: Type.Array(Text, { description: 'What did not come back, each with the reason' }),
  }),
})

export type OpenedReply = Static<typeof OpenedReply>
