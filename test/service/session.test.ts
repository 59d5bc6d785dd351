import { createHash } from 'node:crypto'
import t from 'tap'
import type { Redis } from 'ioredis'
import { redis, redisClient, s3, secrets, startService } from '../support/parts.ts'
import {
  announce,
  canary,
  cookieValue,
  person,
  postUpload,
  recordKey,
  tokenOf,
  until,
  uploadWards,
  wardsCsv,
  type Person,
  type SessionView,
} from '../support/client.ts'

const sessionOf = async (who: Person): Promise<SessionView> =>
  (await who.get('/api/session')).json<{ session: SessionView }>().session
/** Redis's own clock counts whole milliseconds. */
const CLOCKS_DIFFER_MS = 20

const attributesOf = (line: string): string[] => line.split('; ').slice(1).sort()

/** Every key with its value, of any type, as one text. */
async function everythingIn(client: Redis): Promise<string> {
  const parts: string[] = []
  for (const key of await client.keys('*')) {
    const type = await client.type(key)
    const value =
      type === 'hash'
        ? await client.hgetall(key)
        : type === 'zset'
          ? await client.zrange(key, '0', '-1')
          : type === 'string'
            ? await client.getBuffer(key)
            : `unknown type ${type}`
    parts.push(key, value instanceof Buffer ? value.toString('latin1') : JSON.stringify(value))
    if (type === 'hash') for (const field of await client.hvalsBuffer(key)) parts.push(field.toString('latin1'))
  }
  return parts.join('\n')
}

t.test('the cookie of a task behind HTTPS', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, {
    redis: server,
    s3: objects,
    env: { STAGE: 'dev', TRUSTED_PROXIES: '127.0.0.1/32', DRAIN_SECONDS: '0' },
  })
  const ada = person(t, service.url, { 'x-forwarded-proto': 'https' })
  await ada.start()
  const [line = ''] = ada.setCookies

  t.match(line, /^__Host-session=/, 'has the prefix that ties it to this host')
  t.strictSame(
    attributesOf(line),
    ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'],
    'is Secure, HttpOnly, SameSite, for every path, with no Domain and no lifetime',
  )
  t.ok(line.length < 4096, 'is short')
  t.equal((await ada.get('/api/session')).headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')

  const held = ada.cookie
  const ended = await ada.delete('/api/session')
  t.equal(ended.status, 204)
  t.equal(ada.setCookies.length, 2, 'is set once and cleared once')
  const cleared = attributesOf(ada.setCookies[1] ?? '')
  t.strictSame(
    cleared.filter((attribute) => !/^(Expires|Max-Age)=/.test(attribute)),
    attributesOf(line),
    'is cleared with the same attributes, since a browser ignores a `__Host-` line without Secure',
  )
  t.ok(cleared.some((attribute) => attribute.startsWith('Expires=Thu, 01 Jan 1970')))

  const before = ada.setCookies.length
  const again = await ada.post('/api/session', undefined, { cookie: held ?? null })
  t.equal(again.status, 201)
  t.strictSame(
    ada.setCookies.slice(before).map(attributesOf),
    [attributesOf(line)],
    'is set by exactly one line where a dead one was presented',
  )
  t.not(ada.cookie, held)
})

t.test('on plain-HTTP localhost the name and Secure fall back, and nothing else', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const client = redisClient(t, server)
  const ada = person(t, service.url)
  const session = await ada.start()
  t.match(ada.setCookies[0], /^session=/)
  t.strictSame(attributesOf(ada.setCookies[0] ?? ''), ['HttpOnly', 'Path=/', 'SameSite=Lax'])

  await t.test('the token has 128 bits or more, never comes twice, and is not the session id', async (t) => {
    const people = Array.from({ length: 200 }, () => person(t, service.url))
    await Promise.all(people.map((who) => who.start()))
    const tokens = people.map(({ cookie }) => tokenOf(cookie))
    t.ok(
      tokens.every((token) => /^[A-Za-z0-9_-]{32,}$/.test(token)),
      'it is 32 characters of base64url, 192 bits',
    )
    t.equal(new Set(tokens).size, people.length)
    const ids = await Promise.all(people.map(async (who) => (await sessionOf(who)).id))
    t.equal(new Set(ids).size, people.length)
    t.notOk(ids.some((id) => tokens.some((token) => token.includes(id) || id.includes(token))))
    for (let at = 0; at < 32; at++)
      t.ok(new Set(tokens.map((token) => token[at])).size > 30, `character ${String(at)} of it is random`)
  })

  await t.test("Redis holds the token's hash alone: no token, no key, no ward name in any key or value", async (t) => {
    const mark = canary()
    const wards = wardsCsv(mark)
    await uploadWards(ada, wards, `${mark}.csv`)
    t.equal((await ada.post('/api/analyses', {})).status, 201)
    await announce(ada, 'boundaries', `${mark}.zip`, 10)
    const everything = await everythingIn(client)
    const token = tokenOf(ada.cookie)
    const signature = cookieValue(ada.cookie).slice(token.length + 1)
    t.ok(everything.includes(createHash('sha256').update(token).digest('base64url')), 'the scan sees the record')
    t.ok(everything.includes(session.id), 'the scan sees the state')
    for (const [what, secret] of Object.entries({
      token,
      signature,
      mark,
      'a column': 'distance_to_water',
      'a token in hex': Buffer.from(token, 'base64url').toString('hex'),
      'the plain record': '"user"',
      "the token's bytes": Buffer.from(token, 'base64url').toString('latin1'),
    })) {
      t.notOk(everything.includes(secret), `${what} is nowhere`)
    }
    for (const key of await client.keys('*'))
      if (key !== 'erasures') t.ok((await client.pttl(key)) > 0, `${key.split(':')[0] ?? ''} keys expire`)
  })
})

t.test('the life of a session', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })

  await t.test('it is started with 201, continued with 200, read, ended with 204 and dead from then on', async (t) => {
    const ada = person(t, service.url)
    t.equal((await ada.get('/api/session')).problem, 'no-session')
    const started = await ada.post('/api/session')
    t.equal(started.status, 201)
    const { session } = started.json<{ session: SessionView }>()
    t.strictSame(Object.keys(session), ['id', 'createdAt', 'idleExpiresAt', 'absoluteExpiresAt', 'user'])
    t.equal(session.user, null)
    const again = await ada.post('/api/session')
    t.equal(again.status, 200)
    t.equal(again.json<{ session: SessionView }>().session.id, session.id)
    t.equal(again.json<{ session: SessionView }>().session.absoluteExpiresAt, session.absoluteExpiresAt)
    t.equal(again.headers['set-cookie'], undefined, 'a good cookie is not set again')
    t.equal((await sessionOf(ada)).id, session.id)

    const { cookie = null } = ada
    const ended = await ada.delete('/api/session')
    t.equal(ended.status, 204)
    t.equal(ended.text, '')
    t.match(ended.headers['clear-site-data'], /"cache".*"storage"/)
    for (const path of ['/api/session', '/api/files', '/api/dataset', '/api/analyses', '/api/exports'])
      t.equal((await ada.get(path, { cookie })).problem, 'no-session', path)
    for (let repeat = 0; repeat < 3; repeat++)
      t.equal(
        (await ada.delete('/api/session', { cookie })).status,
        204,
        'ending it again is not an error, so that a retry can finish the job',
      )
    t.equal((await ada.post('/api/session', undefined, { cookie })).status, 201)
    t.not((await sessionOf(ada)).id, session.id, 'a new one has nothing of the old')
  })

  await t.test('ending a session takes a cookie that this service signed', async (t) => {
    const ada = person(t, service.url)
    await ada.start()
    const value = cookieValue(ada.cookie)
    const [token = '', signature = ''] = value.split('.')
    const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    const other = person(t, service.url)
    await other.start()
    const forged = [
      token,
      `${token}.`,
      `.${signature}`,
      `${flipped}.${signature}`,
      `${tokenOf(other.cookie)}.${signature}`,
      'x',
      `${'a'.repeat(4000)}.${signature}`,
      `${token}.${signature}x`,
      `${value}.${signature}`,
      '{}',
      '%00',
    ]
    for (const value of forged) {
      const cookie = `session=${encodeURIComponent(value)}`
      t.equal((await ada.delete('/api/session', { cookie })).problem, 'no-session')
      t.equal((await ada.get('/api/session', { cookie })).problem, 'no-session')
    }
    t.equal((await ada.delete('/api/session', { cookie: null })).problem, 'no-session')
    t.equal((await ada.delete('/api/session', { cookie: 'session=%zz' })).problem, 'no-session')
    t.equal((await ada.get('/api/session')).status, 200, 'and the session of the true one lives on')
    t.equal((await other.get('/api/session')).status, 200)
    t.ok(
      service.lines().filter((line) => line['Kind'] === 'forged-cookie' && line['CrossSessionAccessAttempts'] === 1)
        .length >=
        forged.length * 2 - 2,
      'each forged cookie is counted',
    )
  })

  await t.test(
    'after FLUSHALL every old cookie is refused, and no session is made under a presented token',
    async (t) => {
      const client = redisClient(t, server)
      const people = Array.from({ length: 20 }, () => person(t, service.url))
      const old = await Promise.all(people.map((who) => who.start()))
      const cookies = people.map(({ cookie }) => cookie)
      await client.flushall()
      for (const who of people) t.equal((await who.get('/api/files')).problem, 'no-session')
      const fresh = await Promise.all(
        people.map(async (who) => {
          const reply = await who.post('/api/session')
          t.equal(reply.status, 201)
          return reply.json<{ session: SessionView }>().session.id
        }),
      )
      people.forEach((who, at) => {
        t.not(tokenOf(who.cookie), tokenOf(cookies[at]))
      })
      t.notOk(fresh.some((id) => old.some((session) => session.id === id)))
      const names = new Set(cookies.map(recordKey))
      t.strictSame(
        (await client.keys('sess:*')).filter((key) => names.has(key)),
        [],
      )
      t.equal((await client.keys('sess:*')).length, people.length)
    },
  )
})

t.test("expiry is Redis's own", async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, {
    redis: server,
    s3: objects,
    env: { SESSION_IDLE_SECONDS: '2', SESSION_ABSOLUTE_SECONDS: '5' },
  })
  const client = redisClient(t, server)
  const [idle, busy] = [person(t, service.url), person(t, service.url)]
  const times = [performance.now()]
  await idle.start()
  times.push(performance.now())
  const first = await busy.start()
  times.push(performance.now())
  const [idleBegan = NaN, idleStarted = NaN, busyStarted = NaN] = times
  t.equal(Date.parse(first.absoluteExpiresAt) - Date.parse(first.idleExpiresAt), 3_000)

  const idleKey = recordKey(idle.cookie)
  /**
   * When each was last asked for and still there, and when it was first found gone. It ended between the two, however
   * long the machine stalled.
   */
  const seen = { idle: { there: 0, gone: 0 }, busy: { there: 0, gone: 0 } }
  let last = first
  while (seen.busy.gone === 0 && performance.now() - idleBegan < 20_000) {
    const asked = performance.now()
    const isThere = (await client.exists(idleKey)) === 1
    if (isThere) seen.idle.there = asked
    else if (seen.idle.gone === 0) seen.idle.gone = performance.now()
    const askedAgain = performance.now()
    const reply = await busy.get('/api/session')
    if (reply.status === 401) seen.busy.gone = performance.now()
    if (reply.status === 200) {
      seen.busy.there = askedAgain
      last = reply.json<{ session: SessionView }>().session
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  t.equal((await idle.get('/api/session')).problem, 'no-session', 'an idle session ends')
  t.ok(
    seen.idle.gone - idleBegan >= 2_000 - CLOCKS_DIFFER_MS && seen.idle.there - idleStarted <= 2_000 + CLOCKS_DIFFER_MS,
    `after its idle time (${JSON.stringify(seen.idle)})`,
  )
  t.ok(
    seen.busy.gone - idleStarted >= 5_000 - CLOCKS_DIFFER_MS &&
      seen.busy.there - busyStarted <= 5_000 + CLOCKS_DIFFER_MS,
    'a busy one slides on past it, and ends at the absolute deadline under constant traffic ' +
      `(${JSON.stringify(seen.busy)})`,
  )
  t.equal(last.absoluteExpiresAt, first.absoluteExpiresAt, 'which never moves')
  t.ok(last.idleExpiresAt <= last.absoluteExpiresAt, 'and which the idle deadline never passes')
  t.strictSame(await client.keys('sess:*'), [])
})

t.test('secrets are rotated without signing anybody out', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const [old, next] = [secrets(), { ...secrets(), sealSecrets: secrets().sealSecrets.replace('t1:', 't2:') }]
  const task = (cookieSecrets: string, sealSecrets: string): ReturnType<typeof startService> =>
    startService(t, { redis: server, s3: objects, secrets: { ...old, cookieSecrets, sealSecrets } })
  const [before, both, after] = await Promise.all([
    task(old.cookieSecrets, old.sealSecrets),
    task(`${next.cookieSecrets},${old.cookieSecrets}`, `${next.sealSecrets},${old.sealSecrets}`),
    task(next.cookieSecrets, `${next.sealSecrets},${old.sealSecrets}`),
  ])
  const ada = person(t, before.url)
  const session = await ada.start()
  const mark = canary()
  const fileId = await uploadWards(ada, wardsCsv(mark))
  const waiting = await announce(ada, 'wards', 'later.csv', 5)
  const analysis = (await ada.post('/api/analyses', {})).json<{ analysis: { id: string } }>().analysis.id
  const { cookie: oldCookie = '' } = ada
  t.equal(
    (await ada.get('/api/session', { at: after.url })).problem,
    'no-session',
    'the new secret alone does not know the old cookie',
  )
  ada.cookie = oldCookie

  const side = person(t, both.url)
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      side.get(at % 2 === 0 ? '/api/session' : '/api/files', { cookie: oldCookie }),
    ),
  )
  t.strictSame(
    replies.map(({ status }) => status),
    replies.map(() => 200),
    'a page that loads with twenty requests at once stays signed in',
  )
  t.ok(
    replies.every(({ headers }) => headers['set-cookie'] !== undefined),
    'and each reply sets the cookie again',
  )
  t.equal(new Set(side.setCookies).size, 1)
  t.strictSame(attributesOf(side.setCookies[0] ?? ''), ['HttpOnly', 'Path=/', 'SameSite=Lax'])
  t.equal(tokenOf(side.cookie), tokenOf(oldCookie), 'with the same token')
  t.not(side.cookie, oldCookie)

  const { cookie: newCookie = '' } = side
  t.equal((await side.get('/api/session')).headers['set-cookie'], undefined, 'and once')
  const reply = await side.get('/api/session', { at: after.url, cookie: newCookie })
  t.equal(reply.status, 200, 'the new secret alone knows the new cookie')
  t.equal(reply.json<{ session: SessionView }>().session.id, session.id)

  const late = { cookie: newCookie, at: after.url }
  t.match((await side.get('/api/files', late)).text, fileId, 'what was sealed before can be read')
  t.equal((await side.get(`/api/analyses/${analysis}`, late)).status, 200, 'ids that were made before are known')
  t.ok((await side.get('/api/dataset', late)).status === 200)
  t.equal(await postUpload(waiting, 'a,b\n1'), 204, 'an upload that was signed before arrives')
  t.equal(
    (await side.post(`/api/files/${waiting.file.id}/complete`, undefined, late)).problem,
    'unreadable-file',
    "and is looked at as this session's own",
  )
  t.equal((await side.delete(`/api/files/${fileId}`, late)).status, 204)
  const stranger = person(t, after.url)
  await stranger.start()
  t.equal((await stranger.get(`/api/analyses/${analysis}`)).problem, 'not-found')
  await until(
    () => after.lines().some((line) => line['Kind'] === 'foreign-id'),
    30_000,
    "a stranger's use of an id made before the rotation was counted",
  )
  t.equal((await side.delete('/api/session', late)).status, 204)
  t.equal(
    (await ada.get('/api/session')).problem,
    'no-session',
    'ending it ends it for the tasks that know the old secret too',
  )
})

t.test('tasks of two steps of a rotation serve side by side', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const [old, next] = [secrets(), { ...secrets(), sealSecrets: secrets().sealSecrets.replace('t1:', 't2:') }]
  const steps = await Promise.all(
    [[old], [old, next], [next, old], [next]].map((list) =>
      startService(t, {
        redis: server,
        s3: objects,
        secrets: {
          ...old,
          cookieSecrets: list.map(({ cookieSecrets }) => cookieSecrets).join(),
          sealSecrets: list.map(({ sealSecrets }) => sealSecrets).join(),
        },
      }),
    ),
  )
  const goesOn = async (from: number, to: number): Promise<string[]> => {
    const [one, other] = [steps[from]?.url ?? '', steps[to]?.url ?? '']
    const ada = person(t, one)
    await ada.start()
    const { file } = await announce(ada, 'wards', 'a.csv', 1)
    const replies = [
      await ada.get('/api/session', { at: other }),
      await ada.get('/api/files', { at: other }),
      await ada.get('/api/files'),
      await ada.delete(`/api/files/${file.id}`, { at: other }),
    ]
    return replies.map(({ status, problem }) => problem ?? String(status))
  }
  for (const [from, to] of [
    [0, 1],
    [1, 0],
    [1, 2],
    [2, 1],
    [2, 3],
    [3, 2],
  ] as const) {
    t.strictSame(
      await goesOn(from, to),
      ['200', '200', '200', '204'],
      `a session that a task of step ${String(from + 1)} began goes on at one of step ${String(to + 1)}`,
    )
  }
  t.notOk(
    steps.some((service) => service.lines().some((line) => line['Wall'] !== undefined)),
    'no wall was needed',
  )
  t.match(
    await goesOn(2, 0),
    ['no-session'],
    'without the second step, tasks not yet replaced would know no new session',
  )
})

t.test('a secret that may have leaked can be taken away at once', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const [old, next] = [secrets(), { ...secrets(), sealSecrets: secrets().sealSecrets.replace('t1:', 't2:') }]
  const task = (own: typeof old): ReturnType<typeof startService> =>
    startService(t, { redis: server, s3: objects, secrets: own })
  const [before, both, sealAlone] = await Promise.all([
    task(old),
    task(next),
    task({ ...next, cookieSecrets: old.cookieSecrets }),
  ])
  const [ada, bela] = [person(t, before.url), person(t, before.url)]
  const { id } = await ada.start()
  await bela.start()
  const { cookie = null } = ada
  for (const path of ['/api/session', '/api/files', '/api/dataset', '/api/chat'])
    t.equal(
      (await ada.get(path, { at: both.url, cookie })).problem,
      'no-session',
      `${path}: with the cookie's secret everybody is signed out`,
    )
  const fresh = await ada.post('/api/session', undefined, { at: both.url, cookie })
  t.equal(fresh.status, 201, 'and can start again')
  t.not(fresh.json<{ session: SessionView }>().session.id, id)
  t.notOk(
    both.lines().some((line) => line['Wall'] !== undefined),
    'without a violation',
  )
  t.equal(
    (await bela.get('/api/files', { at: sealAlone.url })).problem,
    'session-store-unavailable',
    'without it, what was sealed opens for nobody',
  )
  t.equal((await bela.delete('/api/session', { at: sealAlone.url })).status, 204, 'until the session is ended')
  t.equal((await bela.post('/api/session', undefined, { at: sealAlone.url })).status, 201)
})
