import { randomBytes } from 'node:crypto'
import t from 'tap'
import { person, repeated, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { projectIn } from '../support/kept-projects.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { answeredSignIn, type AnsweredSignIn } from '../support/sealed-sign-in.ts'
import { provider } from '../support/sign-in.ts'

const seal = (id: string): string => `${id}:${randomBytes(32).toString('hex')}`

t.setTimeout(180_000)
t.test('a rotation of the seal secrets, in the steps of its runbook', async (t) => {
  const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
  const [first, second, given] = [seal('s1'), seal('s2'), secrets()]
  const taskWith = async (...sealSecrets: readonly string[]): Promise<string> => {
    const settings = { ...given, sealSecrets: sealSecrets.join(',') }
    return (await startService(t, { redis: server, s3: objects, secrets: settings, env: issuer.env })).url
  }
  const [before, known, used, after] = await Promise.all([
    taskWith(first),
    taskWith(first, second),
    taskWith(second, first),
    taskWith(second),
  ])
  const answered = (newest: string): AnsweredSignIn => {
    const [id = '', secret = ''] = newest.split(':')
    return answeredSignIn([{ id, secret }], 'amina')
  }
  const device = async (at: string, newest: string): Promise<Person> => {
    const who = person(t, at)
    const { path, cookie } = answered(newest)
    t.equal((await repeated(() => who.get(path, { cookie }))).status, 303)
    return who
  }
  const idOn = async (who: Person, at: string): Promise<string> =>
    (await who.get('/api/session', { at })).json<{ session: { id: string } }>().session.id
  const sessionsOn = async (who: Person, at: string): Promise<number> =>
    (await who.get('/api/sessions', { at })).json<{ sessions: unknown[] }>().sessions.length

  const laptop = await device(before, first)
  await uploadWards(laptop, wardsCsv('Ward'))
  const [opened, left] = [
    projectIn(await laptop.post('/api/projects', { name: 'Opened during the rotation' })),
    projectIn(await laptop.post('/api/projects', { name: 'Left alone' })),
  ]
  const own = await idOn(laptop, before)

  await t.test('signs nobody out, and every task knows the projects', async (t) => {
    for (const at of [before, known, used]) {
      t.equal(await idOn(laptop, at), own)
      t.equal(await sessionsOn(laptop, at), 1)
      const { projects } = (await laptop.get('/api/projects', { at })).json<{ projects: unknown[] }>()
      t.equal(projects.length, 2)
    }
    for (const at of [before, known])
      t.match(
        (await laptop.post(`/api/projects/${opened.id}/open`, undefined, { at })).json(),
        { project: { version: 1 }, opened: { verified: true, differencesInAll: 0 } },
        'which is sealed under the first secret still',
      )
  })

  await t.test('who signs in while tasks of two steps serve is known to both', async (t) => {
    const phone = await device(used, second)
    for (const at of [known, used]) {
      t.equal((await phone.get('/api/session', { at })).status, 200)
      t.equal(await sessionsOn(phone, at), 2)
    }
    t.match((await phone.post(`/api/projects/${opened.id}/open`)).json(), { project: { version: 2 } }, 'wrapped again')
    t.equal((await phone.delete('/api/session')).status, 204)
  })

  await t.test('when the first secret is gone, people sign in again and open what was wrapped again', async (t) => {
    const desk = await device(after, second)
    t.equal(await sessionsOn(desk, after), 1, 'a session of the secret that is gone is not listed')
    t.equal(await sessionsOn(laptop, used), 2, 'and is left to tasks that know its secret')
    t.match((await desk.post(`/api/projects/${opened.id}/open`)).json(), {
      opened: { verified: true, differences: [] },
    })
    t.equal((await desk.post(`/api/projects/${left.id}/open`)).problem, 'object-store-unavailable', 'and nothing else')
    t.equal((await desk.delete('/api/session/others')).status, 204)
    t.equal((await laptop.get('/api/session', { at: before })).status, 401, 'a session that is not listed ends too')
  })
})
