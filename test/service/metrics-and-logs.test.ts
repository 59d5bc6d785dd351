import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { METRICS, NAMESPACE, type MetricName } from '../../service/metrics/metric-names.ts'
import { fakeModel } from '../support/fake-model.ts'
import { pagePaths } from '../support/page-paths.ts'
import { redis, redisClient, s3, secrets, startService } from '../support/parts.ts'
import {
  announce,
  canary,
  cookieValue,
  person,
  postUpload,
  tokenOf,
  until,
  uploadWards,
  wardsCsv,
  type Reply,
} from '../support/client.ts'

/** The closed sets of values of dimensions. `Route` is checked against the service's own description below. */
const VALUES: Readonly<Record<string, RegExp>> = {
  Service: /^chatmrpt$/,
  Stage: /^local$/,
  Wall: /^(seal|owner-tag|hash|reply)$/,
  Kind: /^(client-session-id|foreign-id|forged-cookie)$/,
  Event: /^(session-(started|ended|refused)|client-session-id|forged-cookie|foreign-id|cross-site-request)$/,
  Operation: /^(GetObject|PutObject|DeleteObjects|ListObjectVersions|ListObjects|PresignGet|PresignPost)$/,
  Outcome:
    /^(ok|not-found|refused|timeout|unavailable|failed|cancelled|answered|asked-back|verified|unverified|different)$/,
  Provider: /^(bedrock|openai-compatible)$/,
  Direction: /^(input|output)$/,
  Mode: /^(rules|model|fallback)$/,
  StatusClass: /^[1-5]xx$/,
}
const HEADERS: Readonly<Record<string, RegExp>> = {
  'cache-control': /^no-store$/,
  'x-request-id': /^[A-Za-z0-9_-]{8,64}$/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'content-security-policy':
    /^default-src 'none'; (?!.*unsafe).*object-src 'none'; base-uri 'none'; .*frame-ancestors 'none'$/,
}
/** Headers that only documents need. */
const PAGE_HEADERS: Readonly<Record<string, RegExp>> = {
  'x-frame-options': /^DENY$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /geolocation=\(\)/,
  'content-security-policy':
    /script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src .*form-action 'none'/,
}

type Line = Record<string, unknown>
interface Directive {
  readonly Namespace: string
  readonly Dimensions: string[][]
  readonly Metrics: { Name: MetricName; Unit: string }[]
}

/** What is wrong with a line of embedded metric format; empty where nothing is. */
function faultsOf(line: Line, routes: ReadonlySet<string>): string[] {
  const { _aws, ...members } = line
  const { Timestamp, CloudWatchMetrics, ...rest } = _aws as { Timestamp: number; CloudWatchMetrics: Directive[] }
  const faults: string[] = Object.keys(rest).map((key) => `_aws.${key}`)
  if (!Number.isSafeInteger(Timestamp) || Math.abs(Date.now() - Timestamp) > 600_000) faults.push('Timestamp')
  const known = new Set<string>()
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    if (Namespace !== NAMESPACE) faults.push(Namespace)
    for (const { Name, Unit } of Metrics) {
      known.add(Name)
      const spec = METRICS[Name] as { unit: string; splits: readonly (readonly string[])[] } | undefined
      if (spec?.unit !== Unit) faults.push(`${Name}: ${Unit}`)
      const values = [members[Name]].flat()
      if (values.length === 0 || values.length > 100 || !values.every((value) => Number.isFinite(value)))
        faults.push(`${Name}: ${JSON.stringify(values)}`)
      const isZero = values.every((value) => value === 0)
      const expected = [
        ['Service', 'Stage'],
        ...(isZero && Dimensions.length === 1
          ? []
          : (spec?.splits ?? []).map((split) => ['Service', 'Stage', ...split])),
      ]
      if (JSON.stringify(Dimensions) !== JSON.stringify(expected))
        faults.push(`${Name} by ${JSON.stringify(Dimensions)}`)
    }
    for (const dimension of Dimensions.flat()) {
      known.add(dimension)
      const value = members[dimension]
      const isKnown =
        dimension === 'Route' ? routes.has(String(value)) : VALUES[dimension]?.test(String(value)) === true
      if (typeof value !== 'string' || !isKnown) faults.push(`${dimension}: ${String(value)}`)
    }
  }
  return [...faults, ...Object.keys(members).filter((key) => !known.has(key))]
}

function holdsHeaders(t: Test, reply: Reply, what: string): void {
  for (const [name, expected] of Object.entries(HEADERS)) t.match(reply.headers[name], expected, `${what}: ${name}`)
  if (String(reply.headers['content-type']).startsWith('text/html'))
    for (const [name, expected] of Object.entries(PAGE_HEADERS))
      t.match(reply.headers[name], expected, `${what}: ${name}`)
  for (const name of ['x-powered-by', 'server', 'etag', 'access-control-allow-origin'])
    t.equal(reply.headers[name], undefined, `${what}: no ${name}`)
  if (reply.problem !== undefined) {
    const body = reply.json<Record<string, string>>()
    t.equal(body['requestId'], reply.headers['x-request-id'], `${what}: the body names the same request`)
    t.strictSame(
      Object.keys(body).filter(
        (key) => !['type', 'title', 'status', 'detail', 'said', 'instance', 'requestId', 'errors'].includes(key),
      ),
      [],
    )
    t.equal(Number(body['status']), reply.status)
    t.notMatch(
      reply.text,
      /node_modules|\.[jt]s:|at .*\(|redis:|ioredis|127\.0\.0\.1/i,
      `${what}: tells nothing of the inside`,
    )
  } else {
    t.ok(
      reply.status < 400 || reply.headers['content-length'] === '0' || reply.text === '' || reply.status === 503,
      `${what}: an error is a problem`,
    )
  }
}

t.test('a whole run, looked at from outside', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const model = await fakeModel(t)
  const service = await startService(t, {
    redis: server,
    s3: objects,
    secrets: shared,
    env: { LOG_LEVEL: 'trace', ...model.env(model.entry('fake-one', 'openai-compatible')) },
  })
  const operator = redisClient(t, server)
  const agentMark = canary()
  const ada = person(t, service.url, { 'user-agent': agentMark })
  const bela = person(t, service.url)
  const seen: [string, Reply][] = []
  const see = async (what: string, sent: Promise<Reply>): Promise<Reply> => {
    const reply = await sent
    seen.push([`${String(reply.status)} ${what}`, reply])
    return reply
  }
  const mark = canary()
  const [columnMark, fileMark, queryMark, pathMark, bodyMark, brokenMark, messageMark, modelMark] = [
    canary(),
    canary(),
    canary(),
    canary(),
    canary(),
    canary(),
    canary(),
    canary(),
  ]
  const { paths } = (await see('description', ada.get('/openapi.json'))).json<{
    paths: Record<string, Record<string, unknown>>
  }>()
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )

  await see('new session', ada.post('/api/session'))
  await see('same session', ada.post('/api/session'))
  await bela.start()
  const cookies = [ada.cookie, bela.cookie]
  const csv = wardsCsv(mark).replace('rainfall', columnMark)
  const file = await uploadWards(ada, csv, `${fileMark}.csv`)
  const made = await see('analysis', ada.post('/api/analyses', { indicators: ['tpr', columnMark] }))
  t.equal(made.status, 201)
  const analysis = made.json<{ analysis: { id: string } }>().analysis.id
  const exported = await see('export', ada.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis }))
  const { url } = exported.json<{ download: { url: string } }>().download
  t.match(await (await fetch(url)).text(), mark, 'the download holds the ranking')
  for (const path of [
    '/api/files',
    '/api/dataset',
    '/api/analyses',
    `/api/analyses/${analysis}`,
    `/api/analyses/${analysis}/wards?limit=2`,
    '/api/exports',
    '/livez',
    '/readyz',
    '/',
    '/sample/wards.csv',
  ])
    t.equal((await see(path, ada.get(path))).status, 200, path)
  for (const path of Object.values(pagePaths())) {
    const reply = await ada.get(path)
    t.equal(reply.status, 200, path)
    t.match(reply.headers['cache-control'], /immutable/, `${path} is named by its content`)
  }
  model.script = ({ toolResults }) =>
    toolResults.length === 0 ? [{ say: modelMark }, { call: 'describe_data', input: {} }] : [{ say: 'Here they are.' }]
  t.equal((await see('chat', ada.post('/api/chat', { message: messageMark }))).status, 200)
  model.script = () => [{ status: 500, errorText: modelMark }]
  t.equal((await see('chat without the model', ada.post('/api/chat', { message: messageMark }))).status, 200)
  await see('no battle without the model', ada.post('/api/arena/battles', { message: messageMark }))
  await see('HEAD', ada.send('HEAD', '/api/session'))
  await see('HEAD /', ada.send('HEAD', '/'))

  await see('no session', ada.get('/api/session', { cookie: null }))
  await see('forged', ada.get('/api/session', { cookie: `session=${'a'.repeat(32)}.${'b'.repeat(43)}` }))
  await see('foreign id', bela.get(`/api/analyses/${analysis}`))
  await see('foreign file', bela.delete(`/api/files/${file}`))
  await see('client session id', ada.get(`/api/session?session_id=${tokenOf(ada.cookie)}`))
  await see('unknown parameter', ada.get(`/api/files?${queryMark}=${queryMark}`))
  await see('unknown id', ada.get(`/api/analyses/${pathMark}`))
  await see('unknown path', ada.get(`/${pathMark}?${queryMark}`))
  await see('unknown path of the API', ada.post(`/api/${pathMark}`, { a: bodyMark }))
  await see('unknown method', ada.send('PUT', '/api/session'))
  await see('OPTIONS', ada.send('OPTIONS', '/api/session'))
  await see('undecodable', ada.get(`/api/%zz${pathMark}`))
  await see('too long an id', ada.get(`/api/analyses/${'a'.repeat(5_000)}`))
  await see('unknown property', ada.post('/api/files', { [bodyMark]: bodyMark }))
  await see('not JSON', ada.post('/api/files', `{"${bodyMark}`, { headers: { 'content-type': 'application/json' } }))
  await see('not a media type', ada.post('/api/files', bodyMark, { headers: { 'content-type': 'text/plain' } }))
  await see('too large a body', ada.post('/api/files', { filename: bodyMark.repeat(30_000) }))
  await see('too large a file', ada.post('/api/files', { role: 'wards', filename: `${fileMark}.csv`, bytes: 2 ** 40 }))
  await see(
    'cross-site',
    ada.post(
      '/api/files',
      { role: 'wards', filename: 'a.csv', bytes: 1 },
      { headers: { 'sec-fetch-site': 'cross-site', referer: `https://${queryMark}.example` } },
    ),
  )
  await see('no data', bela.get('/api/dataset'))
  const uploads: string[] = []
  for (const [role, name, content] of [
    ['wards', 'x.csv', `WardName,a\n${brokenMark},"${brokenMark}`],
    ['wards', 'x.xlsx', brokenMark],
    ['boundaries', 'x.geojson', `{"type":"FeatureCollection","features":[${brokenMark}`],
    ['boundaries', 'x.zip', brokenMark],
    ['project', 'x.zip', brokenMark],
    ['wards', 'y.csv', `WardName,a\n${brokenMark},1,2\n`],
  ] as const) {
    const announced = await announce(ada, role, name, Buffer.byteLength(content))
    uploads.push(
      announced.upload.fields['Policy'] ?? announced.upload.fields['policy'] ?? '',
      announced.upload.fields['X-Amz-Signature'] ?? '',
    )
    t.equal((await see(`not uploaded ${name}`, ada.post(`/api/files/${announced.file.id}/complete`))).status, 409)
    t.equal(await postUpload(announced, content), 204)
    t.equal((await see(`unreadable ${name}`, ada.post(`/api/files/${announced.file.id}/complete`))).status, 422)
  }
  await see('stale', ada.delete(`/api/files/${file}`))
  await see('stale export', ada.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis }))

  const stateOfBela = `data:{${(await bela.get('/api/session')).json<{ session: { id: string } }>().session.id}}:workspace`
  await announce(bela, 'wards', `${fileMark}.csv`, 1)
  await operator.hset(stateOfBela, 'sealed', `${mark} is not sealed`)
  t.equal((await see('spoilt state', bela.get('/api/files'))).status, 503)
  server.process.signal('SIGSTOP')
  const hung = see('hung', ada.get('/api/files'))
  const hungStart = see('hung start', bela.post('/api/session', undefined, { cookie: null }))
  t.equal((await hung).status, 503)
  t.equal((await hungStart).status, 503)
  await see('not ready', ada.get('/readyz'))
  server.process.signal('SIGCONT')
  await until(async () => (await ada.get('/api/session')).status === 200, 30_000, 'the session alive again')
  const sessionReads = 40
  const countedBefore = (): number =>
    service
      .lines()
      .filter((line) => line['Route'] === 'POST /api/session' && line['StatusClass'] === '4xx')
      .reduce((sum, line) => sum + Number(line['Requests']), 0)
  for (let turn = 0; turn < sessionReads; turn++) await ada.post(`/api/session?unknown=${String(turn)}`)
  await until(() => service.lines().some((line) => line['RedisLatency'] !== undefined), 30_000, 'a look at Redis')
  await see('logout', ada.delete('/api/session'))
  await until(() => service.lines().some((line) => line['Operation'] === 'ListObjectVersions'), 30_000, 'an erasure')
  const ended = await service.process.stop(5_000)
  t.strictSame(ended, { code: 0, signal: null }, 'it ends by itself when told to')

  await t.test('every reply of every status forbids caching and framing, and names its request', (t) => {
    t.strictSame(
      [...new Set(seen.map(([, { status }]) => status))].sort(),
      [200, 201, 204, 400, 401, 403, 404, 409, 413, 415, 422, 503],
      'replies of every status there is',
    )
    for (const [what, reply] of seen) holdsHeaders(t, reply, what)
    const ids = seen.map(([, { headers }]) => headers['x-request-id'])
    t.equal(new Set(ids).size, ids.length, 'no two requests share a name')
    t.end()
  })

  await t.test(
    'metrics are lines of embedded metric format, with the dimensions they are declared with and no others',
    (t) => {
      const lines = service.lines().filter((line) => '_aws' in line)
      const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']
      const pages = ['/', '/fr', '/ui/:file', '/guide', '/guide/:file', '/sample/:file', '/openapi.json']
      const routes = new Set([
        ...described,
        ...described.filter((route) => route.startsWith('GET')).map((route) => route.replace('GET', 'HEAD')),
        ...pages.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]),
        ...methods.map((method) => `${method} unmatched`),
      ])
      t.strictSame(
        lines.flatMap((line) => faultsOf(line, routes)),
        [],
      )
      const emitted = new Set(lines.flatMap((line) => Object.keys(line)))
      t.strictSame(
        (Object.keys(METRICS) as MetricName[]).filter((name) => !emitted.has(name)),
        [],
        'each metric there is was emitted',
      )
      const sum = (name: MetricName, by: Record<string, string> = {}): number =>
        lines
          .filter((line) => Object.entries(by).every(([key, value]) => line[key] === value))
          .reduce(
            (total, line) => total + [line[name] ?? 0].flat().reduce((some: number, value) => some + Number(value), 0),
            0,
          )
      t.equal(sum('CrossSessionAccessAttempts', { Kind: 'forged-cookie' }), 1)
      t.equal(sum('CrossSessionAccessAttempts', { Kind: 'foreign-id' }), 2)
      t.equal(sum('CrossSessionAccessAttempts', { Kind: 'client-session-id' }), 1)
      t.equal(sum('SessionIsolationViolations', { Wall: 'seal' }), 1)
      t.equal(sum('SessionIsolationViolations'), 1)
      t.ok(sum('SessionStoreRefusals') >= 3)
      t.equal(
        sum('Requests', { Route: 'POST /api/session', StatusClass: '4xx' }),
        sessionReads,
        'what was counted when it ended was still written',
      )
      t.equal(countedBefore(), sessionReads)
      t.equal(sum('Requests', { Route: 'POST /api/files/:fileId/complete', StatusClass: '4xx' }), 12)
      t.ok(sum('S3Access', { Operation: 'PutObject', Outcome: 'ok' }) >= 4)
      t.ok(
        lines.every(
          (line) => line['Requests'] === undefined || [line['RequestDuration']].flat().length === line['Requests'],
        ),
        'a duration for each request',
      )
      t.end()
    },
  )

  await t.test('logs hold no token, no secret, no name of a ward, a column or a file, and no body', (t) => {
    const output = service.output()
    t.ok(
      output.includes('session-started') &&
        output.includes('session-ended') &&
        output.includes('foreign-id') &&
        output.includes('forged-cookie') &&
        output.includes('client-session-id'),
      'what happened is there',
    )
    for (const line of output.trimEnd().split('\n'))
      t.ok(line.startsWith('{') && JSON.parse(line) !== null, 'every line is one JSON object')
    const secret: Record<string, string> = {
      "a ward's name": mark,
      "a column's name": columnMark,
      "a file's name": fileMark,
      'a query': queryMark,
      'a path': pathMark,
      'a body': bodyMark,
      'an unreadable file': brokenMark,
      'a message': messageMark,
      "a model's words": modelMark,
      'a user agent': agentMark,
      'the Redis password': server.service.password,
      'the cookie secret': shared.cookieSecrets,
      'the seal secret': shared.sealSecrets.slice(3),
      'the project secret': shared.projectSecrets,
      "the store's secret": objects.secretAccessKey,
      "a download's signature": new URL(url).searchParams.get('X-Amz-Signature') ?? 'none',
    }
    cookies.forEach((cookie, at) => {
      secret[`token ${String(at)}`] = tokenOf(cookie)
      secret[`cookie ${String(at)}`] = cookieValue(cookie)
      secret[`signature ${String(at)}`] = cookieValue(cookie).split('.')[1] ?? 'none'
      secret[`encoded cookie ${String(at)}`] = cookie?.split('=')[1] ?? 'none'
    })
    uploads.forEach((part, at) => {
      secret[`upload ${String(at)}`] = part
    })
    const redisLog = readFileSync(server.process.logFile, 'utf8')
    for (const [what, text] of Object.entries(secret)) {
      t.ok(text.length >= 16, `${what} is looked for`)
      t.notOk(output.includes(text), `${what} is not in the service's output`)
      t.notOk(redisLog.includes(text), `${what} is not in the log of Redis`)
    }
    const faults = service.lines().filter((line) => Number(line['level']) >= 50)
    t.strictSame(
      faults.map((line) => JSON.stringify(line['err'])),
      [],
      'and no request failed by a bug',
    )
    t.end()
  })
})
