import { RedisStore } from 'connect-redis'
import express from 'express'
import session from 'express-session'
import { createClient } from 'redis'
import { readConfig } from '../../service/config/config.ts'

/** Express with express-session and connect-redis as their pages show them, over the same Redis with TLS. */
declare module 'express-session' {
  interface SessionData {
    createdAt: number
    absoluteExpiresAt: number
  }
}

const { config, secrets } = readConfig(process.env)
const { host, port, username, tls, ca } = config.redis
const client = createClient({
  username,
  password: secrets.redisPassword,
  socket: tls ? { host, port, tls: true, ...(ca !== undefined && { ca }) } : { host, port },
})
client.on('error', (error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
})
await client.connect()

const app = express()
app.get('/livez', (_request, response) => {
  response.json({ status: 'ok' })
})
app.use(
  session({
    store: new RedisStore({ client, prefix: 'sess:', ttl: config.session.idleSeconds }),
    secret: [...secrets.cookieSecrets],
    name: 'session',
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: config.session.idleSeconds * 1_000 },
  }),
)
app.post('/api/session', (request, response) => {
  request.session.createdAt = Date.now()
  request.session.absoluteExpiresAt = Date.now() + config.session.absoluteSeconds * 1_000
  response.status(201).json({})
})
app.get('/api/session', (request, response) => {
  const { createdAt = 0, absoluteExpiresAt = 0, cookie } = request.session
  response.json({
    session: {
      id: request.sessionID,
      createdAt: new Date(createdAt).toISOString(),
      idleExpiresAt: new Date(Date.now() + (cookie.originalMaxAge ?? 0)).toISOString(),
      absoluteExpiresAt: new Date(absoluteExpiresAt).toISOString(),
      user: null,
    },
  })
})
process.once('SIGTERM', () => {
  process.exit(0)
})
app.listen(config.port, config.host)
