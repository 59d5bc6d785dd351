import type { Test } from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { personIdOf } from '../../service/session/person.ts'
import { signedInIdentity } from '../../service/session/scope.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { sessionRecords } from '../../service/stores/session-records.ts'
import { recordKey, tokenOf, until, type Person } from './client.ts'
import { redisClient } from './parts.ts'
import type { LocalRedis } from '../../local/redis.ts'

const ISSUER = 'http://127.0.0.1:9'

/** Sign-in that is configured: the service has the routes of people who sign in. Nobody asks the provider anything. */
export const SIGN_IN_ENV = {
  SIGN_IN_ISSUER: ISSUER,
  SIGN_IN_CLIENT_ID: 'client-of-tests',
  SIGN_IN_CLIENT_SECRET: 'secret-of-tests-0123456789-0123456789',
  SIGN_IN_PUBLIC_URL: 'http://127.0.0.1:8080',
} as const

export interface SignInOfTests {
  /** What names a subject in the keys of the object store. */
  personIdOf(subject: string): string
  /** Signs somebody in whose session has started, as of `agoMs` before now. Their token stays the same. */
  signIn(who: Person, subject: string, agoMs?: number): Promise<void>
}

/**
 * Writes people into records of sessions as the end of a sign-in does, without a provider.
 * @param env the service's own environment, with its secrets
 */
export function signInOfTests(t: Test, server: LocalRedis, env: Readonly<Record<string, string>>): SignInOfTests {
  const { config, secrets } = readConfig(env)
  const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
  const redis = connectRedis({
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: () => undefined,
  })
  t.teardown(() => {
    redis.close()
  })
  const operator = redisClient(t, server)
  const records = sessionRecords({
    redis,
    sealSecrets: secrets.sealSecrets,
    idleSeconds: config.session.idleSeconds,
    absoluteSeconds: config.session.absoluteSeconds,
    metrics,
  })
  return {
    personIdOf: (subject) => personIdOf(ISSUER, subject),
    async signIn(who, subject, agoMs = 0) {
      await until(async () => redis.ping().then(Boolean, () => false), 10_000, 'an answer of Redis')
      const token = tokenOf(who.cookie)
      const identity = await records.read(token)
      if (identity === null) throw new Error('Cannot sign in: there is no session')
      const person = {
        personId: personIdOf(ISSUER, subject),
        issuer: ISSUER,
        subject,
        authTime: Date.now() - agoMs,
        name: subject,
        providerSession: null,
      }
      const signedIn = signedInIdentity(identity, person)
      signedIn.record = identity.record
      await operator.hset(recordKey(who.cookie), 'since', Date.now())
      await records.write(token, signedIn)
    },
  }
}
