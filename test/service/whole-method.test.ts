import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { recompute } from '../../docs/recompute.ts'
import { person, startWith, uploadFile, type Person } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const shared = join(import.meta.dirname, '../../../shared/data')
const sample = join(import.meta.dirname, '../../service/sample')
const noShared = existsSync(shared) ? false : 'the shared data sets are not beside this checkout'

interface Analysis {
  readonly id: string
  readonly datasetVersion: number
  readonly wards: readonly {
    readonly wardName: string
    readonly rank: number
    readonly tier: string
    readonly score: number
  }[]
}

interface Plan {
  readonly id: string
  readonly totals: { readonly allocated: number; readonly remaining: number }
  readonly wards: readonly { readonly wardName: string; readonly allocated: number }[]
  readonly excluded: readonly unknown[]
}

async function analyse(who: Person, body: unknown = {}): Promise<Analysis> {
  const reply = await who.post('/api/analyses', body)
  if (reply.status !== 201) throw new Error(reply.text)
  return reply.json<{ analysis: Analysis }>().analysis
}

t.setTimeout(180_000)
t.test('the whole method over HTTP', { timeout: 180_000 }, async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })

  await t.test(
    'Kano: suggestions are joined once they are accepted, forgotten once they are refused, and every change is listed',
    { skip: noShared },
    async (t) => {
      const who = person(t, url)
      await startWith(who, join(shared, 'kano'))
      const before = (await who.get('/api/dataset')).json<{ version: number; matched: number }>()
      const old = await analyse(who, { indicators: ['test_positivity_rate', 'housing_quality'] })
      const settled = await who.post('/api/dataset/matches', {
        accept: [
          { ward: 'Gawunab', boundary: 'Gawuna' },
          { ward: 'Fagg c', boundary: 'Fagge C' },
        ],
        refuse: [{ ward: 'zaitawai', boundary: 'Zaitawa' }],
      })
      t.equal(settled.status, 200)
      t.match(settled.json(), {
        version: before.version + 1,
        matched: before.matched + 2,
        accepted: [
          { ward: 'Gawunab', boundary: 'Gawuna' },
          { ward: 'Fagg c', boundary: 'Fagge C' },
        ],
        refused: [{ ward: 'zaitawai', boundary: 'Zaitawa' }],
        unmatched: [
          { name: 'Bakin-Ruwa', suggestions: [{ boundary: 'Bakin Ruwa' }] },
          { name: 'zaitawai', suggestions: [] },
        ],
      })
      t.strictSame((await who.get('/api/dataset')).json(), settled.json(), 'and it stays so')
      t.match(
        (await who.get(`/api/analyses/${old.id}`)).json(),
        { analysis: { stale: true } },
        'an analysis from before is stale',
      )
      const { analysis } = (
        await who.post('/api/analyses', { indicators: ['test_positivity_rate', 'housing_quality'] })
      ).json<{ analysis: { acceptedMatches: unknown; unmatchedWards: unknown; caveats: string[] } }>()
      t.strictSame(
        [analysis.acceptedMatches, analysis.unmatchedWards],
        [
          [
            { ward: 'Gawunab', boundary: 'Gawuna' },
            { ward: 'Fagg c', boundary: 'Fagge C' },
          ],
          ['Bakin-Ruwa', 'zaitawai'],
        ],
      )
      t.ok(analysis.caveats.some((text) => text.includes('2 of 66 wards were joined by hand')))
      t.strictSame(
        (await who.get('/api/dataset')).json<{ quality: { spelledDifferently: unknown } }>().quality.spelledDifferently,
        [
          { ward: 'Fagg c', boundary: 'Fagge C', joinedBy: 'accepted' },
          { ward: 'Gawunab', boundary: 'Gawuna', joinedBy: 'accepted' },
        ],
      )

      const bad = await who.post('/api/dataset/matches', {
        accept: [
          { ward: 'Nobody', boundary: 'Zaitawa' },
          { ward: 'Gawunab', boundary: 'Zaitawa' },
        ],
      })
      t.match(bad, { status: 400, problem: 'invalid-input' })
      t.strictSame(
        bad.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer),
        ['/accept/0/ward', '/accept/1/ward'],
      )
      t.match(await who.post('/api/dataset/matches', { accept: [{ ward: 'a', boundary: 'b', sure: true }] }), {
        status: 400,
        problem: 'invalid-input',
      })
      t.equal(
        (await who.get('/api/dataset')).json<{ version: number }>().version,
        before.version + 1,
        'what is refused changes nothing',
      )

      await uploadFile(who, 'wards', 'wards.csv', readFileSync(join(shared, 'kano/wards.csv')))
      t.match(
        (await who.get('/api/dataset')).json(),
        { matched: before.matched, accepted: [], refused: [] },
        'a new table is joined by nothing that was said about the old one',
      )
    },
  )

  await t.test('a plan that an open question could change is refused with the question', async (t) => {
    const who = person(t, url)
    const rows = Array.from(
      { length: 9 },
      (_, at) => `W${String(at)},${String(at * at)},${String(at % 4)},${String(900 + at)},0.${String(at)}`,
    )
    const csv = ['WardName,rainfall,tpr,population,urban_share', ...rows].join('\n')
    await who.post('/api/session')
    await uploadFile(who, 'wards', 'wards.csv', Buffer.from(csv))
    const { id } = await analyse(who)
    const refused = await who.post('/api/itn-plans', { analysisId: id, totalNets: 100 })
    t.match(refused, { status: 409, problem: 'unsettled' })
    t.match(refused.json(), {
      title: 'A question is open',
      detail: /^Cannot plan before a question is answered: No value of the urban share/,
      questions: [
        {
          id: 'urban-share-unit:urban_share',
          kind: 'urban-share-unit',
          options: [{ value: 'share' }, { value: 'percent' }],
          affects: 'plan',
          columns: ['urban_share'],
        },
      ],
    })
    t.strictSame((await who.get('/api/itn-plans')).json(), { plans: [] }, 'nothing was made')
    const advised = await who.post('/api/chat', { message: 'Plan 100 nets' })
    t.match(advised.json(), { reply: { text: /No value of the urban share/ } }, 'the chat asks it too')
    const other = await who.post('/api/itn-plans', { analysisId: id, totalNets: 100, urbanColumn: 'tpr' })
    t.equal(other.status, 201, 'a plan without the column is made')
  })

  await t.test('a ward is explained by its name, and the map shows every ward’s place', async (t) => {
    const who = person(t, url)
    await startWith(who, sample)
    const analysis = await analyse(who)
    for (const { wardName, rank, score } of analysis.wards.slice(0, 3)) {
      const reply = await who.get(`/api/analyses/${analysis.id}/wards/${encodeURIComponent(wardName)}`)
      t.equal(reply.status, 200, wardName)
      const { ward } = reply.json<{
        ward: { contributions: { part: number }[]; meanOfModels: number; rankedHighestBy: unknown[] }
      }>()
      t.match(reply.json(), {
        ward: { wardName, rank, score, wards: analysis.wards.length },
        datasetVersion: analysis.datasetVersion,
        stale: false,
      })
      t.ok(Math.abs(ward.contributions.reduce((sum, { part }) => sum + part, 0) - ward.meanOfModels) < 1e-9)
      t.equal(ward.rankedHighestBy.length, 5)
    }
    t.match(await who.get(`/api/analyses/${analysis.id}/wards/Nobody`), { status: 404, problem: 'not-found' })
    t.match(await who.get(`/api/analyses/${'A'.repeat(32)}/wards/Nobody`), { status: 404, problem: 'not-found' })

    const map = (await who.get(`/api/analyses/${analysis.id}/map`)).json<{
      type: string
      stale: boolean
      features: { properties: { wardName: string; rank: number; tier: string } }[]
    }>()
    t.match(map, {
      type: 'FeatureCollection',
      analysisId: analysis.id,
      datasetVersion: analysis.datasetVersion,
      stale: false,
    })
    t.strictSame(
      map.features.map(({ properties }) => [properties.wardName, properties.rank, properties.tier]).sort(),
      analysis.wards.map(({ wardName, rank, tier }) => [wardName, rank, tier]).sort(),
    )

    await uploadFile(who, 'wards', 'wards.csv', readFileSync(join(sample, 'wards.csv')))
    t.match(
      (await who.get(`/api/analyses/${analysis.id}/wards?limit=1`)).json(),
      { stale: true, datasetVersion: analysis.datasetVersion, wards: [{ wardName: analysis.wards[0]?.wardName }] },
      'a page of an old ranking is marked stale',
    )
    t.match((await who.get('/api/analyses')).json(), { analyses: [{ id: analysis.id, stale: true }] })
    t.match(await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 1 }), {
      status: 409,
      problem: 'stale',
    })
    t.match(
      (await who.get(`/api/analyses/${analysis.id}/map`)).json(),
      { stale: true, datasetVersion: analysis.datasetVersion, features: map.features },
      'an old map is shown with its own data and marked stale',
    )
    t.match(
      (
        await who.get(`/api/analyses/${analysis.id}/wards/${encodeURIComponent(analysis.wards[0]?.wardName ?? '')}`)
      ).json(),
      { stale: true },
    )
  })

  await t.test('a ward whose name holds a slash is found by its encoded name', { skip: noShared }, async (t) => {
    const who = person(t, url)
    await startWith(who, join(shared, 'ilorin'))
    const { id } = await analyse(who, { indicators: ['distance', 'meanEVI', 'val_housing_15'] })
    t.match((await who.get(`/api/analyses/${id}/wards/Marafa%2FPepele`)).json(), {
      ward: { wardName: 'Marafa/Pepele' },
    })
    t.match((await who.get(`/api/analyses/${id}/wards/Alanamu`)).json(), {
      ward: { contributions: [{}, {}, { name: 'val_housing_15', imputed: 'spatial_neighbor_mean(1)' }] },
    })
  })

  await t.test(
    'a plan hands out the stock, is there to be read again, and follows every choice without a new analysis',
    async (t) => {
      const who = person(t, url)
      await startWith(who, sample)
      const analysis = await analyse(who)
      const made = await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 20_000 })
      t.equal(made.status, 201)
      const { plan } = made.json<{ plan: Plan }>()
      t.match(plan, {
        datasetVersion: analysis.datasetVersion,
        analysisId: analysis.id,
        stale: false,
        parameters: { populationColumn: 'population', urbanColumn: 'urban_percentage', urbanThreshold: 75 },
      })
      t.equal(plan.totals.allocated + plan.totals.remaining, 20_000)
      t.equal(
        plan.wards.reduce((sum, { allocated }) => sum + allocated, 0),
        plan.totals.allocated,
      )
      t.equal(plan.wards.length + plan.excluded.length, analysis.wards.length)
      t.strictSame(
        (await who.get(`/api/itn-plans/${plan.id}`)).json<{ plan: Plan }>().plan,
        plan,
        'read again it is the same',
      )
      for (const change of [
        { totalNets: 500 },
        { urbanThreshold: 10 },
        { ranking: 'pca' },
        { rule: 'household', householdSize: 6 },
        { mode: 'legacy', householdSize: 1.5 },
      ]) {
        const other = await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 20_000, ...change })
        t.equal(other.status, 201, JSON.stringify(change))
        t.notSame(other.json<{ plan: Plan }>().plan.wards, plan.wards, JSON.stringify(change))
      }
      t.equal(
        (await who.get('/api/analyses')).json<{ analyses: unknown[] }>().analyses.length,
        1,
        'nothing was analysed again',
      )
      t.equal((await who.get('/api/itn-plans')).json<{ plans: unknown[] }>().plans.length, 6)
      for (const [body, pointer] of [
        [{ totalNets: -1 }, '/totalNets'],
        [{ totalNets: 1, nets: 2 }, '/nets'],
        [{ totalNets: 1, populationColumn: 'nobody' }, '/populationColumn'],
        [{ totalNets: 1, rule: 'all' }, '/rule'],
      ] as const) {
        const refused = await who.post('/api/itn-plans', { analysisId: analysis.id, ...body })
        t.match(refused, { status: 400, problem: 'invalid-input' }, pointer)
        t.ok(
          refused.json<{ errors: { pointer: string }[] }>().errors.some((error) => error.pointer === pointer),
          pointer,
        )
      }
      t.match(await who.post('/api/itn-plans', { analysisId: 'A'.repeat(32), totalNets: 1 }), {
        status: 404,
        problem: 'not-found',
      })
      t.match(await who.get(`/api/itn-plans/${'A'.repeat(32)}`), { status: 404, problem: 'not-found' })

      await uploadFile(who, 'wards', 'wards.csv', readFileSync(join(sample, 'wards.csv')))
      t.match((await who.get(`/api/itn-plans/${plan.id}`)).json(), { plan: { stale: true, totals: plan.totals } })
      t.match(await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 1 }), {
        status: 409,
        problem: 'stale',
      })
    },
  )

  await t.test(
    'every export says what the result says, names its data and downloads as a file; after a new upload each is refused',
    async (t) => {
      const who = person(t, url)
      await startWith(who, sample)
      const analysis = await analyse(who)
      const { plan } = (await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 20_000 })).json<{
        plan: Plan
      }>()
      const download = async (body: Record<string, unknown>): Promise<string> => {
        const made = await who.post('/api/exports', body)
        if (made.status !== 201) throw new Error(made.text)
        const { download, export: entry } = made.json<{
          download: { url: string }
          export: { bytes: number; datasetVersion: number }
        }>()
        const file = await fetch(download.url)
        const text = await file.text()
        const [stem, ending] = String(body['kind']).split('.')
        t.match(
          file.headers.get('content-disposition'),
          new RegExp(`^attachment; filename="([A-Za-z0-9-]+_)?${stem}_\\d{4}-\\d\\d-\\d\\d\\.${ending}"$`),
        )
        t.equal(Buffer.byteLength(text), entry.bytes)
        t.equal(entry.datasetVersion, analysis.datasetVersion)
        return text
      }
      const rows = parse(await download({ kind: 'itn_plan.csv', planId: plan.id }), {
        columns: true,
      }) as unknown as Record<string, string>[]
      t.strictSame(
        rows.map((row) => [row['ward_name'], row['nets_allocated'], row['dataset_version']]),
        plan.wards.map(({ wardName, allocated }) => [wardName, String(allocated), String(analysis.datasetVersion)]),
      )

      const map = JSON.parse(await download({ kind: 'map.geojson', planId: plan.id })) as {
        datasetVersion: number
        planId: string
        features: {
          properties: { wardName: string; rank: number; allocated: number; indicators: Record<string, unknown> }
        }[]
      }
      t.match(map, { datasetVersion: analysis.datasetVersion, planId: plan.id })
      t.strictSame(
        map.features.map(({ properties: { wardName, allocated } }) => [wardName, allocated]).sort(),
        plan.wards.map(({ wardName, allocated }) => [wardName, allocated]).sort(),
      )
      t.equal(Object.keys(map.features[0]?.properties.indicators ?? {}).length, 7)

      const report = await download({ kind: 'report.html', analysisId: analysis.id, planId: plan.id })
      for (const text of [
        '<svg',
        `Dataset version ${String(analysis.datasetVersion)}`,
        'A rank is relative to the uploaded area',
        'Values that were filled in',
        'Bed-net plan',
        'Urban extent',
        'Not chosen, so the default was used',
        analysis.id,
        plan.id,
      ])
        t.ok(report.includes(text), text)
      t.notMatch(report, /<script|<link|<img|src=|href=/, 'it needs nothing from elsewhere and runs nothing')
      for (const { wardName } of analysis.wards)
        if (!report.includes(wardName.replaceAll("'", '&#39;'))) t.fail(wardName)
      t.notMatch(await download({ kind: 'report.html', analysisId: analysis.id }), /Bed-net plan/)

      const { Check } = await import('typebox/schema')
      const schema = JSON.parse(
        readFileSync(join(import.meta.dirname, '../../docs/analysis_results.schema.json'), 'utf8'),
      ) as Record<string, unknown>
      const results = JSON.parse(await download({ kind: 'analysis_results.json', analysisId: analysis.id })) as Record<
        string,
        unknown
      > & { wards: Record<string, unknown>[] }
      t.ok(Check(schema, results), 'analysis_results.json is as its published schema says')
      for (const spoilt of [
        { ...results, wards: results.wards.map((ward) => ({ ...ward, rank: '1' })) },
        { ...results, caveats: undefined },
        { ...results, secret: 1 },
      ])
        t.notOk(Check(schema, JSON.parse(JSON.stringify(spoilt))), 'and the schema tells')

      const rankings = parse(await download({ kind: 'rankings.csv', analysisId: analysis.id }), {
        columns: true,
      }) as unknown as Record<string, string>[]
      t.strictSame(
        recompute(results as unknown as Parameters<typeof recompute>[0], rankings, rows),
        [],
        'every ward can be recomputed from the downloads',
      )

      const all: Record<string, unknown>[] = [
        ...['rankings.csv', 'map.geojson', 'report.html', 'analysis_results.json'].map((kind) => ({
          kind,
          analysisId: analysis.id,
        })),
        ...['itn_plan.csv', 'map.geojson', 'report.html'].map((kind) => ({ kind, planId: plan.id })),
      ]
      for (const [body, pointer] of [
        [{ kind: 'itn_plan.csv', analysisId: analysis.id }, '/planId'],
        [{ kind: 'rankings.csv', planId: plan.id }, '/planId'],
        [{ kind: 'report.html' }, '/analysisId'],
        [{ kind: 'plan.pdf', analysisId: analysis.id }, '/kind'],
      ] as const) {
        const refused = await who.post('/api/exports', body)
        t.match(refused, { status: 400, problem: 'invalid-input' }, JSON.stringify(body))
        t.equal(refused.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer, pointer)
      }
      const other = await analyse(who)
      t.match(
        (await who.post('/api/exports', { kind: 'report.html', analysisId: other.id, planId: plan.id })).json(),
        { errors: [{ pointer: '/planId' }] },
        'a plan of another analysis',
      )

      await uploadFile(who, 'boundaries', 'boundaries.zip', readFileSync(join(sample, 'boundaries.zip')))
      for (const body of all)
        t.match(await who.post('/api/exports', body), { status: 409, problem: 'stale' }, JSON.stringify(body))
      t.ok(
        (await who.get('/api/exports')).json<{ exports: { stale: boolean }[] }>().exports.every(({ stale }) => stale),
      )
      t.ok((await who.get('/api/itn-plans')).json<{ plans: { stale: boolean }[] }>().plans.every(({ stale }) => stale))
    },
  )

  await t.test(
    'test positivity is measured from a facility table, joined as an indicator, and stale with its table',
    async (t) => {
      const who = person(t, url)
      await who.start()
      await uploadFile(
        who,
        'wards',
        'wards.csv',
        Buffer.from('WardName,LGA,rain\nCentral,Dala,1\nCentral,Gwale,2\nElsewhere,Dala,3\n'),
      )
      t.match(await who.post('/api/dataset/positivity', { facilityLevel: 'all', age: 'u5', method: 'rdt' }), {
        status: 409,
        problem: 'no-data',
      })
      const facilities = (positive: number): Buffer =>
        Buffer.from(
          'LGA,Ward,HealthFacility,periodname,Persons tested by RDT <5yrs,Persons tested positive by RDT ' +
            '<5yrs,Persons tested by RDT â‰¥5yrs (excl PW)\nDala LGA,kw Central ' +
            `Ward,F1,Jan,10,${String(positive)},99\nGwale,Central,F2,Jan,10,9,99\nGwale,Central,F2,Feb,1,2,9\n`,
        )
      const fileId = await uploadFile(who, 'facilities', 'facilities.csv', facilities(2))
      t.match((await who.get('/api/files')).json(), {
        files: [{}, { role: 'facilities', rows: 3, facilities: 2, wards: 2, refusedRows: 1, months: ['Jan', 'Feb'] }],
      })
      const before = (await who.get('/api/dataset')).json<{ version: number }>().version
      const measured = await who.post('/api/dataset/positivity', { facilityLevel: 'all', age: 'u5', method: 'rdt' })
      t.match(measured, { status: 200 })
      t.match(measured.json(), {
        version: before + 1,
        positivity: {
          column: 'tpr_u5_rdt',
          wards: [
            { tpr: 20, completeness: 50 },
            { tpr: 90, refusedRows: 1, flags: ['positivity above 80', 'rows refused'] },
          ],
          refused: [{ line: 4 }],
        },
      })
      const dataset = (await who.get('/api/dataset')).json<{ columns: { name: string; missing: number }[] }>()
      t.match(dataset.columns.at(-1), { name: 'tpr_u5_rdt', missing: 1, indicator: true, min: 20, max: 90 })
      const analysis = await analyse(who, { indicators: ['rain', 'tpr_u5_rdt'] })
      t.match(await who.post('/api/dataset/positivity', { facilityLevel: 'some', age: 'u5', method: 'rdt' }), {
        status: 400,
        problem: 'invalid-input',
      })
      t.match(
        await who.post('/api/dataset/positivity', { facilityLevel: 'primary', age: 'u5', method: 'rdt' }),
        { status: 400, problem: 'invalid-input' },
        'the file has no levels',
      )

      t.equal(
        (await who.post('/api/dataset/positivity', { facilityLevel: 'all', age: 'u5', method: 'both' })).status,
        200,
      )
      t.strictSame(
        (await who.get('/api/dataset'))
          .json<{ columns: { name: string }[] }>()
          .columns.slice(-2)
          .map(({ name }) => name),
        ['tpr_u5_rdt', 'tpr_u5_both'],
        'other choices add an indicator',
      )
      t.equal(
        (await who.post('/api/dataset/positivity', { facilityLevel: 'all', age: 'u5', method: 'both' })).status,
        200,
      )
      t.equal(
        (await who.get('/api/dataset')).json<{ columns: unknown[] }>().columns.length,
        5,
        'the same choices measure it again',
      )

      await uploadFile(who, 'facilities', 'facilities.csv', facilities(3))
      t.match((await who.get(`/api/analyses/${analysis.id}`)).json(), { analysis: { stale: true } })
      t.notOk(
        (await who.get('/api/dataset'))
          .json<{ columns: { name: string }[] }>()
          .columns.some(({ name }) => name === 'tpr_u5_rdt'),
        'what was measured from the old table is gone',
      )
      t.equal((await who.delete(`/api/files/${fileId}`)).status, 404, 'the replaced file')
      t.match(await who.post('/api/files', { role: 'facilities', filename: 'f.csv', bytes: 128 * 1024 * 1024 + 1 }), {
        status: 413,
        problem: 'too-large',
      })
    },
  )

  await t.test(
    'a facility table alone is enough: its wards are ranked by its measures of test positivity',
    async (t) => {
      const who = person(t, url)
      await who.start()
      await uploadFile(
        who,
        'boundaries',
        'b.geojson',
        Buffer.from(
          JSON.stringify({
            type: 'FeatureCollection',
            features: ['Central', 'Kuka', 'Gawuna'].map((WardName, west) => ({
              type: 'Feature',
              properties: { WardName },
              geometry: {
                type: 'Polygon',
                coordinates: [
                  [
                    [west, 9],
                    [west, 10],
                    [west + 1, 10],
                    [west + 1, 9],
                    [west, 9],
                  ],
                ],
              },
            })),
          }),
        ),
      )
      const header =
        'LGA,Ward,HealthFacility,periodname,Persons tested by RDT <5yrs,Persons tested positive by RDT ' +
        '<5yrs,Persons tested by RDT ≥5yrs (excl PW),Persons tested positive by RDT ≥5yrs (excl PW)'
      const fileId = await uploadFile(
        who,
        'facilities',
        'facilities.csv',
        Buffer.from(
          `${header}\nDala,kw Central ` +
            'Ward,F1,Jan,10,2,10,1\nDala,Kuka,F2,Jan,10,6,10,4\nDala,Gawunab,F3,Jan,10,1,10,9\n',
        ),
      )
      t.match(await who.get('/api/dataset'), { status: 409, problem: 'no-data' }, 'nothing was measured yet')
      const measure = async (age: string): Promise<void> => {
        t.equal(
          (await who.post('/api/dataset/positivity', { facilityLevel: 'all', age, method: 'rdt' })).status,
          200,
          age,
        )
      }
      await measure('u5')
      t.match((await who.get('/api/dataset')).json(), {
        wards: 3,
        matched: 2,
        unmatched: [{ name: 'Gawunab', suggestions: [{ boundary: 'Gawuna' }] }],
        quality: { spelledDifferently: [{ ward: 'kw Central Ward', boundary: 'Central', joinedBy: 'name-form' }] },
      })
      t.match(
        (await who.post('/api/analyses', {})).json(),
        { detail: /"tpr_u5_rdt" of the candidates can be suggested\. The data have 1: / },
        'one indicator ranks nothing, and the reply says so',
      )
      t.equal(
        (await who.post('/api/dataset/matches', { accept: [{ ward: 'Gawunab', boundary: 'Gawuna' }] })).status,
        200,
      )
      await measure('o5')
      t.match(
        (await who.get('/api/dataset')).json(),
        { matched: 2, accepted: [] },
        'the wards are made again, so choices that were settled by their places end',
      )
      const made = (await who.post('/api/analyses', {})).json<{
        analysis: Analysis & { inputs: unknown; quality: { findings: { detail: string }[] } }
      }>().analysis
      t.match(made.inputs, { wards: null, facilities: { sha256: String }, boundaries: { sha256: String } })
      t.strictSame(
        made.wards.map(({ wardName, rank }) => [wardName, rank]),
        [
          ['Kuka', 1],
          ['Gawunab', 2],
          ['kw Central Ward', 3],
        ],
      )
      t.ok(made.quality.findings.some(({ detail }) => detail.includes('There is no ward table')))
      const { download } = (await who.post('/api/exports', { kind: 'report.html', analysisId: made.id })).json<{
        download: { url: string }
      }>()
      t.match(
        await (await fetch(download.url)).text(),
        'There is no ward table: the wards are those of the facility table',
      )
      await uploadFile(who, 'wards', 'wards.csv', Buffer.from('WardName,LGA,rain\nCentral,Dala,1\nKuka,Dala,2\n'))
      t.match(
        (await who.get('/api/dataset')).json(),
        { wards: 2, columns: [{}, {}, { name: 'rain' }, { name: 'tpr_u5_rdt' }, { name: 'tpr_o5_rdt' }] },
        'a ward table comes before',
      )
      t.match((await who.get(`/api/analyses/${made.id}`)).json(), { analysis: { stale: true } })
      t.equal((await who.delete(`/api/files/${fileId}`)).status, 204)
      t.match((await who.get('/api/dataset')).json<{ columns: unknown[] }>().columns.length, 3)
    },
  )
})
