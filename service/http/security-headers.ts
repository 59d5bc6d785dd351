import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'

/**
 * Goes on every reply, including errors: nothing is cached, framed, sniffed or referred, a page may load only what this
 * origin serves, and it may send files only to the bucket.
 */
export function addSecurityHeaders(app: FastifyInstance, config: Config): void {
  const put = securityHeaders(config)
  app.addHook('onRequest', (request, reply, done) => {
    put(request, reply)
    done()
  })
}

/** For replies that no hook reaches, such as the one to an address that cannot be decoded. */
export function securityHeaders(config: Config): (request: FastifyRequest, reply: FastifyReply) => void {
  const { onApi, onPages } = headerSets(config)
  return (request, reply) => {
    void reply.headers(request.url.startsWith('/api/') ? onApi : onPages).header('x-request-id', request.id)
  }
}

/** The headers of the API's replies besides the request id, and those of pages, which are documents. */
export function headerSets({
  stage,
  objects,
}: Config): Readonly<Record<'onApi' | 'onPages', Readonly<Record<string, string>>>> {
  const bucketOrigin =
    objects.endpoint === undefined
      ? `https://${objects.bucket}.s3.${objects.region}.amazonaws.com`
      : new URL(objects.endpoint).origin
  const everywhere = {
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(stage !== 'local' && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  }
  const onPages = {
    ...everywhere,
    'content-security-policy': [
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:",
      `connect-src 'self' ${bucketOrigin}`,
      "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'x-frame-options': 'DENY',
  }
  // JSON is not a document: it loads and opens nothing, and needs no headers that only documents use.
  const onApi = {
    ...everywhere,
    'content-security-policy': "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  }
  return { onApi, onPages }
}
