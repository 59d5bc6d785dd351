import fastifyCookie from '@fastify/cookie'
import fastifySession, { type SessionStore } from '@fastify/session'
import Fastify from 'fastify'
import { readConfig } from '../../service/config/config.ts'
import { plainRedis } from './plain-redis.ts'

/**
 * The app with which a session read is compared: @fastify/session with a store that does one GET or one SET of JSON,
 * over the same Redis with TLS and the same ioredis. It seals nothing, checks no version and survives no fault.
 */
const { config, secrets } = readConfig(process.env)
const redis = plainRedis(config, secrets)
const store: SessionStore = {
  get: (id, done) => {
    redis.get(`sess:${id}`).then((text) => {
      done(null, text === null ? null : JSON.parse(text))
    }, done)
  },
  set: (id, session, done) => {
    redis.set(`sess:${id}`, JSON.stringify(session), 'EX', config.session.idleSeconds).then(() => {
      done()
    }, done)
  },
  destroy: (id, done) => {
    redis.del(`sess:${id}`).then(() => {
      done()
    }, done)
  },
}
const app = Fastify()
await app.register(fastifyCookie)
await app.register(fastifySession, {
  secret: [...secrets.cookieSecrets],
  cookieName: 'session',
  cookie: { secure: false },
  store,
  rolling: false,
  saveUninitialized: false,
})
app.get('/livez', () => ({ status: 'ok' }))
app.get('/readyz', async () => ({ redis: await redis.ping() }))
app.post('/api/session', async (request, reply) => {
  const now = Date.now()
  Object.assign(request.session, {
    id: request.session.sessionId,
    createdAt: now,
    absoluteExpiresAt: now + config.session.absoluteSeconds * 1000,
    user: null,
  })
  await request.session.save()
  return reply.code(201).send({})
})
app.get('/api/session', (request, reply) => {
  const { id, createdAt, absoluteExpiresAt, user } = request.session as unknown as Record<string, number>
  void reply.send({
    session: {
      id,
      createdAt: new Date(createdAt ?? 0).toISOString(),
      absoluteExpiresAt: new Date(absoluteExpiresAt ?? 0).toISOString(),
      user,
    },
  })
})
process.once('SIGTERM', () => {
  process.exit(0)
})
await app.listen({ host: config.host, port: config.port })
