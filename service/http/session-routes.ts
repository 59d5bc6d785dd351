import type { FastifyInstance, FastifyReply, Session } from 'fastify'
import { Type } from 'typebox'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { SessionCookie } from '../session/cookie.ts'
import type { SealSecrets } from '../session/seal.ts'
import { endSession, type EndSessionOptions } from '../stores/end-session.ts'
import { newIdentity, scopeOf } from '../session/scope.ts'
import { SessionReply } from '../features/replies/session.ts'
import { about } from './audit-about.ts'
import { NO_QUERY, refuseBody } from './closed-input.ts'
import type { RequestLimits } from './request-limits.ts'
import { PROBLEM } from './problem-schema.ts'
import type { SignInParts } from './sign-in-parts.ts'

export interface SessionRoutesOptions {
  readonly cookie: SessionCookie
  readonly ending: EndSessionOptions
  readonly audit: AuditTrail
  readonly limits: RequestLimits
  readonly sealSecrets: SealSecrets
  /** Called when a session has ended, so that its objects are erased at once. */
  readonly onEnded: () => void
  /** How people sign in; null where nobody does. */
  readonly signIn: SignInParts | null
}

/** The route that starts a session and hands out its token. */
export function mountSessionStart(app: FastifyInstance, options: SessionRoutesOptions): void {
  const { audit, limits, sealSecrets } = options
  app.post(
    '/api/session',
    {
      config: { sessionOptional: true },
      schema: {
        summary: 'Start a session, or continue the one of the cookie',
        tags: ['session'],
        querystring: NO_QUERY,
        response: { 200: SessionReply, 201: SessionReply, default: PROBLEM },
      },
    },
    async (request, reply) => {
      refuseBody(request.body)
      if (request.session.identity !== undefined) return show(request.session, options)
      await limits.take('session-start', request)
      request.session.identity = newIdentity(Date.now())
      await request.session.save()
      const session = scopeOf(request.session, sealSecrets).dataId
      audit.record('session-started', { ...about(request), session })
      return reply.code(201).send(show(request.session, options))
    },
  )
}

/** Show and end a session. */
export function mountSessionRoutes(app: FastifyInstance, options: SessionRoutesOptions): void {
  const { cookie, ending, audit, sealSecrets, onEnded } = options
  app.get(
    '/api/session',
    {
      schema: {
        summary: 'The session of the cookie',
        tags: ['session'],
        querystring: NO_QUERY,
        response: { 200: SessionReply, default: PROBLEM },
      },
    },
    (request, reply) => {
      refuseBody(request.body)
      void reply.send(show(request.session, options))
    },
  )

  app.delete(
    '/api/session',
    {
      config: { sessionOptional: true, unreadableSession: true },
      schema: {
        summary: "End the session and delete an anonymous one's data",
        tags: ['session'],
        querystring: NO_QUERY,
        response: { 204: Type.Null(), default: PROBLEM },
      },
    },
    async (request, reply) => {
      refuseBody(request.body)
      const { session } = request
      const scope = session.identity === undefined ? null : scopeOf(session, sealSecrets)
      // A token without a record may still have to be ended on a replica: the client repeats a request that got a 503.
      const token = scope === null ? cookie.tokenOf(request.cookies[cookie.name]) : session.sessionId
      if (token === null) throw new Fault('no-session', say('no-session-to-end', {}))
      await endSession(ending, token, scope)
      if (scope !== null) {
        audit.record('session-ended', { ...about(request), session: scope.dataId })
        onEnded()
      }
      ;(request as { session: unknown }).session = null
      return forget(reply, cookie).code(204).send()
    },
  )
}

function show(session: Session, { sealSecrets }: SessionRoutesOptions): unknown {
  const { dataId, person } = scopeOf(session, sealSecrets)
  return {
    session: {
      id: dataId,
      createdAt: new Date(session.identity?.createdAt ?? 0).toISOString(),
      idleExpiresAt: new Date(session.identity?.record?.idleExpiresAt ?? 0).toISOString(),
      absoluteExpiresAt: new Date(session.identity?.record?.absoluteExpiresAt ?? 0).toISOString(),
      user: person === null ? null : { sub: person.subject, email: person.email, name: person.name },
    },
  }
}

/** Makes the browser forget the session's cookie and what its page keeps. */
export function forget(reply: FastifyReply, { name, attributes }: SessionCookie): FastifyReply {
  return reply.clearCookie(name, attributes).header('Clear-Site-Data', '"cache", "storage"')
}
