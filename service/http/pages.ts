import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apiReference } from './api-reference.ts'
import { chooseEncoding } from './choose-encoding.ts'
import { sendProblem } from './errors.ts'
import type { Page } from './page-files.ts'
import { say } from '../domain/said.ts'

/** What lies under a path that names its content never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/**
 * Serves the web page, its files and the API's description. None of them knows a session.
 * The routes are the same in every build, since metrics are kept by route.
 */
export function mountPages(app: FastifyInstance, { styles, files }: Page): void {
  const serve = (path: string, request: FastifyRequest, reply: FastifyReply): void => {
    const file = files.get(path)
    if (file === undefined) {
      void sendProblem(reply, 'not-found', say('nothing-at-address', {}))
      return
    }
    const { type, isImmutable, plain, encoded } = file
    const encoding = chooseEncoding(request.headers['accept-encoding'], [...encoded.keys()])
    if (isImmutable) void reply.header('cache-control', FOR_EVER)
    if (encoded.size > 0) void reply.header('vary', 'Accept-Encoding')
    if (encoding !== null) void reply.header('content-encoding', encoding)
    void reply.type(type).send((encoding === null ? undefined : encoded.get(encoding)) ?? plain)
  }
  for (const path of ['/', '/fr', '/guide'])
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      serve(path, request, reply)
    })
  for (const folder of ['/ui/', '/guide/', '/sample/'])
    app.get<{ Params: { file: string } }>(`${folder}:file`, { schema: { hide: true } }, (request, reply) => {
      serve(folder + request.params.file, request, reply)
    })
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => {
    void reply.type('text/html; charset=utf-8').send(apiReference(app.swagger(), styles))
  })
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    void reply.send(app.swagger())
  })
}
