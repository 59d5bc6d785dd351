import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { askWards } from '../../service/domain/query/ask-wards.ts'
import { namesOf, neededSources } from '../../service/domain/query/needed-sources.ts'
import { viewWards, type WardView } from '../../service/domain/query/ward-view.ts'
import type { WardQuery } from '../../service/domain/query/ward-query.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { refusal, textsAndPlaces } from '../support/refusal.ts'

const SAMPLE = new URL('../../service/sample/', import.meta.url)
const SHARED = new URL('../../../shared/data/', import.meta.url)

/** The view of a folder's files, ranked by these indicators, with a plan of this stock. */
async function viewOf(folder: URL, indicators: readonly string[] | null, totalNets: number | null): Promise<WardView> {
  const dataset = joinWards(
    await readWards(readFileSync(new URL('wards.csv', folder)), 'wards.csv'),
    await readBoundaries(readFileSync(new URL('boundaries.zip', folder)), 'boundaries.zip'),
  )
  const result = indicators === null ? null : analyse(dataset, indicators.length === 0 ? {} : { indicators })
  const plan = result === null || totalNets === null ? null : planNets(planBasis(dataset, result), { totalNets })
  return viewWards({ dataset, result, plan })
}

const columnOf = (view: WardView, name: string): unknown[] =>
  askWards(view, { select: ['ward', name], limit: 500 }).rows.map((row) => row[1])

t.test('the view has every field of the ranking and of the plan, ward by ward', async (t) => {
  const view = await viewOf(SAMPLE, [], 20_000)
  const { result, plan } = view
  const ranked = [...(result?.wards ?? [])].sort((one, other) => (one.wardName < other.wardName ? -1 : 1))
  const byName = (field: string): unknown[] =>
    askWards(view, { select: ['ward', field], orderBy: [{ by: 'ward', direction: 'ascending' }], limit: 500 }).rows.map(
      (row) => row[1],
    )
  t.equal(ranked.length, 60)
  for (const field of ['rank', 'score', 'tier', 'pcaRank', 'pcaScore', 'wardCode', 'lga'] as const)
    t.strictSame(
      byName(field),
      ranked.map((ward) => ward[field]),
      field,
    )
  for (const field of ['topThirdShare', 'medianRank'] as const)
    t.strictSame(
      byName(field),
      ranked.map(({ robustness }) => robustness[field]),
      field,
    )
  const planned = [...(plan?.wards ?? [])].sort((one, other) => (one.wardName < other.wardName ? -1 : 1))
  t.strictSame(
    byName('nets'),
    planned.map(({ allocated }) => allocated),
  )
  t.strictSame(
    byName('lacking'),
    planned.map(({ need, allocated }) => need - allocated),
  )
  t.strictSame(
    askWards(view, { groupBy: ['served'] }).rows,
    [
      ['full', plan?.totals.wardsFull],
      ['partial', plan?.totals.wardsPartial],
      ['none', 60 - (plan?.totals.wardsFull ?? 0) - (plan?.totals.wardsPartial ?? 0)],
    ],
    'in their own order',
  )
})

t.test('wards come by rank where the query uses the ranking, and by name where it does not', async (t) => {
  const view = await viewOf(SAMPLE, [], null)
  t.strictSame(
    columnOf(view, 'rank'),
    Array.from({ length: 60 }, (_, at) => at + 1),
  )
  const names = askWards(view, { select: ['ward'], limit: 500 }).rows.map(([name]) => String(name))
  t.strictSame(names, [...names].sort())
})

t.test('an uploaded column wins over a field of its name, which @ names', async (t) => {
  const table = await readWards(
    Buffer.from('WardName,LGA_name,rank,a,b\nKuka,Alpha,7,10,1\nBaure,Alpha,9,30,3\nGawo,Beta,8,20,2\n'),
    'wards.csv',
  )
  const dataset = joinWards(table, null)
  const view = viewWards({
    dataset,
    result: analyse(dataset, { indicators: ['a', 'b'] }),
    plan: null,
  })
  t.strictSame(
    askWards(view, {
      select: ['WardName', 'rank', '@rank', 'LGA_name'],
      orderBy: [{ by: '@rank', direction: 'ascending' }],
    }).rows,
    [
      ['Baure', 9, 1, 'Alpha'],
      ['Gawo', 8, 2, 'Beta'],
      ['Kuka', 7, 3, 'Alpha'],
    ],
    'key columns have their own names, too',
  )
  t.strictSame([...neededSources(['rank', 'b'], ['rank', 'b'])], [])
  t.strictSame([...neededSources(['@rank', 'nets'], ['rank', 'b'])].sort(), ['analysis', 'plan'])
})

t.test('a field whose analysis or plan is not there is refused, and not empty', async (t) => {
  const view = await viewOf(SAMPLE, null, null)
  t.strictSame(textsAndPlaces(refusal(() => askWards(view, { select: ['rank', 'nets'] })).errors), [
    { pointer: '/select/0', detail: 'there is no analysis to take "rank" from' },
    { pointer: '/select/1', detail: 'there is no plan to take "nets" from' },
  ])
})

t.test('every name of a query is told, whatever part it is in', async (t) => {
  t.strictSame(
    namesOf({
      where: [{ column: 'a', op: '>', value: 1 }],
      groupBy: ['b'],
      measures: [
        { measure: 'weightedMean', column: 'c', weight: 'd' },
        { measure: 'correlation', column: 'e', with: 'f' },
      ],
      orderBy: [{ by: 'a', direction: 'ascending' }],
    }),
    ['a', 'b', 'c', 'd', 'e', 'f'],
  )
})

t.test('wards that a plan leaves out have a reason and no nets, and are told of', async (t) => {
  const table = await readWards(
    Buffer.from('WardName,population,a,b\nKuka,900,1,1\nBaure,,9,3\nGawo,1800,8,2\n'),
    'wards.csv',
  )
  const dataset = joinWards(table, null)
  const result = analyse(dataset, { indicators: ['a', 'b'] })
  const view = viewWards({ dataset, result, plan: planNets(planBasis(dataset, result), { totalNets: 1_100 }) })
  const { rows, notes } = askWards(view, { select: ['ward', 'served', 'nets', 'need', 'reason'] })
  t.strictSame(rows, [
    ['Baure', 'left out', null, null, 'population is missing'],
    ['Gawo', 'full', 1_000, 1_000, null],
    ['Kuka', 'partial', 100, 500, null],
  ])
  t.strictSame(notes, ['The plan leaves out 1 ward: no need and no nets are counted for them.'])
})

/** Queries with figures that an independent calculation found; they are those of the shared questions. */
const STATE: readonly (readonly [WardQuery, readonly (readonly unknown[])[]])[] = [
  [
    { where: [{ column: 'tier', op: '=', value: 'High' }], measures: [{ measure: 'sum', column: 'population' }] },
    [[3_059_168]],
  ],
  [{ measures: [{ measure: 'sum', column: 'population' }] }, [[9_507_473]]],
  [{ measures: [{ measure: 'median', column: 'elevation' }] }, [[209.854305]]],
  [{ measures: [{ measure: 'sd', column: 'u5_tpr_rdt' }] }, [[7.22272]]],
  [{ measures: [{ measure: 'quantile', column: 'u5_tpr_rdt', q: 0.9 }] }, [[31.732561]]],
  [
    { where: [{ column: 'lga', op: '=', value: 'kurmada' }], measures: [{ measure: 'sum', column: 'population' }] },
    [[274_980]],
  ],
  [{ where: [{ column: 'urbanPercentage', op: '=', value: 0 }], measures: [{ measure: 'count' }] }, [[168]]],
  [
    { groupBy: ['tier'], measures: [{ measure: 'mean', column: 'elevation' }] },
    [
      ['High', 174.900863],
      ['Medium', 209.832323],
      ['Low', 244.246831],
    ],
  ],
  [
    {
      groupBy: ['settlement_class'],
      measures: [
        { measure: 'sum', column: 'population' },
        { measure: 'share', column: 'population' },
      ],
    },
    [
      ['peri-urban', 1_365_972, 0.143674],
      ['rural', 7_867_395, 0.827496],
      ['urban', 274_106, 0.028831],
    ],
  ],
  [{ measures: [{ measure: 'correlation', column: 'housing_quality', with: 'avgRAD' }] }, [[0.895866, 258]]],
  [
    {
      where: [
        { column: 'mean_rainfall', op: '<', value: 95 },
        { column: 'housing_quality', op: '<', value: 0.1 },
      ],
      measures: [{ measure: 'count' }],
    },
    [[38]],
  ],
  [
    {
      where: [{ column: 'lga_name', op: '=', value: 'Shirwano' }],
      select: ['WardName', 'population'],
      orderBy: [{ by: 'population', direction: 'descending' }],
      limit: 3,
    },
    [
      ['Yorlaka', 85_574],
      ['Kwalkodu', 57_718],
      ['Dokrika', 50_015],
    ],
  ],
  [{ where: [{ column: 'Urban', op: '!=', value: 'yes' }], measures: [{ measure: 'count' }] }, [[264]]],
  [
    {
      where: [{ column: 'lga', op: 'not in', value: ['Gwamari', 'Dutsela'] }],
      select: ['ward'],
      orderBy: [{ by: 'rank', direction: 'ascending' }],
      limit: 5,
    },
    [['Zamgille'], ['Muslari'], ['Dokrika'], ['Dokmimo'], ['Shagille']],
  ],
  [
    { where: [{ column: 'served', op: '=', value: 'partial' }], select: ['ward', 'nets', 'lacking'] },
    [['Kabdalle', 14_120, 10_619]],
  ],
  [
    { where: [{ column: 'tier', op: '=', value: 'Low' }], measures: [{ measure: 'sum', column: 'population' }] },
    [[3_399_155]],
  ],
  [
    { where: [{ column: 'ward', op: '=', value: 'bayan dutsi' }], select: ['WardName'] },
    [['Bayan Dutsi (TBSDUT02)'], ['Bayan Dutsi (TBSLAF01)']],
  ],
]
const KANO: readonly (readonly [WardQuery, readonly (readonly unknown[])[]])[] = [
  [
    {
      where: [{ column: 'ward', op: 'in', value: ['Zango', 'Fagge A', 'fagge b'] }],
      select: ['ward', 'rank', 'score'],
    },
    [
      ['Zango', 1, 0.883704],
      ['Fagge B', 5, 0.769855],
      ['Fagge A', 62, 0.428358],
    ],
  ],
  [
    { select: ['ward'], orderBy: [{ by: 'score', direction: 'ascending' }], limit: 5 },
    [['Fagge D2'], ['Giginyu'], ['Tarauni'], ['Darmanawa'], ['Fagge A']],
  ],
]

const withData = { skip: !existsSync(new URL('questions.json', SHARED)) && 'the shared data are not here' }

t.test('figures of a state of 275 wards and of Kano are those of an independent calculation', withData, async (t) => {
  const state = await viewOf(
    new URL('state-275/', SHARED),
    ['mean_rainfall', 'mean_EVI', 'u5_tpr_rdt', 'elevation', 'distance_to_water', 'housing_quality'],
    300_000,
  )
  const kano = await viewOf(
    new URL('kano/', SHARED),
    ['test_positivity_rate', 'settlement_type_poor', 'rainfall'],
    null,
  )
  for (const [view, cases] of [[state, STATE] as const, [kano, KANO] as const])
    for (const [query, expected] of cases) {
      const { rows, words } = askWards(view, query)
      const near = rows.map((row, at) =>
        row.map((cell, n) => {
          const should = expected[at]?.[n]
          return typeof cell === 'number' && typeof should === 'number' && Math.abs(cell - should) < 1e-5
            ? should
            : cell
        }),
      )
      t.strictSame(near, expected, words)
    }
})
