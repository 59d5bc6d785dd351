import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { unzipSync } from 'fflate'
import t from 'tap'
import { KEPT_LIMITS } from '../../service/domain/project/kept-limits.ts'
import { requireRoom } from '../../service/stores/project-quota.ts'
import { canary, person, repeated, uploadWards, wardsCsv, type Reply } from '../support/client.ts'
import { listing, patch, projectIn, save, stackWithSignIn } from '../support/kept-projects.ts'
import { redisClient, startService } from '../support/parts.ts'
import { openProjectFile, type OpenedProject } from '../support/project-file.ts'
import { analysesOf, plansOf, shownBy, work } from '../support/worked-session.ts'

const NONE = 'A'.repeat(40)

t.setTimeout(300_000)
t.test('a saved project survives an emptied Redis, and its figures are equal to the byte', async (t) => {
  const stack = await stackWithSignIn(t)
  const owner = await stack.device('alice')
  await work(owner)
  const project = await save(owner, 'Kano 2026', true)
  t.match(project, { version: 1, name: 'Kano 2026' })
  t.strictSame((await listing(owner)).open, { id: project.id, version: 1 })
  const saved = await shownBy(owner)

  await redisClient(t, stack.server).flushall()
  t.equal((await owner.get('/api/projects')).problem, 'no-session', 'the session is gone')
  const later = await stack.device('alice')
  t.match(await listing(later), { projects: [{ ...project, usedAt: String }], open: null })
  const opened = await repeated(() => later.post(`/api/projects/${project.id}/open`))
  t.equal(opened.status, 200, opened.text.slice(0, 300))
  t.match(opened.json<{ opened: OpenedProject }>().opened, { verified: true, differences: [], leftOut: [] })
  t.strictSame(await shownBy(later), saved)
  t.comment(
    `measured: after Redis was emptied, all ${String(Object.keys(saved).length)} rankings, plans and exports of a ` +
      'saved project are equal to the byte but for the stamp',
  )
  t.equal((await plansOf(later))[0]?.lockedAt === null, false, 'the locked plan is locked')
  const { turns } = (await later.get('/api/chat')).json<{ turns: unknown[] }>()
  t.equal(turns.length, 1, 'the conversation is back')
  t.strictSame((await listing(later)).open, { id: project.id, version: 1 })
})

t.test('two devices', async (t) => {
  const stack = await stackWithSignIn(t)
  const desk = await stack.device('alice')
  await uploadWards(desk, wardsCsv('Ward'))
  const { id } = await save(desk, 'Shared by two devices')
  const phone = await stack.device('alice')
  t.equal((await phone.post(`/api/projects/${id}/open`)).status, 200)

  await t.test('the second to save the same version is told, and nothing of the first is lost', async (t) => {
    await desk.post('/api/analyses', { indicators: ['tpr', 'rainfall'] })
    t.match(projectIn(await patch(desk, id, { version: 1, save: true })), { version: 2 })
    const late = await patch(phone, id, { version: 1, save: true })
    t.equal(late.problem, 'conflict')
    t.match(late.text, /version 2.*version 1/)
    t.equal((await patch(phone, id, { version: 1, name: 'Other' })).problem, 'conflict', 'a name is a change too')
    t.equal(
      (await patch(phone, id, { version: 2, save: true })).problem,
      'conflict',
      'it was not opened from version 2',
    )
    t.equal((await phone.post(`/api/projects/${id}/open`)).status, 200)
    t.equal((await analysesOf(phone)).length, 1)
  })

  await t.test('of two saves at the same moment exactly one is made', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const version = (await listing(desk)).projects[0]?.version ?? 0
      for (const who of [desk, phone]) t.equal((await who.post(`/api/projects/${id}/open`)).status, 200)
      const replies = await Promise.all([desk, phone].map((who) => patch(who, id, { version, save: true })))
      t.strictSame(
        replies.map(({ status }) => status).sort(),
        [200, 409],
        JSON.stringify(replies.map(({ text }) => text)),
      )
      t.match(await listing(desk), { projects: [{ id, version: version + 1 }] })
      t.equal((await desk.post(`/api/projects/${id}/open`)).status, 200, 'and it opens')
    }
    const left = await stack.versions(`projects/${stack.personIdOf('alice')}/${id}/`)
    t.equal(left.filter((key) => key.includes('/manifest-')).length, 1, 'earlier versions are gone')
    t.equal(new Set(left.filter((key) => key.includes('/save-'))).size, 1, 'and so are their contents')
  })

  await t.test('a new name keeps the content and the session', async (t) => {
    const { version } = (await listing(desk)).projects[0] ?? { version: 0 }
    t.equal((await desk.post(`/api/projects/${id}/open`)).status, 200)
    const named = projectIn(await patch(desk, id, { version, name: 'Renamed' }))
    t.match(named, { id, name: 'Renamed', version: version + 1 })
    t.match(projectIn(await patch(desk, id, { version: version + 1, save: true })), { name: 'Renamed' })
    for (const body of [
      { version: 1 },
      { version: 1, chat: true, name: 'x' },
      { name: 'x' },
      { version: 1, name: 'a\nb' },
    ])
      t.equal((await patch(desk, id, body)).problem, 'invalid-input', JSON.stringify(body))
  })

  await t.test('a copy has its own id, key and life', async (t) => {
    const copy = projectIn(await repeated(() => desk.post(`/api/projects/${id}/duplicate`, {})))
    t.match(copy, { name: 'Copy of Renamed', version: 1 })
    t.not(copy.id, id)
    t.equal((await desk.delete(`/api/projects/${id}`)).status, 204)
    t.equal((await desk.post(`/api/projects/${copy.id}/open`)).status, 200)
    t.equal((await desk.post(`/api/projects/${id}/open`)).problem, 'not-found')
    t.strictSame(
      (await listing(desk)).projects.map(({ name }) => name),
      ['Copy of Renamed'],
    )
  })
})

t.test('nobody reaches the projects of anybody else', async (t) => {
  const stack = await stackWithSignIn(t)
  const [alice, bob] = await Promise.all([stack.device('alice'), stack.device('bob')])
  const word = canary()
  await uploadWards(alice, wardsCsv(word))
  await uploadWards(bob, wardsCsv('Bob'))
  const project = await save(alice, word)
  const own = await save(bob, 'Of Bob')

  await t.test('another person’s, an unknown and a malformed id are alike', async (t) => {
    t.strictSame(
      (await listing(bob)).projects.map(({ id }) => id),
      [own.id],
    )
    const routes = [
      ['POST', '/open', undefined],
      ['PATCH', '', { version: 1, name: 'Mine' }],
      ['POST', '/duplicate', {}],
      ['DELETE', '', undefined],
    ] as const
    const told = (reply: Reply): unknown => ({ ...reply.json<object>(), requestId: null, instance: null })
    const attempts = (): number => stack.service.lines().filter((line) => line['Kind'] === 'foreign-id').length
    for (const [method, end, body] of routes) {
      const ask = (id: string): Promise<Reply> => bob.send(method, `/api/projects/${id}${end}`, { body })
      const before = attempts()
      const foreign = await ask(project.id)
      t.equal(foreign.status, 404, `${method} ${end}`)
      for (const id of [NONE, 'x', project.id.slice(0, 39), `${project.id.slice(0, 39)}A`])
        t.strictSame(told(await ask(id)), told(foreign), `${method} ${end} ${id}`)
      t.ok(attempts() > before, 'and the attempt is counted')
    }
    t.match(await listing(alice), { projects: [{ id: project.id, name: word, version: 1 }] })
  })

  await t.test('what lies in the store is sealed, and opens in its own place for its own person alone', async (t) => {
    const folderOf = (name: string): string => `projects/${stack.personIdOf(name)}/`
    const Bucket = stack.objects.bucket
    const read = async (Key: string) => {
      const { Body, Metadata } = await stack.store.send(new GetObjectCommand({ Bucket, Key }))
      return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), Metadata }
    }
    for (const key of await stack.versions('projects/')) {
      const { bytes } = await read(key)
      t.notOk(bytes.includes(word), `${key} does not show its names`)
      t.notOk(bytes.includes('PK\u0003\u0004'), `${key} is no ZIP`)
    }
    const [manifest] = (await stack.versions(`${folderOf('alice')}${project.id}/manifest-`)).slice(-1)
    const { bytes, Metadata } = await read(manifest ?? '')
    const violations = (): number => stack.service.lines().filter((line) => line['Wall'] === 'seal').length
    const put = async (Key: string): Promise<void> => {
      await stack.store.send(new PutObjectCommand({ Bucket, Key, Body: bytes, Metadata }))
    }
    const before = violations()
    await put(`${folderOf('bob')}${own.id}/manifest-000002`)
    const bobs = await bob.get('/api/projects')
    t.equal(bobs.problem, 'object-store-unavailable', 'a manifest of Alice among those of Bob')
    t.notMatch(bobs.text, word)
    const second = await save(alice, 'Second')
    await put(`${folderOf('alice')}${second.id}/manifest-000002`)
    t.equal(
      (await alice.post(`/api/projects/${second.id}/open`)).problem,
      'object-store-unavailable',
      'of another project',
    )
    t.ok(violations() >= before + 2, 'both are counted as violations')
  })
})

t.test('anonymous people, and a service without sign-in', async (t) => {
  const stack = await stackWithSignIn(t)
  const nobody = person(t, stack.service.url)
  await nobody.start()
  await uploadWards(nobody, wardsCsv('Ward'))
  for (const [method, path, body] of [
    ['GET', '/api/projects', undefined],
    ['POST', '/api/projects', { name: 'x' }],
    ['POST', `/api/projects/${NONE}/open`, undefined],
    ['PATCH', `/api/projects/${NONE}`, { version: 1, name: 'x' }],
    ['POST', `/api/projects/${NONE}/duplicate`, {}],
    ['DELETE', `/api/projects/${NONE}`, undefined],
    ['GET', '/api/person/export', undefined],
  ] as const) {
    const reply = await nobody.send(method, path, { body })
    t.equal(reply.problem, 'sign-in-needed', `${method} ${path}`)
  }
  const plain = await startService(t, { redis: stack.server, s3: stack.objects })
  const other = person(t, plain.url)
  await other.start()
  t.equal((await other.get('/api/projects')).status, 404)
  t.notMatch((await other.get('/openapi.json')).text, '/api/projects')
})

t.test('how much a person may keep', async (t) => {
  const stack = await stackWithSignIn(t)
  const who = await stack.device('alice')
  await uploadWards(who, wardsCsv('Ward'))
  const { id } = await save(who, 'First')
  for (let kept = 1; kept < 20; kept += 1)
    t.equal((await repeated(() => who.post(`/api/projects/${id}/duplicate`, { name: String(kept) }))).status, 201)
  const refused = await who.post('/api/projects', { name: 'One more' })
  t.equal(refused.status, 409)
  t.equal(refused.problem, 'projects-full')
  t.match(refused.text, /keep 20 projects, and a person may keep 20/)
  t.equal((await listing(who)).projects.length, 20)
  t.match((await listing(who)).limits, { projects: 20, bytes: 1_073_741_824, keepDays: 180 })

  const of = (bytes: number) => ({ content: { save: '', bytes, crc: 0, pieces: [] } })
  t.doesNotThrow(() => {
    requireRoom([of(1_073_741_000)], { projects: 1, bytes: 824 }, KEPT_LIMITS)
  })
  t.throws(
    () => {
      requireRoom([of(1_073_741_000)], { projects: 1, bytes: 825 }, KEPT_LIMITS)
    },
    { kind: 'too-large', message: /have 1073741000 bytes and this one 825; together a person may keep 1073741824/ },
  )
})

t.test('all that is kept for a person is one download', async (t) => {
  const stack = await stackWithSignIn(t)
  const who = await stack.device('alice')
  await uploadWards(who, wardsCsv('Ward'))
  await who.post('/api/analyses', { indicators: ['tpr', 'rainfall'] })
  await save(who, 'First')
  await save(who, 'Second')
  const reply = await fetch(`${stack.service.url}/api/person/export`, { headers: { cookie: who.cookie ?? '' } })
  t.equal(reply.status, 200)
  t.match(reply.headers.get('content-disposition'), /^attachment; filename="chatmrpt_\d{4}-\d\d-\d\d\.zip"$/)
  const bytes = Buffer.from(await reply.arrayBuffer())
  t.equal(Number(reply.headers.get('content-length')), bytes.length)
  const files = unzipSync(bytes)
  t.strictSame(Object.keys(files), ['projects.json', 'projects/01.chatmrpt.zip', 'projects/02.chatmrpt.zip'])
  const list = JSON.parse(Buffer.from(files['projects.json'] ?? []).toString()) as { projects: { name: string }[] }
  t.strictSame(list.projects.map(({ name }) => name).sort(), ['First', 'Second'])
  const other = person(t, stack.service.url)
  await other.start()
  const opened = await openProjectFile(other, files['projects/01.chatmrpt.zip'] ?? new Uint8Array())
  t.match(opened.json<{ project: OpenedProject }>().project, { verified: true, differencesInAll: 0 })
})
