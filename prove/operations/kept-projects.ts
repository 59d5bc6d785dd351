import { jsonOf, problemOf, type Exchange } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { ask, judge, pick, type Operation, type Request, type Tab } from '../world.ts'

const LIST = { name: 'list the kept projects', route: 'GET /api/projects' } as const
const SAVE = { name: 'keep the session as a project', route: 'POST /api/projects', heavy: true } as const
const RENAME = { name: 'rename a kept project', route: 'PATCH /api/projects/{projectId}' } as const
const COPY = { name: 'duplicate a kept project', route: 'POST /api/projects/{projectId}/duplicate' } as const
const REMOVE = { name: 'delete a kept project', route: 'DELETE /api/projects/{projectId}' } as const
const TAKE_AWAY = { name: 'download all kept projects', route: 'GET /api/person/export' } as const
const OPEN_ANOTHERS = {
  name: "open another person's kept project",
  route: 'POST /api/projects/{projectId}/open',
} as const

/**
 * What people who have signed in keep: the same in all their sessions, and in nobody else's. For an anonymous person
 * each of these is refused.
 */
export function keptProjectOperations(): Operation[] {
  return [
    { ...LIST, weight: 1, run: async (tab) => (await list(tab)).outcome },
    {
      ...SAVE,
      weight: 1,
      async run(tab) {
        const body = { name: `Project of person ${tab.person.user}` }
        const reply = await ask(tab, SAVE, { address: '/api/projects', body })
        return made(tab, reply)
      },
    },
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
        onOne(tab, async ({ id }) =>
          made(tab, await ask(tab, COPY, { address: `/api/projects/${id}/duplicate`, body: {} })),
        ),
    },
    {
      ...REMOVE,
      weight: 1,
      run: (tab) =>
        onOne(tab, async ({ id }) => {
          const reply = await ask(tab, REMOVE, { address: `/api/projects/${id}` })
          return judged(tab, reply, [204, 404])
        }),
    },
    {
      ...TAKE_AWAY,
      weight: 1,
      run: async (tab) => judged(tab, await ask(tab, TAKE_AWAY, { address: '/api/person/export' }), [200]),
    },
    { ...OPEN_ANOTHERS, weight: 2, run: openAnothers },
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

/** Registers what was made to the person, in all sessions of theirs. */
function made(tab: Tab, reply: Exchange): Outcome {
  const { project } = jsonOf<{ project: Kept }>(reply)
  if (reply.status === 201 && project !== undefined) {
    tab.world.canaries.register(project.id, { user: tab.person.user, era: null, field: 'kept project', version: 0 })
    tab.person.projectIds.push(project.id)
  }
  return judged(tab, reply, [201, 404, 409])
}

async function openAnothers(tab: Tab): Promise<Outcome> {
  const others = tab.world.people.filter(({ user }) => user !== tab.person.user)
  const id = pick(tab.random, pick(tab.random, others)?.projectIds ?? [])
  if (id === undefined) return 'skipped'
  const request: Request = { address: `/api/projects/${id}/open` }
  const reply = await ask(tab, OPEN_ANOTHERS, request)
  if (reply.status >= 200 && reply.status < 300)
    tab.world.inspector.report({
      kind: 'foreign id accepted',
      detail: "another person's kept project was opened",
      viewer: { user: tab.person.user, era: tab.era.number },
      request: `POST ${request.address}`,
    })
  return judged(tab, reply, [404])
}

/** An anonymous person is told to sign in, and has nothing to keep. */
function judged(tab: Tab, reply: Exchange, right: readonly number[]): Outcome {
  return problemOf(reply) === 'sign-in-needed' ? 'skipped' : judge(tab, reply, right)
}
