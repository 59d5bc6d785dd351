import { personOfCrowd } from '../local/sign-in/people.ts'
import { chooseAtProvider } from '../local/sign-in/walk-provider.ts'
import type { Account } from './account.ts'
import { jsonOf } from './client.ts'
import type { Outcome } from './outcome.ts'
import { newEra, type Era, type Person } from './person.ts'
import { ask, judge, type Operation, type Tab, type World } from './world.ts'

/** A browser that has signed in. */
export interface Device {
  readonly cookie: string
  readonly sessionId: string
}

export type Step = Pick<Operation, 'name' | 'route'>

export const LOGIN: Step = { name: 'begin to sign in', route: 'GET /auth/login' }
export const CALLBACK: Step = { name: 'come back signed in', route: 'GET /auth/callback' }
export const LOOK: Step = { name: 'look at the session', route: 'GET /api/session' }

/**
 * Signs in at the local provider, where nobody has a password.
 * @param from the cookie of the session that signs in and keeps its data; null for a browser without one
 * @returns the outcome where that could not be done; `skipped` at any other provider
 */
export async function signIn(tab: Tab, account: Account, from: string | null): Promise<Device | Outcome> {
  const { world, person, era } = tab
  const owner = { user: person.user, era: era.number, version: 0 }
  const { id, name } = personOfCrowd(account.word)
  // Its second word has the form in which the scan looks for ids.
  world.canaries.register(name.split(' ')[1] ?? '', { ...owner, era: account.era, field: 'name of a person' })
  const begun = await ask(tab, LOGIN, { address: '/auth/login', cookie: from })
  if (begun.status !== 303) return judge(tab, begun, [303])
  const location = String(begun.replyHeaders['location'])
  if (!location.startsWith('http://127.0.0.1:')) return 'skipped'
  const back = await chooseAtProvider(location, id, new Map()).catch(() => null)
  if (back === null) return 'refused'
  const cookies = [from, cookieOf(begun.replyHeaders, /sign-in=/)].filter((cookie) => cookie !== null)
  if (from !== null) world.inspector.letEnd(from)
  // The provider's code lives a minute, so that this does not queue with the other requests.
  const reply = await ask(tab, CALLBACK, { address: back, cookie: cookies.join('; '), urgent: true })
  if (reply.status !== 303) return judge(tab, reply, [303])
  if (from !== null) {
    world.inspector.bury(from, reply.end)
    person.deadCookies.push(from)
  }
  const cookie = cookieOf(reply.replyHeaders, /session=/)
  world.canaries.register(decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0] ?? '', {
    ...owner,
    field: 'session token',
  })
  const shown = jsonOf<{ session: { id: string; user: { name: string } | null } }>(
    await ask(tab, LOOK, { address: '/api/session', cookie }),
  ).session
  if (shown === undefined) return 'refused'
  world.canaries.register(shown.id, { ...owner, field: 'session id' })
  if (shown.user?.name !== name)
    world.inspector.report({
      kind: 'history',
      detail: 'A person who signed in was shown another name than their own',
      viewer: { user: person.user, era: era.number },
    })
  return { cookie, sessionId: shown.id }
}

/**
 * The session of a person with an account, signed in right after its start: the same data under another token. The
 * session as it is for everybody else, and where nobody can sign in; null when it has to be started again.
 */
export async function signedInEra(world: World, person: Person, era: Era, random: () => number): Promise<Era | null> {
  if (person.account === null || !world.canSignIn) return era
  const tab = { world, person, era, random }
  const device = await signIn(tab, person.account, era.cookie)
  if (device === 'skipped') return era
  if (typeof device === 'string') {
    world.inspector.letEnd(era.cookie)
    return null
  }
  if (device.sessionId !== era.sessionId)
    world.inspector.report({
      kind: 'history',
      detail: `Signing in made session ${era.sessionId} another one`,
      viewer: { user: person.user, era: era.number },
    })
  world.inspector.expectAlive(device.cookie, performance.now())
  return newEra(era.number, device.cookie, device.sessionId, era.begin)
}

/** Signs a device out, and holds its cookie to be dead from then on. */
export async function leave(tab: Tab, { cookie }: Device): Promise<void> {
  const step = { name: 'sign out', route: 'DELETE /api/session' }
  const reply = await ask(tab, step, { address: '/api/session', cookie })
  if (reply.status !== 204) return
  tab.world.inspector.bury(cookie, reply.end)
  tab.person.deadCookies.push(cookie)
}

/** `name=value` of the cookie that was set under such a name. */
function cookieOf(headers: Readonly<Record<string, string | string[] | undefined>>, name: RegExp): string {
  const lines = [headers['set-cookie'] ?? []].flat()
  return lines.find((line) => name.test(line) && !line.includes('=;'))?.split(';')[0] ?? ''
}
