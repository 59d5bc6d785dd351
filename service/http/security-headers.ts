import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'

/**
 * Puts on every reply, errors included: nothing is cached anywhere, nothing is framed, sniffed or referred,
 * and a page may load only what this origin serves and send files only to the bucket.
 */
export function addSecurityHeaders(app: FastifyInstance, { stage, objects }: Config): void {
  const bucketOrigin = objects.endpoint === undefined
    ? `https://${objects.bucket}.s3.${objects.region}.amazonaws.com`
    : new URL(objects.endpoint).origin
  const headers = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ${bucketOrigin}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    ...(stage !== 'local' && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' })
  }
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('X-Request-Id', request.id)
    done()
  })
}
