import type { FastifyInstance } from 'fastify'
import { UnreadBody, type Guards } from './guards.ts'

/**
 * How bodies are read. JSON is looked through by the guards as it was sent and then parsed, refusing `__proto__` and
 * `constructor`. A body of any other media type is kept unread for the guards, which refuse it.
 */
export function readBodies(server: FastifyInstance, guards: Guards): void {
  // A body that comes with a GET is looked through too: a session id in it is not ignored in silence.
  for (const method of ['GET', 'HEAD']) server.addHttpMethod(method, { hasBody: true, overrideExisting: true })
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const fault = guards.names(request, body as string)
    if (fault !== undefined) done(fault)
    // Many clients announce JSON with every request, also where they send nothing.
    else if (body === '') done(null, undefined)
    else void parseJson(request, body as string, done)
  })
  server.removeContentTypeParser('text/plain')
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new UnreadBody(body as string))
  })
}
