import type { Test } from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { personOf, signedInIdentity } from '../../service/session/scope.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { sessionRecords } from '../../service/stores/session-records.ts'
import { tokenOf, until, type Person } from './client.ts'

/**
 * Puts a sign-in back by so much time, in the record of the session, since no test waits for minutes.
 * @param env the service's own environment, with its secrets
 */
export async function putBackSignIn(
  t: Pick<Test, 'teardown'>,
  env: Readonly<Record<string, string>>,
  who: Person,
  byMs: number,
): Promise<void> {
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
  const records = sessionRecords({ redis, sealSecrets: secrets.sealSecrets, ...config.session, metrics })
  await until(async () => redis.ping().then(Boolean, () => false), 10_000, 'an answer of Redis')
  const identity = await records.read(tokenOf(who.cookie))
  const person = identity === null ? null : personOf(identity)
  if (identity === null || person === null) throw new Error('Cannot put back a sign-in: nobody is signed in')
  const earlier = signedInIdentity(identity, { ...person, authTime: person.authTime - byMs })
  earlier.record = identity.record
  await records.write(tokenOf(who.cookie), earlier)
}
