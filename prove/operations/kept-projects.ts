import { jsonOf, problemOf, type Exchange } from '../client.ts'
import { leave, signIn } from '../device.ts'
import type { Outcome } from '../outcome.ts'
import { newEra, type Era } from '../person.ts'
import { ask, judge, pick, type Operation, type Tab } from '../world.ts'
import { readBack, report } from './projects.ts'

const LIST = { name: 'list the kept projects', route: 'GET /api/projects' } as const
const SAVE = { name: 'keep the session as a project', route: 'POST /api/projects', heavy: true } as const
const OPEN = {
  name: 'open a kept project on another device',
  route: 'POST /api/projects/{projectId}/open',
  heavy: true,
} as const
const RENAME = { name: 'rename a kept project', route: 'PATCH /api/projects/{projectId}' } as const
const COPY = { name: 'duplicate a kept project', route: 'POST /api/projects/{projectId}/duplicate' } as const
const REMOVE = { name: 'delete a kept project', route: 'DELETE /api/projects/{projectId}' } as const
const TAKE_AWAY = { name: 'download all kept projects', route: 'GET /api/person/export' } as const
const REACH = "reach for another person's kept project"

/** So long after its start a session's sign-in may be too old for a deletion. */
const RECENT_MS = 4.5 * 60_000

/**
 * What people who have signed in keep: the same in all their sessions, and in nobody else's. For an anonymous person
 * each of these is refused.
 */
export function keptProjectOperations(): Operation[] {
  return [
    { ...LIST, weight: 1, run: async (tab) => (await list(tab)).outcome },
    {
      ...SAVE,
      weight: 0,
      everyone: true,
      async run(tab) {
        const body = { name: `Project of person ${tab.person.user}` }
        return made(tab, tab.era, await ask(tab, SAVE, { address: '/api/projects', body }))
      },
    },
    { ...OPEN, weight: 0, everyone: true, run: openElsewhere },
    {
      ...RENAME,
      weight: 1,
      run: (tab) =>
        onOne(tab, async ({ id, version }) => {
          const body = { version, name: `Project of person ${tab.person.user}, renamed` }
          const reply = await ask(tab, RENAME, { address: `/api/projects/${id}`, body })
          return judged(tab, reply, [200, 404, 409])
        }),
    },
    {
      ...COPY,
      weight: 1,
      run: (tab) =>
        onOne(tab, async ({ id }) => {
          const reply = await ask(tab, COPY, { address: `/api/projects/${id}/duplicate`, body: {} })
          return made(tab, tab.person.projects.get(id), reply)
        }),
    },
    { ...REMOVE, weight: 1, run: (tab) => onOne(tab, async ({ id }) => await remove(tab, id)) },
    {
      ...TAKE_AWAY,
      weight: 1,
      run: async (tab) => judged(tab, await ask(tab, TAKE_AWAY, { address: '/api/person/export' }), [200, 409]),
    },
    { name: REACH, route: OPEN.route, weight: 2, run: reachForAnothers },
  ]
}

interface Kept {
  readonly id: string
  readonly version: number
}

async function list(tab: Tab): Promise<{ readonly outcome: Outcome; readonly kept: readonly Kept[] }> {
  const reply = await ask(tab, LIST, { address: '/api/projects' })
  return { outcome: judged(tab, reply, [200]), kept: jsonOf<{ projects: Kept[] }>(reply).projects ?? [] }
}

/** Does something with one of the person's own projects, as the list shows it. */
async function onOne(tab: Tab, use: (kept: Kept) => Promise<Outcome>): Promise<Outcome> {
  const { outcome, kept } = await list(tab)
  const one = pick(tab.random, kept)
  if (outcome !== 'done') return outcome
  return one === undefined ? 'skipped' : await use(one)
}

/**
 * Registers what was made to the person, in all sessions of theirs.
 * @param era the session whose work it holds; undefined when that is not known
 */
function made(tab: Tab, era: Era | undefined, reply: Exchange): Outcome {
  const { project } = jsonOf<{ project: Kept }>(reply)
  if (reply.status === 201 && project !== undefined) {
    tab.world.canaries.register(project.id, { user: tab.person.user, era: null, field: 'kept project', version: 0 })
    if (era !== undefined) tab.person.projects.set(project.id, era)
  }
  return judged(tab, reply, [201, 404, 409])
}

/**
 * Opens one of the person's projects on another device of theirs: everything in it belongs to the session that it was
 * saved in, so a canary of anybody else, or of another session of theirs, is a leak.
 */
async function openElsewhere(tab: Tab): Promise<Outcome> {
  const { world, person } = tab
  const { outcome, kept } = await list(tab)
  if (outcome !== 'done' || person.account === null) return outcome
  const [id, saved] =
    pick(
      tab.random,
      [...person.projects].filter(([known]) => kept.some((one) => one.id === known)),
    ) ?? []
  if (id === undefined || saved === undefined) return 'skipped'
  const begin = performance.now()
  const device = await signIn({ ...tab, era: saved }, person.account, null)
  if (typeof device === 'string') return device
  const own = { ...newEra(saved.number, device.cookie, device.sessionId, begin), editions: saved.editions }
  const there = { world, person, random: tab.random, era: own }
  try {
    const reply = await ask(there, OPEN, { address: `/api/projects/${id}/open` })
    const judgement = judged(there, reply, [200, 404])
    if (reply.status !== 200) return judgement
    const { opened } = jsonOf<{ opened: { verified: boolean; differencesInAll: number } }>(reply)
    if (opened?.verified !== true) report(there, reply, 'A kept project was opened that was not as it was saved')
    if (opened?.differencesInAll !== 0) report(there, reply, 'A kept project came back with other figures')
    return await readBack(there, OPEN.name)
  } finally {
    await leave(there, device)
  }
}

/** Deletes a project; on a device that has just signed in where the session's own sign-in is too long ago. */
async function remove(tab: Tab, id: string): Promise<Outcome> {
  const address = `/api/projects/${id}`
  const reply = await ask(tab, REMOVE, { address })
  const isLongAgo = reply.end - tab.era.begin > RECENT_MS
  if (problemOf(reply) !== 'sign-in-again' || !isLongAgo || tab.person.account === null)
    return judged(tab, reply, [204, 404])
  const device = await signIn(tab, tab.person.account, null)
  if (typeof device === 'string') return device
  try {
    return judge(tab, await ask(tab, REMOVE, { address, cookie: device.cookie, urgent: true }), [204, 404])
  } finally {
    await leave(tab, device)
  }
}

/** Tries everything that can be done with a project on one that another person keeps. */
async function reachForAnothers(tab: Tab): Promise<Outcome> {
  const others = tab.world.people.filter(({ user, projects }) => user !== tab.person.user && projects.size > 0)
  const id = pick(tab.random, [...(pick(tab.random, others)?.projects.keys() ?? [])])
  if (id === undefined) return 'skipped'
  const attempts = [
    { route: OPEN.route, address: `/api/projects/${id}/open` },
    { route: RENAME.route, address: `/api/projects/${id}`, body: { version: 1, name: 'Mine' } },
    { route: COPY.route, address: `/api/projects/${id}/duplicate`, body: {} },
    { route: REMOVE.route, address: `/api/projects/${id}` },
  ]
  let outcome: Outcome = 'done'
  for (const { route, ...request } of attempts) {
    const reply = await ask(tab, { name: REACH, route }, request)
    if (reply.status >= 200 && reply.status < 300)
      tab.world.inspector.report({
        kind: 'foreign id accepted',
        detail: `${route} was carried out on another person's kept project`,
        viewer: { user: tab.person.user, era: tab.era.number },
        request: `${reply.method} ${request.address}`,
      })
    outcome = judged(tab, reply, [404])
    if (outcome !== 'done') return outcome
  }
  return outcome
}

/** An anonymous person is told to sign in, and has nothing to keep. */
function judged(tab: Tab, reply: Exchange, right: readonly number[]): Outcome {
  return problemOf(reply) === 'sign-in-needed' ? 'skipped' : judge(tab, reply, right)
}
