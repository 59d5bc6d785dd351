import type { FastifyRequest } from 'fastify'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { RateLimitName } from '../config/rate-limits.ts'
import { Fault } from '../domain/fault.ts'
import type { RateLimits } from '../stores/rate-limits.ts'
import { about } from './audit-about.ts'

/** The limits as routes ask for them. A refusal goes into the audit trail. */
export interface RequestLimits {
  /**
   * Takes one of what a limit counts, before the request does anything that costs.
   * @param caller the id of the person who has signed in, or else of the session's data; none before there is a session
   * @throws Fault `too-many`, `session-store-unavailable` as `RateLimits.take`
   */
  take(name: RateLimitName, request: FastifyRequest, caller?: string): Promise<void>
}

export function requestLimits(limits: RateLimits, audit: AuditTrail): RequestLimits {
  return {
    async take(name, request, caller) {
      try {
        await limits.take(name, { address: request.ip, ...(caller !== undefined && { id: caller }) })
      } catch (error) {
        if (error instanceof Fault && error.kind === 'too-many')
          audit.record('rate-limited', { ...about(request), limit: name })
        throw error
      }
    },
  }
}
