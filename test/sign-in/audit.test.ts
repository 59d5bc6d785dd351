import t, { type Test } from 'tap'
import { RATE_LIMITS } from '../../service/config/rate-limits.ts'
import { personIdOf } from '../../service/session/person.ts'
import { person, until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { chooseAtProvider } from '../../local/sign-in/walk-provider.ts'
import { provider, signIn } from '../support/sign-in.ts'

type Line = Readonly<Record<string, unknown>>
t.setTimeout(120_000)

async function serviceWithProvider(t: Test) {
  const [server, objects, given] = [await redis(t), await s3(t), await provider(t)]
  const service = await startService(t, { redis: server, s3: objects, env: given.env, port: given.servicePort })
  return { service, given }
}

t.test('sign-in, its refusals and what signed-in people end or delete are in the audit trail', async (t) => {
  const { service, given } = await serviceWithProvider(t)
  const trail = (): Line[] => service.lines().filter((line) => 'audit' in line)
  /** The new lines that `act` leaves, once there are as many as events. */
  const recorded = async (events: readonly string[], act: () => Promise<unknown>): Promise<Line[]> => {
    const before = trail().length
    await act()
    await until(() => trail().length >= before + events.length, 5_000, events.join())
    const lines = trail().slice(before)
    t.strictSame(
      lines.map((line) => line['audit']),
      events,
    )
    return lines
  }
  const device = async (): Promise<Person> => {
    const who = person(t, service.url)
    t.equal((await signIn(who, 'amina')).status, 303)
    return who
  }

  const who = person(t, service.url)
  const [signedIn] = await recorded(['signed-in'], () => signIn(who, 'amina'))
  const reference = signedIn?.['person']
  t.match(reference, /^[A-Za-z0-9_-]{16}$/)
  t.match(signedIn, { route: '/auth/callback', outcome: 'done', level: 30 })

  const begun = await person(t, service.url).get('/auth/login')
  const callback = await chooseAtProvider(String(begun.headers['location']), 'amina', new Map())
  const [refused] = await recorded(['sign-in-refused'], () => person(t, service.url).get(callback))
  t.match(refused, { route: '/auth/callback', reason: 'does-not-fit', outcome: 'refused', level: 40 })

  const others = [await device(), await device(), await device()]
  const { sessions } = (await who.get('/api/sessions')).json<{
    sessions: { ref: string; isThisOne: boolean }[]
  }>()
  const one = sessions.find(({ isThisOne }) => !isThisOne)?.ref ?? ''
  const ended = [
    ...(await recorded(['one-session-ended'], () => who.delete(`/api/sessions/${one}`))),
    ...(await recorded(['other-sessions-ended'], () => who.delete('/api/session/others'))),
  ]
  t.equal(others.length + 1, sessions.length, 'each device was in the list')

  await uploadWards(who, wardsCsv('Ward'))
  const { project } = (await who.post('/api/projects', { name: 'Kano' })).json<{ project: { id: string } }>()
  const [exported] = await recorded(['person-exported'], () => who.get('/api/person/export'))
  t.match(exported, { route: '/api/person/export', outcome: 'done', level: 30 })
  const [deleted] = await recorded(['project-deleted'], () => who.delete(`/api/projects/${project.id}`))
  t.match(deleted?.['project'], /^[A-Za-z0-9_-]{16}$/)
  const [out] = await recorded(['signed-out'], () => who.post('/auth/logout'))
  for (const line of [...ended, exported, deleted, out]) t.equal(line?.['person'], reference, String(line?.['audit']))

  const text = JSON.stringify(trail())
  const code = new URL(callback, service.url).searchParams.get('code') ?? 'none'
  for (const name of ['amina', 'Amina', personIdOf(given.issuer, 'amina'), project.id, code, one])
    t.notOk(text.includes(name), 'no line names the person, the project, the code or the session')
})

t.test('the beginnings of sign-ins are limited for each session, and nobody else in the office is', async (t) => {
  const { service } = await serviceWithProvider(t)
  const office = { 'x-forwarded-for': '198.51.100.7' }
  const [who, other] = [person(t, service.url, office), person(t, service.url, office)]
  await Promise.all([who.start(), other.start()])
  const { burst, everyMs } = RATE_LIMITS['sign-in'].ofCaller
  const begin = performance.now()
  const statuses: number[] = []
  for (let tries = 0; tries < burst + 10; tries += 1) statuses.push((await who.get('/auth/login')).status)
  const begun = statuses.filter((status) => status === 303).length
  const elapsed = performance.now() - begin
  t.ok(begun >= burst && begun <= burst + elapsed / everyMs + 1, `${String(begun)} of ${String(statuses.length)} begin`)
  t.ok(statuses.every((status) => status === 303 || status === 429))
  const refused = await who.get('/auth/login')
  t.equal(refused.problem, 'too-many')
  const wait = Number(refused.headers['retry-after'])
  t.ok(wait >= 1 && wait <= everyMs / 1_000, `it says when to come back: in ${String(wait)} s`)
  t.equal((await other.get('/auth/login')).status, 303, 'somebody else behind the same address is served')
  t.ok(service.lines().some((line) => line['audit'] === 'rate-limited' && line['limit'] === 'sign-in'))
})
