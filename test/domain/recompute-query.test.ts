import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { plainWards, recomputeQuery } from '../../docs/recompute-query.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { askWards } from '../../service/domain/query/ask-wards.ts'
import { viewWards } from '../../service/domain/query/ward-view.ts'
import type { WardQuery } from '../../service/domain/query/ward-query.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

type Row = Readonly<Record<string, string>>
const SAMPLE = new URL('../../service/sample/', import.meta.url)
const SCRIPT = new URL('../../docs/recompute.ts', import.meta.url).pathname

const QUERIES: readonly WardQuery[] = [
  { where: [{ column: 'tier', op: '=', value: 'High' }], select: ['ward', 'rank', 'score', 'population'] },
  {
    groupBy: ['lga'],
    measures: [
      { measure: 'count' },
      { measure: 'share', column: 'population' },
      { measure: 'weightedMean', column: 'test_positivity_rate', weight: 'population' },
      { measure: 'sum', column: 'nets' },
    ],
  },
  {
    groupBy: ['tier'],
    measures: [
      { measure: 'quantile', column: 'mean_rainfall_mm', q: 0.9 },
      { measure: 'sd', column: 'elevation_m' },
    ],
  },
  { measures: [{ measure: 'correlation', column: 'mean_EVI', with: 'score' }] },
  { groupBy: ['served'], measures: [{ measure: 'sum', column: 'lacking' }] },
  {
    where: [{ column: 'mean_rainfall_mm', op: 'between', value: [700, 900] }],
    select: ['WardName', 'mean_rainfall_mm', 'nets'],
    orderBy: [{ by: 'mean_rainfall_mm', direction: 'descending' }],
    limit: 7,
    offset: 2,
  },
  {
    select: ['ward', 'lga', 'rank'],
    orderBy: [{ by: 'rank', direction: 'ascending' }],
    each: { column: 'lga', rows: 2 },
  },
  {
    where: [
      { column: 'mean_rainfall_mm', op: '>', value: { figure: 'mean', by: 'lga' } },
      { column: 'tier', op: '=', value: 'High', or: [{ column: 'population', op: '>', value: 20_000 }] },
    ],
    select: ['ward', 'mean_rainfall_mm', 'population'],
  },
]

t.test('the answer to a query follows from the uploaded table and the downloads', async (t) => {
  const wardsCsv = readFileSync(new URL('wards.csv', SAMPLE), 'utf8')
  const dataset = joinWards(
    await readWards(Buffer.from(wardsCsv), 'wards.csv'),
    await readBoundaries(readFileSync(new URL('boundaries.zip', SAMPLE)), 'boundaries.zip'),
  )
  const result = analyse(dataset)
  const plan = planNets(planBasis(dataset, result), { totalNets: 20_000 })
  const [rankingsCsv, planCsv] = [
    [...exportRankings(result, NOT_DRAWN)].join(''),
    [...exportPlan({ ...plan, datasetVersion: 1 }, NOT_DRAWN)].join(''),
  ]
  const rows = (text: string): Row[] => parse(text, { columns: true })
  const wards = plainWards(rows(wardsCsv), rows(rankingsCsv), rows(planCsv))
  const view = viewWards({ dataset, result, plan })

  for (const query of QUERIES) {
    const reply = askWards(view, query)
    t.ok(reply.rows.length > 0)
    t.strictSame(recomputeQuery(query, reply, wards), [], reply.words)
    const last = reply.rows.length - 1
    const changed = reply.rows.map((row, at) =>
      at === last ? row.map((cell) => (typeof cell === 'number' ? cell * 1.000001 + 1e-6 : cell)) : row,
    )
    t.ok(
      recomputeQuery(query, { ...reply, rows: changed }, wards).length > 0,
      'a figure that is a millionth off is found',
    )
    t.match(recomputeQuery(query, { ...reply, rows: [] }, wards), [/^the reply has 0 rows, worked out there are/])
  }

  const folder = await mkdtemp(join(tmpdir(), 'recompute-'))
  t.teardown(async () => {
    await rm(folder, { recursive: true })
  })
  const [query = {}] = QUERIES
  const files = {
    'request.json': JSON.stringify(query),
    'reply.json': JSON.stringify(askWards(view, query)),
    'wards.csv': wardsCsv,
    'rankings.csv': rankingsCsv,
    'itn_plan.csv': planCsv,
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, 'query', ...Object.keys(files)], {
    cwd: folder,
  })
  t.equal(stdout, '0 differences\n', 'as docs/recompute.md shows')
})
