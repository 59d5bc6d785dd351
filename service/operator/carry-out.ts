import type { AuditTrail } from '../audit/audit-trail.ts'
import { personIdOf } from '../session/person.ts'
import type { Bucket } from '../stores/objects.ts'
import type { PersonSessions } from '../stores/person-sessions.ts'
import { eraseProjectsOf, projectsHeldBy } from '../stores/project-sweep.ts'
import type { OperatorRequest } from './operator-request.ts'

export interface OperatorParts {
  readonly sessions: PersonSessions
  readonly bucket: Bucket
  readonly audit: AuditTrail
}

/** What was there, so that an operator sees whether they named the person they meant. */
export interface Done {
  /** Sessions of the person that were alive; null for all people, whose sessions nobody counts. */
  readonly sessions: number | null
  /** Projects of the person that were deleted, with every version of every object. */
  readonly projects: number
}

/**
 * Carries out a request and records it. It may be repeated: what is done already stays done.
 * A deletion ends the person's sessions first, so that none of them can save a project again.
 * @throws Fault `session-store-unavailable`, `object-store-unavailable`: nothing is recorded; ask again
 */
export async function carryOut(request: OperatorRequest, { sessions, bucket, audit }: OperatorParts): Promise<Done> {
  if (request.act === 'end-all-sessions') {
    await sessions.endEverybody()
    audit.record('all-sessions-ended', {})
    return { sessions: null, projects: 0 }
  }
  const personId = personIdOf(request.issuer, request.subject)
  const alive = (await sessions.list(personId)).length
  await sessions.endAll(personId)
  audit.record('sessions-of-person-ended', { personId })
  if (request.act === 'end-sessions') return { sessions: alive, projects: 0 }
  const projects = await projectsHeldBy(bucket, personId)
  await eraseProjectsOf(bucket, personId)
  audit.record('person-deleted', { personId })
  return { sessions: alive, projects }
}
