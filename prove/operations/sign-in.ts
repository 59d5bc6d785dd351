import { jsonOf } from '../client.ts'
import { CALLBACK, leave, LOGIN, LOOK, signIn, type Device, type Step } from '../device.ts'
import type { Outcome } from '../outcome.ts'
import { ask, judge, type Operation, type Tab } from '../world.ts'

interface ListReply {
  readonly sessions: readonly { readonly ref: string; readonly isThisOne: boolean }[]
}

const LIST: Step = { name: 'list own sessions', route: 'GET /api/sessions' }

/**
 * What people do who sign in, each time as a person that nobody was before, on several devices. Only at the local
 * provider, where nobody has a password; at any other these are skipped.
 */
export function signInOperations(): Operation[] {
  return [
    {
      name: 'ask whether people can sign in',
      route: 'GET /sign-in',
      weight: 1,
      async run(tab) {
        return judge(tab, await ask(tab, this, { address: '/sign-in' }), [200])
      },
    },
    {
      ...LOGIN,
      weight: 1,
      async run(tab) {
        return judge(tab, await ask(tab, this, { address: '/auth/login', cookie: null }), [303])
      },
    },
    scenario(CALLBACK, 1, async (tab, [only]) => judge(tab, await ask(tab, LOOK, look(only)), [200])),
    scenario(LIST, 2, async (tab, [first]) => {
      const reply = await ask(tab, LIST, { address: '/api/sessions', cookie: first.cookie })
      const outcome = judge(tab, reply, [200])
      const { sessions = [] } = jsonOf<ListReply>(reply)
      if (outcome !== 'done' || (sessions.length === 2 && sessions.filter(({ isThisOne }) => isThisOne).length === 1))
        return outcome
      tab.world.inspector.report({
        kind: 'history',
        detail: `A person with two devices was shown ${String(sessions.length)} sessions`,
        viewer: { user: tab.person.user, era: tab.era.number },
      })
      return 'failed'
    }),
    scenario(
      { name: 'end one of two devices', route: 'DELETE /api/sessions/{ref}' },
      2,
      async (tab, [first, second]) => {
        const { sessions = [] } = jsonOf<ListReply>(
          await ask(tab, LIST, { address: '/api/sessions', cookie: first.cookie }),
        )
        const other = sessions.find(({ isThisOne }) => !isThisOne)
        if (other === undefined) return 'refused'
        const step = { name: 'end one of two devices', route: 'DELETE /api/sessions/{ref}' }
        return ends(tab, step, `/api/sessions/${other.ref}`, first, [second])
      },
    ),
    scenario({ name: 'end the other device', route: 'DELETE /api/session/others' }, 2, (tab, [first, second]) =>
      ends(tab, { name: 'end the other device', route: 'DELETE /api/session/others' }, '/api/session/others', first, [
        second,
      ]),
    ),
    scenario({ name: 'log out everywhere', route: 'DELETE /api/sessions' }, 2, (tab, [first, second]) =>
      ends(tab, { name: 'log out everywhere', route: 'DELETE /api/sessions' }, '/api/sessions', first, [first, second]),
    ),
    scenario({ name: 'sign out', route: 'POST /auth/logout' }, 1, (tab, [only]) =>
      ends(tab, { name: 'sign out', route: 'POST /auth/logout' }, '/auth/logout', only, [only]),
    ),
    {
      name: 'forge a logout of the provider',
      route: 'POST /auth/backchannel-logout',
      weight: 1,
      async run(tab) {
        const reply = await ask(tab, this, {
          address: '/auth/backchannel-logout',
          cookie: null,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'logout_token=e30.e30.e30',
        })
        return judge(tab, reply, [403])
      },
    },
  ]
}

/** An operation that signs in on new devices, acts, and leaves none of them signed in. */
function scenario(
  step: Step,
  devices: 1 | 2,
  act: (tab: Tab, devices: readonly [Device, Device]) => Promise<Outcome>,
): Operation {
  return {
    ...step,
    weight: 1,
    async run(tab) {
      const word = `${String(tab.person.user)}-${Math.floor(tab.random() * 2 ** 40).toString(36)}`
      const account = { word, era: tab.era.number }
      const first = await signIn(tab, account, null)
      if (typeof first === 'string') return first
      const second = devices === 1 ? first : await signIn(tab, account, null)
      if (typeof second === 'string') return second
      const outcome = await act(tab, [first, second])
      for (const device of new Set([first, second]))
        if (!tab.person.deadCookies.includes(device.cookie)) await leave(tab, device)
      return outcome
    },
  }
}

const look = ({ cookie }: Device): { address: string; cookie: string } => ({ address: '/api/session', cookie })

/** A request by one device that ends some; their cookies are dead for every task from its acknowledgement on. */
async function ends(tab: Tab, step: Step, address: string, by: Device, ended: readonly Device[]): Promise<Outcome> {
  // A sign-in is recent for five minutes, so that this does not queue with the other requests.
  const reply = await ask(tab, step, { address, cookie: by.cookie, urgent: true })
  const outcome = judge(tab, reply, [200, 204])
  if (outcome !== 'done') return outcome
  for (const { cookie } of ended) {
    tab.world.inspector.bury(cookie, reply.end)
    tab.person.deadCookies.push(cookie)
  }
  for (const device of ended) {
    const after = judge(tab, await ask(tab, LOOK, look(device)), [401])
    if (after !== 'done') return after
  }
  return 'done'
}
