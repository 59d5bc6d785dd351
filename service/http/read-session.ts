import type { SessionStore } from '@fastify/session'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SessionCookie } from '../session/cookie.ts'

/**
 * Finds the session of each request by its cookie: the token whose signature is valid, and what the store has for it.
 * A request without a session has an empty one. Nothing is made, changed or saved here: that is the plug-in's part,
 * which costs every request an object of its own and a hash of it.
 */
export function readSession(
  app: FastifyInstance,
  { cookie, store }: { readonly cookie: SessionCookie; readonly store: SessionStore },
): void {
  app.decorateRequest('session', null as never)
  app.addHook('onRequest', (request, _reply, done) => {
    const token = cookie.tokenOf(request.cookies[cookie.name])
    if (token === null) {
      request.session = {} as FastifyRequest['session']
      done()
      return
    }
    store.get(token, (error, found) => {
      request.session = { ...found, sessionId: token } as FastifyRequest['session']
      done(error as Error | undefined)
    })
  })
}
