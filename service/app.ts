import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import fastifySwagger from '@fastify/swagger'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { Config, Secrets } from './config/config.ts'
import type { Clients } from './context.ts'
import { analysisRoutes } from './features/analyses.ts'
import { chatRoutes } from './features/chat.ts'
import { arenaRoutes } from './features/arena.ts'
import { datasetRoutes } from './features/dataset.ts'
import { exportRoutes } from './features/exports.ts'
import { fileRoutes } from './features/files.ts'
import { planRoutes } from './features/plans.ts'
import { errorHandler, sendProblem } from './http/errors.ts'
import { createGuards, UnreadBody } from './http/guards.ts'
import { mountHealth } from './http/health.ts'
import { logOptions } from './http/log.ts'
import { readPage } from './http/page-files.ts'
import { mountPages } from './http/pages.ts'
import { addSecurityHeaders, headerSets, securityHeaders } from './http/security-headers.ts'
import { sessionBound } from './http/session-bound.ts'
import { sessionStoreOf } from './http/session-plug-in.ts'
import { unreadRequests } from './http/unread-requests.ts'
import { createMetrics } from './metrics/metrics.ts'
import { openModels } from './models/open-models.ts'
import { startRounds } from './rounds.ts'
import { sessionCookie } from './session/cookie.ts'
import type { EndSessionOptions } from './stores/end-session.ts'
import { sessionRecords } from './stores/session-records.ts'
import { sessionStarts } from './stores/session-starts.ts'
import { connectBucket } from './stores/objects.ts'
import { connectRedis } from './stores/redis.ts'
import { watchReplicas } from './stores/replica-watch.ts'
import { openWorkshop } from './work/workshop.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Names the route in metrics: put there once, since a request's own would be joined anew each time. */
    label?: string
  }
}

export interface App {
  readonly server: FastifyInstance
  /** Says not ready, lets what is under way end, and closes every client. */
  close(): Promise<void>
}

const BODY_BYTES = 256 * 1024
/** For a request to arrive in. */
const REQUEST_MS = 15_000
// The balancer closes idle connections at 60 s; staying open longer avoids 502s on reuse.
const KEEP_ALIVE_MS = 75_000

/** The composition root: makes the clients and registers the parts, explicitly and in order. */
export async function createApp(config: Config, secrets: Secrets): Promise<App> {
  const taskId = randomBytes(6).toString('base64url')
  let requests = 0
  // Told apart by the task's own random part; nothing is guarded by its being unguessable.
  const nextRequestId = (): string => `${taskId}-${(requests += 1).toString(36)}`
  const unread = unreadRequests(headerSets(config).onApi, nextRequestId)
  const server = Fastify({
    logger: logOptions(config),
    logController: new LogController({ disableRequestLogging: true }),
    // A line that is written names its request itself; a child logger a request would cost every request for the few that log.
    childLoggerFactory: (logger) => logger,
    genReqId: nextRequestId,
    clientErrorHandler: unread.onClientError,
    // Node gives headers a minute and looks for requests past their time twice a minute: whoever drips one is cut within 20 s.
    http: { requireHostHeader: false, headersTimeout: REQUEST_MS, connectionsCheckingInterval: 5_000 },
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: BODY_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, request, reply) => {
      securityHeaders(config)(request, reply)
      void sendProblem(reply, 'invalid-input', 'The address cannot be read.')
    },
    routerOptions: { maxParamLength: 4_000 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: true } },
  })
  // A body that comes with a GET is looked through like any other: what names a session in it is not ignored in silence.
  for (const method of ['GET', 'HEAD']) server.addHttpMethod(method, { hasBody: true, overrideExisting: true })
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const fault = guards.names(request, body as string)
    if (fault !== undefined) done(fault)
    // Many clients announce JSON with every request, also where they send nothing.
    else if (body === '') done(null, undefined)
    else void parseJson(request, body as string, done)
  })
  const metrics = createMetrics({ service: 'chatmrpt', stage: config.stage }, (line) => {
    process.stdout.write(`${line}\n`)
  })
  const redisOptions = {
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: (err: Error) => {
      server.log.warn({ err }, 'Redis')
    },
  }
  const revoker = connectRedis(redisOptions)
  const replicas = watchReplicas(connectRedis(redisOptions), metrics, (err) => {
    server.log.warn({ err }, 'Replicas of Redis')
  })
  const openedModels = openModels(config, secrets, metrics)
  const clients: Clients = {
    redis: connectRedis({ ...redisOptions, isReplicaBehind: replicas.isBehind }),
    bucket: connectBucket(config, metrics),
    workshop: openWorkshop({ workers: config.workers }),
    models: openedModels.models,
    metrics,
  }
  const rounds = startRounds(clients, (err) => {
    server.log.warn({ err }, 'Erasure')
  })
  const cookie = sessionCookie(config.stage, secrets.cookieSecrets)
  const ending: EndSessionOptions = {
    revoker,
    logoutAcks: config.redis.logoutAcks,
    absoluteSeconds: config.session.absoluteSeconds,
  }
  const records = sessionRecords({
    redis: clients.redis,
    sealSecrets: secrets.sealSecrets,
    idleSeconds: config.session.idleSeconds,
    absoluteSeconds: config.session.absoluteSeconds,
    metrics,
  })
  const guards = createGuards(metrics, cookie.name)
  let isDraining = false

  server.setErrorHandler(errorHandler(metrics))
  server.setNotFoundHandler({ preValidation: guards.body }, (_request, reply) =>
    sendProblem(reply, 'not-found', 'There is nothing here by this address.'),
  )
  server.removeContentTypeParser('text/plain')
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new UnreadBody(body as string))
  })
  server.server.on('checkExpectation', unread.onExpectation)
  addSecurityHeaders(server, config)
  server.addHook('onRequest', unread.requireHost)
  server.addHook('onRequest', guards.request)
  server.addHook('onRequest', (_request, reply, done) => {
    if (isDraining) void reply.header('Connection', 'close')
    done()
  })
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, label: `${String(route.method)} ${route.url}` }
  })
  server.addHook('onResponse', (request, reply, done) => {
    metrics.request(
      request.routeOptions.config.label ?? `${request.method} unmatched`,
      reply.statusCode,
      reply.elapsedTime,
    )
    done()
  })

  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'ChatMRPT',
        version: config.version,
        description: 'Ward-level malaria risk ranking. Identity comes only from the session cookie.',
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookie.name } } },
    },
  })
  mountHealth(server, config, clients, () => isDraining)
  mountPages(server, readPage())
  await server.register(sessionBound, {
    clients,
    cookie,
    store: sessionStoreOf(records, ending),
    ending,
    starts: sessionStarts(clients.redis, secrets.sealSecrets[0].secret, metrics),
    sealSecrets: secrets.sealSecrets,
    guards,
    routes: [
      ...fileRoutes(),
      ...datasetRoutes(),
      ...analysisRoutes(),
      ...planRoutes(),
      ...exportRoutes(),
      ...arenaRoutes(),
      ...chatRoutes(),
    ],
    onEnded: rounds.eraseNow,
  })

  return {
    server,
    async close() {
      isDraining = true
      await pause(config.drainSeconds * 1000)
      await server.close()
      rounds.stop()
      replicas.stop()
      await clients.workshop.close()
      clients.redis.close()
      revoker.close()
      clients.bucket.s3.destroy()
      openedModels.close()
    },
  }
}
