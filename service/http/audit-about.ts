import type { FastifyRequest } from 'fastify'
import type { AuditAbout } from '../audit/audit-trail.ts'

/** What the audit trail may know of any request: its id, its route and, as a reference, its network. */
export function about(request: FastifyRequest): Pick<AuditAbout, 'requestId' | 'route' | 'address'> {
  return { requestId: request.id, route: request.routeOptions.url, address: request.ip }
}
