import { Type, type Static } from 'typebox'
import { Count, listOf, Moment, orNull, Text } from './parts.ts'
import { OpenedReply } from './projects.ts'

const ProjectId = Type.String({ description: '40 letters, digits, - and _; known to its own person alone' })
const ProjectVersion = Type.Integer({ minimum: 1, description: 'Grows with every save and every new name' })

const kept = {
  id: ProjectId,
  version: ProjectVersion,
  name: Text,
  bytes: Count,
  createdAt: Moment,
  savedAt: Moment,
  usedAt: Type.String({ format: 'date-time', description: 'When it was last saved, renamed or opened' }),
} as const

export const KeptReply = Type.Object({ project: Type.Object(kept) })

export const KeptReplies = Type.Object({
  projects: listOf(kept),
  open: orNull(
    Type.Object(
      { id: ProjectId, version: ProjectVersion },
      { description: 'The project and version that the session was opened from or last saved as' },
    ),
  ),
  limits: Type.Object({
    projects: Count,
    bytes: Count,
    keepDays: Type.Integer({ minimum: 1, description: 'How long a project is kept after its last use' }),
  }),
})

export const OpenedKeptReply = Type.Object({ project: Type.Object(kept), opened: OpenedReply.properties.project })

export type KeptReplies = Static<typeof KeptReplies>
export type KeptProject = KeptReplies['projects'][number]
export type OpenedKeptReply = Static<typeof OpenedKeptReply>
