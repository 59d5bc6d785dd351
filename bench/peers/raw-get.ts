import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { readConfig } from '../../service/config/config.ts'
import { plainRedis } from './plain-redis.ts'

/**
 * The least that a session read from Redis can cost: the cookie is the key, one GET, and the value is the reply as it
 * came. Nothing is signed, sealed, checked, extended or timed.
 */
const { config, secrets } = readConfig(process.env)
const redis = plainRedis(config, secrets)
const app = Fastify()
app.get('/livez', () => ({ status: 'ok' }))
app.post('/api/session', async (_request, reply) => {
  const now = new Date().toISOString()
  const session = { id: 'A'.repeat(32), createdAt: now, idleExpiresAt: now, absoluteExpiresAt: now, user: null }
  const key = randomBytes(24).toString('base64url')
  await redis.set(`sess:${key}`, JSON.stringify({ session }), 'EX', config.session.idleSeconds)
  return reply.code(201).header('set-cookie', `session=${key}; Path=/`).send({ session })
})
app.get('/api/session', async (request, reply) => {
  const value = await redis.get(`sess:${(request.headers.cookie ?? '').slice('session='.length)}`)
  return reply
    .code(value === null ? 401 : 200)
    .type('application/json')
    .send(value)
})
process.once('SIGTERM', () => {
  process.exit(0)
})
await app.listen({ host: config.host, port: config.port })
