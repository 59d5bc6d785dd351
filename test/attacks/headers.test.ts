import t, { type Test } from 'tap'
import { canary, person, sessionRoutes, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const READS = [
  '/',
  '/livez',
  '/api/session',
  '/api/files',
  '/api/dataset',
  '/nowhere',
  '/api/files/x%2f..%2fy',
] as const

async function twoPeople(t: Test): Promise<{ alice: Person; bob: Person; bobs: readonly string[]; url: string }> {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const [alice, bob, mark] = [person(t, url), person(t, url), canary()]
  await alice.start()
  const { id } = await bob.start()
  const file = await uploadWards(bob, wardsCsv(mark), `${mark}.csv`)
  await uploadWards(alice, wardsCsv(canary()))
  return { alice, bob, url, bobs: [id, file, mark] }
}

/** What must be the same with and without a header: all but what differs from request to request. */
const told = ({ status, text }: Reply): unknown => [
  status,
  text.replace(/"(?:requestId|instance|idleExpiresAt)":"[^"]+"/g, ''),
]

t.test('headers that name a user, an address or a method change nothing', async (t) => {
  const { alice, bob, bobs } = await twoPeople(t)
  const [id = ''] = bobs
  const bobsFiles = (await bob.get('/api/files')).text
  const forged: Readonly<Record<string, string>>[] = [
    ...['X-Forwarded-User', 'X-Remote-User', 'X-User-Id', 'X-Amzn-Oidc-Identity', 'X-Auth-Request-User'].map(
      (name) => ({ [name]: id }),
    ),
    ...['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path', 'X-Forwarded-Prefix'].map((name) => ({
      [name]: '/api/files',
    })),
    ...['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'].map((name) => ({ [name]: 'DELETE' })),
    { 'X-Forwarded-Host': 'elsewhere.example', 'X-Forwarded-Proto': 'https' },
    { Forwarded: `for=192.0.2.1;host=elsewhere.example;by=${id}` },
  ]
  for (const path of READS) {
    const plain = told(await alice.get(path))
    for (const headers of forged) {
      const reply = await alice.get(path, { headers })
      t.strictSame(told(reply), plain, `${path} with ${Object.keys(headers).join()}`)
      for (const one of bobs) t.notMatch(reply.text, one)
      t.notMatch(JSON.stringify(reply.headers), 'elsewhere.example')
    }
  }
  t.equal((await alice.get('/api/session')).status, 200, 'nothing was deleted')
  t.equal((await bob.get('/api/files')).text, bobsFiles)
})

t.test('no reply lets another origin read it', async (t) => {
  const { alice, url } = await twoPeople(t)
  const { host } = new URL(url)
  for (const origin of [
    'https://elsewhere.example',
    'null',
    `http://${host}.elsewhere.example`,
    `http://elsewhere.${host}`,
    `https://${host}`,
    '*',
  ]) {
    const headers = { origin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
    const asks = { ...headers, 'access-control-request-method': 'DELETE' }
    const replies = [
      ...(await Promise.all(READS.map((path) => alice.get(path, { headers })))),
      ...(await Promise.all(READS.map((path) => alice.send('OPTIONS', path, { headers: asks })))),
      await alice.post('/api/session', undefined, { headers }),
    ]
    for (const reply of replies)
      t.strictSame(
        Object.keys(reply.headers).filter((name) => name.startsWith('access-control-')),
        [],
        `${origin}: ${String(reply.status)}`,
      )
  }
})

t.test('every reply has the headers that protect a browser', async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t), env: { STAGE: 'prod' } })
  const who = person(t, service.url)
  const replies = await Promise.all([
    ...READS.map((path) => who.get(path)),
    ...READS.map(async (path) => {
      const { status, headers } = await fetch(service.url + path, { method: 'HEAD' })
      return { status, headers: Object.fromEntries(headers) }
    }),
    ...(await sessionRoutes(who)).map(({ method, path, body }) => who.send(method, path, { body })),
  ])
  for (const { status, headers } of replies) {
    const policy = String(headers['content-security-policy'])
    t.match(policy, /default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/, String(status))
    t.notMatch(policy, /unsafe|\*/)
    t.notMatch(policy.replace(/img-src [^;]*/, ''), /blob:|data:/, 'only images may come from what the page made')
    t.equal(headers['cache-control'], 'no-store')
    t.equal(headers['referrer-policy'], 'no-referrer')
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.equal(headers['cross-origin-resource-policy'], 'same-origin')
    t.match(headers['strict-transport-security'], /^max-age=31536000\b/)
    t.equal(headers['server'] ?? headers['x-powered-by'], undefined, 'nothing says what serves')
  }
})
