import type { SessionStore } from '@fastify/session'
import Fastify, { LogController } from 'fastify'
import { readConfig } from '../../service/config/config.ts'
import type { Clients } from '../../service/context.ts'
import type { AuditTrail } from '../../service/audit/audit-trail.ts'
import { createGuards } from '../../service/http/guards.ts'
import { logOptions } from '../../service/http/log.ts'
import { addSecurityHeaders } from '../../service/http/security-headers.ts'
import { fairQueue } from '../../service/work/fair-queue.ts'
import { openReplyRoom } from '../../service/http/reply-room.ts'
import { sessionBound } from '../../service/http/session-bound.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { sessionCookie } from '../../service/session/cookie.ts'
import { newIdentity } from '../../service/session/scope.ts'
import { plainRedis } from './plain-redis.ts'

/**
 * The service's own session routes, guards, headers and metrics over a store that does one GET or one SET of JSON.
 * Compared with this, the service adds the seal, the versions and the deadlines.
 * By design, an identity cannot be made from plain JSON. The only session of the bench has an identity made beforehand.
 */
const { config, secrets } = readConfig(process.env)
const redis = plainRedis(config, secrets)
const identity = newIdentity(Date.now())
const store: SessionStore = {
  get: (id, done) => {
    redis.get(`sess:${id}`).then((text) => {
      done(null, text === null ? null : { ...JSON.parse(text), identity })
    }, done)
  },
  set: (id, session, done) => {
    const now = Date.now()
    session.identity = Object.assign(identity, {
      record: {
        version: 1,
        absoluteExpiresAt: now + config.session.absoluteSeconds * 1000,
        idleExpiresAt: now + config.session.idleSeconds * 1000,
      },
    })
    redis
      .set(`sess:${id}`, JSON.stringify({ id: 'A'.repeat(32), ...identity.record }), 'EX', config.session.idleSeconds)
      .then(() => {
        done()
      }, done)
  },
  destroy: (id, done) => {
    redis.del(`sess:${id}`).then(() => {
      done()
    }, done)
  },
}

let requests = 0
const app = Fastify({
  logger: logOptions(config),
  logController: new LogController({ disableRequestLogging: true }),
  childLoggerFactory: (logger) => logger,
  genReqId: () => `bench-${(requests += 1).toString(36)}`,
})
const metrics = createMetrics({ service: 'chatmrpt', stage: config.stage }, (line) => {
  process.stdout.write(`${line}\n`)
})
const audit: AuditTrail = { record: () => undefined }
const cookie = sessionCookie(config.stage, secrets.cookieSecrets)
const guards = createGuards(audit, cookie.name)
addSecurityHeaders(app, config)
app.addHook('onRequest', guards.request)
app.addHook('onResponse', (request, reply, done) => {
  metrics.request(`${request.method} ${request.routeOptions.url ?? 'unmatched'}`, reply.statusCode, reply.elapsedTime)
  done()
})
app.get('/livez', () => ({ status: 'ok' }))
await app.register(sessionBound, {
  // The session routes use neither the other clients nor the ending: no feature is mounted and no session ends.
  clients: { metrics } as Clients,
  ending: {} as never,
  audit,
  limits: { take: async () => undefined },
  cookie,
  store,
  sealSecrets: secrets.sealSecrets,
  guards,
  routes: [],
  turns: fairQueue({ places: 100 }),
  replyRoom: openReplyRoom(),
  onEnded: () => undefined,
  signIn: null,
})
process.once('SIGTERM', () => {
  process.exit(0)
})
await app.listen({ host: config.host, port: config.port })
