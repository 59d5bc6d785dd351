import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { isRecentSignIn } from '../domain/recent-sign-in.ts'
import { OwnSessionsReply } from '../features/replies/session.ts'
import { scopeOf } from '../session/scope.ts'
import type { SealSecrets } from '../session/seal.ts'
import { handleOf } from '../stores/person-sessions.ts'
import { about } from './audit-about.ts'
import { NO_QUERY, refuseBody } from './closed-input.ts'
import { PROBLEM } from './problem-schema.ts'
import { forget, type SessionRoutesOptions } from './session-routes.ts'
import type { SignInParts } from './sign-in-parts.ts'

const schemaOf = (summary: string, response: Readonly<Record<number, unknown>>): Record<string, unknown> => ({
  summary,
  tags: ['session'],
  querystring: NO_QUERY,
  response: { ...response, default: PROBLEM },
})

/**
 * A person's own sessions on all their devices: list, end one, end the others, end all. Ending needs a recent sign-in,
 * so that somebody who has taken a session over cannot throw its owner out.
 */
export function mountOwnSessions(
  app: FastifyInstance,
  { cookie, audit, sealSecrets, onEnded }: SessionRoutesOptions,
  { sessions }: SignInParts,
): void {
  /** @throws Fault `sign-in-needed` in an anonymous session, `sign-in-again` when the sign-in is too long ago */
  const personToEnd = (request: FastifyRequest): { personId: string; token: string } => {
    const { personId, token, authTime } = personOfRequest(request, sealSecrets)
    if (isRecentSignIn(authTime, Date.now())) return { personId, token }
    audit.record('step-up-refused', { ...about(request), personId })
    throw new Fault('sign-in-again', say('sign-in-again-for-sessions', {}))
  }
  const endedOwn = (request: FastifyRequest): void => {
    ;(request as { session: unknown }).session = null
  }

  app.get(
    '/api/sessions',
    { schema: schemaOf('Your own sessions on all your devices', { 200: OwnSessionsReply }) },
    async (request, reply) => {
      refuseBody(request.body)
      const { personId, token } = personOfRequest(request, sealSecrets)
      const own = handleOf(token)
      return reply.send({
        sessions: (await sessions.list(personId)).map(({ handle, device, signedInAt }) => ({
          ref: handle,
          device,
          signedInAt: new Date(signedInAt).toISOString(),
          isThisOne: handle === own,
        })),
      })
    },
  )

  app.delete(
    '/api/sessions/:ref',
    { schema: schemaOf('End one of your own sessions and delete its data', { 204: Type.Null() }) },
    async (request, reply) => {
      refuseBody(request.body)
      const { personId, token } = personToEnd(request)
      const { ref } = request.params as { ref: string }
      await sessions.endOne(personId, ref)
      audit.record('one-session-ended', { ...about(request), personId })
      onEnded()
      if (ref !== handleOf(token)) return reply.code(204).send()
      endedOwn(request)
      return forget(reply, cookie).code(204).send()
    },
  )

  app.delete(
    '/api/session/others',
    { schema: schemaOf('End all your sessions but this one, and delete their data', { 204: Type.Null() }) },
    async (request, reply) => {
      refuseBody(request.body)
      const { personId, token } = personToEnd(request)
      await sessions.endOthers(personId, token)
      audit.record('other-sessions-ended', { ...about(request), personId })
      onEnded()
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/sessions',
    { schema: schemaOf('End all your sessions, this one too, and delete their data', { 204: Type.Null() }) },
    async (request, reply) => {
      refuseBody(request.body)
      const { personId } = personToEnd(request)
      await sessions.endAll(personId)
      audit.record('sessions-of-person-ended', { ...about(request), personId })
      onEnded()
      endedOwn(request)
      return forget(reply, cookie).code(204).send()
    },
  )
}

/** @throws Fault `sign-in-needed` in an anonymous session */
function personOfRequest(
  request: FastifyRequest,
  secrets: SealSecrets,
): { personId: string; token: string; authTime: number } {
  const { person } = scopeOf(request.session, secrets)
  if (person === null) throw new Fault('sign-in-needed', say('session-list-of-signed-in', {}))
  return { personId: person.personId, token: request.session.sessionId, authTime: person.authTime }
}
