import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { allOperations, JOURNEY_ROUTES } from '../../prove/operations/registry.ts'
import {
  PLACES,
  plainRequest,
  projectCases,
  strangerCases,
  strangerRequests,
  type Expected,
  type IdKind,
  type Ids,
  type StrangerCase,
  type StrangerRequest,
} from '../../prove/stranger-cases.ts'
import { readPage } from '../../service/http/page-files.ts'
import { announce, canary, person, uploadWards, until, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { redis, s3, secrets, startService, type TestService } from '../support/parts.ts'
import { answeredSignIn, sealSecretsOf } from '../support/sealed-sign-in.ts'

const root = join(import.meta.dirname, '../..')
/** Routes that serve everybody the same files; they do not use a session. */
const PAGES = /^\/(?:$|docs$|fr$|guide(?:$|\/)|openapi\.json$|ui\/|sample\/)/

/** Sign-in is set, so that its routes are there. Nobody answers at this provider. */
const SIGN_IN = {
  SIGN_IN_ISSUER: 'http://127.0.0.1:1',
  SIGN_IN_CLIENT_ID: 'chatmrpt',
  SIGN_IN_CLIENT_SECRET: 's'.repeat(32),
  SIGN_IN_PUBLIC_URL: 'http://127.0.0.1:8080',
} as const

// Run alone, this file starts a gateway of its own.
t.setTimeout(180_000)

t.test('every route of the service has its stranger cases and its operation of the prover', async (t) => {
  const routes = await registeredRoutes()
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects, env: SIGN_IN })
  const described = await describedRoutes(person(t, service.url))
  t.ok(routes.length > 10, `${String(routes.length)} routes`)
  t.strictSame(
    routes.filter((route) => !PAGES.test(route.split(' ')[1] ?? '')).sort(),
    [...described].sort(),
    "the service's own list and its description name the same routes",
  )
  const tried = new Set(strangerCases().map(({ route }) => route))
  t.strictSame(
    described.filter((route) => !tried.has(route)),
    [],
    'each has its stranger cases (prove/stranger-cases.ts)',
  )
  const done = new Set([...allOperations().map(({ route }) => route), ...JOURNEY_ROUTES])
  t.strictSame(
    described.filter((route) => !done.has(route)),
    [],
    'each has an operation of the prover (prove/operations/registry.ts)',
  )
  const own = idsOf(() => 'A'.repeat(32))
  for (const spec of strangerCases()) {
    const places = new Set(strangerRequests(spec, own, own).map(({ place }) => place))
    const expected = spec.sessionless === true ? ['query', 'header', 'extra cookie'] : PLACES
    t.strictSame(
      expected.filter((place) => !places.has(place as (typeof PLACES)[number])),
      [],
      `${spec.route} is tried in every place`,
    )
  }
})

t.test('with two people: Alice, who tries, and Bob, who owns the data', async (t) => {
  const { service, alice, bob, ids, marks, signedIn } = await aliceAndBob(t)

  await t.test('a page is the same for everybody, with or without ids in the request', async (t) => {
    const { files } = readPage()
    const pages = (await registeredRoutes())
      .map((route) => route.split(' ')[1] ?? '')
      .filter((path) => PAGES.test(path))
      .flatMap((path) => {
        const [folder = '', file] = path.split('{file}')
        return file === undefined ? [path] : [...files.keys()].filter((each) => each.startsWith(folder))
      })
    t.ok([...files.keys()].every((path) => pages.includes(path)))
    t.ok(pages.length > 5)
    for (const path of pages) {
      const caching = files.get(path)?.isImmutable === true ? 'public, max-age=31536000, immutable' : 'no-store'
      const plain = await person(t, service.url).get(path)
      const others = await Promise.all([
        alice.get(path),
        bob.get(path),
        alice.get(`${path}?session_id=${ids.bob.session}&analysisId=${ids.bob.analysis}`),
        alice.get(path, { headers: { 'x-session-id': ids.bob.session } }),
      ])
      t.equal(plain.status, 200, path)
      t.ok(
        others.every(
          ({ status, text, headers }) =>
            status === 200 &&
            text === plain.text &&
            headers['set-cookie'] === undefined &&
            headers['cache-control'] === caching,
        ),
        `${path}: the same bytes, no cookie, ${caching}`,
      )
    }
  })

  await t.test(
    "a stranger with another person's ids learns nothing and changes nothing, in any place of any route",
    async (t) => {
      const before = await stateOf(bob)
      const wanted = { 'foreign-id': 0, 'client-session-id': 0 }
      const leaks: string[] = []
      let sent = 0

      const send = async (
        spec: StrangerCase,
        expected: Expected,
        make: (own: Ids) => StrangerRequest | undefined,
      ): Promise<Reply | undefined> => {
        const { who, own } =
          expected === 'same' ? await somebodyFor(spec, alice, ids.alice, signedIn) : { who: alice, own: ids.alice }
        const request = make(own)
        if (request === undefined) return undefined
        const reply = await who.send(request.method, request.address, {
          headers: request.headers,
          cookie: `${who.cookie ?? ''}${request.cookies}`,
          ...(request.body !== undefined && { body: request.body }),
        })
        sent += 1
        const all = JSON.stringify(reply.headers) + reply.text
        if ([...marks.bob, ...Object.values(ids.bob)].some((mark) => all.includes(mark)))
          leaks.push(`${spec.route}, ${request.place} ${request.where}: ${all.slice(0, 300)}`)
        return reply
      }

      const described = new Set(await describedRoutes(alice))
      // What people keep is tried by project-strangers.test.ts.
      const elsewhere = new Set(projectCases().map(({ route }) => route))
      const cases = strangerCases().filter(({ route }) => described.has(route) && !elsewhere.has(route))
      for (const spec of cases) {
        const plain = await send(spec, 'same', (own) => plainRequest(spec, own))
        const places = strangerRequests(spec, ids.alice, ids.bob)
        const wrong: string[] = []
        for (const [at, { where, place, expected }] of places.entries()) {
          // An id that means nothing in its place costs the service its usual work: the foreign id stands for all.
          const given = expected === 'same' ? [ids.bob] : [ids.bob, wellFormed(), ...MALFORMED.map(malformed)]
          const replies = await Promise.all(
            given.map(async (values) => await send(spec, expected, (own) => strangerRequests(spec, own, values)[at])),
          )
          if (expected === 'client-session-id') wanted['client-session-id'] += given.length
          // Whose a name of one's own sessions is cannot be told: it is looked up among one's own alone.
          if (expected === 'not-found' && spec.inPath !== 'own session') wanted['foreign-id'] += 1
          const status = {
            'not-found': 404,
            'client-session-id': 400,
            'invalid-input': 400,
            'unsupported-media-type': 415,
            same: plain?.status,
          }[expected]
          const bodies = new Set(replies.map((reply) => (expected === 'same' ? '' : told(reply))))
          const asExpected = replies.every(
            (reply) => reply?.status === status && (expected === 'same' || reply?.problem === expected),
          )
          if (!asExpected || bodies.size > 1)
            wrong.push(
              `${place}, ${where}: expected ${String(status)} ${expected}, the same for all, got ` +
                replies.map((reply) => `${String(reply?.status)} ${String(reply?.problem)}`).join(', ') +
                ` ${[...bodies].join(' | ').slice(0, 600)}`,
            )
        }
        t.strictSame(
          wrong,
          [],
          `${spec.route}: ${String(places.length)} places; another's, an unknown and a malformed id are answered alike`,
        )
      }
      t.strictSame(leaks, [], `nothing of Bob's stands in any of ${String(sent)} replies`)
      t.strictSame(await stateOf(bob), before, "Bob's session, files, data, analyses and exports are as they were")
      await until(() => attempts(service)['client-session-id'] >= wanted['client-session-id'], 5_000, 'the last count')
      t.strictSame(
        attempts(service),
        wanted,
        'each foreign id and each session id was counted once, and unknown or malformed ids were not',
      )
    },
  )

  await t.test('a presigned URL opens what it was made for and nothing else', async (t) => {
    const before = await stateOf(bob)
    const others = [ids.bob.session, wellFormed().session, malformed('x').session]
    const { download } = (
      await alice.post('/api/exports', { kind: 'analysis_results.json', analysisId: ids.alice.analysis })
    ).json<{ download: { url: string } }>()
    t.equal((await fetch(download.url)).status, 200, 'as it was given')
    for (const session of others)
      t.equal(
        (await fetch(download.url.replaceAll(ids.alice.session, session))).status,
        403,
        "turned on another session's object",
      )

    const bent = (change: (url: URL) => void): string => {
      const url = new URL(download.url)
      change(url)
      return url.href
    }
    const ways: Record<string, [string, RequestInit?]> = {
      'by HEAD': [download.url, { method: 'HEAD' }],
      'by PUT': [download.url, { method: 'PUT', body: 'x' }],
      'by DELETE': [download.url, { method: 'DELETE' }],
      'without its signature': [
        bent((url) => {
          url.search = ''
        }),
      ],
      'for longer': [
        bent((url) => {
          url.searchParams.set('X-Amz-Expires', '604800')
        }),
      ],
      'from another time': [
        bent((url) => {
          url.searchParams.set('X-Amz-Date', '20300101T000000Z')
        }),
      ],
      'of any version': [
        bent((url) => {
          url.searchParams.delete('versionId')
        }),
      ],
      'as a page': [
        bent((url) => {
          url.searchParams.set('response-content-type', 'text/html')
        }),
      ],
      'shown in place': [
        bent((url) => {
          url.searchParams.set('response-content-disposition', 'inline')
        }),
      ],
      'of the whole bucket': [
        bent((url) => {
          url.pathname = `/${url.pathname.split('/')[1] ?? ''}/`
        }),
      ],
      'of its rights': [
        bent((url) => {
          url.searchParams.set('acl', '')
        }),
      ],
    }
    for (const [what, [url, init]] of Object.entries(ways)) t.equal((await fetch(url, init)).status, 403, what)

    const { upload } = await announce(alice, 'wards', 'a.csv', 10)
    const post = async (fields: Readonly<Record<string, string>>): Promise<number> => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      form.set('file', new Blob(['a,b\n1,2\n']))
      return (await fetch(upload.url, { method: 'POST', body: form })).status
    }
    for (const session of others)
      t.equal(
        await post({ ...upload.fields, key: (upload.fields['key'] ?? '').replace(ids.alice.session, session) }),
        403,
        "posted under another session's key",
      )
    const owner = Object.keys(upload.fields).find((name) => name.startsWith('x-amz-meta-')) ?? ''
    t.equal(await post({ ...upload.fields, [owner]: wellFormed().session }), 403, "posted under another owner's mark")
    const key = upload.fields['key'] ?? ''
    for (const [name, value] of Object.entries({
      success_action_redirect: 'https://elsewhere.example/',
      acl: 'public-read',
      'Content-Type': 'text/html',
      'x-amz-meta-other': 'x',
      'x-amz-website-redirect-location': 'https://elsewhere.example/',
    })) {
      t.equal(
        await post({ ...upload.fields, [name]: value }),
        403,
        `posted with ${name}, which its policy does not name`,
      )
    }
    t.equal(
      await post({ ...upload.fields, key: `${key.slice(0, key.lastIndexOf('/') + 1)}\${filename}` }),
      403,
      "posted under a name of the sender's own",
    )
    t.equal(await post(upload.fields), 204, 'posted as it was given')
    t.strictSame(await stateOf(bob), before)
  })
})

const MALFORMED = [
  'x',
  'null',
  '../../etc/passwd',
  '%2e%2e%2f',
  'A'.repeat(100),
  'ａｂｃ',
  '__proto__',
  '<script>',
] as const

function wellFormed(): Ids {
  return idsOf(() => randomBytes(24).toString('base64url'))
}

/** Headers and cookies carry only Latin letters. */
function malformed(id: string): Ids {
  return { ...idsOf(() => id), session: encodeURIComponent(id) }
}

function idsOf(make: (kind: IdKind) => string): Ids {
  return {
    session: make('session'),
    file: make('file'),
    analysis: make('analysis'),
    plan: make('plan'),
    export: make('export'),
    battle: make('battle'),
    project: make('project'),
    'own session': make('own session'),
    ward: 'Ward',
  }
}

/** Alice, or somebody new where the request would end her session or remove her file. */
async function somebodyFor(
  { route }: StrangerCase,
  alice: Person,
  own: Ids,
  signedIn: (subject: string) => Promise<{ who: Person; session: string; ref: string }>,
): Promise<{ who: Person; own: Ids }> {
  if (route === 'DELETE /api/files/{fileId}')
    return { who: alice, own: { ...own, file: (await announce(alice, 'wards', 'a.csv', 1)).file.id } }
  if (route === 'POST /api/arena/battles/{battleId}/vote')
    return { who: alice, own: { ...own, battle: await battleOf(alice) } }
  if (!ENDS_ITS_SESSION.has(route)) return { who: alice, own }
  const { who, session, ref } = await signedIn(canary())
  return { who, own: { ...own, session, 'own session': ref } }
}

const ENDS_ITS_SESSION: ReadonlySet<string> = new Set([
  'DELETE /api/session',
  'POST /auth/logout',
  'DELETE /api/sessions',
  'DELETE /api/sessions/{ref}',
])

async function aliceAndBob(t: Test): Promise<{
  service: TestService
  alice: Person
  bob: Person
  ids: { alice: Ids; bob: Ids }
  marks: { bob: string[] }
  signedIn: (subject: string) => Promise<{ who: Person; session: string; ref: string }>
}> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const service = await startService(t, { redis: server, s3: objects, secrets: shared, env: SIGN_IN })
  const signedIn = async (subject: string): Promise<{ who: Person; session: string; ref: string }> => {
    const who = person(t, service.url)
    const { path, cookie } = answeredSignIn(sealSecretsOf(shared.sealSecrets), subject)
    const reply = await who.get(path, { cookie })
    if (reply.status !== 303) throw new Error(`Not signed in: ${reply.text}`)
    const { session } = (await who.get('/api/session')).json<{ session: { id: string } }>()
    const [own] = (await who.get('/api/sessions')).json<{ sessions: { ref: string }[] }>().sessions
    return { who, session: session.id, ref: own?.ref ?? '' }
  }
  const [{ who: alice, ...ofAlice }, { who: bob, ...ofBob }] = [await signedIn(canary()), await signedIn(canary())]
  const mark = canary()
  const own = async (who: Person, word: string, { session, ref }: { session: string; ref: string }): Promise<Ids> => {
    const file = await uploadWards(who, wardsCsv(word), `${word}.csv`)
    const { analysis } = (await who.post('/api/analyses', {})).json<{ analysis: { id: string } }>()
    const { plan } = (
      await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 100, populationColumn: 'rainfall' })
    ).json<{ plan?: { id: string } }>()
    const made = (await who.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis.id })).json<{
      export: { id: string }
    }>()
    await who.post('/api/chat', { message: `What data are there? ${word}` })
    return {
      session,
      file,
      analysis: analysis.id,
      plan: plan?.id ?? wellFormed().plan,
      export: made.export.id,
      battle: await battleOf(who),
      project: wellFormed().project,
      'own session': ref,
      ward: `${word} 1`,
    }
  }
  const ids = { alice: await own(alice, canary(), ofAlice), bob: await own(bob, mark, ofBob) }
  return { service, alice, bob, ids, marks: { bob: [mark, bob.cookie ?? ''] }, signedIn }
}

async function battleOf(who: Person): Promise<string> {
  return (await who.post('/api/arena/battles', { message: 'How do nets protect?' })).json<{ battle: { id: string } }>()
    .battle.id
}

/** Everything that a person can see of their own, except the time left, which grows with every look. */
async function stateOf(who: Person): Promise<string[]> {
  return await Promise.all(
    [
      '/api/session',
      '/api/sessions',
      '/api/files',
      '/api/dataset',
      '/api/analyses',
      '/api/itn-plans',
      '/api/exports',
      '/api/chat',
    ].map(async (path) => {
      const { status, text } = await who.get(path)
      return status === 200 ? text.replace(/"idleExpiresAt":"[^"]+"/, '') : `${path}: ${String(status)}`
    }),
  )
}

/** What a reply shows, except the two names of the request itself. */
function told(reply: Reply | undefined): string {
  const { requestId: _, instance: __, ...rest } = reply?.json() ?? {}
  return JSON.stringify(rest)
}

function attempts(service: TestService): { 'foreign-id': number; 'client-session-id': number } {
  const kinds = service
    .lines()
    .filter((line) => line['CrossSessionAccessAttempts'] === 1)
    .map((line) => line['Kind'])
  return {
    'foreign-id': kinds.filter((kind) => kind === 'foreign-id').length,
    'client-session-id': kinds.filter((kind) => kind === 'client-session-id').length,
  }
}

/** `METHOD /path` of every route that the service describes. */
async function describedRoutes(who: Person): Promise<string[]> {
  const { paths } = (await who.get('/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

/**
 * The same for every route that the app has registered, read from its router in a process of its own. HEAD belongs to
 * GET.
 */
async function registeredRoutes(): Promise<string[]> {
  const script = `import { createApp } from './service/app.ts'
    import { readConfig } from './service/config/config.ts'
    const { config, secrets } = readConfig({ ...${JSON.stringify(SIGN_IN)}, STAGE: 'local', REDIS_URL: 'redis://127.0.0.1:1', S3_BUCKET: 'none', S3_ENDPOINT: 'http://127.0.0.1:1', AWS_REGION: 'us-east-1', COOKIE_SECRETS: 'c'.repeat(32), SEAL_SECRETS: 'a:' + 's'.repeat(32), PROJECT_SECRETS: 'p'.repeat(32) })
    const app = await createApp(config, secrets)
    await app.server.ready()
    process.stdout.write(app.server.printRoutes({ commonPrefix: false }) + '\\n', () => process.exit(0))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of child.stdout) output += String(chunk)
  const path: string[] = []
  return output.split('\n').flatMap((line) => {
    const [, indent = '', segment = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
    if (segment === '') return []
    path.splice(indent.length / 4, Infinity, segment)
    const whole = path.join('').replaceAll(/:([A-Za-z]+)/g, '{$1}')
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => `${method} ${whole}`)
  })
}
