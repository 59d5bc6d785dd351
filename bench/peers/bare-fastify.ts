import Fastify from 'fastify'

/** What Fastify itself costs: the reply of a session read, made of nothing. */
const app = Fastify()
const now = new Date().toISOString()
const session = { id: 'A'.repeat(32), createdAt: now, idleExpiresAt: now, absoluteExpiresAt: now, user: null }
app.get('/livez', () => ({ status: 'ok' }))
app.post('/api/session', (_request, reply) =>
  reply.code(201).header('set-cookie', 'session=nobody; Path=/').send({ session }),
)
app.get('/api/session', (_request, reply) => {
  void reply.send({ session })
})
process.once('SIGTERM', () => {
  process.exit(0)
})
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
