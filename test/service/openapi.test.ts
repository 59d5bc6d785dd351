import t from 'tap'
import { Check, Errors } from 'typebox/value'
import type { TSchema } from 'typebox'
import { person, tryFile, type Reply } from '../support/client.ts'
import { closedSchema } from '../support/closed-schema.ts'
import { makeMessyData } from '../support/messy-data.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { saveProjectFile, uploadProjectFile } from '../support/project-file.ts'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: TSchema }>> }>
  >
}

t.setTimeout(120_000)

t.test(
  'every reply is as the description of the API says, and says nothing that the description leaves out',
  async (t) => {
    const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
    const who = person(t, url)
    const { paths } = (await who.get('/openapi.json')).json<{ paths: Record<string, Record<string, Operation>> }>()
    const seen = new Set<string>()
    const check = (method: string, path: string, reply: Reply, expected: number): Reply => {
      const operation = `${method} ${path}`
      const { responses } = paths[path]?.[method.toLowerCase()] ?? { responses: {} }
      t.equal(reply.status, expected, `${operation}: ${reply.text.slice(0, 300)}`)
      t.ok(responses[String(reply.status)] ?? responses['default'], `${operation} describes ${String(reply.status)}`)
      const { content } = responses[String(reply.status)] ?? responses['default'] ?? {}
      if (reply.status < 400) seen.add(operation)
      if (reply.text === '') {
        t.equal(content, undefined, `${operation} describes an empty reply`)
        return reply
      }
      const schema = content?.[reply.status < 400 ? 'application/json' : 'application/problem+json']?.schema
      if (schema === undefined) t.fail(`${operation} has no schema of its reply`)
      else
        t.ok(
          Check(closedSchema(schema), reply.json()),
          `${operation}: ${JSON.stringify(Errors(closedSchema(schema), reply.json()).slice(0, 3))}`,
        )
      return reply
    }
    const get = async (path: string, at = path): Promise<Reply> => check('GET', path, await who.get(at), 200)
    const post = async (path: string, body: unknown, expected: number, at = path): Promise<Reply> =>
      check('POST', path, await who.post(at, body), expected)
    const remove = async (path: string, at = path): Promise<Reply> =>
      check('DELETE', path, await who.send('DELETE', at), 204)

    check('GET', '/api/dataset', await who.get('/api/dataset'), 401)
    await post('/api/session', undefined, 201)
    await get('/api/session')
    check('GET', '/api/dataset', await who.get('/api/dataset'), 409)

    const messy = makeMessyData()
    await post('/api/files', { role: 'wards', filename: 'later.csv', bytes: 10 }, 201)
    const inPieces = await post('/api/files', { role: 'wards', filename: 'pieces.csv', bytes: 10, pieces: 2 }, 201)
    const { file: waiting } = inPieces.json<{ file: { id: string } }>()
    check('GET', '/api/files/{fileId}/pieces', await who.get(`/api/files/${waiting.id}/pieces`), 200)
    for (const [role, filename, bytes] of [
      ['facilities', 'tests.csv', messy.facilities],
      ['wards', 'wards.csv', messy.wards],
      ['boundaries', 'wards.zip', messy.boundaries],
    ] as const) {
      check('POST', '/api/files/{fileId}/complete', (await tryFile(who, role, filename, bytes)).completed, 200)
    }
    const { files } = (await get('/api/files')).json<{
      files: { id: string; role: string; state: string; questions?: { id: string }[] }[]
    }>()
    const wards = files.find(({ role, state }) => role === 'wards' && state === 'ready')
    const answers = Object.fromEntries((wards?.questions ?? []).map(({ id }) => [id, 'apart']))
    t.equal(Object.keys(answers).length, 1, 'two wards of one name are asked about')
    const readingAt = `/api/files/${wards?.id ?? ''}/reading`
    const settled = await who.send('PUT', readingAt, { body: { answers, columns: { rain: 'value' } } })
    check('PUT', '/api/files/{fileId}/reading', settled, 200)
    check(
      'PUT',
      '/api/files/{fileId}/reading',
      await who.send('PUT', readingAt, { body: { answers: { 'no such question': 'x' } } }),
      400,
    )

    await get('/api/dataset')
    await post(
      '/api/dataset/matches',
      {
        accept: [{ ward: 'Gidan Kukab', boundary: 'Gidan Kuka' }],
        refuse: [{ ward: 'Fadam c', boundary: 'Fadama C' }],
      },
      200,
    )
    await post('/api/dataset/matches', { accept: [{ ward: 'Nobody', boundary: 'Gidan Kuka' }] }, 400)
    await post('/api/dataset/positivity', { facilityLevel: 'all', age: 'u5', method: 'rdt' }, 200)
    await get('/api/dataset/shapes')

    const {
      analysis: {
        id: analysisId,
        wards: [first],
      },
    } = (await post('/api/analyses', {}, 201)).json<{ analysis: { id: string; wards: { wardName: string }[] } }>()
    await get('/api/analyses')
    const at = `/api/analyses/${analysisId}`
    await get('/api/analyses/{analysisId}', at)
    await get('/api/analyses/{analysisId}/wards', `${at}/wards?limit=5`)
    await get('/api/analyses/{analysisId}/wards/{ward}', `${at}/wards/${encodeURIComponent(first?.wardName ?? '')}`)
    await get('/api/analyses/{analysisId}/map', `${at}/map`)

    const {
      plan: { id: planId },
    } = (await post('/api/itn-plans', { analysisId, totalNets: 30_000, urbanThreshold: 50 }, 201)).json<{
      plan: { id: string }
    }>()
    await get('/api/itn-plans')
    const planAt = `/api/itn-plans/${planId}`
    await get('/api/itn-plans/{planId}', planAt)
    check('PATCH', '/api/itn-plans/{planId}', await who.send('PATCH', planAt, { body: { name: 'Threshold 50' } }), 200)
    const { plan: copy } = (await post('/api/itn-plans/{planId}/copies', {}, 201, `${planAt}/copies`)).json<{
      plan: { id: string }
    }>()
    await post('/api/itn-plans/compare', { planIds: [planId, copy.id] }, 200)
    check('DELETE', '/api/itn-plans/{planId}', await who.delete(`/api/itn-plans/${copy.id}`), 200)
    await post('/api/analyses/{analysisId}/certainty', { draws: 100, planId }, 200, `${at}/certainty`)
    await post('/api/itn-plans/{planId}/lock', undefined, 200, `${planAt}/lock`)
    check('DELETE', '/api/itn-plans/{planId}', await who.delete(planAt), 409)
    await post('/api/query', { where: [{ column: 'rank', op: '<=', value: 5 }], select: ['ward', 'rank', 'nets'] }, 200)
    await post('/api/query', { groupBy: ['tier'], measures: [{ measure: 'mean', column: 'score' }], planId }, 200)
    await post('/api/query', { where: [{ column: 'rank', op: '>', value: 'high' }] }, 400)
    await post('/api/charts', { kind: 'histogram', column: 'score', analysisId }, 200)
    await post('/api/charts', { kind: 'scatter', x: 'score' }, 400)
    await post('/api/exports', { kind: 'itn_plan.csv', planId }, 201)
    await post('/api/exports', { kind: 'project.zip', chat: true }, 201)
    await post('/api/exports', { kind: 'project.zip', analysisId }, 400)
    await post('/api/exports', { kind: 'itn_plan.csv', planId, chat: true }, 400)
    await get('/api/exports')

    for (const message of [
      'Top five wards',
      'Draw the risk map',
      'A map of distance_to_water',
      'Plan 20000 nets',
      'Download the ranking as CSV',
      'Run the analysis',
      'What data are there?',
      'Hmm',
    ])
      await post('/api/chat', { message }, 200)
    await get('/api/chat')
    await remove('/api/chat')

    const { battle } = (await post('/api/arena/battles', { message: 'How do nets protect?' }, 201)).json<{
      battle: { id: string }
    }>()
    await post('/api/arena/battles/{battleId}/vote', { choice: 'tie' }, 200, `/api/arena/battles/${battle.id}/vote`)
    await post('/api/arena/battles/{battleId}/vote', { choice: 'tie' }, 409, `/api/arena/battles/${battle.id}/vote`)
    await get('/api/arena/leaderboard')

    const { bytes: project } = await saveProjectFile(who)
    await post('/api/files', { role: 'project', filename: 'project.zip', bytes: project.length }, 201)
    const slot = await uploadProjectFile(who, project)
    await post('/api/files/{fileId}/complete', undefined, 200, `/api/files/${slot}/complete`)

    await remove(
      '/api/files/{fileId}',
      `/api/files/${files.find(({ state }) => state === 'awaiting-upload')?.id ?? ''}`,
    )
    await remove('/api/session')
    const described = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    t.strictSame([...seen].sort(), described.sort(), 'no route is left out')
  },
)
