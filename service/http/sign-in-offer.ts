import type { FastifyInstance } from 'fastify'
import { SignInReply } from '../features/replies/session.ts'

/** Says whether people can sign in here. It knows no session, so that a page can ask before there is one. */
export function mountSignInOffer(app: FastifyInstance, isOffered: boolean): void {
  app.get(
    '/sign-in',
    { schema: { summary: 'Whether people can sign in here', tags: ['sign-in'], response: { 200: SignInReply } } },
    (_request, reply) => {
      void reply.send({ isOffered })
    },
  )
}
