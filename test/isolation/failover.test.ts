import t, { type Test } from 'tap'
import { startRelay } from '../../local/relay.ts'
import { canary, person, repeated, until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { redis, redisClient, s3, startService, type TestService } from '../support/parts.ts'

const ROUNDS = 3
/** Two seconds that a replica may be behind, one between two checks, and one for a slow machine. */
const REFUSED_MS = 4_000

t.setTimeout(240_000)

interface Result {
  readonly analysisId: string
  readonly datasetVersion: number
  readonly inputs: { readonly wards: { readonly sha256: string } }
  readonly wards: readonly { readonly wardName: string }[]
}

/** A primary whose replica no longer follows it, behind one address: what is written from now on is lost. */
async function aboutToFail(
  t: Test,
  before: (service: TestService) => Promise<Person>,
): Promise<{ readonly who: Person; readonly failOver: () => Promise<void> }> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const replica = await redis(t, { replicaOf: server })
  const relay = await startRelay(server.port)
  t.teardown(() => {
    relay.close()
  })
  const service = await startService(t, {
    redis: server,
    s3: objects,
    env: { REDIS_URL: `rediss://127.0.0.1:${String(relay.port)}` },
  })
  const who = await before(service)
  const [operator, promoted] = [redisClient(t, server), redisClient(t, replica)]
  // Exactly what was acknowledged before is replicated: the replica confirms the primary's offset.
  const offset = async (of: typeof operator, name: string): Promise<string> =>
    new RegExp(`^${name}:(\\d+)`, 'm').exec(await of.info('replication'))?.[1] ?? ''
  await until(
    async () => (await offset(operator, 'master_repl_offset')) === (await offset(promoted, 'slave_repl_offset')),
    5_000,
    'the replica',
  )
  await promoted.replicaof('127.0.0.1', '1')
  return {
    who,
    failOver: async () => {
      await server.kill()
      await promoted.replicaof('NO', 'ONE')
      relay.pointTo(replica.port)
      await until(async () => (await who.get('/api/session')).status === 200, 5_000, 'the session on the replica')
    },
  }
}

const wardsOf = (result: Result): string[] => result.wards.map(({ wardName }) => wardName.split(' ')[0] ?? '')
const sha256Of = async (who: Person, fileId: string): Promise<string | undefined> =>
  (await who.get('/api/files'))
    .json<{ files: { id: string; sha256?: string }[] }>()
    .files.find(({ id }) => id === fileId)?.sha256

t.test('after a failover that lost an upload, a ranking is made of the file whose hash stands beside it', async (t) => {
  const wrong: string[] = []
  const play = async (round: number): Promise<void> => {
    const { who, failOver } = await aboutToFail(t, async (service) => {
      const somebody = person(t, service.url)
      await somebody.start()
      await uploadWards(somebody, wardsCsv(canary()))
      return somebody
    })
    const [lost, present] = [canary(), canary()]
    await uploadWards(who, wardsCsv(lost, 15), 'lost.csv')
    const before = (await repeated(() => who.post('/api/analyses', {}))).json<{ analysis: Result }>().analysis
    t.strictSame([...new Set(wardsOf(before))], [lost])
    await failOver()
    const fileId = await uploadWards(who, wardsCsv(present, 15), 'present.csv')
    const { analysis } = (await repeated(() => who.post('/api/analyses', {}))).json<{ analysis: Result }>()
    t.equal(analysis.datasetVersion, before.datasetVersion, 'the version of what was lost is used again')
    t.equal(analysis.inputs.wards.sha256, await sha256Of(who, fileId), "the present file's hash stands beside it")
    if ([...new Set(wardsOf(analysis))].join() !== present)
      wrong.push(`round ${String(round)}: ${wardsOf(analysis)[0]}`)
    const about = (await repeated(() => who.post('/api/chat', { message: `Which data are there?` }))).text
    t.notMatch(about, lost, 'the chat knows no name of what was lost')
    const map = await repeated(() => who.get(`/api/analyses/${analysis.analysisId}/map`))
    t.equal(map.problem, 'no-data', 'a map needs boundaries')
  }
  await Promise.all(Array.from({ length: ROUNDS }, (_, at) => play(at + 1)))
  t.strictSame(wrong, [], `${String(wrong.length)} of ${String(ROUNDS)} rankings are of the lost file`)
})

t.test(
  'while the replica lags, writes are refused before they are made, so that a failover loses little',
  async (t) => {
    const [server, objects] = await Promise.all([redis(t), s3(t)])
    const replica = await redis(t, { replicaOf: server })
    const [relay, link] = [await startRelay(server.port), await startRelay(server.port)]
    t.teardown(() => {
      relay.close()
      link.close()
    })
    const [operator, promoted] = [redisClient(t, server), redisClient(t, replica)]
    await promoted.replicaof('127.0.0.1', String(link.port))
    const inStep = (): Promise<boolean> => operator.wait(1, 100).then((count) => count === 1)
    await until(inStep, 15_000, 'the replica')
    const service = await startService(t, {
      redis: server,
      s3: objects,
      env: { REDIS_URL: `rediss://127.0.0.1:${String(relay.port)}` },
    })
    const who = person(t, service.url)
    await who.start()
    await until(async () => {
      await operator.set('data:{filling}', 'x')
      return inStep()
    }, 5_000)
    const writes: { readonly filename: string; readonly at: number; readonly status: number }[] = []
    const write = async (): Promise<number> => {
      const [filename, at] = [`${canary()}.csv`, performance.now()]
      const { status } = await who.post('/api/files', { role: 'wards', filename, bytes: 1 })
      writes.push({ filename, at, status })
      await new Promise((resolve) => setTimeout(resolve, 50))
      return status
    }
    for (let at = 0; at < 10; at += 1) t.equal(await write(), 201, 'writes are taken while the replica follows')
    await until(inStep, 5_000)

    link.hold()
    const begun = performance.now()
    const refusedAfter = await until(async () => (await write()) === 503, 8_000, 'a refusal').catch(() => NaN)
    t.ok(refusedAfter < REFUSED_MS, `the first write was refused after ${refusedAfter.toFixed(0)} ms`)
    for (let at = 0; at < 10; at += 1) await write()
    t.equal((await who.get('/api/files')).status, 200, 'reads go on')
    const leaver = await who.delete('/api/session', { cookie: null })
    t.equal(leaver.problem, 'no-session', 'and a logout without a cookie is answered')

    await server.kill()
    await promoted.replicaof('NO', 'ONE')
    relay.pointTo(replica.port)
    await until(async () => (await who.get('/api/session')).status === 200, 5_000, 'the session on the replica')
    const kept = new Set(
      (await who.get('/api/files')).json<{ files: { filename: string }[] }>().files.map(({ filename }) => filename),
    )
    const lost = writes.filter(({ status, filename }) => status === 201 && !kept.has(filename))
    t.strictSame(
      writes.filter(({ status, filename }) => status !== 201 && kept.has(filename)),
      [],
      'nothing refused appears',
    )
    const windowMs = Math.max(0, ...lost.map(({ at }) => at - begun))
    t.comment(`loss window: ${String(lost.length)} acknowledged writes of the last ${windowMs.toFixed(0)} ms`)
    t.ok(windowMs < REFUSED_MS && lost.length > 0)
    await until(async () => (await write()) === 201, 3_000, 'a write without a replica')
    await until(() => service.lines().some((line) => line['RedisReplicasInStep'] === 0), 5_000, 'the metric')
  },
)
