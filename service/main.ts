import { createApp } from './app.ts'
import { readConfig } from './config/config.ts'

/**
 * Longer than the wait before closing plus the longest request, which a model may hold for 45 s. Shorter than the
 * task's stopTimeout.
 */
const DRAIN_MS = 75_000

const { config, secrets } = readConfig(process.env)
const app = await createApp(config, secrets)

/** Lets requests under way finish, then ends the process with this code. */
const drain = (code: number): void => {
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
      process.exit(code)
    },
    () => {
      process.exit(1)
    },
  )
}
const stop = (signal: string): void => {
  app.server.log.info({ signal }, 'Draining')
  drain(0)
}
process.once('SIGTERM', () => {
  stop('SIGTERM')
})
process.once('SIGINT', () => {
  stop('SIGINT')
})

// After an error that nothing caught, what the process holds cannot be relied on. So the task takes no further
// requests, and the platform starts another; the requests of everybody else end as they would have.
let isEnding = false
process.on('uncaughtException', (err) => {
  app.server.log.fatal({ err }, 'An error was caught by nothing: this task ends')
  if (!app.server.server.listening) process.exit(1)
  if (!isEnding) drain(1)
  isEnding = true
})

await app.server.listen({ host: config.host, port: config.port })
app.server.log.info({ stage: config.stage, port: config.port }, 'Listening')
if (config.signIn !== undefined) {
  app.server.log.info({ issuer: config.signIn.issuer }, 'People can sign in with this issuer')
}
