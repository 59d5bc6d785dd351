import t, { type Test } from 'tap'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escaped } from '../../service/domain/map/svg-map.ts'
import { person, uploadFile, type Person, type Reply } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'

const WARDS = 12
const name = (at: number): string => `Ward ${String(at)}`
const MEASURE = { facilityLevel: 'all', age: 'u5', method: 'rdt' } as const

const TABLE = [
  'WardName,LGA,population,rain,poverty,cases_per_1000',
  ...Array.from({ length: WARDS }, (_, at) =>
    [name(at), 'Dala', 1_000 + 100 * at, (at * 5) % 12, (at * 7) % 11, (at * 3) % 10].join(),
  ),
].join('\n')

/** One facility a ward, July of two years: positivity rises by as many points as the ward's number. */
const facilities = (base = 20): string =>
  [
    'LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs',
    ...Array.from({ length: WARDS }, (_, at) =>
      [2022, 2023].map(
        (year) => `Dala,${name(at)},F${String(at)},${String(year)}-07,100,${String(base + at * (year - 2022))}`,
      ),
    ).flat(),
  ].join('\n')

async function withData(t: Test, url: string): Promise<Person> {
  const who = person(t, url)
  await who.start()
  await uploadFile(who, 'wards', 'wards.csv', Buffer.from(TABLE))
  await uploadFile(who, 'facilities', 'facilities.csv', Buffer.from(facilities()))
  return who
}

const errorsOf = (reply: Reply): unknown => reply.json<{ errors?: unknown }>().errors

t.setTimeout(180_000)

t.test('choices of a ranking and figures over time, over HTTP', async (t) => {
  const shared = { redis: await redis(t), s3: await s3(t), secrets: secrets() }
  const [{ url }, other] = [await startService(t, shared), await startService(t, shared)]

  await t.test('positivity by year and season becomes columns: to rank by, to query, to draw', async (t) => {
    const who = await withData(t, url)
    const measured = await who.post('/api/dataset/positivity', { ...MEASURE, time: { seasonMonths: [7, 8, 9, 10] } })
    t.equal(measured.status, 200, measured.text)
    t.match(measured.json(), {
      positivity: {
        choices: { ...MEASURE, time: { seasonMonths: [7, 8, 9, 10] } },
        time: { unit: 'month', years: [2022, 2023], seasonYears: [2022, 2023], periods: ['2022-07', '2023-07'] },
        wards: [{}, { time: { years: [{ tpr: 20 }, { tpr: 21, completeness: 100 }], trend: { slope: 1, pairs: 1 } } }],
      },
    })
    const analysed = await who.post('/api/analyses', {
      indicators: ['tpr_u5_rdt_trend', 'incidence_u5_rdt_2023', 'rain'],
    })
    t.equal(analysed.status, 201, analysed.text)
    const asked = await who.post('/api/query', {
      where: [{ column: 'tpr_u5_rdt_trend', op: '>', value: 9 }],
      select: ['ward', 'tpr_u5_rdt_trend', 'incidence_u5_rdt_2023'],
    })
    // 31 positive of 100 tested among 2,100 people, and 30 among 2,000.
    t.match(
      asked.json(),
      {
        rows: [
          [name(10), 10, 15],
          [name(11), 11, (1000 * 31) / 2100],
        ],
      },
      asked.text,
    )
    const chart = await who.post('/api/charts', { kind: 'reports', column: 'tpr_u5_rdt' })
    t.match(chart.json(), { table: { columns: { length: 4 }, rows: { length: WARDS } }, svg: /^<svg/ }, chart.text)
    t.match(errorsOf(await who.post('/api/charts', { kind: 'reports', column: 'rain' })), [{ pointer: '/column' }])

    await uploadFile(who, 'facilities', 'facilities.csv', Buffer.from(facilities(30)))
    t.notOk(
      (await who.get('/api/dataset'))
        .json<{ columns: { name: string }[] }>()
        .columns.some(({ name: column }) => column.startsWith('tpr_u5_rdt')),
      'columns of the replaced table are gone',
    )
  })

  await t.test('what does not fit is refused with pointers', async (t) => {
    const who = await withData(t, url)
    for (const [time, pointer] of [
      [{ seasonMonths: [] }, /time/],
      [{ seasonMonths: [13] }, /time/],
      [{ seasonMonths: [7, 7] }, /time/],
      [{ months: [7] }, /time/],
    ] as const) {
      const refused = await who.post('/api/dataset/positivity', { ...MEASURE, time })
      t.match(refused, { status: 400, problem: 'invalid-input' })
      t.match(errorsOf(refused), [{ pointer }])
    }
    for (const [body, pointer] of [
      [{ weights: { rain: 0.5, poverty: 0.4 } }, '/weights'],
      [{ weights: { rain: '1' } }, '/weights/rain'],
      [{ indicators: ['rain', 'poverty'], compareWith: 'rain' }, '/compareWith'],
      [{ indicators: ['rain', 'poverty'], compareWith: 'elsewhere' }, '/compareWith'],
    ] as const) {
      const refused = await who.post('/api/analyses', body)
      t.match(refused, { status: 400, problem: 'invalid-input' }, JSON.stringify(body))
      t.match(errorsOf(refused), [{ pointer }], refused.text)
    }
  })

  await t.test('own weights and a comparison go into every file, as its published schema says', async (t) => {
    const who = await withData(t, url)
    await who.post('/api/dataset/positivity', { ...MEASURE, time: {} })
    const made = await who.post('/api/analyses', {
      weights: { rain: 0.7, poverty: 0.3 },
      compareWith: 'cases_per_1000',
    })
    t.equal(made.status, 201, made.text)
    const { analysis } = made.json<{ analysis: { id: string; caveats: string[]; wards: { byMethod?: unknown }[] } }>()
    t.match(analysis, {
      ownWeights: { weights: [{ name: 'rain', weight: 0.7 }, {}] },
      comparison: { column: 'cases_per_1000', wards: WARDS },
    })
    const again = await who.post('/api/analyses', {
      weights: { rain: 0.7, poverty: 0.3 },
      compareWith: 'cases_per_1000',
    })
    t.strictSame(
      again.json<{ analysis: { comparison: unknown } }>().analysis.comparison,
      made.json<{ analysis: { comparison: unknown } }>().analysis.comparison,
      'the same bounds each time',
    )
    const download = async (kind: string): Promise<string> => {
      const reply = await who.post('/api/exports', { kind, analysisId: analysis.id })
      if (reply.status !== 201) throw new Error(reply.text)
      return (await fetch(reply.json<{ download: { url: string } }>().download.url)).text()
    }
    const { Check } = await import('typebox/schema')
    const schema = readFileSync(join(import.meta.dirname, '../../docs/analysis_results.schema.json'), 'utf8')
    const results: unknown = JSON.parse(await download('analysis_results.json'))
    t.ok(Check(JSON.parse(schema) as Record<string, unknown>, results))
    t.match((await download('rankings.csv')).split('\r\n')[0], /method_rank,method_tier,cases_per_1000 \(held back\)/)
    const report = await download('report.html')
    for (const text of ['Own weights', 'Indicators that are alike', 'Against what was seen', 'over time', '<svg'])
      t.ok(report.includes(text), text)
    for (const caveat of analysis.caveats.filter((text) => /weights|held back|Against/.test(text)))
      t.ok(report.includes(escaped(caveat)), caveat)
  })

  await t.test("another person's columns cannot be compared with, on any task", async (t) => {
    const [ada] = [await withData(t, url)]
    await ada.post('/api/dataset/positivity', { ...MEASURE, time: {} })
    const bea = person(t, other.url)
    await bea.start()
    await uploadFile(bea, 'wards', 'wards.csv', Buffer.from('WardName,rain,poverty\nA,1,2\nB,2,5\nC,3,1\n'))
    for (const compareWith of ['cases_per_1000', 'tpr_u5_rdt_trend']) {
      const refused = await bea.post('/api/analyses', { indicators: ['rain', 'poverty'], compareWith })
      t.match(errorsOf(refused), [{ detail: 'there is no such column', pointer: '/compareWith' }])
    }
    t.match(await bea.post('/api/dataset/positivity', { ...MEASURE, time: {} }), { status: 409, problem: 'no-data' })
  })
})
