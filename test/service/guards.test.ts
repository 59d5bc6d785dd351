import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { pagePaths } from '../support/page-paths.ts'
import { redis, s3, startService, type TestService } from '../support/parts.ts'
import {
  announce,
  person,
  sessionRoutes,
  uploadWards,
  until,
  wardsCsv,
  type Person,
  type Reply,
  type SendOptions,
} from '../support/client.ts'

const attempts = (service: TestService, kind: string): number =>
  service
    .lines()
    .filter((line) => line['Kind'] === kind)
    .reduce((sum, line) => sum + Number(line['CrossSessionAccessAttempts']), 0)

/** Sends raw bytes on a connection of its own, and gives everything that comes back. */
async function raw(url: string, text: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => {
      chunks.push(chunk)
    })
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString())
    })
    socket.on('error', reject)
    socket.setTimeout(5_000, () => {
      socket.destroy()
    })
    socket.end(text)
  })
}

/** Sends a letter a second after a beginning, until the other side gives up; gives what it replied. */
async function drip(url: string, text: string): Promise<string> {
  return await new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.write(text)
    const timer = setInterval(() => {
      socket.write('x')
    }, 1_000)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve(Buffer.concat(chunks).toString())
    })
  })
}

interface Way {
  readonly what: string
  readonly path: (path: string) => string
  readonly options: SendOptions
}

const asQuery = (query: string): Way => ({ what: `?${query}`, path: (path) => `${path}?${query}`, options: {} })
const asHeader = (name: string): Way => ({
  what: `header ${name}`,
  path: (path) => path,
  options: { headers: { [name]: 'x' } },
})
const asBody = (body: unknown, type = 'application/json'): Way => ({
  what: `${type} ${typeof body === 'string' ? body.slice(0, 60) : JSON.stringify(body).slice(0, 60)}`,
  path: (path) => path,
  options: { body, headers: { 'content-type': type } },
})
const nested = (depth: number): unknown =>
  depth === 0 ? { session_id: 'x' } : depth % 2 === 0 ? { a: nested(depth - 1) } : [nested(depth - 1)]
const multipart = (name: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n--b--\r\n`

const bodyless: readonly Way[] = [
  ...[
    'session_id=x',
    'sessionId=x',
    'sessionid=',
    'SESSION_ID=x',
    'session-id=x',
    'session.id=x',
    'x_session_id=x',
    'X-Session-ID=x',
    'ChatMRPT-Session=x',
    'chatmrpt_session=x',
    'a=1&session_id=x',
    'session_id=a&session_id=b',
    'session%5Fid=x',
    'session%5fid=x',
    '%73ession_id=x',
    'session_id[]=x',
    'session_id[0]=x',
    'filter[session_id]=x',
    'filter.session_id=x',
    'session[id]=x',
    'session_id',
    'session+id=x',
    '%EF%BD%93ession_id=x',
    'a=?session_id=b&sessionId=x',
  ].map(asQuery),
  ...[
    'X-Session-ID',
    'x-session-id',
    'Session-Id',
    'SessionId',
    'session_id',
    'ChatMRPT-Session',
    'chatmrpt_session',
  ].map(asHeader),
]
const inPath: readonly Way[] = [
  'session_id',
  'sessionId=x',
  'session%5Fid=x',
  'X-Session-ID:x',
  'ChatMRPT-Session',
  'a/session_id/x',
].map((part) => ({ what: `path /${part}`, path: (path) => `${path}/${part}`, options: {} }))
const bodies: readonly Way[] = [
  ...[
    { session_id: 'x' },
    { sessionId: null },
    { 'X-Session-ID': 1 },
    { 'ChatMRPT-Session': {} },
    { 'SESSION-ID': [] },
    [{ session_id: 'x' }],
    [[[{ sessionId: 1 }]]],
    nested(5),
    nested(30),
    nested(61),
  ].map((body) => asBody(body)),
  asBody('{"a":1,"session\\u005fid":"x"}'),
  asBody('{"role":"wards","role":"wards","session_id":1}', 'application/json; charset=utf-8'),
  ...[
    '{"role":{"session_id":"x"},"role":"wards","filename":"a.csv","bytes":1}',
    '{"message":[{"x":{"sessionId":1}}],"message":"Hello"}',
    '{"a":{"session_id":"x"}',
    `${'['.repeat(100)}{"session_id":1}${']'.repeat(100)}`,
    `{"a":"${'\\\\\\"'.repeat(10_000)}","session_id":1}`,
  ].map((body) => asBody(body)),
  ...['session_id=x', 'a=1&sessionId=x', 'session%5Fid=x', '%73ession_id=x', 'session+id=x', 'a%zz=1&session_id=x'].map(
    (body) => asBody(body, 'application/x-www-form-urlencoded'),
  ),
  ...['session_id', 'sessionId', 'X-Session-ID', 'ChatMRPT-Session'].map((name) =>
    asBody(multipart(name), 'multipart/form-data; boundary=b'),
  ),
  { what: 'no media type', path: (path) => path, options: { body: '{"session_id":"x"}' } },
  asBody('{"session_id":"x"}', 'text/plain'),
  asBody('<session_id>x</session_id>', 'application/xml'),
  asBody('{"sessionId":"x"}', 'application/vnd.api+json'),
]

t.test('a session id from the client', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const ada = person(t, service.url)
  const nobody = person(t, service.url)
  await ada.start()
  const known = (await sessionRoutes(ada)).map(({ method, path }) => ({ method, path }))
  const unknown = [
    { method: 'GET', path: '/api/nowhere' },
    { method: 'POST', path: '/api' },
    { method: 'PUT', path: '/api/session' },
    { method: 'POST', path: '/auth/login' },
    { method: 'GET', path: '/auth' },
    { method: 'PATCH', path: '/API/files' },
    { method: 'POST', path: '//api/files' },
  ]
  const spelled = [
    { method: 'GET', path: '/%61pi/session' },
    { method: 'POST', path: '/a%70i/files' },
    { method: 'DELETE', path: '/%61%70%69/%73ession' },
  ]

  const refusedEverywhere = async (
    t: Test,
    routes: readonly { method: string; path: string }[],
    ways: readonly Way[],
  ): Promise<void> => {
    const before = attempts(service, 'client-session-id')
    let sent = 0
    const wrong: string[] = []
    for (const { method, path } of routes) {
      for (const who of [ada, nobody]) {
        await Promise.all(
          ways.map(async (way) => {
            sent += 1
            const reply = await who.send(method, way.path(path), way.options)
            if (
              reply.status !== 400 ||
              reply.problem !== 'client-session-id' ||
              reply.headers['set-cookie'] !== undefined
            )
              wrong.push(`${method} ${path} ${way.what}: ${String(reply.status)} ${reply.problem ?? ''}`)
          }),
        )
      }
    }
    t.strictSame(wrong, [], `${String(sent)} requests are refused`)
    await until(() => attempts(service, 'client-session-id') === before + sent, 5_000, 'each of them is counted')
  }

  await t.test('in a query or a header is refused on every route, with a cookie and without, and counted', (t) =>
    refusedEverywhere(t, [...known, ...unknown, ...spelled], bodyless),
  )
  await t.test('in a path is refused', (t) =>
    refusedEverywhere(
      t,
      [
        { method: 'GET', path: '/api/files' },
        { method: 'POST', path: '/api/session' },
        { method: 'DELETE', path: '/auth' },
      ],
      inPath,
    ),
  )
  await t.test('in a body of any kind, at any depth, is refused on every route', (t) =>
    refusedEverywhere(t, [...known, ...unknown, ...spelled], bodies),
  )
  await t.test('in another cookie is refused', (t) =>
    refusedEverywhere(
      t,
      known,
      ['session_id=x', 'sessionId=x', 'X-Session-ID=x', 'ChatMRPT-Session=x', 'session%5Fid=x', 'a=b; sessionid=x'].map(
        (extra): Way => ({
          what: `cookie ${extra}`,
          path: (path) => path,
          options: { cookie: `${ada.cookie ?? ''}; ${extra}` },
        }),
      ),
    ),
  )
  await t.test('is refused before an outage is reported', async (t) => {
    server.process.signal('SIGSTOP')
    try {
      await refusedEverywhere(t, known, [
        asQuery('session_id=x'),
        asHeader('X-Session-ID'),
        asBody({ a: [{ sessionId: 1 }] }),
      ])
    } finally {
      server.process.signal('SIGCONT')
    }
    await until(async () => (await ada.get('/api/session')).status === 200, 30_000, 'the session alive again')
  })
  await t.test('is ignored on a route that has no session', async (t) => {
    for (const path of ['/livez', '/', '/openapi.json', pagePaths().script, '/readyz']) {
      const reply = await ada.get(`${path}?session_id=x`, { headers: { 'x-session-id': 'x' }, cookie: 'session_id=x' })
      t.equal(reply.status, 200, path)
    }
  })
  t.equal((await ada.get('/api/session')).status, 200, 'and the session of the cookie is untouched by it all')
  t.strictSame((await ada.get('/api/files')).json(), { files: [] })
})

t.test('a request', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const ada = person(t, service.url)
  const session = await ada.start()
  const { host } = new URL(service.url)
  const file = { role: 'wards', filename: 'a.csv', bytes: 1 }
  const own = `http://${host}`
  const begun = performance.now()
  const dripped = Promise.all(
    [
      `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nA: `,
      `POST /api/files HTTP/1.1\r\nHost: ${host}\r\nCookie: ${ada.cookie ?? ''}\r\nContent-Type: ` +
        'application/json\r\nContent-Length: 1000\r\n\r\n{',
    ].map(async (text) => ({ reply: await drip(service.url, text), ms: performance.now() - begun })),
  )

  await t.test('that a browser sends from another site changes nothing', async (t) => {
    const matrix: [Record<string, string>, boolean][] = [
      [{}, true],
      [{ 'sec-fetch-site': 'same-origin' }, true],
      [{ 'sec-fetch-site': 'none' }, true],
      [{ 'sec-fetch-site': 'same-origin', origin: own }, true],
      [{ origin: own }, true],
      [{ 'sec-fetch-site': 'cross-site' }, false],
      [{ 'sec-fetch-site': 'same-site' }, false],
      [{ 'sec-fetch-site': 'SAME-ORIGIN' }, false],
      [{ 'sec-fetch-site': '' }, false],
      [{ 'sec-fetch-site': 'cross-site', origin: own }, false],
      [{ origin: 'https://elsewhere.example' }, false],
      [{ origin: 'null' }, false],
      [{ origin: '' }, false],
      [{ origin: `${own}.elsewhere.example` }, false],
      [{ origin: `http://elsewhere.example/${host}` }, false],
      [{ origin: `http://${host.split(':')[0] ?? ''}:1` }, false],
    ]
    for (const [headers, isFine] of matrix) {
      const what = JSON.stringify(headers)
      for (const [method, path, body] of [
        ['POST', '/api/files', file],
        ['POST', '/%61pi/files', file],
        ['POST', '/api/session'],
      ] as const) {
        const reply = await ada.send(method, path, { body, headers })
        if (isFine) t.ok(reply.status < 300, `${what} may ${method} ${path}`)
        else
          t.strictSame([reply.status, reply.problem], [403, 'cross-site-request'], `${what} may not ${method} ${path}`)
      }
      if (!isFine) {
        for (const path of ['/api/session', '/%61pi/session'])
          t.equal(
            (await ada.delete(path, { headers })).problem,
            'cross-site-request',
            `${what} may not end the session`,
          )
        t.equal((await ada.post('/api/nowhere', {}, { headers })).problem, 'cross-site-request')
      }
      t.equal(
        (await ada.get('/api/session', { headers })).status,
        200,
        `${what} may read, since no page of another origin sees the reply`,
      )
    }
    const reply = await ada.get('/api/session', { headers: { origin: 'https://elsewhere.example' } })
    t.equal(reply.headers['access-control-allow-origin'], undefined)
    t.equal(
      (
        await ada.send('OPTIONS', '/api/session', {
          headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'DELETE' },
        })
      ).headers['access-control-allow-origin'],
      undefined,
      'no other origin is ever allowed to see one',
    )
  })

  await t.test('with an unknown property, parameter or body is refused by its name', async (t) => {
    const pointers = (reply: Reply): unknown[] =>
      (reply.json<{ errors?: { pointer: string }[] }>().errors ?? []).map(({ pointer }) => pointer).sort()
    const unknowns: [Reply, string[]][] = [
      [await ada.post('/api/files', { ...file, owner: 'x', user: 1 }), ['/owner', '/user']],
      [await ada.post('/api/files', { ...file, 'a/b~c': 1 }), ['/a~1b~0c']],
      [await ada.post('/api/files', { ...file, role: 'admin' }), ['/role']],
      [await ada.post('/api/files', { ...file, bytes: '1' }), ['/bytes']],
      [await ada.post('/api/files', { ...file, bytes: -1 }), ['/bytes']],
      [await ada.post('/api/files', { ...file, bytes: 1.5 }), ['/bytes']],
      [await ada.post('/api/files', { ...file, filename: '../x.csv' }), ['/filename']],
      [await ada.post('/api/files', { ...file, filename: 'x\r\nSet-Cookie: a=b' }), ['/filename']],
      [await ada.post('/api/session', { user: 'x' }), ['/user']],
      [await ada.send('DELETE', '/api/session', { body: { all: true } }), ['/all']],
      [await ada.post('/api/session', '"x"', { headers: { 'content-type': 'application/json' } }), ['']],
      [await ada.send('GET', '/api/session', { body: { a: 1 } }), ['/a']],
      [await ada.send('GET', '/api/files', { body: { a: 1 } }), ['/a']],
      [await ada.get('/api/session?a=1'), ['/a']],
      [await ada.get('/api/files?limit=1&owner=x'), ['/limit', '/owner']],
      [await ada.delete('/api/session?all=1'), ['/all']],
      [await ada.post('/api/files', { role: 'wards' }), ['/bytes', '/filename']],
      [await ada.post('/api/analyses', { indicators: 'tpr' }), ['/indicators']],
      [await ada.post('/api/analyses', { directions: { tpr: 'up' } }), ['/directions/tpr']],
      [await ada.get(`/api/analyses/${'A'.repeat(32)}/wards?limit=x`), ['/limit']],
    ]
    for (const [reply, expected] of unknowns) {
      t.strictSame([reply.status, reply.problem], [400, 'invalid-input'])
      t.strictSame(pointers(reply), expected)
    }
    for (const body of ['', 'null', '[]', '"x"', '1'])
      t.equal(
        (await ada.post('/api/files', body, { headers: { 'content-type': 'application/json' } })).problem,
        'invalid-input',
        `a body of ${body}`,
      )
    t.equal(
      (await ada.post('/api/session', '', { headers: { 'content-type': 'application/json' } })).status,
      200,
      'a JSON content type without a body is accepted on a route that takes none',
    )
    t.strictSame((await ada.get('/api/session')).json<{ session: { id: string } }>().session.id, session.id)
  })

  await t.test('whose body is not JSON, or is JSON that reaches for a prototype, is refused', async (t) => {
    const json = JSON.stringify(file)
    for (const type of [
      'text/plain',
      'text/plain;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'application/xml',
      'application/jsonx',
      'nonsense',
      'application/json garbage',
      'application/json\tx',
      'application/json, text/plain',
      ';application/json',
      'text/plain; application/json',
    ]) {
      const reply = await ada.post('/api/files', json, { headers: { 'content-type': type } })
      t.strictSame([reply.status, reply.problem], [415, 'unsupported-media-type'], type)
    }
    for (const body of [
      '{"__proto__":{"role":"wards"}}',
      '{"role":"wards","a":{"__proto__":{}}}',
      '{"\\u005f_proto__":1}',
      '{"constructor":{"prototype":{"x":1}}}',
      '{',
      '{"a":}',
      '\u0000',
      '[1,',
      'NaN',
      '{"a":1}{',
    ]) {
      const reply = await ada.post('/api/files', body, { headers: { 'content-type': 'application/json' } })
      t.strictSame([reply.status, reply.problem], [400, 'invalid-input'], body)
      t.match(reply.text, 'The body is not valid JSON', body)
    }
    for (const key of [
      'toString',
      'constructor',
      'prototype',
      'destroy',
      'save',
      'regenerate',
      'identity',
      'version',
      'cookie',
      'hasOwnProperty',
    ]) {
      t.equal((await ada.post('/api/files', { ...file, [key]: 'x' })).problem, 'invalid-input', key)
      t.equal((await ada.get(`/api/files?${key}=x`)).problem, 'invalid-input', key)
      t.equal((await ada.post('/api/session', { [key]: { dataId: 'x' } })).problem, 'invalid-input', key)
    }
    t.equal((await ada.post('/api/files', { ...file, filename: 'a'.repeat(300_000) })).problem, 'too-large')
    for (const filename of ['session_id', '"session_id":"x".csv', ':{"sessionId":1}'])
      t.equal((await ada.post('/api/files', { ...file, filename })).status, 201, 'a value may hold what a name may not')
    // No part of the text is read twice, for any content.
    for (const part of ['"', '\\', '\\"', '"\\', 's ', 'é"', '": ', '["s" : '])
      t.equal(
        (
          await ada.post('/api/files', `{"${part.repeat(Math.floor(250_000 / Buffer.byteLength(part)))}`, {
            headers: { 'content-type': 'application/json' },
          })
        ).problem,
        'invalid-input',
        `${part} again and again`,
      )
    t.equal(
      (await ada.post('/api/analyses', nestedBody(70))).problem,
      'invalid-input',
      'a body that goes deeper than any route takes',
    )
    t.equal(({} as Record<string, unknown>)['x'], undefined)
    t.equal((await ada.get('/api/session')).status, 200)
  })

  await t.test('by a method that no route has does nothing, and no header makes one method another', async (t) => {
    for (const method of ['OPTIONS', 'TRACE', 'PUT', 'PATCH', 'PROPFIND', 'SEARCH']) {
      const reply = await raw(
        service.url,
        `${method} /api/session HTTP/1.1\r\nHost: ${host}\r\nCookie: ${ada.cookie ?? ''}\r\nContent-Length: ` +
          '0\r\nConnection: close\r\n\r\n',
      )
      t.match(reply, /^HTTP\/1\.1 404 [^]*cache-control: no-store[^]*problem:not-found/i, method)
      t.notOk(reply.includes(session.id) || reply.includes(ada.cookie ?? ''), `${method} gives nothing back`)
    }
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
      t.equal((await ada.get('/api/session', { headers: { [name]: 'DELETE' } })).status, 200, name)
    for (const name of ['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Host', 'X-Forwarded-Prefix', 'Forwarded'])
      t.match((await ada.get('/api/session', { headers: { [name]: '/api/files' } })).text, session.id, name)
    const head = await ada.send('HEAD', '/api/session')
    t.strictSame([head.status, head.text], [200, ''])
  })

  await t.test('that asks for a part, or for what has changed, is answered whole', async (t) => {
    for (const headers of [
      { range: 'bytes=0-3' },
      { 'if-none-match': '*' },
      { 'if-modified-since': 'Sat, 29 Oct 2094 19:43:31 GMT' },
      { 'if-match': '"x"' },
      { 'accept-encoding': 'gzip' },
    ]) {
      for (const path of ['/api/session', '/api/files']) {
        const reply = await ada.get(path, { headers })
        t.strictSame([reply.status, typeof reply.json()], [200, 'object'], `${path} with ${JSON.stringify(headers)}`)
        for (const name of ['etag', 'last-modified', 'accept-ranges', 'content-encoding', 'vary'])
          t.equal(reply.headers[name], undefined, name)
      }
    }
  })

  await t.test(
    "with another spelling of the cookie's name belongs to the session in the exact name, or to none",
    async (t) => {
      const bela = person(t, service.url)
      await bela.start()
      const foreign = (bela.cookie ?? '').slice('session='.length)
      for (const other of [
        `SESSION=${foreign}`,
        `%73ession=${foreign}`,
        `__Host-session=${foreign}`,
        `__hOST-session=${foreign}`,
        `a=1,session=${foreign}`,
        `session.sig=${foreign}`,
        `=${foreign}`,
        `$Version=1; $session=${foreign}`,
        `j=${'x'.repeat(8_000)}`,
      ]) {
        for (const cookie of [`${other}; ${ada.cookie ?? ''}`, `${ada.cookie ?? ''}; ${other}`])
          t.match((await ada.get('/api/session', { cookie })).text, session.id, other.slice(0, 20))
        t.equal(
          (await ada.get('/api/session', { cookie: other })).problem,
          'no-session',
          `${other.slice(0, 20)} alone is none`,
        )
      }
      t.equal(
        (await ada.get('/api/session', { cookie: `session=${foreign},session=${foreign}` })).problem,
        'no-session',
      )
      t.equal(
        (await ada.get('/api/session', { cookie: `=${ada.cookie ?? ''}; ${bela.cookie ?? ''}` })).text.includes(
          session.id,
        ),
        false,
      )
    },
  )

  await t.test('with two session cookies is refused, whichever comes first', async (t) => {
    const bela = person(t, service.url)
    await bela.start()
    for (const cookie of [
      `${ada.cookie ?? ''}; ${bela.cookie ?? ''}`,
      `${bela.cookie ?? ''}; a=b; ${ada.cookie ?? ''}`,
      `session=x; ${ada.cookie ?? ''}`,
      `session=; ${ada.cookie ?? ''}`,
      `${ada.cookie ?? ''};session = x`,
    ]) {
      for (const [method, path] of [
        ['GET', '/api/session'],
        ['POST', '/api/session'],
        ['DELETE', '/api/session'],
        ['GET', '/%61pi/files'],
      ] as const) {
        const reply = await ada.send(method, path, { cookie })
        t.strictSame(
          [reply.status, reply.problem],
          [400, 'invalid-input'],
          `${method} ${path} with ${cookie.replaceAll(/[A-Za-z0-9_%.-]{40,}/g, '…')}`,
        )
      }
    }
    t.equal(
      (await ada.get('/api/session', { cookie: `theme=dark; ${ada.cookie ?? ''}` })).status,
      200,
      'other cookies are ignored',
    )
  })

  await t.test(
    'that Node itself cannot read is refused like any other, under a request id and kept by no cache',
    async (t) => {
      const cookie = `Cookie: ${ada.cookie ?? ''}`
      const cases: readonly (readonly [string, string, string, number, string])[] = [
        ['no HTTP at all', 'HELO there\r\n\r\n', '', 400, 'invalid-input'],
        ['another protocol', `GET /api/session FTP/1.0\r\nHost: ${host}\r\n`, cookie, 400, 'invalid-input'],
        [
          'a header without a name',
          `GET /api/session HTTP/1.1\r\nHost: ${host}\r\n: x\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        [
          'a line break inside a header',
          `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nA: b\rc\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        [
          'two lengths',
          `POST /api/files HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        [
          'a length and chunks',
          `POST /api/files HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        [
          'headers past 16 KB',
          `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nA: ${'a'.repeat(17_000)}\r\n`,
          cookie,
          431,
          'headers-too-large',
        ],
        ['no host', 'GET /api/session HTTP/1.1\r\n', cookie, 400, 'invalid-input'],
        [
          'two hosts',
          `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nHost: elsewhere.example\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        [
          'the same host twice',
          `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nhost: ${host}\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        [
          'two hosts by HTTP/1.0',
          `GET /api/session HTTP/1.0\r\nHost: ${host}\r\nHost: elsewhere.example\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
        ['HTTP/0.9', 'GET /api/session\r\n', cookie, 400, 'invalid-input'],
        ['HTTP/2.0 in words', `GET /api/session HTTP/2.0\r\nHost: ${host}\r\n`, cookie, 400, 'invalid-input'],
        [
          'an expectation',
          `GET /api/session HTTP/1.1\r\nHost: ${host}\r\nExpect: cake\r\n`,
          cookie,
          400,
          'invalid-input',
        ],
      ]
      const ids = new Set<string>()
      for (const [what, start, last, status, problem] of cases) {
        const reply = await raw(service.url, `${start}${last}\r\nConnection: close\r\n\r\n`)
        const [head = '', body = ''] = reply.split('\r\n\r\n')
        t.match(head, new RegExp(`^HTTP/1\\.1 ${String(status)} `), what)
        for (const header of [
          /^cache-control: no-store$/im,
          /^content-type: application\/problem\+json$/im,
          /^x-content-type-options: nosniff$/im,
        ])
          t.match(head, header, what)
        const told = JSON.parse(body) as Record<string, unknown>
        t.strictSame([told['type'], told['status']], [`urn:chatmrpt:problem:${problem}`, status], what)
        const id = /^x-request-id: (\S+)$/im.exec(head)?.[1] ?? ''
        t.equal(told['requestId'], id)
        ids.add(id)
      }
      t.equal(ids.size, cases.length, 'each under an id of its own')
      t.equal((await ada.get('/api/session')).status, 200)
    },
  )

  await t.test('whose address is not a path, or cannot be decoded, reaches nothing', async (t) => {
    const send = (line: string): Promise<string> =>
      raw(service.url, `${line} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${ada.cookie ?? ''}\r\nConnection: close\r\n\r\n`)
    for (const method of ['GET', 'POST', 'DELETE']) {
      const reply = await send(`${method} http://${host}/api/session`)
      t.match(reply, /^HTTP\/1\.1 400 /, `${method} in absolute form`)
      t.match(reply, /invalid-input/)
    }
    t.match(
      await raw(
        service.url,
        `GET http://${host}/api/session HTTP/1.1\r\nHost: ${host}\r\nX-Session-ID: x\r\nConnection: close\r\n\r\n`,
      ),
      /client-session-id/,
    )
    for (const path of ['/api/%zz', '/api/%', '/%c3%28', '/api/files/%E0%A4%A']) {
      const reply = await send(`GET ${path}`)
      t.match(reply, /^HTTP\/1\.1 400 /, path)
      t.match(reply, /cache-control: no-store/i)
      t.match(reply, /x-request-id: \S+/i)
      t.match(reply, /application\/problem\+json/)
      t.notOk(reply.includes(path), 'and is not echoed')
    }
    for (const path of [
      '/api/../livez',
      '/api/files/..%2f..%2fsession',
      '/api/session/',
      '/api/session;a=b',
      '/api/session%2f',
      '/API/SESSION',
      '/api//session',
      '/api/session%00',
    ])
      t.match(await send(`GET ${path}`), /^HTTP\/1\.1 4(00|04) /, path)
  })

  await t.test('that arrives drop by drop is cut before its end, within half a minute', async (t) => {
    for (const { reply, ms } of await dripped) {
      t.match(reply, /^HTTP\/1\.1 408 [^]*cache-control: no-store[^]*problem:too-slow/i)
      t.ok(ms > 14_000 && ms < 30_000, `after ${(ms / 1_000).toFixed(0)} s`)
    }
  })
})

t.test("another session's ids", async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const [ada, bela] = [person(t, service.url), person(t, service.url)]
  await Promise.all([ada.start(), bela.start()])
  await Promise.all([uploadWards(ada, wardsCsv('Zqada')), uploadWards(bela, wardsCsv('Zqbela'))])
  const waiting = (await announce(ada, 'wards', 'b.csv', 1)).file.id
  const file = (await ada.get('/api/files')).json<{ files: { id: string }[] }>().files[0]?.id ?? ''
  const analysis = (await ada.post('/api/analyses', {})).json<{ analysis: { id: string } }>().analysis.id
  const exported = (await ada.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis })).json<{
    export: { id: string }
  }>().export.id
  const ways = (who: Person, id: string): (() => Promise<Reply>)[] => [
    () => who.delete(`/api/files/${id}`),
    () => who.post(`/api/files/${id}/complete`),
    () => who.get(`/api/analyses/${id}`),
    () => who.get(`/api/analyses/${id}/wards`),
    ...['rankings.csv', 'analysis_results.json'].map(
      (kind) => () => who.post('/api/exports', { kind, analysisId: decodeURIComponent(id) }),
    ),
  ]
  const told = (reply: Reply): Record<string, unknown> => ({ ...reply.json(), instance: '', requestId: '' })
  const never = `${file.slice(0, 8)}${'A'.repeat(24)}`
  const expected = told(await bela.get(`/api/analyses/${never}`))

  await t.test('are answered as ids that never were and ids that are none, on every route, and counted', async (t) => {
    const before = attempts(service, 'foreign-id')
    const foreign = [file, waiting, analysis, exported]
    const others = [
      never,
      'x',
      `${analysis}A`,
      analysis.slice(1),
      analysis.toLowerCase() === analysis ? 'y' : analysis.toLowerCase(),
      `${analysis.slice(0, 24)}${'A'.repeat(8)}`.replace(analysis, 'z'),
      `${'A'.repeat(16)}${analysis.slice(16)}`,
      '..%2f..%2fother',
      '%00',
      'null',
      'undefined',
      '__proto__',
      'constructor',
      '%27%20or%201=1',
      'a'.repeat(3_000),
      '%F0%9F%98%80',
    ]
    for (const id of foreign) {
      for (const ask of ways(bela, id)) {
        const reply = await ask()
        t.equal(reply.status, 404)
        t.strictSame(told(reply), expected)
      }
    }
    const counted = foreign.length * ways(bela, '').length
    await until(() => attempts(service, 'foreign-id') === before + counted, 5_000, "each use of another's id counted")
    for (const id of others.filter((id) => !foreign.includes(id))) {
      for (const ask of ways(bela, id)) {
        const reply = await ask()
        if (reply.problem !== 'invalid-input')
          t.strictSame(told(reply), expected, `${id.slice(0, 40)} is answered the same`)
        t.ok(reply.status === 404 || reply.status === 400)
      }
    }
    const guessed = attempts(service, 'foreign-id') - before - counted
    t.equal(
      guessed,
      ways(bela, '').length,
      "of the made-up ones only that which bears this service's own mark counts as another's",
    )
  })

  await t.test("change nothing of their owner's", async (t) => {
    const { files } = (await ada.get('/api/files')).json<{ files: { id: string; state: string }[] }>()
    t.strictSame(
      files.map(({ id, state }) => [id, state]),
      [
        [file, 'ready'],
        [waiting, 'awaiting-upload'],
      ],
    )
    t.equal((await ada.get(`/api/analyses/${analysis}`)).status, 200)
    t.match((await ada.get('/api/exports')).json(), { exports: [{ id: exported }] })
    t.strictSame((await bela.get('/api/analyses')).json(), { analyses: [] })
    t.strictSame((await bela.get('/api/exports')).json(), { exports: [] })
  })

  await t.test("of one's own that stand for another kind of thing are not found, and not counted", async (t) => {
    const before = attempts(service, 'foreign-id')
    t.strictSame(told(await ada.get(`/api/analyses/${file}`)), expected)
    t.strictSame(told(await ada.delete(`/api/files/${analysis}`)), expected)
    t.equal(attempts(service, 'foreign-id'), before)
  })
})

function nestedBody(depth: number): unknown {
  return depth === 0 ? 1 : { a: nestedBody(depth - 1) }
}
