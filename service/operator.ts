import { setTimeout as pause } from 'node:timers/promises'
import { auditTrail } from './audit/audit-trail.ts'
import { readConfig } from './config/config.ts'
import { createMetrics } from './metrics/metrics.ts'
import { carryOut } from './operator/carry-out.ts'
import { parseOperatorRequest } from './operator/operator-request.ts'
import { connectBucket } from './stores/objects.ts'
import { eraseOperatorRequest, OPERATOR_REQUEST, readOperatorRequest } from './stores/operator-request.ts'
import { personSessions } from './stores/person-sessions.ts'
import { connectRedis, type RedisConnection } from './stores/redis.ts'

const CONNECT_TRIES = 50

/**
 * Does what one object asks for and ends: 0 when it was done, 1 when not. It has the settings of the service, takes
 * nothing else from outside, and answers nobody. The object is deleted once it is done, so a second run does nothing.
 */
async function main(): Promise<number> {
  const { config, secrets } = readConfig(process.env)
  const log = (level: 'info' | 'warn', fields: Readonly<Record<string, unknown>>, msg: string): void => {
    const { version, commit } = config
    const line = {
      level: level === 'info' ? 30 : 40,
      time: Date.now(),
      version,
      commit,
      operator: true,
      ...fields,
      msg,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  const metrics = createMetrics({ service: 'chatmrpt', stage: config.stage }, (line) => {
    process.stdout.write(`${line}\n`)
  })
  const bucket = connectBucket(config, metrics)
  const redis = connectRedis({
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: ({ message }) => {
      log('warn', { reason: message }, 'Redis')
    },
  })
  try {
    const text = await readOperatorRequest(bucket)
    if (text === null) {
      log('warn', {}, `Nothing was done: there is no ${OPERATOR_REQUEST}`)
      return 1
    }
    const request = parseOperatorRequest(text)
    await untilConnected(redis)
    const sessions = personSessions({
      redis,
      revoker: redis,
      logoutAcks: config.redis.logoutAcks,
      absoluteSeconds: config.session.absoluteSeconds,
      sealSecrets: secrets.sealSecrets,
    })
    const audit = auditTrail({ metrics, secret: secrets.sealSecrets[0].secret, write: log })
    const done = await carryOut(request, { sessions, bucket, audit })
    await eraseOperatorRequest(bucket)
    log('info', { act: request.act, ...done }, 'The request was carried out')
    return 0
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: typeof error, message: '' }
    log('warn', { reason: `${name}: ${message}` }, 'The request was not carried out; what it began may be repeated')
    return 1
  } finally {
    metrics.flush()
    redis.close()
    bucket.s3.destroy()
  }
}

/** @throws Fault `session-store-unavailable` after five seconds */
async function untilConnected(redis: RedisConnection): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await redis.ping()
      return
    } catch (error) {
      if (tries === CONNECT_TRIES) throw error
      await pause(100)
    }
  }
}

process.exit(await main())
