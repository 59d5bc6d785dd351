/** The kinds of ids that the service gives out. */
export type IdKind = 'session' | 'file' | 'analysis' | 'plan' | 'export' | 'battle' | 'own session' | 'project'
const DATA_KINDS = ['file', 'analysis', 'plan', 'export', 'battle', 'project'] as const
/** One id of each kind; `ward` is not an id but the name of one of the session's own wards. */
export type Ids = Readonly<Record<IdKind, string>> & { readonly ward: string }

/** How to call a route correctly, and where it takes ids. Every route needs such a case. */
export interface StrangerCase {
  /** `METHOD /path` as in the service's description. */
  readonly route: string
  /** The kind of id in the path's parameter. */
  readonly inPath?: IdKind
  /** Body properties that take ids, and their kinds; in brackets where the property is a list of two. */
  readonly inBody?: Readonly<Record<string, IdKind | readonly [IdKind]>>
  /** The rest of a body that gets a 2xx. */
  readonly body?: Readonly<Record<string, unknown>>
  /** A route without a session: ids mean nothing to it, in any place. */
  readonly sessionless?: true
  /** A route for people who have signed in. */
  readonly signedIn?: true
  /** A route whose query is a provider's: parameters that it does not know mean nothing to it. */
  readonly openQuery?: true
}

/** Every route of the service. A new one adds its case, or `test/isolation/strangers.test.ts` fails. */
export function strangerCases(): StrangerCase[] {
  return [
    { route: 'GET /livez', sessionless: true },
    { route: 'GET /readyz', sessionless: true },
    { route: 'GET /sign-in', sessionless: true },
    { route: 'POST /api/session' },
    { route: 'GET /api/session' },
    { route: 'DELETE /api/session' },
    { route: 'POST /api/files', body: { role: 'wards', filename: 'wards.csv', bytes: 100 } },
    { route: 'GET /api/files' },
    { route: 'POST /api/files/{fileId}/complete', inPath: 'file' },
    { route: 'GET /api/files/{fileId}/pieces', inPath: 'file' },
    { route: 'PUT /api/files/{fileId}/reading', inPath: 'file', body: {} },
    { route: 'DELETE /api/files/{fileId}', inPath: 'file' },
    { route: 'GET /api/dataset' },
    { route: 'GET /api/dataset/shapes' },
    { route: 'POST /api/analyses', body: {} },
    { route: 'GET /api/analyses' },
    { route: 'GET /api/analyses/{analysisId}', inPath: 'analysis' },
    { route: 'GET /api/analyses/{analysisId}/wards', inPath: 'analysis' },
    { route: 'GET /api/analyses/{analysisId}/wards/{ward}', inPath: 'analysis' },
    { route: 'GET /api/analyses/{analysisId}/map', inPath: 'analysis' },
    {
      route: 'POST /api/analyses/{analysisId}/certainty',
      inPath: 'analysis',
      body: { draws: 100 },
      inBody: { planId: 'plan' },
    },
    { route: 'POST /api/dataset/matches', body: {} },
    { route: 'POST /api/dataset/positivity', body: { facilityLevel: 'all', age: 'all', method: 'both' } },
    {
      route: 'POST /api/itn-plans',
      body: { totalNets: 1_000, populationColumn: 'rainfall' },
      inBody: { analysisId: 'analysis' },
    },
    { route: 'GET /api/itn-plans' },
    { route: 'GET /api/itn-plans/{planId}', inPath: 'plan' },
    { route: 'PATCH /api/itn-plans/{planId}', inPath: 'plan', body: { name: 'Threshold 50' } },
    { route: 'POST /api/itn-plans/{planId}/copies', inPath: 'plan', body: {} },
    { route: 'POST /api/itn-plans/{planId}/lock', inPath: 'plan' },
    { route: 'DELETE /api/itn-plans/{planId}', inPath: 'plan' },
    { route: 'POST /api/itn-plans/compare', body: {}, inBody: { planIds: ['plan'] } },
    {
      route: 'POST /api/query',
      body: { select: ['ward', 'rank', 'nets'] },
      inBody: { analysisId: 'analysis', planId: 'plan' },
    },
    {
      route: 'POST /api/charts',
      body: { kind: 'bar', measure: { measure: 'sum', column: 'nets' } },
      inBody: { analysisId: 'analysis', planId: 'plan' },
    },
    { route: 'GET /api/exports' },
    { route: 'POST /api/exports', body: { kind: 'itn_plan.csv' }, inBody: { analysisId: 'analysis', planId: 'plan' } },
    { route: 'POST /api/chat', body: { message: 'What data are there?' } },
    { route: 'GET /api/chat' },
    { route: 'DELETE /api/chat' },
    { route: 'POST /api/arena/battles', body: { message: 'How do nets protect?' } },
    { route: 'POST /api/arena/battles/{battleId}/vote', inPath: 'battle', body: { choice: 'tie' } },
    { route: 'GET /api/arena/leaderboard' },
    { route: 'GET /auth/login' },
    { route: 'GET /auth/callback', openQuery: true },
    { route: 'POST /auth/logout' },
    { route: 'POST /auth/backchannel-logout', body: { logout_token: 'of nobody' } },
    { route: 'GET /api/sessions', signedIn: true },
    { route: 'DELETE /api/sessions', signedIn: true },
    { route: 'DELETE /api/sessions/{ref}', inPath: 'own session', signedIn: true },
    { route: 'DELETE /api/session/others', signedIn: true },
    ...projectCases(),
  ]
}

/** The routes of what people who sign in keep; `test/isolation/project-strangers.test.ts` tries them. */
export function projectCases(): StrangerCase[] {
  return [
    { route: 'GET /api/projects', signedIn: true },
    { route: 'POST /api/projects', body: { name: 'Kano' }, signedIn: true },
    { route: 'POST /api/projects/{projectId}/open', inPath: 'project', signedIn: true },
    { route: 'PATCH /api/projects/{projectId}', inPath: 'project', body: { version: 1, name: 'Kano' }, signedIn: true },
    { route: 'POST /api/projects/{projectId}/duplicate', inPath: 'project', body: {}, signedIn: true },
    { route: 'DELETE /api/projects/{projectId}', inPath: 'project', signedIn: true },
    { route: 'GET /api/person/export', signedIn: true },
  ]
}

/** `same`: the id means nothing in that place, and the reply equals the one without it. */
export type Expected = 'not-found' | 'client-session-id' | 'invalid-input' | 'unsupported-media-type' | 'same'

export const PLACES = ['path', 'query', 'body', 'header', 'extra cookie', 'multipart field'] as const
export type Place = (typeof PLACES)[number]

/** One request with ids in places where another person's could be. */
export interface StrangerRequest {
  readonly place: Place
  /** The exact place, as people read it. */
  readonly where: string
  readonly method: string
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  /** Follows the session's own cookie. */
  readonly cookies: string
  readonly body: string | undefined
  readonly expected: Expected
}

const BOUNDARY = 'stranger-0f1e2d3c4b5a'

/** The request that `same` is compared with: that of the case, without any id out of place. */
export function plainRequest(spec: StrangerCase, own: Ids): StrangerRequest {
  return requestOf(spec, own, 'header', 'nothing out of place', 'same', {})
}

/**
 * Every request that puts `given` into a place of a route: the places that take ids, and those that do not, under the
 * names that another design would read them by.
 */
export function strangerRequests(spec: StrangerCase, own: Ids, given: Ids): StrangerRequest[] {
  const { route, inPath, inBody = {}, sessionless, openQuery } = spec
  const on = (place: Place, where: string, expected: Expected, change: Change): StrangerRequest =>
    requestOf(spec, own, place, where, expected, change)
  const address = addressOf(route, own, inPath)
  const refused = (slug: Expected): Expected => (sessionless === true ? 'same' : slug)
  const body = bodyOf(spec, own)
  const multipart = (name: string, value: string): Change => ({
    body: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--${BOUNDARY}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  })
  return [
    ...(inPath === undefined
      ? []
      : [on('path', inPath, 'not-found', { address: addressOf(route, { ...given, ward: own.ward }, inPath) })]),
    ...(sessionless === true
      ? []
      : [
          on('path', 'matrix parameter session_id', 'client-session-id', {
            address: `${address}/session_id=${encodeURIComponent(given.session)}`,
          }),
        ]),
    ...['session_id', 'sessionId', 'X-Session-ID'].map((name) =>
      on('query', name, refused('client-session-id'), {
        address: `${address}?${name}=${encodeURIComponent(given.session)}`,
      }),
    ),
    ...DATA_KINDS.map((kind) =>
      on('query', `${kind}Id`, openQuery === true ? 'same' : refused('invalid-input'), {
        address: `${address}?${kind}Id=${encodeURIComponent(given[kind])}`,
      }),
    ),
    ...Object.entries(inBody).map(([name, kind]) =>
      on('body', name, 'not-found', {
        body: JSON.stringify({
          ...body,
          [name]: typeof kind === 'string' ? given[kind] : [own[kind[0]], given[kind[0]]],
        }),
        headers: JSON_TYPE,
      }),
    ),
    ...(sessionless === true
      ? []
      : [
          ...['session_id', 'sessionId'].map((name) =>
            on('body', name, 'client-session-id', {
              body: JSON.stringify({ ...body, [name]: given.session }),
              headers: JSON_TYPE,
            }),
          ),
          on('body', 'sessionId, three levels down', 'client-session-id', {
            body: JSON.stringify({ ...body, filter: { any: [{ sessionId: given.session }] } }),
            headers: JSON_TYPE,
          }),
          ...DATA_KINDS.filter((kind) => !(`${kind}Id` in inBody)).map((kind) =>
            on('body', `${kind}Id`, 'invalid-input', {
              body: JSON.stringify({ ...body, [`${kind}Id`]: given[kind] }),
              headers: JSON_TYPE,
            }),
          ),
          on('multipart field', 'session_id', 'client-session-id', multipart('session_id', given.session)),
          on('multipart field', 'fileId', 'unsupported-media-type', multipart('fileId', given.file)),
        ]),
    ...['X-Session-ID', 'ChatMRPT-Session', 'Session-Id'].map((name) =>
      on('header', name, refused('client-session-id'), { headers: { [name]: given.session } }),
    ),
    ...DATA_KINDS.map((kind) => on('header', `X-${kind}-Id`, 'same', { headers: { [`x-${kind}-id`]: given[kind] } })),
    on('header', 'X-Forwarded-User', 'same', { headers: { 'x-forwarded-user': given.session } }),
    on('header', 'X-HTTP-Method-Override', 'same', {
      headers: { 'x-http-method-override': 'DELETE', 'x-original-url': `/api/analyses/${given.analysis}` },
    }),
    on('extra cookie', 'session_id', refused('client-session-id'), { cookies: `; session_id=${given.session}` }),
    on('extra cookie', 'analysisId', 'same', { cookies: `; analysisId=${given.analysis}` }),
  ]
}

interface Change {
  readonly address?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: string
  readonly body?: string
}

const JSON_TYPE: Readonly<Record<string, string>> = { 'content-type': 'application/json' }

function requestOf(
  spec: StrangerCase,
  own: Ids,
  place: Place,
  where: string,
  expected: Expected,
  change: Change,
): StrangerRequest {
  const body = change.body ?? (spec.body === undefined ? undefined : JSON.stringify(bodyOf(spec, own)))
  return {
    place,
    where,
    method: spec.route.split(' ')[0] ?? 'GET',
    address: change.address ?? addressOf(spec.route, own, spec.inPath),
    headers: { ...(body !== undefined && change.body === undefined ? JSON_TYPE : {}), ...change.headers },
    cookies: change.cookies ?? '',
    body,
    expected,
  }
}

function bodyOf({ body, inBody = {} }: StrangerCase, own: Ids): Record<string, unknown> {
  const ids = Object.entries(inBody).map(([name, kind]) => [
    name,
    typeof kind === 'string' ? own[kind] : [own[kind[0]], own[kind[0]]],
  ])
  return { ...body, ...(Object.fromEntries(ids) as Record<string, unknown>) }
}

function addressOf(route: string, ids: Ids, inPath: IdKind | undefined): string {
  return (route.split(' ')[1] ?? '')
    .replace('{ward}', encodeURIComponent(ids.ward))
    .replace(/\{[^}]+\}/, inPath === undefined ? '' : encodeURIComponent(ids[inPath]))
}
