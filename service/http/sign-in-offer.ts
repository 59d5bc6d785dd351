import type { FastifyInstance } from 'fastify'
import { SignInReply } from '../features/replies/session.ts'
import { PROBLEM } from './problem-schema.ts'

/** Says whether people can sign in here. It knows no session, so that a page can ask before there is one. */
export function mountSignInOffer(app: FastifyInstance, isOffered: boolean): void {
  app.get(
    '/sign-in',
    {
      schema: {
        summary: 'Whether people can sign in here',
        tags: ['sign-in'],
        response: { 200: SignInReply, default: PROBLEM },
      },
    },
    (_request, reply) => {
      void reply.send({ isOffered })
    },
  )
}
