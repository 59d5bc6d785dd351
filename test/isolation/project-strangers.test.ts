import { randomBytes } from 'node:crypto'
import t from 'tap'
import {
  plainRequest,
  projectCases,
  strangerRequests,
  type Expected,
  type Ids,
  type StrangerRequest,
} from '../../prove/stranger-cases.ts'
import { canary, until, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { listing, projectIn, save, stackWithSignIn } from '../support/kept-projects.ts'

const STATUS = {
  'not-found': 404,
  'client-session-id': 400,
  'invalid-input': 400,
  'unsupported-media-type': 415,
} as const satisfies Record<Exclude<Expected, 'same'>, number>
const HOUR_MS = 3_600_000
const OF_PROJECTS = /\/api\/(?:projects|person)(?:\/|$)/

/** Ids that were never given out, in the form of those that were. */
function unknownIds(): Ids {
  const id = (): string => randomBytes(24).toString('base64url')
  const project = randomBytes(30).toString('base64url')
  return {
    session: id(),
    file: id(),
    analysis: id(),
    plan: id(),
    export: id(),
    battle: id(),
    project,
    'own session': id(),
    ward: 'Ward 1',
  }
}

async function idsOf(who: Person, project: string): Promise<Ids> {
  const { session } = (await who.get('/api/session')).json<{ session: { id: string } }>()
  return { ...unknownIds(), session: session.id, project }
}

/** What a reply shows, except the two names of the request itself. */
function told(reply: Reply): string {
  return JSON.stringify({ ...reply.json<object>(), requestId: null, instance: null })
}

t.setTimeout(300_000)
t.test('a stranger with the ids of another person learns and changes nothing on any route of projects', async (t) => {
  const stack = await stackWithSignIn(t)
  // A deletion needs a sign-in of the last five minutes, and this test may take longer.
  const [alice, bob] = await Promise.all([stack.device('alice', -HOUR_MS), stack.device('bob')])
  const word = canary()
  await uploadWards(alice, wardsCsv('Alice'))
  await uploadWards(bob, wardsCsv(word))
  const kept = await save(bob, word)
  const before = JSON.stringify(await listing(bob))
  const own = await idsOf(alice, (await save(alice, 'Of Alice')).id)
  const foreign = await idsOf(bob, kept.id)
  const cases = projectCases()
  const { paths } = (await alice.get('/openapi.json')).json<{ paths: Record<string, object> }>()
  const described = Object.entries(paths)
    .filter(([path]) => OF_PROJECTS.test(path))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
  t.strictSame(cases.map(({ route }) => route).sort(), described.sort(), 'every route has its cases')

  const send = ({ method, address, headers, cookies, body }: StrangerRequest): Promise<Reply> =>
    alice.send(method, address, {
      headers,
      cookie: `${alice.cookie ?? ''}${cookies}`,
      ...(body !== undefined && { body }),
    })
  const counted = (kind: string): number => stack.service.lines().filter((line) => line['Kind'] === kind).length
  const wanted = { 'foreign-id': 0, 'client-session-id': 0 }
  for (const spec of cases) {
    const wrong: string[] = []
    const places = strangerRequests(spec, own, foreign)
    for (const [at, { expected, where, place }] of places.entries()) {
      const given = expected === 'same' ? [foreign] : [foreign, unknownIds(), { ...unknownIds(), project: 'x' }]
      if (expected === 'client-session-id') wanted['client-session-id'] += given.length
      if (expected === 'not-found') wanted['foreign-id'] += 1
      // What means nothing in its place is tried on a project of its own, which the request may change or delete.
      const mine = expected === 'same' && spec.inPath === 'project' ? await anotherOf(alice, own) : own
      const requests = given.map((ids) => strangerRequests(spec, mine, ids)[at] ?? plainRequest(spec, mine))
      const replies: Reply[] = []
      for (const request of requests) replies.push(await send(request))
      const isExpected = replies.every((reply) =>
        expected === 'same'
          ? reply.status < 300
          : reply.status === STATUS[expected] &&
            reply.problem === expected &&
            told(reply) === told(replies[0] ?? reply),
      )
      if (!isExpected || replies.some(({ text }) => text.includes(word) || text.includes(kept.id)))
        wrong.push(`${place}, ${where}: ${replies.map(({ status, text }) => `${String(status)} ${text}`).join(' | ')}`)
      if (expected === 'same') await keepFew(alice, own)
    }
    t.strictSame(wrong, [], `${spec.route}: ${String(places.length)} places`)
  }
  t.equal(JSON.stringify(await listing(bob)), before, 'what Bob keeps is as it was')
  await until(() => counted('client-session-id') >= wanted['client-session-id'], 5_000, 'the last count')
  t.strictSame(
    { 'foreign-id': counted('foreign-id'), 'client-session-id': counted('client-session-id') },
    wanted,
    'each foreign id and each session id was counted once, and unknown or malformed ids were not',
  )
})

/** A copy of Alice's project, in its place among her ids. */
async function anotherOf(alice: Person, own: Ids): Promise<Ids> {
  const copied = await alice.post(`/api/projects/${own.project}/duplicate`, {})
  return { ...own, project: projectIn(copied).id }
}

/** Deletes what the requests have made, before it is more than a person may keep. */
async function keepFew(alice: Person, own: Ids): Promise<void> {
  for (const { id } of (await listing(alice)).projects)
    if (id !== own.project) await alice.delete(`/api/projects/${id}`)
}
