import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/**
 * Puts on every reply, errors included: nothing is cached anywhere, nothing is framed, sniffed or referred,
 * and a page may load only what this origin serves and send files only to the bucket.
 */
export function addSecurityHeaders(app: FastifyInstance, config: Config): void {
  const put = securityHeaders(config)
  app.addHook('onRequest', (request, reply, done) => {
    put(request, reply)
    done()
  })
}

/** For replies that no hook reaches, such as the one to an address that cannot be decoded. */
export function securityHeaders({ stage, objects }: Config): (request: FastifyRequest, reply: FastifyReply) => void {
  const bucketOrigin = objects.endpoint === undefined
    ? `https://${objects.bucket}.s3.${objects.region}.amazonaws.com`
    : new URL(objects.endpoint).origin
  const everywhere = {
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(stage !== 'local' && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' })
  }
  const onPages = {
    ...everywhere,
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ${bucketOrigin}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'X-Frame-Options': 'DENY'
  }
  // JSON is no document: it loads nothing and opens nothing, and need not carry what only documents heed.
  const onApi = { ...everywhere, 'Content-Security-Policy': "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'" }
  return (request, reply) => { void reply.headers(request.url.startsWith('/api/') ? onApi : onPages).header('X-Request-Id', request.id) }
}
