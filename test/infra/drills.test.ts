// mostly waits: the periods of its alarms have to pass
import t, { type Test } from 'tap'
import { alarmState, samplesOf, type AlarmState } from '../../infra/alarm-state.ts'
import type { AlarmSpec, Places } from '../../infra/alarm-spec.ts'
import { alarmSpecs } from '../../infra/alarms.ts'
import { cookieValue, person, tokenOf, until, uploadWards, wardsCsv } from '../support/client.ts'
import { ownS3, redis, redisClient, startService } from '../support/parts.ts'

t.setTimeout(300_000)

/** The stage of the local parts, so that the alarms look for what a local service emits. */
const places: Places<string> = {
  stage: 'local',
  minTasks: 1,
  maxTasks: 1,
  balancer: 'b',
  targets: 't',
  cluster: 'c',
  serviceName: 's',
  cacheNodes: ['n'],
  modelUsdPerDay: 10,
  probe: 'p',
}
const specs = alarmSpecs(places)

/** The alarm at a quicker pace: a period of ten seconds, as often as the service looks at Redis. */
function quick(id: string): AlarmSpec<string> {
  const found = specs.find((each) => each.id === id)
  if (found === undefined) throw new RangeError(`Cannot drill ${id}: there is no such alarm`)
  return { ...found, periodSeconds: 10 }
}

t.test('the local service sets off the alarms on its own metrics, and they end with the fault', async (t) => {
  const store = await redis(t)
  const objects = await ownS3(t)
  const service = await startService(t, { redis: store, s3: objects })
  const someone = person(t, service.url)
  const other = person(t, service.url)
  const states = (id: string, now = Date.now() / 1_000): AlarmState => {
    const alarm = quick(id)
    return alarmState(
      alarm,
      Object.fromEntries(
        Object.entries(alarm.measures).map(([name, measure]) => [name, samplesOf(measure, service.lines())]),
      ),
      Math.ceil(now / 10) * 10,
      'OK',
    )
  }
  const reaches = async (
    t: Pick<Test, 'pass'>,
    id: string,
    state: AlarmState,
    withinMs = 60_000,
    meanwhile: () => Promise<unknown> = async () => undefined,
  ): Promise<void> => {
    await until(
      async () => {
        await meanwhile()
        return states(id) === state
      },
      withinMs,
      `${id} to be ${state}`,
    )
    t.pass(`${id} is ${state}`)
  }
  const watched = [
    'isolation-violation',
    'cross-session-attempts',
    'redis-unhealthy',
    'session-store-refusals',
    's3-errors',
    'erasure-backlog',
  ]
  await someone.start()
  await other.start()
  await uploadWards(someone, wardsCsv('drill'))
  for (const id of watched) await reaches(t, id, 'OK')

  await t.test('somebody sends session ids of their own, again and again', async (t) => {
    // Again until they fall within one period.
    await reaches(t, 'cross-session-attempts', 'ALARM', 60_000, async () => {
      for (let n = 0; n < 25; n++) await other.get(`/api/session?session_id=${'a'.repeat(20)}${String(n)}`)
    })
  })

  await t.test("one person's record is put under another's key: the seal does not open", async (t) => {
    const operator = redisClient(t, store, { as: 'operator' })
    const keys = await operator.keys('sess:*')
    t.equal(keys.length, 2)
    const [one = '', two = ''] = keys
    await operator.copy(one, two, 'REPLACE')
    await reaches(
      t,
      'isolation-violation',
      'ALARM',
      60_000,
      async () => await Promise.all([someone, other].map(async (each) => await each.get('/api/session'))),
    )
  })

  const victim = person(t, service.url)
  await victim.start()
  t.ok(tokenOf(victim.cookie) !== cookieValue(someone.cookie))

  await t.test('the session store dies, and comes back', async (t) => {
    await store.kill()
    const ask = async (): Promise<void> => {
      for (let n = 0; n < 10; n++) await victim.get('/api/session')
    }
    await reaches(t, 'session-store-refusals', 'ALARM', 60_000, ask)
    await reaches(t, 'redis-unhealthy', 'ALARM', 60_000, ask)
    await store.start()
    await reaches(t, 'redis-unhealthy', 'OK', 90_000)
    await reaches(t, 'session-store-refusals', 'OK', 90_000)
  })

  await t.test('the object store goes away while somebody uses it', async (t) => {
    const late = person(t, service.url)
    await late.start()
    await uploadWards(late, wardsCsv('late'))
    await objects.stop()
    await reaches(t, 's3-errors', 'ALARM', 90_000, async () => {
      await Promise.all(Array.from({ length: 6 }, async () => await late.get('/api/dataset')))
    })
  })

  await t.test('the service falls silent', async (t) => {
    const before = specs.find(({ id }) => id === 'telemetry-silent')
    if (before === undefined) throw new RangeError('no alarm')
    const samples = {
      m: samplesOf(
        before.measures['m'] ??
          (() => {
            throw new RangeError('no measure')
          })(),
        service.lines(),
      ),
    }
    const last = Math.max(...samples.m.map(({ atSeconds }) => atSeconds))
    t.not(alarmState(before, samples, Math.ceil(last / 60) * 60, 'OK'), 'ALARM', 'while it spoke')
    await service.process.stop(5_000)
    t.equal(alarmState(before, samples, Math.ceil(last / 60) * 60 + 300, 'OK'), 'ALARM', 'five minutes later')
  })
})
