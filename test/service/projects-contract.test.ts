import t from 'tap'
import type { TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { closedSchema } from '../support/closed-schema.ts'
import { fuzzRequests, type Described } from '../support/fuzz-requests.ts'
import { listing, save, stackWithSignIn } from '../support/kept-projects.ts'
import fc, { propertySeed } from '../support/properties.ts'

const OF_PROJECTS = /^\/api\/(?:projects|person)(?:\/|$)/
const DRAWN = 40
const HOUR_MS = 3_600_000

interface Operation {
  readonly method: string
  readonly path: string
  readonly described: Described
}

/** What is wrong with a reply by the description of its route; empty if nothing is. */
function faultsOf({ described }: Operation, reply: Reply): string[] {
  const documented = described.responses[String(reply.status)] ?? described.responses['default']
  const type = String(reply.headers['content-type'] ?? '').split(';')[0] ?? ''
  if (reply.text === '') return documented?.content === undefined ? [] : ['it is empty']
  const schema: TSchema | undefined = documented?.content?.[type]?.schema
  if (schema === undefined) return [`its type ${type} is not documented`]
  if (type === 'application/zip' || Check(closedSchema(schema), reply.json())) return []
  return [`its body is not as documented: ${JSON.stringify(Errors(closedSchema(schema), reply.json()).slice(0, 2))}`]
}

async function operationsOf(who: Person): Promise<Operation[]> {
  const { paths } = (await who.get('/openapi.json')).json<{ paths: Record<string, Record<string, Described>> }>()
  return Object.entries(paths)
    .filter(([path]) => OF_PROJECTS.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
    )
}

t.setTimeout(300_000)
t.test('the routes of projects are as the description of the API says', async (t) => {
  const stack = await stackWithSignIn(t)
  // A deletion needs a sign-in of the last five minutes, and this test may take longer.
  const who = await stack.device('alice', -HOUR_MS)
  await uploadWards(who, wardsCsv('Ward'))
  await who.post('/api/analyses', { indicators: ['tpr', 'rainfall'] })
  const operations = await operationsOf(who)
  t.equal(operations.length, 7)

  await t.test('each says what it answers', async (t) => {
    const { id } = await save(who, 'First')
    const seen = new Set<Operation>()
    for (const [method, path, at, body, expected] of [
      ['GET', '/api/projects', '', undefined, 200],
      ['POST', '/api/projects', '', { name: 'Second', chat: true }, 201],
      ['POST', '/api/projects', '', { name: '' }, 400],
      ['POST', '/api/projects/{projectId}/open', `${id}/open`, undefined, 200],
      ['PATCH', '/api/projects/{projectId}', id, { version: 1, name: 'Renamed', save: true }, 200],
      ['PATCH', '/api/projects/{projectId}', id, { version: 1, name: 'Again' }, 409],
      ['POST', '/api/projects/{projectId}/duplicate', `${id}/duplicate`, { name: 'Copy' }, 201],
      ['GET', '/api/person/export', '', undefined, 200],
      ['DELETE', '/api/projects/{projectId}', id, undefined, 204],
      ['DELETE', '/api/projects/{projectId}', id, undefined, 404],
    ] as const) {
      const reply = await who.send(method, at === '' ? path : `/api/projects/${at}`, { body })
      t.equal(reply.status, expected, `${method} ${path}: ${reply.text.slice(0, 200)}`)
      const operation = operations.find((one) => one.method === method && one.path === path)
      t.strictSame(
        operation === undefined ? ['it is not described'] : faultsOf(operation, reply),
        [],
        `${method} ${path}`,
      )
      if (operation !== undefined && reply.status < 400) seen.add(operation)
    }
    t.equal(seen.size, operations.length, 'no route is left out')
  })

  await t.test('no drawn request makes one fail, or is answered in another form', async (t) => {
    const wrong: string[] = []
    const statuses = new Map<number, number>()
    for (const [at, operation] of operations.entries()) {
      for (const { id } of (await listing(who)).projects) await who.delete(`/api/projects/${id}`)
      const { id: projectId } = await save(who, 'Drawn')
      const drawn = fc.sample(fuzzRequests(operation.path, operation.described, { projectId, name: 'Drawn' }), {
        numRuns: DRAWN,
        seed: propertySeed + at,
      })
      for (const { path, headers, body, cookie } of drawn) {
        const reply = await who.send(operation.method, path, {
          headers,
          ...(body !== undefined && { body }),
          ...(cookie !== 'own' && { cookie: null }),
        })
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
        const faults = [...(reply.status === 500 ? ['a failure of the service'] : []), ...faultsOf(operation, reply)]
        for (const fault of faults)
          wrong.push(
            `${operation.method} ${path} ${String(body).slice(0, 200)} → ${reply.text.slice(0, 300)}: ${fault}`,
          )
      }
    }
    t.strictSame(wrong.slice(0, 10), [], `${String(wrong.length)} wrong replies with seed ${String(propertySeed)}`)
    t.ok([...statuses.keys()].some((status) => status < 300) && statuses.has(400) && statuses.has(404))
    t.comment(JSON.stringify([...statuses].sort(([one], [other]) => one - other)))
  })
})
