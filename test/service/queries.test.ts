import t, { type Test } from 'tap'
import { person, uploadWards, wardsCsv, type Person, type Reply } from '../support/client.ts'
import { say } from '../support/chat.ts'
import { fakeModel } from '../support/fake-model.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'
import { textsAndPlaces } from '../support/refusal.ts'

interface Answer {
  readonly words: string
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly unknown[])[]
  readonly total: number
  readonly rowsUsed: number
  readonly notes: readonly string[]
  readonly caveats: readonly string[]
  readonly datasetVersion: number
  readonly analysisId?: string
  readonly planId?: string
}

/** The wards of `wardsCsv` with people: 1,000 in the first, 2,000 in the second, and so on. */
const CSV = wardsCsv('Ward')
  .trim()
  .split('\n')
  .map((line, at) => `${line},${at === 0 ? 'population' : String(at * 1_000)}`)
  .join('\n')
const WARDS = 12

async function withWards(t: Test, url: string): Promise<Person> {
  const who = person(t, url)
  await who.start()
  await uploadWards(who, CSV)
  return who
}

async function made(who: Person, path: string, body: object): Promise<string> {
  const reply = await who.post(path, body)
  if (reply.status !== 201) throw new Error(reply.text)
  return Object.values(reply.json<Record<string, { id: string }>>())[0]?.id ?? ''
}

const errorsOf = (reply: Reply): readonly object[] => reply.json<{ errors?: object[] }>().errors ?? []

t.setTimeout(120_000)

t.test('POST /api/query', async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })

  await t.test('answers from the data alone without an analysis', async (t) => {
    const who = await withWards(t, url)
    const reply = await who.post('/api/query', {
      where: [{ column: 'population', op: '>', value: 3_000 }],
      groupBy: ['lga'],
      measures: [{ measure: 'sum', column: 'population' }],
    })
    t.equal(reply.status, 200)
    // Wards 4 to 12 by LGA 1, 2, 3: 4 + 7 + 10, 5 + 8 + 11, 6 + 9 + 12.
    t.match(reply.json<Answer>(), {
      columns: [{ name: 'lga' }, { name: 'sum of population' }],
      rows: [
        ['LGA 1', 21_000],
        ['LGA 2', 24_000],
        ['LGA 3', 27_000],
      ],
      total: 3,
      rowsUsed: 9,
      datasetVersion: 1,
      words:
        'This gives the sum of population of the wards where population is more than 3000, for each LGA, ordered by LGA.',
    })
    t.strictSame(reply.json<Answer>().analysisId, undefined)
  })

  await t.test('what it names and the session does not have is refused in the words of the chat', async (t) => {
    const empty = person(t, url)
    await empty.start()
    const none = await empty.post('/api/query', {})
    t.match([none.status, none.problem], [409, 'no-data'])
    t.match(none.text, 'There are no data in this session yet.')
    const who = await withWards(t, url)
    const ranks = await who.post('/api/query', { select: ['ward', 'rank'] })
    t.match([ranks.status, ranks.problem], [409, 'no-data'])
    t.match(ranks.text, 'There is no analysis yet.')
    await made(who, '/api/analyses', {})
    const nets = await who.post('/api/query', { select: ['ward', 'nets'] })
    t.match([nets.status, nets.problem], [409, 'no-data'])
    t.match(nets.text, 'There is no net plan yet.')
  })

  await t.test('takes the newest analysis and its newest plan, or those that are named', async (t) => {
    const who = await withWards(t, url)
    const first = await made(who, '/api/analyses', { indicators: ['tpr', 'rainfall'] })
    const small = await made(who, '/api/itn-plans', { analysisId: first, totalNets: 1_000 })
    const large = await made(who, '/api/itn-plans', { analysisId: first, totalNets: 9_000 })
    const second = await made(who, '/api/analyses', { indicators: ['tpr', 'distance_to_water'] })
    const sum = { measures: [{ measure: 'sum', column: 'nets' }] }
    const asked = async (body: object): Promise<Answer> => (await who.post('/api/query', body)).json<Answer>()
    t.match(await asked({ select: ['rank'] }), { analysisId: second })
    t.match((await who.post('/api/query', sum)).problem, 'no-data', 'the newest analysis has no plan')
    t.match(await asked({ ...sum, analysisId: first }), { rows: [[9_000]], analysisId: first, planId: large })
    t.match(await asked({ ...sum, planId: small }), { rows: [[1_000]], analysisId: first, planId: small })
    const mixed = await who.post('/api/query', { ...sum, analysisId: second, planId: small })
    t.match(
      [mixed.status, errorsOf(mixed)],
      [400, [{ pointer: '/planId', detail: 'the plan was made from another analysis' }]],
    )
    t.ok((await asked({ select: ['rank'] })).caveats.length > 0, 'with the caveats of the ranking')
  })

  await t.test('a stale analysis is not used: neither when it is named nor when it is the newest', async (t) => {
    const who = await withWards(t, url)
    const analysisId = await made(who, '/api/analyses', {})
    await uploadWards(who, CSV.replaceAll('Ward ', 'Other '))
    for (const body of [{ analysisId }, { select: ['rank'] }, { analysisId, select: ['ward'] }]) {
      const reply = await who.post('/api/query', body)
      t.match([reply.status, reply.problem], [409, 'stale'], JSON.stringify(body))
    }
    const data = await who.post('/api/query', { measures: [{ measure: 'count' }] })
    t.match([data.status, data.json<Answer>().rows, data.json<Answer>().datasetVersion], [200, [[WARDS]], 2])
  })

  await t.test('what does not fit is refused with a pointer, and so is what is not known', async (t) => {
    const who = await withWards(t, url)
    const unknown = await who.post('/api/query', { where: [{ column: 'rainfal', op: '>', value: 1 }] })
    t.equal(unknown.status, 400)
    t.strictSame(textsAndPlaces(errorsOf(unknown)), [
      { pointer: '/where/0/column', detail: 'there is no column and no field "rainfal"; the nearest is "rainfall"' },
    ])
    const extra = await who.post('/api/query', { union: [], where: [{ column: 'tpr', op: '~', value: '.*' }] })
    t.equal(extra.status, 400)
    t.match(errorsOf(extra), [{ pointer: '/union', detail: 'is not known here' }, { pointer: '/where/0/op' }])
    const many = { column: 'tpr', op: '>', value: 1 }
    t.equal((await who.post('/api/query', { where: Array.from({ length: 13 }, () => many) })).status, 400)
    t.equal((await who.post('/api/query', { limit: 501 })).status, 400)
  })
})

t.test('POST /api/charts draws the wards, with the figures as a table', async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const who = await withWards(t, url)
  const reply = await who.post('/api/charts', {
    kind: 'bar',
    groupBy: 'lga',
    measure: { measure: 'sum', column: 'population' },
  })
  t.equal(reply.status, 200)
  t.match(reply.json<Answer & { svg: string; table: Answer }>(), {
    words: 'This draws a bar for each LGA of all wards: the sum of population.',
    // Wards 1 to 12 by LGA 1, 2, 3: 1 + 4 + 7 + 10, and so on.
    table: {
      rows: [
        ['LGA 1', 22_000],
        ['LGA 2', 26_000],
        ['LGA 3', 30_000],
      ],
    },
    svg: /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^<]*><title>the sum of population by LGA<\/title>.*<\/svg>$/,
    datasetVersion: 1,
  })
  const wrong = await who.post('/api/charts', { kind: 'scatter', x: 'tpr', groupBy: 'lga' })
  t.equal(wrong.status, 400)
  t.strictSame(textsAndPlaces(errorsOf(wrong)), [
    { pointer: '/y', detail: 'a scatter needs it' },
    { pointer: '/groupBy', detail: 'a scatter does not take it' },
  ])
  t.equal((await who.post('/api/charts', { kind: 'pie', groupBy: 'lga' })).status, 400)
  const ranks = await who.post('/api/charts', { kind: 'histogram', column: 'score' })
  t.match([ranks.status, ranks.problem], [409, 'no-data'])
  const analysisId = await made(who, '/api/analyses', {})
  const scores = await who.post('/api/charts', { kind: 'histogram', column: 'score' })
  t.match([scores.status, scores.json<Answer>().analysisId], [200, analysisId])
  await uploadWards(who, CSV.replaceAll('Ward ', 'Other '))
  t.match((await who.post('/api/charts', { kind: 'histogram', column: 'score' })).problem, 'stale')
})

t.test('the chat: a model asks the wards, and the words of the tool have the figures', async (t) => {
  const fake = await fakeModel(t)
  const { url } = await startService(t, {
    redis: await redis(t),
    s3: await s3(t),
    secrets: secrets(),
    env: fake.env(fake.entry('fake-one', 'openai-compatible')),
  })
  const who = await withWards(t, url)
  fake.script = ({ toolResults }) =>
    toolResults.length === 0
      ? [{ call: 'query_wards', input: { measures: [{ measure: 'sum', column: 'population' }] } }]
      : [{ say: (JSON.parse(toolResults.join()) as { text: string }).text }]
  const { reply } = await say(who, 'How many people are there?')
  t.equal(reply.intent, 'query_wards')
  t.match(reply.text, 'Of all 12 wards: the sum of population is 78,000.')
  t.strictSame(reply.table, { columns: ['sum of population'], rows: [[78_000]] })
  t.ok(reply.basis.includes('Asked: This gives the sum of population of all wards.'))

  fake.script = ({ toolResults }) =>
    toolResults.length === 0
      ? [{ call: 'draw_chart', input: { kind: 'histogram', column: 'population' } }]
      : [{ say: 'This is the histogram.' }]
  const drawn = await who.post('/api/chat', { message: 'Draw the people' })
  t.match(drawn.json(), {
    reply: {
      intent: 'draw_chart',
      chart: { words: 'This draws a histogram of population of all wards.', svg: /^<svg /, table: { rows: Array } },
      table: { columns: ['population from', 'to', 'wards'] },
    },
  })
})
