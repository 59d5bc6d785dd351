import { createHash } from 'node:crypto'
import t, { type Test } from 'tap'
import type { ProviderJar } from '../../local/sign-in/walk-provider.ts'
import { personIdOf } from '../../service/session/person.ts'
import { canary, person, repeated, tokenOf, until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { redis, redisClient, s3, secrets, startService } from '../support/parts.ts'
import { answeredSignIn, sealSecretsOf } from '../support/sealed-sign-in.ts'
import { provider, signIn } from '../support/sign-in.ts'
import { timeEnding, told, type Ending } from '../support/time-ending.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const CHROME = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'
/** `RACES=1000` is the long form. */
const RACES = Number(process.env.RACES ?? 40)
/** How often a logout everywhere is timed. */
const ENDINGS = Number(process.env.ENDINGS ?? 5)
const FIVE_MINUTES_MS = 5 * 60_000

interface Listed {
  readonly ref: string
  readonly device: string
  readonly signedInAt: string
  readonly isThisOne: boolean
}
const listOf = async (who: Person): Promise<readonly Listed[]> =>
  (await who.get('/api/sessions')).json<{ sessions: Listed[] }>().sessions

t.test('on three tasks of one service', async (t) => {
  const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
  const shared = secrets()
  const sealSecrets = sealSecretsOf(shared.sealSecrets)
  const common = { redis: server, s3: objects, secrets: shared, env: issuer.env }
  const tasks = await Promise.all(
    [issuer.servicePort, undefined, undefined].map((port) =>
      startService(t, { ...common, ...(port !== undefined && { port }) }),
    ),
  )
  const urls = tasks.map(({ url }) => url)
  const operator = redisClient(t, server)
  const device = (agent = FIREFOX, task = 0): Person => person(t, urls[task] ?? '', { 'user-agent': agent })
  /** A device that has signed in, so long ago for the provider, whose part is left out. */
  const signedIn = async (t: Test, subject: string, agent = FIREFOX, task = 0, agoMs = 0): Promise<Person> => {
    const who = device(agent, task)
    const { path, cookie } = answeredSignIn(sealSecrets, subject, { agoMs })
    t.equal((await repeated(() => who.get(path, { cookie }))).status, 303)
    return who
  }
  const statuses = (who: Person, cookie: string | null): Promise<readonly number[]> =>
    Promise.all(urls.map(async (at) => (await who.get('/api/session', { at, cookie })).status))

  await t.test('a person sees their own sessions, by devices in coarse words, and nobody else does', async (t) => {
    const laptop = await signedIn(t, 'lister')
    const phone = await signedIn(t, 'lister', CHROME, 1)
    const other = await signedIn(t, 'stranger', FIREFOX, 2)
    const listed = await listOf(laptop)
    t.strictSame(
      listed.map(({ device, isThisOne }) => [device, isThisOne]),
      [
        ['Chrome, Android', false],
        ['Firefox, Linux', true],
      ],
    )
    for (const { ref, signedInAt } of listed) {
      t.match(ref, /^[\w-]{22}$/)
      t.ok(Math.abs(Date.parse(signedInAt) - Date.now()) < 60_000)
      for (const { cookie } of [laptop, phone]) t.notMatch(ref, tokenOf(cookie))
    }
    t.equal((await listOf(other)).length, 1)
    const [theirs = { ref: '' }] = listed
    t.equal((await other.delete(`/api/sessions/${theirs.ref}`)).problem, 'not-found', 'a ref of another person')
    t.equal((await listOf(laptop)).length, 2)
  })

  await t.test('an anonymous session has no list and no others', async (t) => {
    const who = device()
    await who.start()
    for (const [method, path] of [
      ['GET', '/api/sessions'],
      ['DELETE', '/api/sessions'],
      ['DELETE', '/api/session/others'],
      ['DELETE', `/api/sessions/${'A'.repeat(22)}`],
    ] as const)
      t.equal((await who.send(method, path)).problem, 'sign-in-needed', `${method} ${path}`)
    t.equal((await who.get('/api/session')).status, 200)
  })

  await t.test('ending one session ends it on every task, with its data, and no other', async (t) => {
    const laptop = await signedIn(t, 'ender')
    const phone = await signedIn(t, 'ender', CHROME, 1)
    await uploadWards(phone, wardsCsv(canary()))
    const { id } = (await phone.get('/api/session')).json<{ session: { id: string } }>().session
    const ref = (await listOf(laptop)).find(({ isThisOne }) => !isThisOne)?.ref ?? ''
    t.equal((await laptop.delete(`/api/sessions/${ref}`)).status, 204)
    t.strictSame(await statuses(phone, phone.cookie ?? null), [401, 401, 401])
    t.strictSame(await statuses(laptop, laptop.cookie ?? null), [200, 200, 200])
    t.equal(await operator.exists(`data:{${id}}:workspace`), 0, 'its workspace is deleted')
    t.equal(await operator.exists(`ended:{${id}}`), 1, 'and takes no late write')
    t.equal((await laptop.delete(`/api/sessions/${ref}`)).problem, 'not-found', 'it is ended once')
    const own = (await listOf(laptop)).find(({ isThisOne }) => isThisOne)?.ref ?? ''
    t.equal((await laptop.delete(`/api/sessions/${own}`)).status, 204, 'this one may be ended so, too')
    t.equal(laptop.cookie, undefined)
  })

  await t.test('ending the others, or all, is effective on every task within a second', async (t) => {
    const ask = (at: string, cookie: string): ReturnType<Person['get']> => device().get('/api/session', { at, cookie })
    const endings = { others: [] as Ending[], all: [] as Ending[] }
    for (let round = 0; round < ENDINGS; round += 1) {
      const subject = `everywhere-${String(round)}`
      const devices = await Promise.all(
        Array.from({ length: 4 }, (_, at) => signedIn(t, subject, at % 2 === 0 ? FIREFOX : CHROME, at % 3)),
      )
      const [own, ...others] = devices as [Person, ...Person[]]
      const elsewhere = await signedIn(t, 'somebody-else')
      const otherCookies = others.map(({ cookie = '' }) => cookie)
      endings.others.push(
        await timeEnding(urls, otherCookies, ask, async () => {
          t.equal((await own.delete('/api/session/others')).status, 204)
          return Date.now()
        }),
      )
      for (const cookie of otherCookies) t.strictSame(await statuses(own, cookie), [401, 401, 401], 'for good')
      const kept = own.cookie ?? ''
      t.strictSame(await statuses(own, kept), [200, 200, 200], 'this one goes on')
      t.equal((await listOf(own)).length, 1)

      const again = await signedIn(t, subject, CHROME, 2)
      endings.all.push(
        await timeEnding(urls, [kept, again.cookie ?? ''], ask, async () => {
          const reply = await own.delete('/api/sessions')
          t.equal(reply.status, 204)
          t.match(reply.headers['clear-site-data'], '"storage"')
          return Date.now()
        }),
      )
      t.strictSame(await statuses(elsewhere, elsewhere.cookie ?? null), [200, 200, 200], 'nobody else is touched')
      const anew = await signedIn(t, subject)
      t.strictSame(await statuses(anew, anew.cookie ?? null), [200, 200, 200], 'and one can sign in again at once')
    }
    for (const [what, measured] of [
      ['all others ended', endings.others],
      ['all ended', endings.all],
    ] as const) {
      t.comment(`measured: ${told(what, measured)}`)
      t.ok(
        measured.every(({ sinceAcknowledged }) => sinceAcknowledged === 0),
        `${what}: no request that began later is answered`,
      )
      t.ok(
        measured.every(({ sinceAsked }) => sinceAsked <= 1_000),
        `${what}: within a second`,
      )
    }
  })

  await t.test('ending sessions needs a sign-in of the last five minutes', async (t) => {
    const early = await signedIn(t, 'long-ago', FIREFOX, 0, FIVE_MINUTES_MS + 1_000)
    const phone = await signedIn(t, 'long-ago', CHROME, 1)
    const ref = (await listOf(early)).find(({ isThisOne }) => !isThisOne)?.ref ?? ''
    for (const path of [`/api/sessions/${ref}`, '/api/session/others', '/api/sessions']) {
      const refused = await early.delete(path)
      t.strictSame([refused.status, refused.problem], [403, 'sign-in-again'], path)
      t.match(refused.text, '/auth/login?fresh=true')
    }
    t.strictSame(await statuses(phone, phone.cookie ?? null), [200, 200, 200], 'nothing was ended')
    t.equal(
      tasks[0]?.lines().filter((line) => line['audit'] === 'step-up-refused').length,
      3,
      'each refusal is in the audit trail',
    )
    t.equal((await early.delete('/api/session')).status, 204, 'a session always ends itself')
    const recent = await signedIn(t, 'long-ago', FIREFOX, 0, FIVE_MINUTES_MS - 60_000)
    t.equal((await recent.delete('/api/session/others')).status, 204)
    t.strictSame(await statuses(phone, phone.cookie ?? null), [401, 401, 401])
  })

  await t.test('the epoch alone ends a session whose record stays, also one that the list does not name', async (t) => {
    const who = await signedIn(t, 'unlisted')
    const personId = personIdOf('https://id.example.org', 'unlisted')
    t.equal(personId, createHash('sha256').update('https://id.example.org\nunlisted').digest('base64url'))
    t.equal(await operator.del(`person:{${personId}}`), 1)
    const record = `sess:{${createHash('sha256').update(tokenOf(who.cookie)).digest('base64url')}}`
    const since = Number(await operator.hget(record, 'since'))
    await operator.set(`epoch:{${personId}}`, String(since - 1))
    t.equal((await who.get('/api/session')).status, 200, 'an epoch before it')
    await operator.set(`epoch:{${personId}}`, String(since))
    t.strictSame(await statuses(who, who.cookie ?? null), [401, 401, 401], 'an epoch of its time')
  })

  await t.test('without Redis nobody signs in, and nobody is told or ends anything: 503', async (t) => {
    const who = await signedIn(t, 'outage')
    const { path, cookie } = answeredSignIn(sealSecrets, 'outage')
    server.process.signal('SIGSTOP')
    t.teardown(() => {
      server.process.signal('SIGCONT')
    })
    for (const [method, address, options] of [
      ['GET', '/api/sessions', {}],
      ['DELETE', '/api/sessions', {}],
      ['DELETE', `/api/sessions/${'A'.repeat(22)}`, {}],
      ['DELETE', '/api/session/others', {}],
      ['POST', '/auth/logout', {}],
      ['GET', path, { cookie }],
    ] as const) {
      const reply = await who.send(method, address, options)
      t.strictSame([reply.status, reply.problem], [503, 'session-store-unavailable'], `${method} ${address}`)
    }
    server.process.signal('SIGCONT')
    t.equal((await repeated(() => who.get('/api/session'))).status, 200, 'and nothing was changed')
    t.equal((await repeated(() => device().get(path, { cookie }))).status, 303, 'the sign-in goes on where it was')
  })

  await t.test('a person has 20 sessions at most: the oldest makes room', async (t) => {
    const devices: Person[] = []
    for (let at = 0; at < 21; at += 1) devices.push(await signedIn(t, 'collector'))
    t.equal((await listOf(devices.at(-1) ?? device())).length, 20)
    t.equal((await devices[0]?.get('/api/session'))?.status, 401)
    t.equal((await devices[1]?.get('/api/session'))?.status, 200)
  })

  await t.test('who signs out at the provider is signed out here, by its own word alone', async (t) => {
    const [laptop, phone] = [device(), device(CHROME, 0)]
    const [jar, phoneJar]: [ProviderJar, ProviderJar] = [new Map(), new Map()]
    await signIn(laptop, 'amina', { jar })
    await signIn(phone, 'amina', { jar: phoneJar })
    const kept = laptop.cookie ?? null
    await signOutAtProvider(`${issuer.issuer}/session/end?client_id=chatmrpt`, jar)
    await until(async () => (await laptop.get('/api/session', { cookie: kept })).status === 401, 20_000, 'the logout')
    t.strictSame(await statuses(laptop, kept), [401, 401, 401])
    t.strictSame(await statuses(phone, phone.cookie ?? null), [200, 200, 200], 'the other device has its own session')
    for (const [body, type] of [
      ['logout_token=a.b.c', 'application/x-www-form-urlencoded'],
      ['logout_token=a.b.c&session_id=x', 'application/x-www-form-urlencoded'],
      ['{"logout_token":"a.b.c"}', 'application/json'],
    ] as const) {
      const reply = await device().post('/auth/backchannel-logout', body, { headers: { 'content-type': type } })
      t.ok([400, 403].includes(reply.status), `${body}: ${reply.text}`)
    }
  })

  await t.test(
    `the old token is dead in each of ${String(RACES)} sign-ins that requests race over three tasks`,
    async (t) => {
      const seen = { revived: 0, lost: 0, notSignedIn: 0, cookies: 0, unexpected: 0 }
      let [wonByRequests, wonBySignIn] = [0, 0]
      const race = async (who: Person, turn: number): Promise<void> => {
        await repeated(() => who.post('/api/session', undefined, { cookie: null }))
        const old = who.cookie ?? ''
        const before = (await repeated(() => who.get('/api/session'))).json<{ session: { id: string } }>().session.id
        const at = (index: number): string => urls[(index + turn) % urls.length] ?? ''
        const send = (index: number): ReturnType<Person['get']> =>
          index % 3 === 0
            ? who.post('/api/files', { role: 'wards', filename: 'a.csv', bytes: 1 }, { at: at(index), cookie: old })
            : who.get(index % 3 === 1 ? '/api/session' : '/api/files', { at: at(index), cookie: old })
        const { path, cookie, token } = answeredSignIn(sealSecrets, `racer-${String(turn)}`)
        const browser = device()
        const raced = Array.from({ length: 6 }, (_, index) => send(index))
        const signing = repeated(() => browser.get(path, { at: at(turn), cookie: `${old}; ${cookie}` }))
        raced.push(...Array.from({ length: 6 }, (_, index) => send(index + 1)))
        if ((await signing).status !== 303) seen.notSignedIn += 1
        // From here on the old token is dead for every task, whatever is in flight.
        for (const status of await statuses(who, old)) if (status !== 401) seen.revived += 1
        for (const reply of await Promise.all(raced)) {
          if (reply.headers['set-cookie'] !== undefined) seen.cookies += 1
          if (reply.status < 300) wonByRequests += 1
          else if (reply.status === 401) wonBySignIn += 1
          else if (reply.status !== 503 && reply.status !== 429) seen.unexpected += 1
        }
        for (const status of await statuses(who, old)) if (status !== 401) seen.revived += 1
        if (tokenOf(browser.cookie) !== token) seen.notSignedIn += 1
        const after = await repeated(() => browser.get('/api/session', { at: at(turn + 1) }))
        if (after.json<{ session?: { id: string } }>().session?.id !== before) seen.lost += 1
      }
      let turn = 0
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          const who = device()
          while (turn < RACES) await race(who, turn++)
        }),
      )
      t.strictSame(seen, { revived: 0, lost: 0, notSignedIn: 0, cookies: 0, unexpected: 0 })
      t.ok(
        wonByRequests > RACES && wonBySignIn > 0,
        `it was a race: ${String(wonByRequests)} requests came before, ${String(wonBySignIn)} after`,
      )
      t.comment(
        `measured: the old token was answered ${String(seen.revived)} times after ${String(RACES)} sign-ins that ` +
          `${String(wonByRequests + wonBySignIn)} requests raced over three tasks`,
      )
    },
  )
})

/** Walks through the provider's own page of sign-out. */
async function signOutAtProvider(url: string, jar: ProviderJar): Promise<void> {
  const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
  const page = await (await fetch(url, { headers })).text()
  const [, action = ''] = /action="([^"]+)"/.exec(page) ?? []
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? []
  const reply = await fetch(action, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  })
  await reply.arrayBuffer()
}
