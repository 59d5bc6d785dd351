import type { FastifyInstance } from 'fastify'
import { apiReference } from './api-reference.ts'

export interface PageFile {
  readonly type: string
  readonly body: Buffer
}

/** Serves the web page, its files and the API's description. None of them knows a session. */
export function mountPages(app: FastifyInstance, files: ReadonlyMap<string, PageFile>): void {
  for (const [url, { type, body }] of files) {
    app.get(url, { schema: { hide: true } }, (_request, reply) => {
      void reply.type(type).send(body)
    })
  }
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => {
    void reply.type('text/html; charset=utf-8').send(apiReference(app.swagger()))
  })
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    void reply.send(app.swagger())
  })
}
