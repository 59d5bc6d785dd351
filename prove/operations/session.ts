import { jsonOf, type Exchange } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { newEra, type Era, type Person } from '../person.ts'
import { ask, isLost, judge, pick, type Operation, type World } from '../world.ts'

interface SessionReply {
  readonly session: { readonly id?: string }
}

const START = { name: 'start a session', route: 'POST /api/session' } as const
const END = { name: 'end the session', route: 'DELETE /api/session' } as const

export function sessionOperations(): Operation[] {
  return [
    {
      name: 'look at the session',
      route: 'GET /api/session',
      weight: 3,
      async run(tab) {
        const reply = await ask(tab, this, { address: '/api/session' })
        return sameSession(tab, reply)
      },
    },
    {
      name: 'go on with the session',
      route: 'POST /api/session',
      weight: 1,
      async run(tab) {
        const reply = await ask(tab, this, { address: '/api/session' })
        // A cookie that died meanwhile starts another session, whose id is not registered to anybody.
        if (reply.status === 201 && (tab.era.ending || isLost(tab.world, tab.era))) return 'gone'
        return sameSession(tab, reply)
      },
    },
    {
      name: 'use a dead cookie',
      route: 'GET /api/session',
      weight: 2,
      async run(tab) {
        const cookie = pick(tab.random, tab.person.deadCookies)
        const address =
          pick(tab.random, ['/api/session', '/api/files', '/api/analyses', '/api/exports', '/api/dataset']) ??
          '/api/session'
        return cookie === undefined ? 'skipped' : judge(tab, await ask(tab, this, { address, cookie }), [401])
      },
    },
  ]
}

/** Starts a session, now and then with a dead cookie; null when it is refused for now. */
export async function startSession(
  world: World,
  person: Person,
  number: number,
  random: () => number,
): Promise<Era | null> {
  const deadCookie = random() < 0.5 ? person.deadCookies.at(-1) : undefined
  const reply = await world.client.send({
    user: person.user,
    era: number,
    operation: START.name,
    route: START.route,
    method: 'POST',
    address: '/api/session',
    cookie: deadCookie ?? null,
    headers: { 'x-note': 'a new visit' },
  })
  const { session } = jsonOf<SessionReply>(reply)
  if (reply.status !== 201 || session?.id === undefined) {
    if (![0, 429, 502, 503, 504].includes(reply.status)) world.tally.unexpected(reply)
    return null
  }
  const cookie = cookieOf(world, reply)
  if (cookie === null) return null
  world.canaries.register(session.id, { user: person.user, era: number, field: 'session id', version: 0 })
  world.canaries.register(decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0] ?? '', {
    user: person.user,
    era: number,
    field: 'session token',
    version: 0,
  })
  if (deadCookie !== undefined && cookie === deadCookie) {
    world.inspector.report({
      kind: 'revived session',
      detail: 'A dead cookie was given out again',
      viewer: { user: person.user, era: number },
    })
  }
  world.inspector.expectAlive(cookie, reply.begin)
  return newEra(number, cookie, session.id, reply.begin)
}

/** Ends a session; its cookie is dead from the acknowledging reply on. */
export async function endSession(world: World, person: Person, era: Era): Promise<Outcome> {
  era.ending = true
  world.inspector.letEnd(era.cookie)
  const tab = { world, person, era, random: () => 0 }
  const reply = await ask(tab, END, { address: '/api/session' })
  if (reply.status === 204) {
    world.inspector.bury(era.cookie, reply.end)
    person.deadCookies.push(era.cookie)
    return 'done'
  }
  return judge(tab, reply, [204])
}

/** The attributes that keep a cookie from other sites, from scripts and from plain connections. */
function cookieOf(world: World, reply: Exchange): string | null {
  const line = [reply.replyHeaders['set-cookie'] ?? []].flat()[0] ?? ''
  const wanted = ['HttpOnly', 'SameSite', 'Path=/', ...(world.target.startsWith('https:') ? ['Secure'] : [])]
  const missing = wanted.filter((attribute) => !line.toLowerCase().includes(attribute.toLowerCase()))
  if (line.startsWith('__Host-') || !world.target.startsWith('https:')) {
    if (missing.length > 0)
      world.inspector.report({
        kind: 'policy',
        detail: `The session cookie lacks ${missing.join(', ')}`,
        viewer: { user: reply.user, era: reply.era },
      })
  } else {
    world.inspector.report({
      kind: 'policy',
      detail: 'The session cookie has no __Host- in its name',
      viewer: { user: reply.user, era: reply.era },
    })
  }
  return line.split(';')[0] ?? null
}

function sameSession(tab: Parameters<Operation['run']>[0], reply: Exchange): Outcome {
  const outcome = judge(tab, reply, [200])
  const shown = jsonOf<SessionReply>(reply).session?.id
  if (outcome === 'done' && shown !== tab.era.sessionId) {
    tab.world.inspector.report({
      kind: 'history',
      detail: `The cookie of session ${tab.era.sessionId} was answered with another session`,
      viewer: { user: tab.person.user, era: tab.era.number },
      request: `${reply.method} ${reply.address}`,
    })
  }
  return outcome
}
