import t from 'tap'
import { person, repeated, until, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { interleave, sendTo } from '../support/interleave.ts'
import { objectGate } from '../support/object-gate.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { openProjectFile, saveProjectFile, uploadProjectFile, type OpenedProject } from '../support/project-file.ts'
import { REDIS_POINTS, redisGate } from '../support/redis-gate.ts'

t.setTimeout(240_000)

/** The last object that is stored before the session is changed. */
const LAST = { method: 'PUT', name: 'opened_project.json', when: 'after' } as const

/** Two tasks; every request of the first to Redis and to the object store goes through a gate. */
t.test('a project file whose opening is cut short or overtaken', async (t) => {
  const [server, store] = await Promise.all([redis(t, { tls: false }), s3(t)])
  const [way, objectWay] = await Promise.all([redisGate(t, server.port), objectGate(t, store)])
  const shared = secrets()
  const [gated, other] = await Promise.all([
    startService(t, {
      redis: server,
      s3: objectWay,
      secrets: shared,
      env: { REDIS_URL: `redis://127.0.0.1:${String(way.port)}` },
    }),
    startService(t, { redis: server, s3: store, secrets: shared }),
  ])

  /** Somebody with wards of this name, an analysis and a question to the chat, on the task without a gate. */
  const worked = async (name: string): Promise<Person> => {
    const who = person(t, other.url)
    await who.start()
    await uploadWards(who, wardsCsv(name), `${name}.csv`)
    await repeated(() => who.post('/api/analyses', {}))
    await repeated(() => who.post('/api/chat', { message: `What is the rank of ${name}?` }))
    return who
  }
  const shownTo = async (who: Person): Promise<unknown> => {
    const [files, analyses, chat] = await Promise.all(
      ['/api/files', '/api/analyses', '/api/chat'].map(async (path) => (await repeated(() => who.get(path))).json()),
    )
    return { files, analyses, chat }
  }
  const namesOf = async (who: Person): Promise<string[]> =>
    (await who.get('/api/files')).json<{ files: { filename: string }[] }>().files.map(({ filename }) => filename)
  const complete = (who: Person, id: string, at = gated.url): Promise<Reply> =>
    who.post(`/api/files/${id}/complete`, undefined, { at })
  const { bytes: project } = await saveProjectFile(await worked('Saved'), { chat: true })

  await t.test('leaves the session as it was when Redis stops before the one write', async (t) => {
    const who = await worked('Present')
    const id = await uploadProjectFile(who, project)
    const before = await shownTo(who)
    const held = way.hold(REDIS_POINTS.writeState)
    const { reply } = await sendTo(held, () => complete(who, id))
    t.equal((await reply).problem, 'session-store-unavailable')
    t.strictSame(await shownTo(who), before, 'while the write is on its way')
    held.letGo()
    await until(async () => (await who.get('/api/session', { at: gated.url })).status === 200, 10_000)
    t.strictSame(await shownTo(who), before, 'and after it has arrived too late')
    const again = await repeated(() => complete(who, id))
    t.equal(again.status, 200, again.text.slice(0, 300))
    t.strictSame(await namesOf(who), ['Saved.csv'], 'a second request opens it')
  })

  await t.test('brings the conversation back with a second request when Redis stops after that write', async (t) => {
    const who = await worked('Present')
    const id = await uploadProjectFile(who, project)
    const held = way.hold(REDIS_POINTS.writeState, 2)
    const { reply } = await sendTo(held, () => complete(who, id))
    t.equal((await reply).problem, 'session-store-unavailable')
    held.letGo()
    t.strictSame(await namesOf(who), ['Saved.csv'], 'the data are there')
    const again = await repeated(() => complete(who, id))
    t.equal(again.status, 200)
    t.match(again.json<{ project: OpenedProject }>().project, { verified: true })
    const { turns } = (await who.get('/api/chat')).json<{ turns: { message: string }[] }>()
    t.strictSame(
      turns.map(({ message }) => message),
      ['What is the rank of Saved?'],
    )
  })

  await t.test('gives way to data that were uploaded meanwhile', async (t) => {
    const who = await worked('Present')
    const id = await uploadProjectFile(who, project)
    const { reply } = await interleave(
      objectWay.hold(LAST),
      () => complete(who, id),
      () => uploadWards(who, wardsCsv('Newer'), 'Newer.csv'),
    )
    t.equal(reply.problem, 'conflict', reply.text.slice(0, 300))
    t.strictSame(await namesOf(who), ['Newer.csv'])
  })

  await t.test('is opened once when two tasks open it at the same time', async (t) => {
    const who = await worked('Present')
    const id = await uploadProjectFile(who, project)
    const { reply, rival } = await interleave(
      objectWay.hold(LAST),
      () => complete(who, id),
      () => complete(who, id, other.url),
    )
    t.equal(rival.status, 200)
    t.equal(reply.status, 200, reply.text.slice(0, 300))
    t.equal(reply.text, rival.text)
    const { analyses } = (await who.get('/api/analyses')).json<{ analyses: { id: string }[] }>()
    t.equal((await who.get(`/api/analyses/${analyses[0]?.id ?? ''}`)).status, 200, 'what was kept can be read')
  })

  await t.test('ends with the session that ends meanwhile', async (t) => {
    const who = await worked('Present')
    const { cookie } = who
    const id = await uploadProjectFile(who, project)
    const { reply } = await interleave(
      objectWay.hold(LAST),
      () => who.post(`/api/files/${id}/complete`, undefined, { at: gated.url, cookie: cookie ?? null }),
      () => who.delete('/api/session'),
    )
    t.equal(reply.problem, 'no-session')
    for (const at of [gated.url, other.url])
      t.equal((await who.get('/api/files', { at, cookie: cookie ?? null })).status, 401)
  })

  await t.test("is opened by its owner alone: another person's slot is not there", async (t) => {
    const [owner, stranger] = [await worked('Owner'), await worked('Stranger')]
    const id = await uploadProjectFile(owner, project)
    const attempts = (): number => other.lines().filter((line) => line['Kind'] === 'foreign-id').length
    const before = attempts()
    t.equal((await complete(stranger, id, other.url)).problem, 'not-found')
    t.equal((await stranger.delete(`/api/files/${id}`)).problem, 'not-found')
    t.equal((await stranger.send('PUT', `/api/files/${id}/reading`, { body: {} })).problem, 'not-found')
    await until(() => attempts() === before + 3, 5_000, 'three attempts are counted')
    t.strictSame(await namesOf(stranger), ['Stranger.csv'])
    t.equal((await openProjectFile(owner, project)).status, 200)
    t.equal((await owner.delete(`/api/files/${id}`)).status, 204, 'and taken back by its owner')
    t.equal((await complete(owner, id, other.url)).problem, 'not-found')
  })
})
