import { randomBytes } from 'node:crypto'
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import t from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { personIdOf, type VouchedPerson } from '../../service/session/person.ts'
import { projectSeals } from '../../service/session/project-seals.ts'
import { newIdentity, scopeOf, signedInIdentity } from '../../service/session/scope.ts'
import { connectBucket } from '../../service/stores/objects.ts'
import type { FileToSave } from '../../service/stores/project-content.ts'
import { projectStore, type ProjectStore } from '../../service/stores/project-store.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { until } from '../support/client.ts'
import { envFor, redis, s3 } from '../support/parts.ts'

const MIB = 1024 * 1024
const ROUNDS = 10

t.setTimeout(180_000)
t.test('of devices that save at the same moment, none takes a person past what they may keep', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: objects.accessKeyId, AWS_SECRET_ACCESS_KEY: objects.secretAccessKey })
  const { config, secrets } = readConfig(envFor(server, objects))
  const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
  const connection = connectRedis({
    redis: config.redis,
    password: secrets.redisPassword,
    metrics,
    onError: () => undefined,
  })
  const bucket = connectBucket(config, metrics)
  t.teardown(() => {
    connection.close()
    bucket.s3.destroy()
  })
  await until(async () => connection.ping().then(Boolean, () => false), 10_000, 'an answer of Redis')

  /** The projects of one person, as a session of theirs sees them. */
  const device = (subject: string, limits: { projects: number; bytes: number }): ProjectStore => {
    const issuer = 'https://id.example.org'
    const person: VouchedPerson = {
      personId: personIdOf(issuer, subject),
      issuer,
      subject,
      name: subject,
      email: null,
      authTime: Date.now(),
      providerSession: null,
    }
    const identity = signedInIdentity(newIdentity(Date.now()), person)
    identity.record = { version: 1, absoluteExpiresAt: Infinity, idleExpiresAt: Infinity, epoch: 1 }
    return projectStore(scopeOf({ identity }, secrets.sealSecrets), {
      redis: connection,
      bucket,
      seals: projectSeals(secrets.sealSecrets),
      limits,
      now: Date.now,
      onForeignId: () => undefined,
      warn: (error) => {
        t.fail(String(error))
      },
    })
  }
  const file = (bytes: number): FileToSave => ({
    bytes,
    async *body() {
      yield randomBytes(bytes)
    },
  })
  const kindOf = (outcome: PromiseSettledResult<unknown>): string =>
    outcome.status === 'fulfilled' ? 'kept' : (outcome.reason as { kind: string }).kind

  for (const [what, limits, refusal] of [
    ['bytes', { projects: 20, bytes: 3 * MIB }, 'too-large'],
    ['projects', { projects: 1, bytes: 100 * MIB }, 'projects-full'],
  ] as const)
    await t.test(`of new projects, by ${what}`, async (t) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const subject = `${what}-${String(round)}`
        const devices = [device(subject, limits), device(subject, limits), device(subject, limits)] as const
        const outcomes = await Promise.allSettled(devices.map((own) => own.create('Kano', file(2 * MIB))))
        t.strictSame(outcomes.map(kindOf).sort(), ['kept', refusal, refusal].sort())
        const kept = await devices[0].list()
        t.equal(kept.length, 1)
        const folder = { Prefix: `projects/${personIdOf('https://id.example.org', subject)}/` }
        const { Versions = [] } = await bucket.s3.send(
          new ListObjectVersionsCommand({ Bucket: objects.bucket, ...folder }),
        )
        const stored = Versions.reduce((sum, { Size = 0 }) => sum + Size, 0)
        t.ok(stored > 2 * MIB && stored < 2.1 * MIB, `what was refused is not stored: ${String(stored)} bytes are`)
      }
    })

  await t.test('of next versions, which may grow', async (t) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const limits = { projects: 20, bytes: 5 * MIB }
      const [desk, phone] = [device(`grown-${String(round)}`, limits), device(`grown-${String(round)}`, limits)]
      const [one, other] = [await desk.create('One', file(MIB)), await desk.create('Other', file(MIB))]
      const outcomes = await Promise.allSettled([
        desk.change(one, { file: file(3 * MIB) }),
        phone.change(other, { file: file(3 * MIB) }),
      ])
      t.strictSame(outcomes.map(kindOf).sort(), ['kept', 'too-large'])
      const kept = await desk.list()
      const bytes = kept.map(({ content }) => content.bytes / MIB).sort()
      t.strictSame(bytes, [1, 3], 'the other project is as it was')
      for (const project of kept) {
        let read = 0
        for await (const piece of desk.read(project)) read += piece.length
        t.equal(read, project.content.bytes, 'and both can be read whole')
      }
    }
  })
})
