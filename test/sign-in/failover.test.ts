import t from 'tap'
import { startRelay } from '../../local/relay.ts'
import { person, repeated, tokenOf, until, type Person } from '../support/client.ts'
import { redis, redisClient, s3, secrets, startService } from '../support/parts.ts'
import { answeredSignIn, sealSecretsOf, type AnsweredSignIn } from '../support/sealed-sign-in.ts'
import { provider } from '../support/sign-in.ts'

const PEOPLE = 60
/** Sign-ins under way at a time. */
const AT_ONCE = 6

/** One sign-in, with what is known of it. */
interface Attempt extends AnsweredSignIn {
  readonly who: Person
  /** The cookie of the session that signs in. */
  readonly old: string
  /** Its data. */
  readonly sessionId: string
  status: number
}

t.setTimeout(180_000)
t.test('sign-ins while Redis fails over leave one token alive, and no acknowledged one is undone', async (t) => {
  const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
  const replica = await redis(t, { replicaOf: server })
  const relay = await startRelay(server.port)
  t.teardown(() => {
    relay.close()
  })
  const shared = secrets()
  const service = await startService(t, {
    redis: server,
    s3: objects,
    secrets: shared,
    env: { ...issuer.env, REDIS_URL: `rediss://127.0.0.1:${String(relay.port)}`, REDIS_LOGOUT_ACKS: '1' },
    port: issuer.servicePort,
  })
  const idOf = async (who: Person, cookie: string): Promise<string | undefined> =>
    (await repeated(() => who.get('/api/session', { cookie }))).json<{ session?: { id: string } }>().session?.id
  const operator = redisClient(t, server)
  await until(async () => (await operator.wait(1, 100)) === 1, 15_000, 'the replica')

  const attempts: Attempt[] = []
  for (let at = 0; at < PEOPLE; at += 1) {
    const who = person(t, service.url)
    await who.start()
    const old = who.cookie ?? ''
    const answered = answeredSignIn(sealSecretsOf(shared.sealSecrets), `person-${String(at)}`)
    attempts.push({ ...answered, who, old, sessionId: (await idOf(who, old)) ?? '', status: 0 })
  }

  const promoted = redisClient(t, replica)
  const failOver = async (): Promise<void> => {
    // What is written from now on is on the primary alone, and lost with it.
    await promoted.replicaof('127.0.0.1', '1')
    await until(() => attempts.some(({ status }) => status === 503), 10_000, 'a sign-in that the replica never had')
    await server.kill()
    await promoted.replicaof('NO', 'ONE')
    relay.pointTo(replica.port)
    await redis(t, { replicaOf: replica })
    await until(async () => (await promoted.wait(1, 100)) === 1, 15_000, 'another replica')
  }
  let next = 0
  let failing = Promise.resolve()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let at = next++; at < PEOPLE; at = next++) {
        if (at === PEOPLE / 3) failing = failOver()
        const attempt = attempts[at]
        if (attempt === undefined) return
        const { who, path, cookie, old } = attempt
        attempt.status = (await who.get(path, { cookie: `${old}; ${cookie}` })).status
        // While nothing is acknowledged, everybody would be refused at once.
        if (attempt.status === 503 && at > PEOPLE / 2) await failing
      }
    }),
  )
  await failing

  const found = { acknowledged: 0, refused: 0, oldAliveAfterRefusal: 0, revived: 0, bothAlive: 0, otherData: 0 }
  for (const { who, path, cookie, old, token, sessionId, status } of attempts) {
    const isOldAlive = (await idOf(who, old)) !== undefined
    if (status === 303) {
      found.acknowledged += 1
      if (isOldAlive) found.revived += 1
    } else {
      t.equal(status, 503)
      found.refused += 1
      if (isOldAlive) found.oldAliveAfterRefusal += 1
      // The browser still holds what the provider said, and a reload goes on from there.
      t.equal((await repeated(() => who.get(path, { cookie: `${old}; ${cookie}` }))).status, 303)
    }
    t.equal(tokenOf(who.cookie), token)
    if ((await idOf(who, old)) !== undefined) found.bothAlive += 1
    if ((await idOf(who, who.cookie ?? '')) !== sessionId) found.otherData += 1
  }
  t.comment(
    `measured: in a failover ${String(found.acknowledged)} of ${String(PEOPLE)} sign-ins were acknowledged, ` +
      `${String(found.revived)} of them undone, and after the others ${String(found.bothAlive)} tokens were alive twice`,
  )
  t.match(found, { revived: 0, bothAlive: 0, otherData: 0 })
  t.ok(found.acknowledged >= 10 && found.refused >= 1, JSON.stringify(found))
  t.ok(found.oldAliveAfterRefusal >= 1, 'a sign-in was lost with the primary, so that there was something to undo')
})
