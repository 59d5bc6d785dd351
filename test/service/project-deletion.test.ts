import { PutObjectCommand } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { connectBucket } from '../../service/stores/objects.ts'
import { eraseProject, eraseProjectsOf, sweepProjects } from '../../service/stores/project-sweep.ts'
import { connectRedis } from '../../service/stores/redis.ts'
import { until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { listing, patch, save, stackWithSignIn, type StackWithSignIn } from '../support/kept-projects.ts'
import { redisClient, secrets, startService } from '../support/parts.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const KEEP_MS = 180 * DAY_MS

/** The clients with which a task makes its rounds. */
async function rounds(t: Test, { server, objects, env }: StackWithSignIn) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: objects.accessKeyId, AWS_SECRET_ACCESS_KEY: objects.secretAccessKey })
  const { config, secrets: read } = readConfig(env)
  const metrics = createMetrics({ service: 'test', stage: 'local' }, () => undefined)
  const redis = connectRedis({
    redis: config.redis,
    password: read.redisPassword,
    metrics,
    onError: () => undefined,
  })
  const bucket = connectBucket(config, metrics)
  t.teardown(() => {
    redis.close()
    bucket.s3.destroy()
  })
  const operator = redisClient(t, server)
  return {
    bucket,
    operator,
    queued: () => operator.zrange('erasures:projects', '0', '-1'),
    /** The sweep as it will be after so much time, by any task. */
    sweep: async (afterMs: number): Promise<number | null> => {
      await until(async () => redis.ping().then(Boolean, () => false), 10_000, 'an answer of Redis')
      await operator.del('sweep:projects')
      return await sweepProjects({ redis, bucket, keepMs: KEEP_MS, now: () => Date.now() + afterMs })
    },
    /** Another task asks on the same day. */
    again: () => sweepProjects({ redis, bucket, keepMs: KEEP_MS, now: Date.now }),
  }
}

async function withWards(who: Person): Promise<Person> {
  await uploadWards(who, wardsCsv('Ward'))
  return who
}

t.setTimeout(300_000)
t.test('a deletion', async (t) => {
  const stack = await stackWithSignIn(t)
  const folder = `projects/${stack.personIdOf('alice')}/`

  await t.test('needs a sign-in of the last five minutes', async (t) => {
    const long = await withWards(await stack.device('alice', 5 * MINUTE_MS + 1_000))
    const { id } = await save(long, 'Kept')
    const refused = await long.delete(`/api/projects/${id}`)
    t.equal(refused.status, 403, 'a sign-in of five minutes ago is too old')
    t.equal(refused.problem, 'sign-in-again')
    t.match(refused.text, '/auth/login?fresh=true')
    t.match(await listing(long), { projects: [{ id }] })
    const recent = await stack.device('alice', 4 * MINUTE_MS)
    t.equal((await recent.delete(`/api/projects/${id}`)).status, 204)
    t.equal((await recent.delete(`/api/projects/${id}`)).problem, 'not-found')
    t.match(await listing(long), { projects: [], open: null })
  })

  await t.test('takes every version of every object, and the mark of the deletion last', async (t) => {
    const who = await withWards(await stack.device('alice'))
    const { id } = await save(who, 'Gone')
    await patch(who, id, { version: 1, name: 'Renamed' })
    await who.post(`/api/projects/${id}/open`)
    t.ok((await stack.versions(`${folder}${id}/`)).length >= 3)
    t.equal((await who.delete(`/api/projects/${id}`)).status, 204)
    const begin = performance.now()
    await until(async () => (await stack.versions(`${folder}${id}/`)).length === 1, 20_000, 'the erasure')
    const seconds = (performance.now() - begin) / 1_000
    t.comment(`measured: every version of every object of a deleted project was gone after ${seconds.toFixed(1)} s`)
    t.strictSame(await stack.versions(`${folder}${id}/`), [`${folder}${id}/deleted`])
    const { bucket, queued } = await rounds(t, stack)
    const place = `${stack.personIdOf('alice')}/${id}`
    t.ok((await queued()).includes(`late:${place}`), 'it is done once more when no write can be under way')
    await eraseProject(bucket, place, () => Date.now() + 16 * MINUTE_MS)
    t.strictSame(await stack.versions(`${folder}${id}/`), [])
  })

  await t.test('that breaks off is carried on by the next sweep, and nothing of it is shown', async (t) => {
    const who = await withWards(await stack.device('alice'))
    const { id } = await save(who, 'Broken off')
    const { queued, sweep, again, operator } = await rounds(t, stack)
    await stack.store.send(
      new PutObjectCommand({ Bucket: stack.objects.bucket, Key: `${folder}${id}/deleted`, Body: '' }),
    )
    t.strictSame((await listing(who)).projects, [], 'it is not listed')
    t.equal((await who.post(`/api/projects/${id}/open`)).problem, 'not-found')
    t.equal(await sweep(0), 0)
    t.ok((await queued()).some((entry) => entry.endsWith(id)))
    t.equal(await again(), null, 'one round a day')
    // A task asks for the next round every ten minutes, and the second deletion comes 16 minutes after the first.
    const untilNext = await operator.pttl('sweep:projects')
    const hours = untilNext / HOUR_MS + (10 + 16) / 60
    t.ok(untilNext > 22 * HOUR_MS && hours < 24, `all is gone after ${hours.toFixed(2)} hours at the latest`)
    t.comment(`measured: what a deletion that broke off has left is gone after ${hours.toFixed(1)} hours at the latest`)
  })
})

t.test('the daily sweep', async (t) => {
  const stack = await stackWithSignIn(t)
  const who = await withWards(await stack.device('alice'))
  const project = await save(who, 'Kept')
  const folder = `projects/${stack.personIdOf('alice')}/`
  const { bucket, queued, sweep } = await rounds(t, stack)
  const queuedOf = async (id: string): Promise<number> =>
    (await queued()).filter((entry) => entry.startsWith('late:') && entry.endsWith(`/${id}`)).length

  await t.test('ends a project that was not used for 180 days, and no other', async (t) => {
    t.equal(await sweep(KEEP_MS - MINUTE_MS), 0)
    t.match(await listing(who), { projects: [{ id: project.id }] })
    const unused = await save(who, 'Unused')
    t.equal(await sweep(KEEP_MS + MINUTE_MS), 2)
    t.strictSame([await queuedOf(project.id), await queuedOf(unused.id)], [1, 1])
    t.strictSame((await listing(who)).projects, [])
  })

  await t.test('removes what a save has left behind, and leaves the project whole', async (t) => {
    const { id } = await save(who, 'Whole')
    const left = [`${id}/save-AAAAAAAAAAAAAAAA/0`, `${'B'.repeat(40)}/save-BBBBBBBBBBBBBBBB/0`]
    for (const name of left)
      await stack.store.send(
        new PutObjectCommand({ Bucket: stack.objects.bucket, Key: folder + name, Body: 'left behind' }),
      )
    const before = await stack.versions(`${folder}${id}/`)
    await sweep(0)
    t.strictSame(await stack.versions(`${folder}${id}/`), before, 'a save may be under way')
    await sweep(2 * DAY_MS)
    t.strictSame(
      await stack.versions(`${folder}${id}/`),
      before.filter((key) => !left.includes(key.slice(folder.length))),
    )
    t.equal(await queuedOf('B'.repeat(40)), 1)
    t.equal((await who.post(`/api/projects/${id}/open`)).status, 200)
  })

  await t.test('everything of a person can be erased at once', async (t) => {
    const other = await withWards(await stack.device('bob'))
    const { id } = await save(other, 'Of Bob')
    await eraseProjectsOf(bucket, stack.personIdOf('alice'))
    t.strictSame(await stack.versions(folder), [])
    t.equal((await other.post(`/api/projects/${id}/open`)).status, 200)
    await t.rejects(eraseProjectsOf(bucket, ''), 'an empty id names everybody')
  })
})

t.test('a key is wrapped again at the next use after a rotation of the seal secrets', async (t) => {
  const old = secrets()
  const stack = await stackWithSignIn(t, old)
  const who = await withWards(await stack.device('alice'))
  const project = await save(who, 'Rotated')
  const next = `t2:${'n'.repeat(64)}`
  const rotated = { ...old, sealSecrets: `${next},${old.sealSecrets}` }
  const service = await startService(t, {
    redis: stack.server,
    s3: stack.objects,
    secrets: rotated,
    env: stack.signInEnv,
  })
  const used = await who.post(`/api/projects/${project.id}/open`, undefined, { at: service.url })
  t.match(used.json(), { project: { id: project.id, version: 2 }, opened: { verified: true } })
  t.match((await who.get('/api/projects', { at: service.url })).json(), { open: { id: project.id, version: 2 } })
  t.match(
    (await who.post(`/api/projects/${project.id}/open`, undefined, { at: service.url })).json(),
    { project: { version: 2 } },
    'once is enough',
  )
  const left = await stack.versions(`projects/${stack.personIdOf('alice')}/${project.id}/manifest-`)
  t.equal(left.length, 1, 'and nothing is left that the old secret opens')
})
