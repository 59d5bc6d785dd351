import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { personIdOf } from '../session/person.ts'
import { about } from './audit-about.ts'
import { NO_QUERY } from './closed-input.ts'
import { UnreadBody } from './guards.ts'
import { PROBLEM } from './problem-schema.ts'
import type { SessionRoutesOptions } from './session-routes.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** A logout token is about 1 KB; keys of 4,096 bits and long claims have room. */
const FORM_BYTES = 16 * 1024

/** Where the provider itself says that a person has signed out there. It proves who it is by its signature alone. */
export function mountBackChannel(
  app: FastifyInstance,
  { audit }: SessionRoutesOptions,
  { provider, issuer, spent, sessions }: SignInParts,
): void {
  void app.register((channel, _options, done) => {
    channel.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      (_request, body, parsed) => {
        const unread = new UnreadBody(body as string)
        if (unread.namesSession) parsed(null, unread)
        else parsed(null, Object.fromEntries(new URLSearchParams(body as string)))
      },
    )
    channel.post(
      '/auth/backchannel-logout',
      {
        config: { sessionOptional: true },
        schema: {
          summary: "End a person's sessions at the sign-in provider's word",
          tags: ['sign-in'],
          consumes: ['application/x-www-form-urlencoded'],
          querystring: NO_QUERY,
          body: Type.Object({ logout_token: Type.String() }, { additionalProperties: false }),
          response: { 200: Type.Null(), default: PROBLEM },
        },
      },
      async (request, reply) => {
        const { logout_token: token } = request.body as { logout_token: string }
        const { subject, providerSession, tokenId } = await provider.readLogout(token)
        if (!(await spent.spend('logout-token', tokenId)))
          throw new Fault('sign-in-refused', say('logout-token-used', {}))
        const personId = personIdOf(issuer, subject)
        try {
          if (providerSession === null) await sessions.endAll(personId)
          else await sessions.endProviderSession(personId, providerSession)
        } catch (error) {
          // The provider repeats a request that failed, and is heard then.
          await spent.restore('logout-token', tokenId)
          throw error
        }
        audit.record('provider-logout', { ...about(request), personId })
        return reply.code(200).send()
      },
    )
    done()
  })
}
