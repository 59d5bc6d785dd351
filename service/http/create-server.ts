import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'
import { sendProblem } from './errors.ts'
import { compileSchemasLate } from './late-schemas.ts'
import { logOptions } from './log.ts'
import { addSecurityHeaders, headerSets, securityHeaders } from './security-headers.ts'
import { unreadRequests } from './unread-requests.ts'
import { say } from '../domain/said.ts'

const BODY_BYTES = 256 * 1024
/** The time in which a request must arrive. */
const REQUEST_MS = 15_000
// The balancer closes idle connections at 60 s; staying open longer avoids 502s on reuse.
const KEEP_ALIVE_MS = 75_000
/**
 * How often Node looks for requests that are past their time. With its default, slow headers could drip for a minute.
 */
const CHECK_MS = 5_000

/**
 * The web server with its limits, its log, the headers of every reply and its answers to what cannot be read as a
 * request.
 */
export function createServer(config: Config, nextRequestId: () => string): FastifyInstance {
  const unread = unreadRequests(headerSets(config).onApi, nextRequestId)
  const server = Fastify({
    logger: logOptions(config),
    logController: new LogController({ disableRequestLogging: true }),
    // Each line names its request itself: a child logger would cost every request for the few that log.
    childLoggerFactory: (logger) => logger,
    genReqId: nextRequestId,
    clientErrorHandler: unread.onClientError,
    http: { requireHostHeader: false, headersTimeout: REQUEST_MS, connectionsCheckingInterval: CHECK_MS },
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: BODY_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, request, reply) => {
      securityHeaders(config)(request, reply)
      void sendProblem(reply, 'invalid-input', say('address-not-decoded', {}))
    },
    routerOptions: { maxParamLength: 4_000 },
  })
  compileSchemasLate(server)
  server.server.on('checkExpectation', unread.onExpectation)
  addSecurityHeaders(server, config)
  server.addHook('onRequest', unread.checkHead)
  return server
}
