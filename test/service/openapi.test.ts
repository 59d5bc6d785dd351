import t from 'tap'
import { putBackSignIn } from '../support/earlier-sign-in.ts'
import { person, tryFile, wardsCsv, type Reply } from '../support/client.ts'
import { describedReplies, operationsOf, type Paths } from '../support/described-replies.ts'
import { stackWithSignIn } from '../support/kept-projects.ts'
import { chooseAtProvider } from '../../local/sign-in/walk-provider.ts'
import { personOfCrowd } from '../../local/sign-in/people.ts'
import { makeMessyData } from '../support/messy-data.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { saveProjectFile, uploadProjectFile } from '../support/project-file.ts'

t.setTimeout(120_000)

t.test(
  'every reply is as the description of the API says, and says nothing that the description leaves out',
  async (t) => {
    const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
    const who = person(t, url)
    const { paths } = (await who.get('/openapi.json')).json<{ paths: Paths }>()
    const { check, seen } = describedReplies(t, paths)
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
    const described = operationsOf(paths).filter((operation) => operation.includes(' /api/'))
    t.strictSame([...seen].sort(), described.sort(), 'no route is left out')
  },
)

t.test('so is every reply to people who sign in, where they can', async (t) => {
  const stack = await stackWithSignIn(t)
  const who = person(t, stack.service.url)
  const { paths } = (await who.get('/openapi.json')).json<{ paths: Paths }>()
  const { check, seen } = describedReplies(t, paths)
  const get = async (path: string, expected: number, at = path): Promise<Reply> =>
    check('GET', path, await who.get(at), expected)
  const send = async (method: string, path: string, expected: number, body?: unknown, at = path): Promise<Reply> =>
    check(method, path, await who.send(method, at, body === undefined ? {} : { body }), expected)

  await get('/sign-in', 200)
  await send('POST', '/api/session', 201)
  for (const path of ['/api/sessions', '/api/projects', '/api/person/export']) await get(path, 403)
  check('GET', '/auth/callback', await who.get('/auth/callback?state=none'), 403)
  const signIn = async (): Promise<void> => {
    const begun = await get('/auth/login', 303)
    const back = await chooseAtProvider(String(begun.headers['location']), personOfCrowd('alice').id, new Map())
    await get('/auth/callback', 303, back)
  }
  await signIn()
  const shown = (await get('/api/session', 200)).json<{ session: { user: { sub: string } | null } }>()
  t.equal(shown.session.user?.sub, personOfCrowd('alice').id)

  await tryFile(who, 'wards', 'wards.csv', Buffer.from(wardsCsv('Ward')))
  await get('/api/projects', 200)
  const made = (await send('POST', '/api/projects', 201, { name: 'Kano' })).json<{ project: { id: string } }>()
  const { id } = made.project
  await send('POST', '/api/projects', 400, { name: '' })
  await send('PATCH', '/api/projects/{projectId}', 200, { version: 1, name: 'Kano 2026' }, `/api/projects/${id}`)
  await send('PATCH', '/api/projects/{projectId}', 409, { version: 1, name: 'Late' }, `/api/projects/${id}`)
  await send('POST', '/api/projects/{projectId}/open', 200, undefined, `/api/projects/${id}/open`)
  await send('POST', '/api/projects/{projectId}/open', 404, undefined, '/api/projects/none/open')
  await send('POST', '/api/projects/{projectId}/duplicate', 201, {}, `/api/projects/${id}/duplicate`)
  await get('/api/projects', 200)
  await get('/api/person/export', 200)

  await putBackSignIn(t, stack.env, who, 6 * 60_000)
  await send('DELETE', '/api/projects/{projectId}', 403, undefined, `/api/projects/${id}`)
  await send('DELETE', '/api/session/others', 403)
  await signIn()
  await send('DELETE', '/api/projects/{projectId}', 204, undefined, `/api/projects/${id}`)

  await stack.device('alice')
  const { sessions } = (await get('/api/sessions', 200)).json<{ sessions: { ref: string; isThisOne: boolean }[] }>()
  const other = sessions.find(({ isThisOne }) => !isThisOne)?.ref ?? ''
  await send('DELETE', '/api/sessions/{ref}', 204, undefined, `/api/sessions/${other}`)
  await send('DELETE', '/api/sessions/{ref}', 404, undefined, `/api/sessions/${other}`)
  await send('DELETE', '/api/session/others', 204)
  await send('DELETE', '/api/sessions', 204)
  await send('POST', '/api/session', 201)
  await send('POST', '/auth/logout', 200)
  const forged = await who.post('/auth/backchannel-logout', 'logout_token=a.b.c', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  check('POST', '/auth/backchannel-logout', forged, 403)

  const plain = await startService(t, { redis: stack.server, s3: stack.objects })
  const without = (await person(t, plain.url).get('/openapi.json')).json<{ paths: Paths }>()
  const added = operationsOf(paths).filter((operation) => !operationsOf(without.paths).includes(operation))
  t.equal(added.length, 15, added.join())
  // A logout that the provider signs is made by test/sign-in/own-sessions.test.ts.
  const answered = new Set([...seen, 'POST /auth/backchannel-logout'])
  t.strictSame(
    added.filter((operation) => !answered.has(operation)),
    [],
    'each route that sign-in adds was answered as it is described',
  )
})
