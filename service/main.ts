import { createApp } from './app.ts'
import { readConfig } from './config/config.ts'

/**
 * Longer than the wait before closing plus the longest request, which a model may hold for 45 s. Shorter than the
 * task's stopTimeout.
 */
const DRAIN_MS = 75_000

const { config, secrets } = readConfig(process.env)
const app = await createApp(config, secrets)

const stop = (signal: string): void => {
  app.server.log.info({ signal }, 'Draining')
  setTimeout(() => {
    process.exit(1)
  }, DRAIN_MS).unref()
  // A connection whose last reply ends after closing has begun would otherwise stay open for a request that is not
  // accepted.
  setInterval(() => {
    if (!app.server.server.listening) app.server.server.closeIdleConnections()
  }, 200).unref()
  app.close().then(
    () => {
      process.exit(0)
    },
    () => {
      process.exit(1)
    },
  )
}
process.once('SIGTERM', () => {
  stop('SIGTERM')
})
process.once('SIGINT', () => {
  stop('SIGINT')
})

await app.server.listen({ host: config.host, port: config.port })
app.server.log.info({ stage: config.stage, port: config.port }, 'Listening')
if (config.signIn !== undefined) {
  app.server.log.info({ issuer: config.signIn.issuer }, 'People can sign in with this issuer')
}
