import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { freePort } from '../../local/free-port.ts'
import { chooseAtProvider, type ProviderJar } from '../../local/sign-in/walk-provider.ts'
import type { SealSecrets } from '../../service/session/seal.ts'
import { ATTEMPT_MS, newAttempt, openAttempt, sealAttempt } from '../../service/sign-in/attempt.ts'
import {
  canary,
  person,
  tokenOf,
  uploadWards,
  wardsCsv,
  type Person,
  type Reply,
  type SessionView,
} from '../support/client.ts'
import { redis, s3, secrets, startService, type TestService } from '../support/parts.ts'
import { answeredSignIn, sealSecretsOf } from '../support/sealed-sign-in.ts'
import { provider, signIn } from '../support/sign-in.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64) Gecko/20100101 Firefox/140.0'

interface Shown {
  readonly session: SessionView
}
const isOffered = async (who: Person): Promise<unknown> => (await who.get('/sign-in')).json()['isOffered']
const shownTo = async (who: Person): Promise<Shown> => (await who.get('/api/session')).json<Shown>()

async function parts(t: Test): Promise<{ service: TestService; issuer: string; sealSecrets: SealSecrets }> {
  const [server, objects, given] = await Promise.all([redis(t), s3(t), provider(t)])
  const own = secrets()
  const service = await startService(t, {
    redis: server,
    s3: objects,
    env: given.env,
    port: given.servicePort,
    secrets: own,
  })
  return { service, issuer: given.issuer, sealSecrets: sealSecretsOf(own.sealSecrets) }
}

t.test('sign-in with a real provider', async (t) => {
  const { service, issuer, sealSecrets } = await parts(t)
  const browser = (): Person => person(t, service.url, { 'user-agent': FIREFOX })
  const withWards = async (): Promise<{ who: Person; before: Shown; dataset: string }> => {
    const who = browser()
    await who.start()
    await uploadWards(who, wardsCsv(canary()))
    return { who, before: await shownTo(who), dataset: (await who.get('/api/dataset')).text }
  }

  await t.test('gives a new token, keeps what the session held, and kills the old token', async (t) => {
    const { who, before, dataset } = await withWards()
    const old = who.cookie ?? null
    t.match(dataset, '"wards":12')
    t.strictSame([before.session.user, await isOffered(who)], [null, true])
    const reply = await signIn(who, 'amina')
    t.strictSame([reply.status, reply.headers['location']], [303, '/'], reply.text)
    t.not(tokenOf(who.cookie), tokenOf(old ?? ''))
    const after = await shownTo(who)
    t.equal(after.session.id, before.session.id)
    t.strictSame(after.session.user, { sub: 'amina', email: 'amina@invented.example', name: 'Amina Yusuf' })
    t.equal((await who.get('/api/dataset')).text, dataset)
    t.equal((await who.get('/api/session', { cookie: old })).problem, 'no-session', 'the old token is dead')
    t.equal((await who.post('/api/session', undefined, { cookie: old })).status, 201, 'it continues nothing')
  })

  await t.test('without a session before it starts one', async (t) => {
    const who = browser()
    t.equal((await signIn(who, 'tunde')).status, 303)
    t.match((await shownTo(who)).session.user, { sub: 'tunde', name: 'Tunde Bello' })
  })

  await t.test(
    'again by the same person keeps the session; by another one ends it and passes nothing on',
    async (t) => {
      const { who, before, dataset } = await withWards()
      const jar: ProviderJar = new Map()
      await signIn(who, 'amina', { jar })
      const first = who.cookie ?? null
      await signIn(who, 'amina', { path: '/auth/login?fresh=true', jar })
      t.equal((await shownTo(who)).session.id, before.session.id)
      t.equal((await who.get('/api/dataset')).text, dataset)
      t.equal((await who.get('/api/session', { cookie: first })).problem, 'no-session')
      const second = who.cookie ?? null
      await signIn(who, 'tunde')
      const after = await shownTo(who)
      t.not(after.session.id, before.session.id)
      t.match(after.session.user, { sub: 'tunde', name: 'Tunde Bello' })
      t.equal((await who.get('/api/dataset')).problem, 'no-data')
      t.equal((await who.get('/api/session', { cookie: second })).problem, 'no-session')
    },
  )

  await t.test('belongs to the browser that began it, and its code works once', async (t) => {
    const { who } = await withWards()
    const cookie = who.cookie
    const begun = await who.get('/auth/login')
    const attempt = who.setCookies.at(-1)?.split(';')[0] ?? ''
    t.match(who.setCookies.at(-1), /^sign-in=[^;]+; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/)
    const back = await chooseAtProvider(String(begun.headers['location']), 'amina', new Map())
    const stranger = browser()
    t.equal((await stranger.get(back)).problem, 'sign-in-refused', 'a browser that began nothing')
    await stranger.get('/auth/login')
    t.equal((await stranger.get(back)).problem, 'sign-in-refused', 'a browser that began another one')
    t.equal(stranger.cookie, undefined, 'it was given no session')
    const otherState = back.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`)
    t.equal((await who.get(otherState)).problem, 'sign-in-refused', 'another state')
    t.equal(who.cookie, cookie, 'nothing has changed so far')
    t.equal((await who.get(back)).status, 303, 'its own browser')
    const replayed = await browser().get(back, { cookie: attempt })
    t.equal(replayed.problem, 'sign-in-refused', 'an address from a log, even with the cookie of then')
    t.equal(replayed.headers['set-cookie'], undefined)
  })

  await t.test('a refusal is a page for a browser, and says nothing of the request', async (t) => {
    const reply = await browser().get('/auth/callback?code=secret-code&state=s', {
      headers: { accept: 'text/html,*/*;q=0.8' },
    })
    t.equal(reply.status, 403)
    t.equal(reply.headers['content-type'], 'text/html; charset=utf-8')
    t.match(reply.text, '<a href="/auth/login">')
    t.notMatch(reply.text, 'secret-code')
  })

  await t.test('goes on from a sealed answer of the provider, once or again, when the store had failed', async (t) => {
    const { who, before, dataset } = await withWards()
    const { path, cookie, token } = answeredSignIn(sealSecrets, 'interrupted', { issuer })
    const goOn = (): Promise<Reply> => who.get(path, { cookie: `${who.cookie ?? ''}; ${cookie}` })
    t.equal((await goOn()).status, 303)
    t.equal((await goOn()).status, 303, 'also when it was done and its reply was lost')
    t.equal(tokenOf(who.cookie), token)
    t.equal((await shownTo(who)).session.id, before.session.id)
    t.equal((await who.get('/api/dataset')).text, dataset)
  })

  await t.test('POST /auth/logout ends the session and says where to sign out at the provider', async (t) => {
    const { who } = await withWards()
    await signIn(who, 'amina')
    const cookie = who.cookie ?? null
    const reply = await who.post('/auth/logout')
    t.equal(reply.status, 200)
    const next = new URL(reply.json<{ next: string }>().next)
    t.equal(next.origin, issuer)
    t.equal(next.searchParams.get('post_logout_redirect_uri'), `${service.url}/`)
    t.equal(who.cookie, undefined)
    t.equal((await who.get('/api/session', { cookie })).problem, 'no-session')
    const anonymous = browser()
    await anonymous.start()
    t.equal((await anonymous.post('/auth/logout')).json<{ next: string }>().next, '/')
  })

  await t.test('no line of the log names a person, a code or a state', (t) => {
    for (const secret of ['Amina', 'amina', 'Tunde', 'tunde', 'code=', 'state='])
      t.notMatch(service.output(), secret, secret)
    t.ok(service.lines().some(({ audit }) => audit === 'signed-in'))
    t.end()
  })
})

t.test('a service whose provider is down starts and serves everything but sign-in', async (t) => {
  const [server, objects, dead] = await Promise.all([redis(t), s3(t), freePort()])
  const given = secrets()
  const service = await startService(t, {
    redis: server,
    s3: objects,
    secrets: given,
    env: {
      SIGN_IN_ISSUER: `http://127.0.0.1:${String(dead)}`,
      SIGN_IN_CLIENT_ID: 'chatmrpt',
      SIGN_IN_CLIENT_SECRET: randomBytes(24).toString('base64url'),
      SIGN_IN_PUBLIC_URL: 'http://127.0.0.1:8080',
    },
  })
  const ada = person(t, service.url)
  await ada.start()
  const login = await ada.get('/auth/login')
  t.strictSame([login.status, login.problem], [503, 'sign-in-unavailable'])
  t.ok(login.headers['retry-after'])
  t.equal((await ada.get('/readyz')).status, 200)
  t.equal(await isOffered(person(t, service.url)), true)

  const begun = await ada.get(answeredSignIn(sealSecretsOf(given.sealSecrets), 'nobody').path)
  t.equal(begun.problem, 'sign-in-refused', 'what was not begun is refused as ever')
  const { path, cookie } = answeredSignIn(sealSecretsOf(given.sealSecrets), 'ada')
  t.equal((await ada.get(path, { cookie: `${ada.cookie ?? ''}; ${cookie}` })).status, 303)
  await uploadWards(ada, wardsCsv('Ward'))
  const { project } = (await ada.post('/api/projects', { name: 'Kano' })).json<{ project: { id: string } }>()
  const served: [method: string, path: string, status: number][] = [
    ['GET', '/api/session', 200],
    ['GET', '/api/sessions', 200],
    ['GET', '/api/projects', 200],
    ['POST', `/api/projects/${project.id}/open`, 200],
    ['GET', '/api/person/export', 200],
    ['POST', '/api/analyses', 201],
    ['GET', '/api/files', 200],
    ['DELETE', `/api/projects/${project.id}`, 204],
    ['DELETE', '/api/session/others', 204],
    ['POST', '/auth/logout', 200],
  ]
  for (const [method, at, status] of served) {
    const body = at === '/api/analyses' ? {} : undefined
    const reply = await ada.send(method, at, body === undefined ? {} : { body })
    t.equal(reply.status, status, `${method} ${at}: ${reply.text.slice(0, 200)}`)
  }
  t.comment(`measured: with the provider down /auth/login is 503, and ${String(served.length)} other routes are served`)
})

t.test('without sign-in its addresses are not there, and it is not offered', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const ada = person(t, service.url)
  await ada.start()
  for (const [method, path] of [
    ['GET', '/auth/login'],
    ['GET', '/auth/callback?code=c&state=s'],
    ['POST', '/auth/logout'],
    ['POST', '/auth/backchannel-logout'],
    ['GET', '/api/sessions'],
    ['DELETE', '/api/sessions'],
    ['DELETE', '/api/session/others'],
  ] as const)
    t.equal((await ada.send(method, path)).problem, 'not-found', `${method} ${path}`)
  t.equal(await isOffered(person(t, service.url)), false)
})

t.test('the cookie of a sign-in opens for five minutes, and not when a bit of it is changed', (t) => {
  const keys: SealSecrets = [{ id: 'a', secret: randomBytes(32).toString('hex') }]
  const attempt = newAttempt(Date.now(), true)
  const value = sealAttempt(keys, attempt)
  t.strictSame(openAttempt(keys, value, attempt.startedAt + ATTEMPT_MS - 1), attempt)
  t.equal(openAttempt(keys, value, attempt.startedAt + ATTEMPT_MS), null)
  t.equal(openAttempt(keys, undefined, attempt.startedAt), null)
  for (let at = 0; at < value.length; at += 7) {
    const other = value[at] === 'A' ? 'B' : 'A'
    t.equal(openAttempt(keys, value.slice(0, at) + other + value.slice(at + 1), attempt.startedAt), null)
  }
  t.equal(openAttempt([{ id: 'a', secret: randomBytes(32).toString('hex') }], value, attempt.startedAt), null)
  t.end()
})
