import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { auditTrail } from './audit/audit-trail.ts'
import type { Config, Secrets } from './config/config.ts'
import type { Clients } from './context.ts'
import { analysisRoutes } from './features/analyses.ts'
import { chartRoutes } from './features/charts.ts'
import { chatRoutes } from './features/chat.ts'
import { arenaRoutes } from './features/arena.ts'
import { datasetRoutes } from './features/dataset.ts'
import { exportRoutes } from './features/exports.ts'
import { fileRoutes } from './features/files.ts'
import { certaintyRoutes } from './features/certainty.ts'
import { personExportRoutes } from './features/person-export.ts'
import { planRoutes } from './features/plans.ts'
import { projectRoutes } from './features/projects.ts'
import { scenarioRoutes } from './features/scenarios.ts'
import { queryRoutes } from './features/queries.ts'
import { errorHandler, sendProblem } from './http/errors.ts'
import { createServer } from './http/create-server.ts'
import { createGuards } from './http/guards.ts'
import { mountHealth } from './http/health.ts'
import { readBodies } from './http/json-body.ts'
import { openReplyRoom } from './http/reply-room.ts'
import { requestLimits } from './http/request-limits.ts'
import { readPage } from './http/page-files.ts'
import { mountPages } from './http/pages.ts'
import { countRequests } from './http/route-metrics.ts'
import { mountSignInOffer } from './http/sign-in-offer.ts'
import { sessionBound } from './http/session-bound.ts'
import { sessionStoreOf } from './http/session-plug-in.ts'
import { createMetrics } from './metrics/metrics.ts'
import { openModels } from './models/open-models.ts'
import { startRounds } from './rounds.ts'
import { sessionCookie } from './session/cookie.ts'
import { projectKeys } from './session/project-keys.ts'
import { projectSeals } from './session/project-seals.ts'
import { sessionRecords } from './stores/session-records.ts'
import { rateLimits } from './stores/rate-limits.ts'
import { spentMarks } from './stores/spent-marks.ts'
import { personSessions } from './stores/person-sessions.ts'
import { connectBucket } from './stores/objects.ts'
import { connectRedis } from './stores/redis.ts'
import { fairQueue } from './work/fair-queue.ts'
import { watchReplicas } from './stores/replica-watch.ts'
import { openFileRoom } from './work/file-room.ts'
import { openWorkshop } from './work/workshop.ts'
import { say } from './domain/said.ts'

export interface App {
  readonly server: FastifyInstance
  /** Reports not ready, lets requests under way finish, and closes every client. */
  close(): Promise<void>
}

/** Requests at a time. Most wait for a store or a model, and a page sends about six at once. */
const TURNS = { places: 1_000, placesOfSession: 6, waitingOfSession: 16, waiting: 2_000 } as const

/** The composition root: makes the clients, then puts together the parts of the server in the order they act. */
export async function createApp(config: Config, secrets: Secrets): Promise<App> {
  const server = createServer(config, requestIds())
  const warn = (message: string) => (err: unknown) => {
    server.log.warn({ err }, message)
  }

  // These parts outlive requests. None of them holds user data.
  const metrics = createMetrics({ service: 'chatmrpt', stage: config.stage }, (line) => {
    process.stdout.write(`${line}\n`)
  })
  const secret = secrets.sealSecrets[0].secret
  const audit = auditTrail({
    metrics,
    secret,
    write: (level, fields, says) => {
      server.log[level](fields, says)
    },
  })
  const redisOptions = {
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: warn('Redis'),
  }
  const replicas = watchReplicas(connectRedis(redisOptions), metrics, warn('Replicas of Redis'))
  const openedModels = openModels(config, secrets, metrics)
  const clients: Clients = {
    redis: connectRedis({ ...redisOptions, isReplicaBehind: replicas.isBehind }),
    bucket: connectBucket(config, metrics),
    workshop: openWorkshop({ workers: config.workers }),
    fileRoom: openFileRoom(),
    drawRoom: openFileRoom(),
    models: openedModels.models,
    metrics,
    projectKeys: projectKeys(secrets.projectSecrets),
    projectSeals: projectSeals(secrets.sealSecrets),
    program: { version: config.version, commit: config.commit },
  }
  const rounds = startRounds(clients, config.signIn === undefined ? null : config.projects.keepDays, warn('Erasure'))

  // The session of each request.
  const cookie = sessionCookie(config.stage, secrets.cookieSecrets)
  const revoker = connectRedis(redisOptions)
  const ending = { revoker, logoutAcks: config.redis.logoutAcks, absoluteSeconds: config.session.absoluteSeconds }
  const sessionOptions = { redis: clients.redis, sealSecrets: secrets.sealSecrets, ...config.session }
  const records = sessionRecords({ ...sessionOptions, metrics })
  const signIn =
    config.signIn === undefined
      ? null
      : {
          // Loaded where people sign in alone: its libraries cost every start 0.1 s and 20 MiB.
          provider: (await import('./sign-in/provider.ts')).openProvider(
            config.signIn,
            secrets.signInClientSecret ?? '',
          ),
          issuer: config.signIn.issuer,
          spent: spentMarks(clients.redis),
          records,
          sessions: personSessions({ ...sessionOptions, ...ending }),
          signingIn: { ...sessionOptions, ...ending },
        }

  // Guards first, then what they guard.
  const guards = createGuards(audit, cookie.name)
  let isDraining = false
  server.addHook('onRequest', guards.request)
  server.addHook('onRequest', (_request, reply, done) => {
    if (isDraining) void reply.header('Connection', 'close')
    done()
  })
  readBodies(server, guards)
  countRequests(server, metrics)
  server.setErrorHandler(errorHandler(metrics, audit))
  server.setNotFoundHandler({ preValidation: guards.body }, (_request, reply) =>
    sendProblem(reply, 'not-found', say('nothing-at-address', {})),
  )

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
  mountSignInOffer(server, signIn !== null)
  mountPages(server, readPage())
  await server.register(sessionBound, {
    clients,
    cookie,
    store: sessionStoreOf(records, ending),
    ending,
    audit,
    limits: requestLimits(rateLimits(clients.redis, secret, metrics), audit),
    sealSecrets: secrets.sealSecrets,
    guards,
    routes: [
      ...fileRoutes(),
      ...datasetRoutes(),
      ...analysisRoutes(),
      ...planRoutes(),
      ...scenarioRoutes(),
      ...certaintyRoutes(),
      ...queryRoutes(),
      ...chartRoutes(),
      ...exportRoutes(),
      ...(config.signIn === undefined ? [] : [...projectRoutes(config.projects.keepDays), ...personExportRoutes()]),
      ...arenaRoutes(),
      ...chatRoutes(),
    ],
    turns: fairQueue(TURNS),
    replyRoom: openReplyRoom(),
    onEnded: rounds.eraseNow,
    signIn,
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

/** Request ids. A random part for each task keeps them distinct. They are not secret. */
function requestIds(): () => string {
  const taskId = randomBytes(6).toString('base64url')
  let requests = 0
  return () => `${taskId}-${(requests += 1).toString(36)}`
}
